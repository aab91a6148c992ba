"""What the widgets that paint themselves have in common."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from venice_studio.ui.theme import METRICS, colour


def rounded(painter: QPainter, area: QRect | QRectF, radius: float, fill: QColor, line: QColor | None = None) -> None:
    """A filled rectangle with round corners and, if a colour is given, a hairline inside its edge."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(area)
    if line is not None:
        box.adjust(0.5, 0.5, -0.5, -0.5)
    painter.setPen(Qt.PenStyle.NoPen if line is None else QPen(line, 1))
    painter.setBrush(fill)
    painter.drawRoundedRect(box, radius, radius)


def focus_ring(painter: QPainter, area: QRect | QRectF, radius: float, role: str = "accent") -> None:
    """The ring that shows where the keyboard is, inside the area, in the colour of a token."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inset = METRICS.ring / 2
    painter.setPen(QPen(colour(role), METRICS.ring))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(area).adjusted(inset, inset, -inset, -inset), radius, radius)
