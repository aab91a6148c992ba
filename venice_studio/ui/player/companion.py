"""A second clip beside the player's own: always at the same time of it, and silent."""

from PySide6.QtCore import QElapsedTimer, QObject
from PySide6.QtGui import QImage

from venice_studio.ui.player.engine import Engine
from venice_studio.ui.player.surface import Surface
from venice_studio.ui.player.timing import Clip

_LATE_MS = 100  # how far apart the two may be while they play: a seek for less would be seen more
_FAR_MS = 1000
_REST_MS = 1000  # between two seeks that bring them together, so that a slow computer is not all seeks


class Companion(QObject):
    """Follows a leading engine: its time, its pace, its stops. Where it is the shorter one, its last frame is held."""

    def __init__(self, leader: Engine, parent: QObject) -> None:
        super().__init__(parent)
        self.surface = Surface()
        self.surface.setAccessibleName("Second clip")
        self.engine = Engine(self.surface.sink, self, silent=True)
        self._leader = leader
        self._unplaced = False  # whether its first frame is still to come
        self._since_seek = QElapsedTimer()
        self.engine.picture.connect(self.surface.take)
        self.engine.frame_shown.connect(self._shown)
        leader.frame_shown.connect(self._leader_shown)
        leader.playing_changed.connect(self._leader_turned)

    def open(self, clip: Clip, poster: QImage | None) -> None:
        """Open a clip at the leader's time; the poster stands there until its frame comes."""
        self._unplaced = True
        self.surface.show_still(poster)
        self.engine.set_speed(self._leader.speed)
        self.engine.open(clip)

    def close(self) -> None:
        """Let go of the file."""
        self.engine.close()
        self.surface.show_still(None)

    def teardown(self) -> None:
        """Let go of everything; before the event loop ends."""
        self.engine.teardown()

    def _shown(self, _index: int) -> None:
        if self._unplaced:
            self._unplaced = False
            self._join()

    def _leader_shown(self, _index: int) -> None:
        if not self._unplaced:
            self._join()

    def _leader_turned(self, playing: bool) -> None:
        self._since_seek.invalidate()
        if not playing:
            self.engine.pause()
        if not self._unplaced:
            self._join()

    def _join(self) -> None:
        """Be where the leader is."""
        clip, leading = self.engine.clip, self._leader.clip
        if clip is None or leading is None:
            return
        frame = clip.frame_at(leading.starts(self._leader.index) * 1000)
        apart_ms = abs(clip.starts(frame) - clip.starts(self.engine.index))
        if not self._leader.playing:
            if frame != self.engine.index:
                self.engine.seek(frame)
            return
        if not self.engine.playing and frame < clip.last:
            self.engine.play()
        rested = not self._since_seek.isValid() or self._since_seek.elapsed() > _REST_MS
        if apart_ms > _FAR_MS or (apart_ms > _LATE_MS and rested):
            self._since_seek.start()
            self.engine.seek(frame)
