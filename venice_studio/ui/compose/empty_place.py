"""What the empty places of inputs have in common: a dashed frame that is a button and lights up under a drag."""

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton

from venice_studio.ui.compose.preview import dashed_frame
from venice_studio.ui.theme import METRICS
from venice_studio.ui.widgets import focus_ring


class EmptyPlace(QPushButton):
    """Press it to browse, or let something go over it; `_draw` says what stands in it."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self._highlighted = False
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_highlighted(self, on: bool) -> None:
        """Show that what is being dragged may be let go."""
        self._highlighted = on
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        dashed_frame(painter, QRectF(self.rect()), highlighted=self._highlighted)
        self._draw(painter, "accent_text" if self._highlighted else "text" if self.underMouse() else "secondary")
        if self.hasFocus():
            focus_ring(painter, self.rect(), METRICS.radius_drop)

    def _draw(self, painter: QPainter, role: str) -> None:
        """Draw icon and words in the colour of a role."""
        raise NotImplementedError
