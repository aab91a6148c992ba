"""A thin bar of progress."""

from PySide6.QtCore import QRectF, QSize, QVariantAnimation
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy

from venice_studio.ui.theme import colour, motion_ms
from venice_studio.ui.widgets.painting import rounded

_HEIGHT = 4


class ProgressLine(QProgressBar):
    """4 px of accent, from 0 to 1000; `set_share(None)` where nobody knows how far it is."""

    def __init__(self, *, on_stage: bool = False) -> None:
        """`on_stage`: in the colours of the dark ground around a clip."""
        super().__init__()
        self._groove, self._done = ("stage_raised", "stage_accent") if on_stage else ("raised", "accent")
        self.setAccessibleName("Progress")
        self.setTextVisible(False)
        self.setRange(0, 1000)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._travel = QVariantAnimation(self)
        self._travel.setStartValue(0.0)
        self._travel.setEndValue(1.0)
        self._travel.setLoopCount(-1)
        self._travel.valueChanged.connect(lambda _: self.update())

    def set_share(self, share: float | None) -> None:
        """How much is done, 0 to 1; None for unknown."""
        self.setRange(0, 0 if share is None else 1000)
        if share is not None:
            self.setValue(round(min(max(share, 0.0), 1.0) * 1000))
        self._animate()

    def sizeHint(self) -> QSize:
        return QSize(80, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(16, _HEIGHT)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._animate()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._travel.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rounded(painter, QRectF(self.rect()), _HEIGHT / 2, colour(self._groove))
        bar = QRectF(self.rect())
        if self.maximum():
            bar.setWidth(bar.width() * self.value() / self.maximum())
        else:
            at = self._travel.currentValue() if self._travel.state() == self._travel.State.Running else 0.5
            bar.setWidth(bar.width() * 0.3)
            bar.moveLeft((self.width() - bar.width()) * (1 - abs(2 * float(at) - 1)))
        if bar.width() >= 1:
            rounded(painter, bar, _HEIGHT / 2, colour(self._done))

    def _animate(self) -> None:
        """Waiting is the one motion that goes on; it stops with the widget out of sight."""
        if self.maximum() == 0 and self.isVisible() and (length := motion_ms(1600)):
            self._travel.setDuration(length)
            if self._travel.state() != self._travel.State.Running:
                self._travel.start()
        else:
            self._travel.stop()
