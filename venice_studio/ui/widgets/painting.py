"""What the widgets that paint themselves have in common."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from venice_studio.ui.theme import METRICS, colour, icon

_TICK = 0.77
"""The share of a box that its tick takes."""


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


def tick_box(painter: QPainter, box: QRectF, *, on: bool) -> None:
    """A box to be ticked, to be seen on every ground."""
    rounded(painter, box, METRICS.radius_picture, colour("accent" if on else "field"), None if on else colour("hint"))
    if on:
        tick = QRectF(0, 0, box.width() * _TICK, box.height() * _TICK)
        tick.moveCenter(box.center())
        icon("check", "accent_ink").paint(painter, tick.toAlignedRect())
