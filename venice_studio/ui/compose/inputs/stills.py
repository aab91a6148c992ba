"""What attached files look like: made once for each file, never in the window's own thread."""

import logging
from collections import OrderedDict
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtGui import QImage

from venice_studio.domain.media import Medium, Sound
from venice_studio.domain.problem import Trouble
from venice_studio.studio.attachments import Attachments
from venice_studio.studio.tasks import Tasks
from venice_studio.ui.images import ImageWorker

K = TypeVar("K")
V = TypeVar("V")
log = logging.getLogger(__name__)

KEPT = 96
PEAKS = 120


class Stills:
    """Keeps the stills and waveforms seen last."""

    def __init__(self, attachments: Attachments, images: ImageWorker, tasks: Tasks) -> None:
        self._attachments = attachments
        self._images = images
        self._tasks = tasks
        self._stills: OrderedDict[tuple[str, int], QImage] = OrderedDict()
        self._peaks: OrderedDict[str, tuple[float, ...]] = OrderedDict()

    def still(self, medium: Medium, max_px: int, show: Callable[[QImage], None]) -> None:
        """Show a still of at most `max_px` on its longer side, at once where it was made before."""
        if (known := self._stills.get((medium.sha256, max_px))) is not None:
            show(known)
        else:
            self._tasks.start(self._make_still(medium, max_px, show), "still")

    def peaks(self, sound: Sound, show: Callable[[tuple[float, ...]], None]) -> None:
        """Show how loud a sound is over its length."""
        if (known := self._peaks.get(sound.sha256)) is not None:
            show(known)
        else:
            self._tasks.start(self._make_peaks(sound, show), "waveform")

    async def _make_still(self, medium: Medium, max_px: int, show: Callable[[QImage], None]) -> None:
        try:
            image = await self._images.decode(await self._attachments.still(medium, max_px))
        except Trouble as trouble:
            # The card keeps its icon; sending will tell, before anything is paid.
            log.warning("There is no still of %s: %s", medium.sha256, trouble)
            return
        _keep(self._stills, (medium.sha256, max_px), image)
        show(image)

    async def _make_peaks(self, sound: Sound, show: Callable[[tuple[float, ...]], None]) -> None:
        try:
            peaks = await self._attachments.peaks(sound, PEAKS)
        except Trouble as trouble:
            log.warning("There is no waveform of %s: %s", sound.sha256, trouble)
            return
        _keep(self._peaks, sound.sha256, peaks)
        show(peaks)


def _keep(kept: OrderedDict[K, V], key: K, value: V) -> None:
    kept[key] = value
    kept.move_to_end(key)
    while len(kept) > KEPT:
        kept.popitem(last=False)
