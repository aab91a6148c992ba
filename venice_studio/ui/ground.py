"""What the window shows before its parts are there: their grounds, exactly where they will lie. Lengths in px."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from venice_studio.ui.theme import METRICS, base_font, colour, weighted

TITLE = "Venice Studio"
TOP_LINE = 30
STATUS_LINE = 32
COMPOSE_WIDTH = 372
JOBS_WIDTH = 352
DRAWER_BELOW = 1200
"""Window width under which the job list becomes a drawer."""
SMALLEST = QSize(900, 640)
HAIRLINE = 1
"""Between the panes, and above and below them."""


class Ground(QWidget):
    """Paints three empty panes between two lines; nothing on it takes part."""

    painted = Signal()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("window"))
        panes = self.rect().adjusted(0, TOP_LINE, 0, -STATUS_LINE)
        painter.fillRect(panes, colour("line"))
        panes.adjust(0, HAIRLINE, 0, -HAIRLINE)
        painter.fillRect(QRect(panes.topLeft(), QSize(COMPOSE_WIDTH, panes.height())), colour("pane"))
        stage = panes.adjusted(COMPOSE_WIDTH + HAIRLINE, 0, 0, 0)
        if self.width() >= DRAWER_BELOW:
            stage.adjust(0, 0, -JOBS_WIDTH - HAIRLINE, 0)
            painter.fillRect(panes.adjusted(panes.width() - JOBS_WIDTH, 0, 0, 0), colour("pane"))
        painter.fillRect(stage, colour("stage"))
        painter.setPen(colour("text"))
        painter.setFont(weighted(base_font(), METRICS.semibold))
        line = QRect(METRICS.space_4, 0, COMPOSE_WIDTH, TOP_LINE)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, TITLE)
        self.painted.emit()
