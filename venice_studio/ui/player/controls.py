"""The bar under the clip."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from venice_studio.ui.player.timing import Clip, clock
from venice_studio.ui.theme import METRICS, icon, set_look
from venice_studio.ui.widgets import LineSlider, PlainLabel, button, icon_button, rename

SPEEDS = (0.25, 0.5, 1.0, 1.5, 2.0)

_ROOM_FOR_VOLUME = 560  # the width in px under which the volume slider gives way
_ROOM_FOR_FRAME = 440
_ROOM_FOR_WORDS = 500
_LEAST_WIDTH = 320


class SeekSlider(LineSlider):
    """The place in the clip, in frames. Keys are left to the player, which knows frames and seconds."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()


class Controls(QWidget):
    """Buttons and sliders with the names that tests and shortcuts know. It shows state and passes on gestures."""

    play_pressed = Signal()
    stepped = Signal(int)
    sought = Signal(int)
    """The frame the user dragged to."""

    speed_chosen = Signal(float)
    loop_toggled = Signal(bool)
    mute_pressed = Signal()
    volume_moved = Signal(float)
    full_screen_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._clip: Clip | None = None
        self._playing = self._silent = self._on_stage = False
        self._seek = SeekSlider()
        self._seek.setAccessibleName("Place in the clip")
        self._seek.valueChanged.connect(self._seek_moved)
        self._play = icon_button("play", "Play", keys="Space", role="text", size=20)
        self._back = icon_button("step-back", "One frame back", keys="Left")
        self._step = icon_button("step-forward", "One frame on", keys="Right")
        self._time = PlainLabel(role="strong", numbers=True)
        self._whole = PlainLabel(role="secondary", numbers=True)
        self._frame = PlainLabel(role="secondary", numbers=True)
        self._speed = button("1×", "quiet")
        self._loop = button("Loop", "quiet", icon_name="loop")
        self._mute = icon_button("volume", "Mute", keys="M")
        self._volume = LineSlider(handle=12)
        self._full = icon_button("fullscreen", "Full screen", keys="F")
        self._set_up()
        self._arrange()
        self.show_clip(None)

    def show_clip(self, clip: Clip | None) -> None:
        """Show another clip at its start; None for none, with everything off."""
        self._clip = clip
        for widget in (self._seek, self._play, self._back, self._step, self._full):
            widget.setEnabled(clip is not None)
        self._seek.blockSignals(True)
        self._seek.setRange(0, clip.last if clip else 0)
        self._seek.setPageStep(max(1, round(clip.fps)) if clip else 1)
        self._seek.blockSignals(False)
        self._whole.setText(f"/ {clock(clip.duration_ms)}" if clip else "")
        self.show_frame(0)

    def show_frame(self, index: int) -> None:
        """Show where the clip is."""
        if not self._seek.isSliderDown():
            self._seek.blockSignals(True)
            self._seek.setValue(index)
            self._seek.blockSignals(False)
        self._time.setText(clock(self._clip.starts(index)) if self._clip else "")
        self._frame.setText(f"frame {index}" if self._clip else "")

    def show_playing(self, playing: bool) -> None:
        """Show whether it plays."""
        self._playing = playing
        self._paint_signs()
        rename(self._play, "Pause" if playing else "Play", "Space")

    def show_speed(self, speed: float) -> None:
        """Show how fast it plays."""
        self._speed.setText(_times(speed))
        self._speed.setAccessibleName(f"Speed {_times(speed)}")
        for action in self._speed.menu().actions():
            action.setChecked(action.data() == speed)

    def show_loop(self, loop: bool) -> None:
        """Show whether it starts again at its end."""
        self._loop.setChecked(loop)

    def show_sound(self, volume: float, muted: bool) -> None:
        """Show how loud it is, 0 to 1."""
        self._silent = muted or volume == 0
        self._paint_signs()
        rename(self._mute, "Sound on" if muted else "Mute", "M")
        self._volume.blockSignals(True)
        self._volume.setValue(round(volume * 100))
        self._volume.blockSignals(False)

    def show_sound_available(self, available: bool) -> None:
        """Show whether there is a device to hear it on."""
        for widget in (self._mute, self._volume):
            widget.setEnabled(available)
        if not available:
            self._mute.setToolTip("No sound device found")

    def show_full_screen(self, on: bool) -> None:
        """Show whether it fills the screen: there the ground is dark in both themes."""
        self._on_stage = on
        self._paint_signs()
        for slider in (self._seek, self._volume):
            slider.set_on_stage(on)
        self._time.set_role("stage-strong" if on else "strong")
        for label in (self._whole, self._frame):
            label.set_role("stage-hint" if on else "secondary")
        for pressed in (self._play, self._back, self._step, self._speed, self._loop, self._mute, self._full):
            set_look(pressed, ground="stage" if on else "")
        rename(self._full, "Leave full screen" if on else "Full screen", "Escape" if on else "F")

    def _paint_signs(self) -> None:
        """Choose the icons by the state and their colour by the ground."""
        strong, quiet = ("stage_text", "stage_text") if self._on_stage else ("text", "secondary")
        self._play.setIcon(icon("pause" if self._playing else "play", strong))
        self._back.setIcon(icon("step-back", quiet))
        self._step.setIcon(icon("step-forward", quiet))
        self._loop.setIcon(icon("loop", quiet))
        self._mute.setIcon(icon("mute" if self._silent else "volume", quiet))
        self._full.setIcon(icon("exit-fullscreen" if self._on_stage else "fullscreen", quiet))

    def minimumSizeHint(self) -> QSize:
        # Not the layout's: what is hidden where it is narrow must not hold the window wide.
        return QSize(_LEAST_WIDTH, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._volume.setVisible(self.width() >= _ROOM_FOR_VOLUME)
        self._frame.setVisible(self.width() >= _ROOM_FOR_FRAME)
        # A sign alone says it too; half a word says nothing.
        self._loop.setText("Loop" if self.width() >= _ROOM_FOR_WORDS else "")

    def _set_up(self) -> None:
        names = {
            "seekSlider": self._seek,
            "playButton": self._play,
            "frameStepBackButton": self._back,
            "frameStepButton": self._step,
            "speedButton": self._speed,
            "loopButton": self._loop,
            "muteButton": self._mute,
            "volumeSlider": self._volume,
            "fullScreenButton": self._full,
        }
        for name, widget in names.items():
            widget.setObjectName(name)
        self._volume.setAccessibleName("Volume")
        self._volume.setRange(0, 100)
        self._volume.setFixedWidth(72)
        self._loop.setCheckable(True)
        self._loop.setAccessibleName("Loop")
        self._loop.setToolTip("Start again at the end")
        self._speed.setMenu(self._speed_menu())
        self._play.clicked.connect(self.play_pressed)
        self._back.clicked.connect(lambda: self.stepped.emit(-1))
        self._step.clicked.connect(lambda: self.stepped.emit(1))
        self._loop.toggled.connect(self.loop_toggled)
        self._mute.clicked.connect(self.mute_pressed)
        self._volume.valueChanged.connect(lambda percent: self.volume_moved.emit(percent / 100))
        self._full.clicked.connect(self.full_screen_pressed)

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(METRICS.space_1)
        row.setContentsMargins(1, 0, 1, 0)
        for widget in (self._play, self._back, self._step):
            row.addWidget(widget)
        row.addSpacing(METRICS.space_2)
        for label in (self._time, self._whole, self._frame):
            label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
            row.addWidget(label)
            row.addSpacing(METRICS.space_1)
        row.addStretch(1)
        for control in (self._speed, self._loop, self._mute, self._volume, self._full):
            row.addWidget(control)
        column = QVBoxLayout(self)
        # Groove and play sign both begin 16 px from the edge: half a handle and a button's padding are taken off.
        column.setContentsMargins(METRICS.space_4 - 7, METRICS.space_1, METRICS.space_4 - 7, METRICS.space_2)
        column.setSpacing(0)
        column.addWidget(self._seek)
        column.addLayout(row)

    def _speed_menu(self) -> QMenu:
        menu = QMenu(self)
        group = QActionGroup(menu)
        for speed in SPEEDS:
            action = QAction(_times(speed), menu)
            action.setCheckable(True)
            action.setData(speed)
            action.triggered.connect(lambda _, speed=speed: self.speed_chosen.emit(speed))
            group.addAction(action)
            menu.addAction(action)
        return menu

    def _seek_moved(self, frame: int) -> None:
        self.sought.emit(frame)


def _times(speed: float) -> str:
    return f"{speed:g}×"
