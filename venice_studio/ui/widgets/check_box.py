"""A check box whose words may take several lines, and whose box is to be seen on every ground."""

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from venice_studio.ui.theme import METRICS, colour
from venice_studio.ui.widgets.painting import focus_ring, tick_box

_BOX = 18
_RING = 4  # room around everything for the focus ring
_LEAST_WORDS = 160
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class CheckBox(QCheckBox):
    """A click anywhere on it counts, its words too."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def sizeHint(self) -> QSize:
        width = _left() + self.fontMetrics().horizontalAdvance(self.text()) + _RING + 1
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(_left() + _LEAST_WORDS, METRICS.control_small)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(METRICS.control_small, self._words(width).height() + 2 * _RING)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        words = self._words(self.width())
        top = (self.height() - words.height()) // 2
        line = self.fontMetrics().lineSpacing()
        box = QRectF(_RING, top + (line - _BOX) / 2, _BOX, _BOX)
        painter.setOpacity(1.0 if self.isEnabled() else 0.5)
        tick_box(painter, box, on=self.isChecked())
        painter.setPen(colour("text" if self.isEnabled() else "hint"))
        painter.drawText(words.translated(0, top), int(_WRAP), self.text())
        painter.setOpacity(1.0)
        if self.hasFocus():
            focus_ring(painter, self.rect(), METRICS.radius_segment)

    def _words(self, width: int) -> QRect:
        room = QRect(_left(), 0, max(1, width - _left() - _RING), 10_000)
        return self.fontMetrics().boundingRect(room, int(_WRAP), self.text())


def _left() -> int:
    return _RING + _BOX + METRICS.space_2
