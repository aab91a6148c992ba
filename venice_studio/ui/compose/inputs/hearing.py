"""Listening to an attached sound: one at a time, with a player that is made when the first one is heard."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtMultimedia import QMediaPlayer

from venice_studio.ui.player.sound import Sound as Loudness


class Hearing(QObject):
    """Plays one file; another one takes its place."""

    progressed = Signal(str, bool, float)
    """Which sound (as it was named), whether it is being heard, and how much of it has been, 0 to 1."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._player: QMediaPlayer | None = None
        self._loudness = Loudness(self)
        self._name = ""
        self._wanted: Path | None = None

    def toggle(self, name: str, path: Path) -> None:
        """Play the file, or stop if it is the one being heard."""
        if name == self._name and self.playing:
            self.stop()
            return
        self.stop()
        self._name, self._wanted = name, path
        # A media player made while a coroutine runs can crash; a timer's slot is never inside one.
        QTimer.singleShot(0, self, self._begin)

    @property
    def playing(self) -> bool:
        """Whether something is being heard."""
        return self._player is not None and self._player.playbackState() is QMediaPlayer.PlaybackState.PlayingState

    def stop(self) -> None:
        """Let there be silence."""
        self._wanted = None
        if self._player is not None and self._name:
            self._player.stop()
            # So that its file can be removed.
            self._player.setSource(QUrl())
        if self._name:
            self.progressed.emit(self._name, False, 0.0)
            self._name = ""

    def _begin(self) -> None:
        if self._wanted is None:
            return
        if self._player is None:
            self._player = QMediaPlayer(self)
            self._loudness.attach(self._player)
            self._player.positionChanged.connect(self._moved)
            self._player.mediaStatusChanged.connect(self._status)
        self._player.setSource(QUrl.fromLocalFile(str(self._wanted)))
        self._player.play()
        self.progressed.emit(self._name, True, 0.0)

    def _moved(self, position_ms: int) -> None:
        if self._name and self._player is not None and (length := self._player.duration()) > 0:
            self.progressed.emit(self._name, True, min(1.0, position_ms / length))

    def _status(self, status: QMediaPlayer.MediaStatus) -> None:
        if status in (QMediaPlayer.MediaStatus.EndOfMedia, QMediaPlayer.MediaStatus.InvalidMedia):
            self.stop()
