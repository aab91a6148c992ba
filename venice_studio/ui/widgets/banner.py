"""A notice across a pane."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from venice_studio.ui.theme import METRICS, colour, icon
from venice_studio.ui.widgets.buttons import LINK_PADDING, button, icon_button
from venice_studio.ui.widgets.labels import PlainLabel
from venice_studio.ui.widgets.painting import rounded
from venice_studio.ui.widgets.reading_dialog import ReadingDialog
from venice_studio.ui.widgets.wrapping import fitted

Tone = Literal["info", "good", "warn", "bad"]

_NARROW = 440  # px
_MOST_LINES = 4
_LINE = 32
"""As high as the cross: a notice of one line, px."""
_ABOVE = 8
"""From the top of a line to its letters, px."""
_ICONS = {"info": "info", "good": "check", "warn": "warning", "bad": "warning"}
_COLOURS = {"info": "secondary", "good": "good", "warn": "warn", "bad": "bad"}


class Banner(QWidget):
    """One sentence or two, up to two actions, and a way to put it away. Hidden until something is shown.

    A service may say any number of words: what is cut of them is read in a dialog.
    """

    acted = Signal(str)
    """An action's key: its button was pressed."""

    dismissed = Signal()
    """The user put the notice away; it is hidden."""

    def __init__(self) -> None:
        super().__init__()
        self._tone: Tone = "info"
        self._mark = _Mark()
        self._words = _Words()
        self._all = button("Read all…", "link", small=True)
        self._all.setObjectName("readAllButton")
        self._all.clicked.connect(lambda: ReadingDialog(self.window(), "Notice", self.text, name="Notice").open())
        self._all.hide()
        self._words.cut_changed.connect(self._all.setVisible)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(METRICS.space_2)
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._middle.setSpacing(0)
        # Links keep room for their ring at the left; the text stands in the line of their words.
        text = QHBoxLayout()
        text.setContentsMargins(LINK_PADDING, 0, 0, 0)
        text.addWidget(self._words)
        self._said = QVBoxLayout()
        self._said.setSpacing(2)
        self._said.addLayout(text)
        self._said.addWidget(self._all, 0, Qt.AlignmentFlag.AlignLeft)
        self._middle.addLayout(self._said, 1)
        self._middle.addLayout(self._actions)
        self._close = icon_button("close", "Dismiss", size=14)
        self._close.clicked.connect(self._put_away)
        row = QHBoxLayout(self)
        row.setContentsMargins(METRICS.space_3, 2, METRICS.space_2, 2)
        row.setSpacing(METRICS.space_2 - LINK_PADDING)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._middle, 1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._words.text()

    def show_notice(
        self,
        tone: Tone,
        text: str,
        actions: Sequence[tuple[str, str]] = (),
        *,
        ending: str = "",
        dismissable: bool = True,
    ) -> None:
        """Show a notice in place of the last; `actions` are (key, label) pairs, two at most. However long the text is,
        its ending is in sight."""
        self._tone = tone
        self._mark.show_icon(_ICONS[tone], _COLOURS[tone])
        self._words.say(text, ending)
        self.setAccessibleName(self.text)
        self._close.setVisible(dismissable)
        while (item := self._actions.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for key, label in actions[:2]:
            made = button(label, "link")
            made.clicked.connect(lambda _, key=key: self.acted.emit(key))
            self._actions.addWidget(made)
        self._actions.addStretch(1)
        self._arrange()
        self.show()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rounded(painter, self.rect(), METRICS.radius_field, colour("field"), colour("line"))
        painter.setClipRect(0, 0, 3, self.height())
        rounded(painter, self.rect(), METRICS.radius_field, colour(_COLOURS[self._tone]))

    def _arrange(self) -> None:
        """Where it is narrow the actions stand below the text, or that would be a column of single words."""
        narrow = self.width() < _NARROW
        below = narrow and self._actions.count() > 1
        # The first line stands beside the icon and the cross, the last line or the actions as far from the edge.
        self._said.setContentsMargins(0, _ABOVE, 0, 2 if below else _ABOVE)
        self._actions.setContentsMargins(0, 0, 0, METRICS.space_1 if below else 0)
        self._middle.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def _put_away(self) -> None:
        self.hide()
        self.dismissed.emit()


class _Words(PlainLabel):
    """As many lines as they need, but no more than leave what they are about in sight."""

    cut_changed = Signal(bool)
    """Whether all of it is in sight."""

    def __init__(self) -> None:
        super().__init__(wrap=True)
        self._said = ("", "")
        self._cut = False

    def say(self, text: str, ending: str) -> None:
        """Show a text, and behind it an ending that is never cut."""
        self._said = (" ".join(text.split("\n")), ending)
        self.setText(f"{text} {ending}".strip())
        self._look()

    def shown(self, width: int) -> list[str]:
        """The lines at a width."""
        return fitted(*self._said, self.font(), width, _MOST_LINES)

    def heightForWidth(self, width: int) -> int:
        return self.fontMetrics().lineSpacing() * len(self.shown(width))

    def sizeHint(self) -> QSize:
        width = super().sizeHint().width()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(24, self.fontMetrics().lineSpacing())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._look()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        height = self.fontMetrics().lineSpacing()
        for at, line in enumerate(self.shown(self.width())):
            painter.drawText(0, at * height, self.width(), height, int(Qt.AlignmentFlag.AlignVCenter), line)

    def _look(self) -> None:
        cut = "".join("".join(self.shown(self.width())).split()) != "".join("".join(self._said).split())
        if cut != self._cut:
            self._cut = cut
            self.cut_changed.emit(cut)


class _Mark(QLabel):
    """The notice's icon, drawn new at each paint so that it follows the theme."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = icon("info")
        self.setFixedSize(QSize(18, _LINE))

    def show_icon(self, name: str, role: str) -> None:
        self._icon = icon(name, role)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        self._icon.paint(QPainter(self), self.rect())
