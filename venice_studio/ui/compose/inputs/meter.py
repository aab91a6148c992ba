"""How much of what one request may carry the attached files take."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from venice_studio.ui.theme import METRICS, colour
from venice_studio.ui.widgets import PlainLabel, plain_tip

WORTH_SAYING = 0.25
"""From this share of the limit on, it is of interest."""
_HINT = "What is sent counts, and files grow by a third on their way."


class SizeMeter(QWidget):
    """A slim bar with its words; hidden while there is plenty of room."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("inputSizeMeter")
        self.setToolTip(plain_tip(_HINT))
        self.bar = _Bar()
        self.name = PlainLabel("All files together", "hint")
        self.said = PlainLabel("", "hint", numbers=True)
        head = QHBoxLayout()
        head.addWidget(self.name)
        head.addStretch(1)
        head.addWidget(self.said)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(METRICS.space_1)
        column.addLayout(head)
        column.addWidget(self.bar)
        self.hide()

    def show_size(self, used: int, limit: int) -> None:
        """Bytes that are taken, and that may be."""
        share = used / limit
        over = share > 1
        text = f"{used / 1_000_000:.1f} of {limit / 1_000_000:.0f} MB"
        self.said.setText(f"{text}, too much for one request" if over else text)
        self.said.set_role("bad" if over else "hint")
        self.bar.show_share(share)
        self.setAccessibleName(f"All files together: {self.said.text()}")
        self.setVisible(share >= WORTH_SAYING)


class _Bar(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float) -> None:
        self._share = share
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("raised"))
        painter.drawRoundedRect(QRectF(self.rect()), 2, 2)
        role = "bad" if self._share > 1 else "warn" if self._share > 0.85 else "accent"
        painter.setBrush(colour(role))
        painter.drawRoundedRect(QRectF(0, 0, self.width() * min(1.0, self._share), self.height()), 2, 2)
