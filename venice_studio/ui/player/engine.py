"""What plays: a QMediaPlayer, driven by frame numbers."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtMultimedia import QMediaPlayer, QVideoFrame, QVideoSink

from venice_studio.library import colours
from venice_studio.ui.places import folder
from venice_studio.ui.player.sound import Sound
from venice_studio.ui.player.timing import Clip, clock

_SEEK_PATIENCE_MS = 400  # after that a seek whose frame never came no longer holds up the next
_COLOURS_MS = 10  # between two looks whether colours can be made
_SPARE_FRAMES = 2  # how many frames a container may promise too many before a clip counts as broken off


class Engine(QObject):
    """Opens, plays, seeks and steps. Every call is safe from anywhere on the GUI thread, a coroutine too."""

    picture = Signal(QVideoFrame)
    """A frame of the clip that is open."""

    frame_shown = Signal(int)
    """The number of that frame, right after it."""

    playing_changed = Signal(bool)
    ended = Signal()
    """The last frame of the clip was played and it does not loop."""

    failed = Signal(str)
    """The clip cannot be played (on): why, in plain words."""

    def __init__(self, sink: QVideoSink, parent: QObject, *, silent: bool = False) -> None:
        """A `silent` one never opens a sound device."""
        super().__init__(parent)
        self._silent = silent
        self.sound = Sound(self)
        self.loop = False
        self.clip: Clip | None = None
        self.index = 0
        self.has_picture = False  # whether a frame of this clip has come
        self._sink = sink
        self._speed = 1.0
        self._player: QMediaPlayer | None = None
        self._playing = False
        self._opened = False
        self._sought: int | None = None  # the frame a seek is under way to
        self._next: int | None = None  # the frame asked for meanwhile
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_SEEK_PATIENCE_MS)
        self._patience.timeout.connect(self._sought_done)
        sink.videoFrameChanged.connect(self._frame_came)

    @property
    def playing(self) -> bool:
        """True while it plays, or will as soon as it is open."""
        return self._playing

    @property
    def speed(self) -> float:
        """How many times faster than real."""
        return self._speed

    def open(self, clip: Clip) -> None:
        """Open a clip and show its first frame."""
        self.close()
        self.clip = clip
        colours.load()
        # A QMediaPlayer made, or given its file, inside a coroutine can crash; a timer's slot never is inside one.
        QTimer.singleShot(0, self, self._open_now)

    def close(self) -> None:
        """Let go of the file."""
        self.clip = None
        self.index = 0
        self.has_picture = self._opened = False
        self._sought = self._next = None
        self._patience.stop()
        self._set_playing(False)
        if self._player is not None:
            self._player.stop()
            self._player.setSource(QUrl())

    def play(self) -> None:
        """Play on, from the start if the end is reached."""
        self._set_playing(self.clip is not None)
        if self._opened:
            QTimer.singleShot(0, self, self._play_now)

    def pause(self) -> None:
        """Stop at the frame that is shown."""
        self._set_playing(False)
        if self._player is not None and self._opened:
            self._player.pause()

    def seek(self, frame: int) -> None:
        """Show a frame; where seeks come faster than frames, those between are left out."""
        if self.clip is None or self._player is None or not self._opened:
            return
        frame = min(max(frame, 0), self.clip.last)
        if self._sought is not None:
            self._next = frame
            return
        self._sought = frame
        self._patience.start()
        if self._player.playbackState() is QMediaPlayer.PlaybackState.StoppedState:
            self._player.pause()
        self._player.setPosition(self.clip.shows(frame))

    def step(self, frames: int) -> None:
        """Pause and go some frames on, or back if negative."""
        self.pause()
        # Keys held down arrive faster than frames: count from where the last one was going.
        pending = self._next if self._next is not None else self._sought
        self.seek((self.index if pending is None else pending) + frames)

    def set_speed(self, speed: float) -> None:
        """Play so many times faster than real."""
        self._speed = speed
        if self._player is not None:
            self._player.setPlaybackRate(speed)

    def teardown(self) -> None:
        """Let go of everything; before the event loop ends."""
        self.close()
        self._sink.videoFrameChanged.disconnect(self._frame_came)
        self.sound.detach()
        if self._player is not None:
            self._player.deleteLater()
            self._player = None

    def _open_now(self) -> None:
        if self.clip is None or self._opened:
            return
        if not colours.loaded():
            # Nothing is shown in wrong colours first.
            QTimer.singleShot(_COLOURS_MS, self, self._open_now)
            return
        player = self._made()
        self._opened = True
        player.setSource(QUrl.fromLocalFile(str(self.clip.path)))
        player.pause()  # shows the first frame
        if self._playing:
            self._play_now()

    def _made(self) -> QMediaPlayer:
        if self._player is None:
            self._player = QMediaPlayer(self)
            self._player.setVideoSink(self._sink)
            self._player.setPlaybackRate(self._speed)
            self._player.mediaStatusChanged.connect(self._status_changed)
            self._player.errorOccurred.connect(self._error_occurred)
        return self._player

    def _play_now(self) -> None:
        if self.clip is None or self._player is None or not self._playing:
            return
        if not self._silent:
            self.sound.attach(self._player)
        if self.index >= self.clip.last:
            self._player.setPosition(0)
        self._player.play()

    def _frame_came(self, frame: QVideoFrame) -> None:
        # The end of a clip is an invalid frame: the last one stays. Before a clip is open, frames are the last clip's.
        if not frame.isValid() or self.clip is None or not self._opened:
            return
        self.index = self.clip.frame_at(frame.startTime())
        self.has_picture = True
        self.picture.emit(frame)
        self.frame_shown.emit(self.index)
        if self._sought is not None and abs(self.index - self._sought) <= 1:
            self._sought_done()

    def _sought_done(self) -> None:
        self._patience.stop()
        self._sought = None
        if (frame := self._next) is not None:
            self._next = None
            self.seek(frame)

    def _status_changed(self, status: QMediaPlayer.MediaStatus) -> None:
        if self.clip is None:
            return
        match status:
            case QMediaPlayer.MediaStatus.EndOfMedia:
                self._end_reached(self.clip)
            case QMediaPlayer.MediaStatus.LoadedMedia if self._player is not None and not self._player.hasVideo():
                self._fail(f"There is no picture in {self.clip.path.name}.")

    def _end_reached(self, clip: Clip) -> None:
        if self.index < clip.last - _SPARE_FRAMES:
            self._fail(self._broken_off(clip))
        elif self.loop and self._playing:
            self.play()  # without a stop in between: nobody asked for one
        else:
            self._set_playing(False)
            self.ended.emit()

    def _broken_off(self, clip: Clip) -> str:
        reached, whole = clock(clip.starts(self.index)), clock(clip.duration_ms)
        return f"{clip.path.name} breaks off at {reached} of {whole}: the file is damaged or incomplete."

    def _set_playing(self, playing: bool) -> None:
        if playing != self._playing:
            self._playing = playing
            self.playing_changed.emit(playing)

    def _error_occurred(self, error: QMediaPlayer.Error, detail: str) -> None:
        if self.clip is not None:
            broken = self.has_picture and error is QMediaPlayer.Error.FormatError
            self._fail(self._broken_off(self.clip) if broken else _words(error, self.clip.path, detail))

    def _fail(self, words: str) -> None:
        self.close()
        self.failed.emit(words)


def _words(error: QMediaPlayer.Error, path: Path, detail: str) -> str:
    match error:
        case _ if not path.exists():
            return f"{path.name} is no longer in {folder(path)}."
        case QMediaPlayer.Error.ResourceError:
            return f"{path.name} cannot be opened. It may be damaged."
        case QMediaPlayer.Error.FormatError:
            return f"{path.name} cannot be played here: it is damaged, or of a kind this player does not know."
        case QMediaPlayer.Error.AccessDeniedError:
            return f"{path.name} cannot be read: this account is not allowed to."
        case _:
            return f"{path.name} cannot be played: {detail or 'the player gave no reason'}."
