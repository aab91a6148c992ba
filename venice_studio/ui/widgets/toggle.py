"""A switch."""

from PySide6.QtCore import QEasingCurve, QPoint, QRectF, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from venice_studio.ui.theme import METRICS, colour, motion_ms
from venice_studio.ui.widgets.painting import focus_ring, rounded

_TRACK = QSize(34, 20)
_RING = 3  # room around the track for the focus ring


class Toggle(QCheckBox):
    """On or off, at once. A check box to keyboard and screen reader; its text, if any, stands to the right."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._slide = QVariantAnimation(self)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.valueChanged.connect(lambda _: self.update())
        self.toggled.connect(self._move)

    def sizeHint(self) -> QSize:
        width = _TRACK.width() + 2 * _RING
        if self.text():
            width += METRICS.space_2 + self.fontMetrics().horizontalAdvance(self.text())
        return QSize(width, METRICS.control_small)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        track = QRectF(_RING, (self.height() - _TRACK.height()) / 2, _TRACK.width(), _TRACK.height())
        painter.setOpacity(1.0 if self.isEnabled() else 0.5)
        on = self.isChecked()
        rounded(painter, track, track.height() / 2, colour("accent" if on else "field"), None if on else colour("hint"))
        place = self._place()
        knob = 12 + 4 * place  # off is told from on by size and outline too, not by colour alone
        edge = (track.height() - knob) / 2
        left = track.x() + edge + (track.width() - knob - 2 * edge) * place
        rounded(painter, QRectF(left, track.y() + edge, knob, knob), knob / 2, colour("knob" if on else "hint"))
        painter.setOpacity(1.0)
        if self.text():
            painter.setPen(colour("text" if self.isEnabled() else "hint"))
            left = round(track.right()) + METRICS.space_2
            painter.drawText(self.rect().adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            focus_ring(painter, track.adjusted(-_RING, -_RING, _RING, _RING), track.height() / 2 + _RING - 1)

    def _place(self) -> float:
        """Where the knob is, 0 (off) to 1 (on)."""
        if self._slide.state() == QVariantAnimation.State.Running:
            return float(self._slide.currentValue())
        return 1.0 if self.isChecked() else 0.0

    def _move(self, on: bool) -> None:
        self._slide.stop()
        if self.isVisible() and (length := motion_ms(120)):
            self._slide.setDuration(length)
            self._slide.setStartValue(0.0 if on else 1.0)
            self._slide.setEndValue(1.0 if on else 0.0)
            self._slide.start()
        self.update()
