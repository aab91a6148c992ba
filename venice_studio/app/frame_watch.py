"""Looks at the frames a player shows: how many differ, and whether there is anything to see in them."""

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QVideoFrame, QVideoSink

LOOK_AT = QSize(48, 48)
BLACK_BELOW = 24
"""Mean brightness, 0 to 255, under which a frame counts as black; video black is 16."""


class FrameWatch(QObject):
    """Counts distinct frames at a video sink from the moment it is made until `stop`.

    A QObject because frames are told from the thread that draws them: what of that is still on its way when this
    ends would otherwise be delivered to a method of nobody.
    """

    def __init__(self, sink: QVideoSink) -> None:
        super().__init__()
        self._sink = sink
        self._seen: set[bytes] = set()
        self.frames = 0
        self.brightest = 0.0
        self.size = QSize()
        sink.videoFrameChanged.connect(self._look)

    @property
    def distinct(self) -> int:
        """How many frames differed from every other."""
        return len(self._seen)

    @property
    def black(self) -> bool:
        """Whether no frame showed more than darkness."""
        return self.brightest < BLACK_BELOW

    def stop(self) -> None:
        """Look no further."""
        self._sink.videoFrameChanged.disconnect(self._look)

    def _look(self, frame: QVideoFrame) -> None:
        if not frame.isValid():
            return
        self.frames += 1
        self.size = frame.size()
        image = frame.toImage().scaled(LOOK_AT, Qt.AspectRatioMode.IgnoreAspectRatio)
        grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
        pixels = bytes(grey.constBits())
        self._seen.add(pixels)
        self.brightest = max(self.brightest, sum(pixels) / len(pixels))
