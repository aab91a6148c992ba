"""The player: the clip, the bar under it, and their keys."""

from pathlib import Path
from typing import assert_never

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from venice_studio.ui.player.canvas import Canvas
from venice_studio.ui.player.companion import Companion
from venice_studio.ui.player.controls import SPEEDS, Controls
from venice_studio.ui.player.engine import Engine
from venice_studio.ui.player.full_screen import FullScreen
from venice_studio.ui.player.keys import Act, act_of
from venice_studio.ui.player.message import Message
from venice_studio.ui.player.surface import Surface
from venice_studio.ui.player.timing import Clip


class Player(QWidget):
    """Plays a clip, and a second one beside it where two are compared. One player for the program's life; call
    `teardown` before the event loop ends."""

    frame_shown = Signal(int)
    """The number (from 0) of the frame now on the surface."""

    ended = Signal()
    """The last frame was played; it stays on the surface."""

    failed = Signal(str)
    """The clip cannot be played; the surface says the same words."""

    open_externally = Signal(Path)
    """The user wants the clip in the system's own player."""

    sound_available_changed = Signal(bool)
    """Whether there is a device to hear it on; first known when something is played."""

    comparing_changed = Signal(bool)
    """Whether a second clip stands beside the first."""

    settings_changed = Signal()
    """Loop, speed, volume or mute was changed by the user; for whoever keeps them."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("player")
        self.setAccessibleName("Player")
        self.surface = Surface()
        self.controls = Controls()
        self.message = Message(self.surface)
        self._engine = Engine(self.surface.sink, self)
        self._canvas = Canvas(self.surface)
        self._companion: Companion | None = None
        self._compared: Path | None = None
        self._path: Path | None = None
        self._full: FullScreen | None = None
        self._chosen_speed = 1.0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._canvas, 1)
        self._column.addWidget(self.controls)
        self._connect()
        self._show_settings()

    # What the owner asks for

    def load(self, path: Path, fps: float, frames: int, duration_ms: int, poster: QImage | None = None) -> None:
        """Open a clip, paused at its first frame; the poster, if any, stands there until that frame comes.

        Without a poster the last picture stays until then. `fps` is in frames per second, `frames` their number.
        """
        self.stop_comparing()
        self._path = path
        self.message.show_text("")
        if poster is not None:
            self.surface.show_still(poster)
        clip = Clip(path=path, fps=fps, frames=frames, duration_ms=duration_ms)
        self.controls.show_clip(clip)
        self._engine.open(clip)

    def show_still(self, image: QImage | None, *, dimmed: bool = False) -> None:
        """Show a picture in place of a clip (a start frame while it renders, dimmed); None for an empty ground."""
        self._clear()
        self.surface.show_still(image, dimmed=dimmed)

    def release(self, path: Path) -> None:
        """Let go of a file that is about to be moved or deleted; nothing happens if another one is shown."""
        if path == self._path:
            self.show_still(None)
        elif path == self._compared:
            self.stop_comparing()

    def compare(self, clip: Clip, captions: tuple[str, str], poster: QImage | None = None) -> None:
        """Show a second clip beside the one that is open, under the same bar; `captions` tell the two apart."""
        if self._path is None:
            return
        if self._companion is None:
            self._companion = Companion(self._engine, self)
            self._companion.surface.clicked.connect(self.surface.setFocus)
            self._companion.surface.double_clicked.connect(self._full_screen_pressed)
            self._companion.engine.failed.connect(self._second_failed)
            self._companion.engine.frame_shown.connect(lambda _: self._canvas.fit())
        self._compared = clip.path
        self._companion.open(clip, poster)
        self._canvas.show_second(self._companion.surface, captions)
        self.comparing_changed.emit(True)

    def stop_comparing(self) -> None:
        """Show the first clip alone."""
        if self._compared is not None and self._companion is not None:
            self._compared = None
            self._companion.close()
            self._canvas.show_one()
            self.comparing_changed.emit(False)

    def teardown(self) -> None:
        """Let go of file, decoder and sound device."""
        self.leave_full_screen()
        if self._companion is not None:
            self._companion.teardown()
        self._engine.teardown()

    def play(self) -> None:
        """Play on; from the start where the end is reached."""
        self._engine.play()

    def pause(self) -> None:
        """Stop at the frame shown."""
        self._engine.pause()

    def seek(self, frame: int) -> None:
        """Show one frame."""
        self._engine.seek(frame)

    def step(self, frames: int) -> None:
        """Pause and go some frames on, or back if negative."""
        self._engine.step(frames)

    def current_frame(self) -> QImage:
        """The frame under the playhead at its full size; null before the first."""
        return self.surface.image().copy() if self._engine.has_picture else QImage()

    def frame_of(self, path: Path) -> tuple[QImage, int]:
        """The frame under the playhead of one of the clips that are shown, and its number; null where it is not."""
        if path == self._compared and self._companion is not None:
            engine, surface = self._companion.engine, self._companion.surface
            return (surface.image().copy() if engine.has_picture else QImage(), engine.index)
        return (self.current_frame() if path == self._path else QImage(), self.frame)

    @property
    def compared(self) -> Path | None:
        """The second clip, where two are compared."""
        return self._compared

    @property
    def path(self) -> Path | None:
        """The clip that is open, or failed to."""
        return self._path

    @property
    def playing(self) -> bool:
        """Whether it plays, or will as soon as it is open."""
        return self._engine.playing

    @property
    def frame(self) -> int:
        """The number (from 0) of the frame shown."""
        return self._engine.index

    @property
    def position_ms(self) -> int:
        """Where the frame shown starts, in ms."""
        clip = self._engine.clip
        return clip.starts(self._engine.index) if clip is not None else 0

    @property
    def loop(self) -> bool:
        """Whether it starts again at its end."""
        return self._engine.loop

    @loop.setter
    def loop(self, loop: bool) -> None:
        self._engine.loop = loop
        self._show_settings()

    @property
    def speed(self) -> float:
        """How many times faster than real; one of `SPEEDS`. Set, it holds for every clip; J and L change it only until
        the clip stops."""
        return self._engine.speed

    @speed.setter
    def speed(self, speed: float) -> None:
        self._chosen_speed = speed
        self._go_at(speed)

    @property
    def volume(self) -> float:
        """How loud, 0 to 1 as the ear hears it."""
        return self._engine.sound.volume

    @volume.setter
    def volume(self, volume: float) -> None:
        self._engine.sound.set_volume(volume)
        self._show_settings()

    @property
    def muted(self) -> bool:
        """Whether it is silent."""
        return self._engine.sound.muted

    @muted.setter
    def muted(self, muted: bool) -> None:
        self._engine.sound.set_muted(muted)
        self._show_settings()

    # Full screen

    @property
    def full_screen(self) -> FullScreen | None:
        """The full-screen window while there is one."""
        return self._full

    def enter_full_screen(self) -> None:
        """Show the clip alone on the screen."""
        if self._full is None and self._engine.clip is not None:
            self._canvas.set_bare(True)
            self.controls.show_full_screen(True)
            self._full = FullScreen(self._canvas, self.controls, self.take_key)
            self._full.left.connect(self.leave_full_screen)
            self._full.setScreen(self.screen())
            self._full.enter()

    def leave_full_screen(self) -> None:
        """Back into the window."""
        if self._full is not None:
            full, self._full = self._full, None
            full.give_back()
            self._column.addWidget(self._canvas, 1)
            self._column.addWidget(self.controls)
            self._canvas.set_bare(False)
            self.controls.show_full_screen(False)
            self._canvas.show()
            self.controls.show()
            self.surface.setFocus()
            full.deleteLater()

    # Gestures

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.take_key(event):
            super().keyPressEvent(event)

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key means to the player; False if it means nothing to it."""
        act = act_of(event)
        if act is None or self._engine.clip is None:
            return False
        self._do(act, self._engine.clip)
        return True

    def _do(self, act: Act, clip: Clip) -> None:
        second = max(1, round(clip.fps))
        match act:
            case Act.PLAY_PAUSE:
                self._play_pause()
            case Act.SLOWER:
                self._shuttle(-1)
            case Act.FASTER:
                self._shuttle(1)
            case Act.FRAME_BACK:
                self.step(-1)
            case Act.FRAME_ON:
                self.step(1)
            case Act.SECOND_BACK:
                self.step(-second)
            case Act.SECOND_ON:
                self.step(second)
            case Act.START:
                self.seek(0)
            case Act.END:
                self.step(clip.frames)
            case Act.MUTE:
                self._mute_pressed()
            case Act.FULL_SCREEN:
                self._full_screen_pressed()
            case _:
                assert_never(act)

    def _play_pause(self) -> None:
        if self.playing:
            self.pause()
        else:
            self.play()

    def _shuttle(self, steps: int) -> None:
        """Play faster or slower than now; a clip that stands still begins at its own speed, or a step below it."""
        at = SPEEDS.index(self.speed) + steps if self.playing else SPEEDS.index(1.0) + min(steps, 0)
        self._go_at(SPEEDS[min(max(at, 0), len(SPEEDS) - 1)])
        self.play()

    def _go_at(self, speed: float) -> None:
        self._engine.set_speed(speed)
        if self._companion is not None:
            self._companion.engine.set_speed(speed)
        self.controls.show_speed(speed)

    def _speed_chosen(self, speed: float) -> None:
        self.speed = speed
        self.settings_changed.emit()

    def _loop_toggled(self, loop: bool) -> None:
        if loop != self.loop:
            self.loop = loop
            self.settings_changed.emit()

    def _mute_pressed(self) -> None:
        self.muted = not self.muted
        self.settings_changed.emit()

    def _volume_moved(self, volume: float) -> None:
        self._engine.sound.set_muted(False)
        self.volume = volume
        self.settings_changed.emit()

    def _full_screen_pressed(self) -> None:
        if self._full is None:
            self.enter_full_screen()
        else:
            self.leave_full_screen()

    # What the engine says

    def _connect(self) -> None:
        bar, engine = self.controls, self._engine
        bar.play_pressed.connect(self._play_pause)
        bar.stepped.connect(self.step)
        bar.sought.connect(self.seek)
        bar.speed_chosen.connect(self._speed_chosen)
        bar.loop_toggled.connect(self._loop_toggled)
        bar.mute_pressed.connect(self._mute_pressed)
        bar.volume_moved.connect(self._volume_moved)
        bar.full_screen_pressed.connect(self._full_screen_pressed)
        engine.playing_changed.connect(self._turned)
        engine.sound.available_changed.connect(bar.show_sound_available)
        engine.sound.available_changed.connect(self.sound_available_changed)
        engine.picture.connect(self.surface.take)
        engine.frame_shown.connect(self._frame_shown)
        engine.ended.connect(self.ended)
        engine.failed.connect(self._failed)
        self.surface.clicked.connect(self.surface.setFocus)
        self.surface.double_clicked.connect(self._full_screen_pressed)
        self.message.open_pressed.connect(self._open_pressed)

    def _turned(self, playing: bool) -> None:
        self.controls.show_playing(playing)
        if not playing:
            self._go_at(self._chosen_speed)

    def _frame_shown(self, index: int) -> None:
        self.controls.show_frame(index)
        self.frame_shown.emit(index)

    def _second_failed(self, words: str) -> None:
        if self._companion is not None:
            self._companion.surface.dim()
        self._canvas.say_of_second(words)

    def _failed(self, words: str) -> None:
        self.stop_comparing()
        self.leave_full_screen()
        self.controls.show_clip(None)
        self.surface.dim()
        self.message.show_text(words, openable=self._path is not None and self._path.exists())
        self.failed.emit(words)

    def _open_pressed(self) -> None:
        if self._path is not None:
            self.open_externally.emit(self._path)

    def _clear(self) -> None:
        self.stop_comparing()
        self._path = None
        self.message.show_text("")
        self._engine.close()
        self.controls.show_clip(None)

    def _show_settings(self) -> None:
        self.controls.show_loop(self.loop)
        self.controls.show_speed(self.speed)
        self.controls.show_sound(self.volume, self.muted)
