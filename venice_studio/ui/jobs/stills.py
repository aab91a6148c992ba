"""Small pictures for rows: read in a thread when they come into sight, kept while they are likely to be seen again."""

from collections import OrderedDict

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QPixmap

from venice_studio.studio.tasks import Tasks
from venice_studio.ui.images import ImageWorker

_KEPT = 400


class Stills(QObject):
    """Hands out what it has and fetches what it has not."""

    arrived = Signal(str)
    """The picture at this path can be had now."""

    def __init__(self, images: ImageWorker, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._images = images
        self._tasks = tasks
        self._kept: OrderedDict[tuple[str, int, int], QPixmap | None] = OrderedDict()

    def get(self, path: str, within: QSize) -> QPixmap | None:
        """The picture at `path`, at most `within` device pixels; None where it is not there (yet)."""
        key = (path, within.width(), within.height())
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        work = self._fetch(key)
        try:
            self._tasks.start(work, f"still {path}")
        except RuntimeError:
            # Painted before the loop or after it: the next painting asks again.
            work.close()
            return None
        self._kept[key] = None
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return None

    def forget(self, path: str) -> None:
        """Read a picture anew when it is next asked for."""
        for key in [key for key in self._kept if key[0] == path]:
            del self._kept[key]

    async def _fetch(self, key: tuple[str, int, int]) -> None:
        image = await self._images.load(key[0], QSize(key[1], key[2]))
        if not image.isNull() and key in self._kept:
            self._kept[key] = QPixmap.fromImage(image)
            self.arrived.emit(key[0])
