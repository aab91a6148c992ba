"""The price of exactly what would be sent, and the one coloured button."""

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from venice_studio.studio.composer import Composer
from venice_studio.studio.connection import Connection, Standing
from venice_studio.studio.quoter import Quoter
from venice_studio.studio.room import Room
from venice_studio.ui.binding import until_destroyed
from venice_studio.ui.compose import words
from venice_studio.ui.compose.countdown import sending_in
from venice_studio.ui.compose.quote_words import Purse, quote_look, without_room
from venice_studio.ui.compose.readiness import Readiness
from venice_studio.ui.connect.words import CONNECT
from venice_studio.ui.theme import METRICS, set_look
from venice_studio.ui.widgets import Elided, PlainLabel, PrimaryButton, button, plain_tip

GENERATE_KEYS = (QKeySequence("Ctrl+Enter"), QKeySequence("Ctrl+Return"))
_AGE_STEP_MS = 15_000


def utc_now() -> datetime:
    """The computer's time, for the age of prices."""
    return datetime.now(UTC)


class QuotePanel(QWidget):
    """What is about to be bought, for how much, and the press. Its height is the same in every state."""

    def __init__(
        self,
        composer: Composer,
        quoter: Quoter,
        connection: Connection,
        room: Room,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self._composer = composer
        self._quoter = quoter
        self._connection = connection
        self._room = room
        self._now = now
        self.summary = Elided("", "secondary")
        self.retry = button("Try again", "link", small=True)
        self.retry.setObjectName("quoteRetryButton")
        self.retry.setAccessibleName("Ask for the price again")
        self.retry.clicked.connect(quoter.again)
        self.connect_venice = button(CONNECT, "link", small=True)
        self.connect_venice.setObjectName("quoteConnectButton")
        self.another_folder = button("Choose another folder", "link", small=True)
        self.another_folder.setObjectName("quoteFolderButton")
        self.price = PlainLabel("", "price", numbers=True)
        self.price.setObjectName("quotePrice")
        self.state = StateLines()
        self.state.setObjectName("quoteState")
        self.generate = PrimaryButton("Generate clip")
        self.generate.setObjectName("generateButton")
        self._lay_out()
        self._clock = QTimer(self)
        self._clock.setInterval(_AGE_STEP_MS)
        self._clock.timeout.connect(self._look_at_clock)
        self._clock.start()
        until_destroyed(
            self,
            *(
                value.bind(lambda _: self._refresh())
                for value in (
                    composer.draft,
                    composer.models,
                    composer.takes,
                    quoter.state,
                    connection.state,
                    room.problem,
                )
            ),
        )

    def show_readiness(self, ready: Readiness) -> None:
        """Set the button by whether a press would do something, and why not."""
        keys = GENERATE_KEYS[0].toString(QKeySequence.SequenceFormat.NativeText)
        if ready.sending_in_s:
            self.generate.set_parts(*sending_in(ready.sending_in_s))
        elif ready.sending:
            self.generate.set_parts("Sending…")
        else:
            takes = words.clips(self._composer.takes.value)
            self.generate.set_parts(f"Generate {takes}", keys if ready.can else ready.note)
            # The rest is not its name: whoever speaks to it, or looks for it, says what it does.
            self.generate.setAccessibleName(self.generate.text())
        self.generate.setEnabled(ready.can or bool(ready.sending_in_s))
        self.generate.setToolTip(plain_tip(ready.reason))
        self.generate.setAccessibleDescription(ready.reason or self.generate.note)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowActivate:
            self._look_at_clock()
        return super().event(event)

    def _look_at_clock(self) -> None:
        """Prices grow old; nobody needs a new one while nobody looks."""
        self._refresh()
        if self.isActiveWindow():
            self._quoter.keep_fresh()

    def _refresh(self) -> None:
        draft, takes = self._composer.draft.value, self._composer.takes.value
        standing = self._connection.state.value
        practice = standing.account is not None and standing.account.practice
        self.summary.setText(words.summary(draft, self._composer.model, takes))
        refused = standing.standing is Standing.KEY_REFUSED
        purse = Purse(balance=standing.balance, practice=practice, key_refused=refused)
        disk = self._room.problem.value
        look = quote_look(self._quoter.state.value, draft.quote_key, takes, purse, self._now())
        if disk is not None:
            look = without_room(look, disk)
        self.price.setText(look.price)
        set_look(self.price, dimmed=look.dimmed)
        self.price.setAccessibleName(f"Price {look.price}")
        self.state.show_lines(look.lines, look.tone, look.hint)
        self.retry.setVisible(look.retry)
        self.another_folder.setVisible(disk is not None)
        invited = practice and not look.retry and disk is None
        self.connect_venice.setText(look.connect or CONNECT)
        self.connect_venice.setVisible(invited or bool(look.connect))

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(METRICS.space_2)
        above.addWidget(self.summary, 1)
        above.addWidget(self.retry)
        above.addWidget(self.another_folder)
        above.addWidget(self.connect_venice)
        # Links come and go; the line keeps their height.
        above.addStrut(METRICS.control_small)
        middle = QHBoxLayout()
        middle.setSpacing(METRICS.space_3)
        middle.addWidget(self.price)
        middle.addWidget(self.state, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(METRICS.space_4, METRICS.space_2, METRICS.space_4, METRICS.space_4 - 2)
        column.setSpacing(METRICS.space_1)
        column.addLayout(above)
        column.addLayout(middle)
        column.addSpacing(METRICS.space_2)
        column.addWidget(self.generate)


class StateLines(PlainLabel):
    """Up to two short lines at the right, each cut where it is too long; all of it is in the tooltip."""

    def __init__(self) -> None:
        super().__init__("", "secondary", numbers=True)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_lines(self, lines: tuple[str, ...], tone: str, hint: str) -> None:
        """Show lines in the colour of a role."""
        self.set_role(tone)
        self.setText("\n".join(lines))
        self.setAccessibleName(hint or ", ".join(lines))
        self.setToolTip(plain_tip(hint))

    def sizeHint(self) -> QSize:
        return QSize(80, 38)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, 38)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        lines = self.text().split("\n")
        height = self.fontMetrics().lineSpacing() + 2
        top = (self.height() - height * len(lines)) // 2
        for at, line in enumerate(lines):
            shown = self.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, self.width())
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(0, top + at * height, self.width(), height, int(flags), shown)
