"""The parts of the status line that speak of the service: standing, key, balance, settings."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from venice_studio.studio.connection import Connection, ConnectionState
from venice_studio.ui.binding import until_destroyed
from venice_studio.ui.connect import words
from venice_studio.ui.theme import METRICS, colour
from venice_studio.ui.widgets import PlainLabel, button, icon_button, plain_tip

_DOT = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusParts:
    """What the window puts into its status line; the buttons are connected by whoever owns the dialogs."""

    standing: QWidget
    """For the left end: the dot, the words, and `connect`."""
    connect: QPushButton
    balance: PlainLabel
    settings: QPushButton

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        """In the order of the line, the first for its left end."""
        return (self.standing, self.balance, self.settings)


def status_parts(connection: Connection) -> StatusParts:
    """Make the parts; they follow the connection for as long as they live."""
    label = StandingLabel()
    label.setObjectName("connectionStatus")
    connect = button("Connect Venice", "link", small=True)
    connect.setObjectName("connectButton")
    connect.setAccessibleName(connect.text())
    balance = PlainLabel("", "secondary", numbers=True)
    balance.setObjectName("balanceLabel")
    settings = icon_button("settings", "Settings", size=16)
    settings.setObjectName("settingsButton")
    standing = QWidget()
    row = QHBoxLayout(standing)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(METRICS.space_2)
    row.addWidget(label)
    row.addWidget(connect)

    def show(state: ConnectionState) -> None:
        text, dot = words.standing(state)
        label.show_standing(text, dot, state.problem.message if state.problem else "")
        offer = words.offers_key(state)
        connect.setText(offer)
        connect.setAccessibleName(offer or connect.accessibleName())
        connect.setVisible(bool(offer))
        balance.setText(words.balance(state))
        balance.setVisible(bool(balance.text()))

    until_destroyed(standing, connection.state.bind(show))
    return StatusParts(standing=standing, connect=connect, balance=balance, settings=settings)


class StandingLabel(PlainLabel):
    """A dot in the colour of the state, and the state in words."""

    def __init__(self) -> None:
        super().__init__("", "secondary")
        self._dot = "hint"
        self.setContentsMargins(_DOT + METRICS.space_2, 0, 0, 0)

    def show_standing(self, text: str, dot: str, hint: str) -> None:
        """Show other words; `hint` is the service's own."""
        self._dot = dot
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(plain_tip(hint))
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(60, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(self._dot))
        painter.drawEllipse(QRectF(0, (self.height() - _DOT) / 2, _DOT, _DOT))
        painter.setPen(self.palette().color(self.foregroundRole()))
        area = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, shown)
