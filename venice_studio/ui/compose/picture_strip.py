"""The empty place of a picture, a sound or a video."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from venice_studio.ui.compose.preview import dashed_frame
from venice_studio.ui.theme import METRICS, colour, icon
from venice_studio.ui.widgets import focus_ring


class Strip(QPushButton):
    """The empty slot: a dashed strip that is a button."""

    def __init__(self, icon_name: str = "picture", welcome: str = "Let go to use this picture") -> None:
        """`welcome` is said while something that may be let go is over it."""
        super().__init__()
        self._icon_name = icon_name
        self._welcome = welcome
        self._highlighted = False
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_highlighted(self, on: bool) -> None:
        """Show that what is being dragged may be let go."""
        self._highlighted = on
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, 44)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 44)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        lit = self._highlighted or self.underMouse()
        dashed_frame(painter, QRectF(self.rect()), highlighted=self._highlighted)
        role = "accent_text" if self._highlighted else "text" if lit else "secondary"
        picture = icon(self._icon_name, role)
        left = METRICS.space_3
        picture.paint(painter, left, 0, 18, self.height())
        painter.setPen(colour(role))
        font = self.font()
        font.setPixelSize(METRICS.secondary_size)
        painter.setFont(font)
        area = self.rect().adjusted(left + 18 + METRICS.space_2, 0, -METRICS.space_2, 0)
        text = self._welcome if self._highlighted else self.text()
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, shown)
        if self.hasFocus():
            focus_ring(painter, self.rect(), METRICS.radius_drop)
