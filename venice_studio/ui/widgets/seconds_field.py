"""A slider with a number, for lengths that follow one another second by second."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSlider, QSpinBox, QStyle, QWidget

from venice_studio.ui.theme import METRICS, colour, tabular
from venice_studio.ui.widgets.number_box import NumberBox
from venice_studio.ui.widgets.painting import focus_ring, rounded

_GROOVE = 4
_HANDLE = 14


class LineSlider(QSlider):
    """A thin horizontal slider: accent up to the handle; a click goes straight to the place clicked."""

    def __init__(self, *, handle: int = _HANDLE) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._handle = handle
        self._groove, self._done, self._edge = "raised", "accent", "line"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def set_on_stage(self, on: bool) -> None:
        """Take the colours of the dark ground around a clip, or those of the theme again."""
        self._groove, self._done = ("stage_raised", "stage_accent") if on else ("raised", "accent")
        self._edge = "stage_raised" if on else "line"
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(80, METRICS.control_small)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, METRICS.control_small)

    def value_at(self, x: float) -> int:
        """The value at a place, in pixels from the left edge."""
        span = self.width() - self._handle
        offset = min(max(round(x - self._handle / 2), 0), span)
        return QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), offset, span)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self.setSliderDown(True)
        self._drag(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._drag(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._drag(event)
            self.setSliderDown(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setOpacity(1.0 if self.isEnabled() else 0.5)
        middle = self.height() / 2
        groove = QRectF(self._handle / 2, middle - _GROOVE / 2, self.width() - self._handle, _GROOVE)
        span = max(1, self.maximum() - self.minimum())
        share = (self.sliderPosition() - self.minimum()) / span
        rounded(painter, groove, _GROOVE / 2, colour(self._groove))
        done = QRectF(groove)
        done.setWidth(groove.width() * share)
        rounded(painter, done, _GROOVE / 2, colour(self._done))
        at = groove.x() + done.width()
        handle = QRectF(at - self._handle / 2, middle - self._handle / 2, self._handle, self._handle)
        rounded(painter, handle, self._handle / 2, colour(self._edge))
        rounded(painter, handle.adjusted(1, 1, -1, -1), self._handle / 2 - 1, colour("knob"))
        if self.hasFocus():
            focus_ring(painter, handle.adjusted(-4, -4, 4, 4), self._handle / 2 + 3, self._done)

    def _drag(self, event: QMouseEvent) -> None:
        self.setSliderPosition(self.value_at(event.position().x()))


class SecondsField(QWidget):
    """A slider and a number in s, one value."""

    chosen = Signal(int)
    """The user chose another number of seconds."""

    def __init__(self) -> None:
        super().__init__()
        self._slider = LineSlider()
        self._slider.setPageStep(1)
        self._number = NumberBox()
        self._number.setSuffix(" s")
        self._number.setFixedSize(60, METRICS.control)
        self._number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        tabular(self._number)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(METRICS.space_2)
        row.addWidget(self._slider, 1)
        row.addWidget(self._number)
        self.setFocusProxy(self._slider)
        self._current = 0
        self._slider.valueChanged.connect(self._changed)
        self._number.valueChanged.connect(self._changed)

    @property
    def value(self) -> int:
        """The chosen length in s."""
        return self._current

    def set_range(self, seconds: Sequence[int], current: int | None = None) -> None:
        """Offer whole seconds from the first to the last of a consecutive, ascending series."""
        self._quietly(lambda box: box.setRange(seconds[0], seconds[-1]))
        self.show_value(seconds[0] if current is None else current)

    def show_value(self, seconds: int) -> None:
        """Show a value without `chosen`."""
        self._quietly(lambda box: box.setValue(seconds))
        self._current = self._slider.value()

    def select(self, seconds: int) -> None:
        """Choose as the user does; emits `chosen` at a change."""
        self._slider.setValue(seconds)

    def setAccessibleName(self, name: str) -> None:
        """Name the value for screen readers."""
        super().setAccessibleName(name)
        self._slider.setAccessibleName(name)
        self._number.setAccessibleName(name)

    def _quietly(self, change: Callable[[QSlider | QSpinBox], None]) -> None:
        for box in (self._slider, self._number):
            box.blockSignals(True)
            change(box)
            box.blockSignals(False)

    def _changed(self, seconds: int) -> None:
        if seconds != self._current:
            self.show_value(seconds)
            self.chosen.emit(self._current)
