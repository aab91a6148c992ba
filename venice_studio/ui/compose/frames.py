"""How a picture gets from a gesture into a slot, and from the draft into sight."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from venice_studio.domain.problem import Trouble
from venice_studio.domain.request import Picture
from venice_studio.studio.tasks import Tasks
from venice_studio.ui.compose.offer import BytesOffer, FileOffer, ImageOffer, Offer, Unusable
from venice_studio.ui.compose.picture_slot import PictureSlot
from venice_studio.ui.images import ImageWorker


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What can be done with pictures: take a file or bytes in (raising `Trouble`), take one out, find its file."""

    take_file: Callable[[str], Awaitable[Picture]]
    take_bytes: Callable[[bytes, str], Awaitable[Picture]]
    remove: Callable[[], None]
    file: Callable[[Picture], Path]


class Frames:
    """Serves one slot."""

    def __init__(self, slot: PictureSlot, shelf: Shelf, images: ImageWorker, tasks: Tasks) -> None:
        self._slot = slot
        self._shelf = shelf
        self._images = images
        self._tasks = tasks
        self._taking: asyncio.Task[None] | None = None
        self._showing: asyncio.Task[None] | None = None
        self._refusal = ""
        self._remark = ""
        slot.offered.connect(self.take)
        slot.remove_asked.connect(self.remove)

    def take(self, offer: Offer) -> None:
        """Take what was dropped, pasted or chosen; the last of several in a row counts."""
        if self._taking is not None:
            self._taking.cancel()
        self._refuse("")
        if isinstance(offer, Unusable):
            self._refuse(offer.reason)
        else:
            self._taking = self._tasks.start(self._take(offer), "take picture")

    def remove(self) -> None:
        """Empty the slot."""
        if self._taking is not None:
            self._taking.cancel()
        self._refuse("")
        self._shelf.remove()

    def show(self, picture: Picture | None) -> None:
        """Show what the draft holds."""
        if picture == self._slot.picture:
            return
        if self._showing is not None:
            self._showing.cancel()
        self._refuse("")
        self._slot.show_picture(picture)
        if picture is not None:
            self._showing = self._tasks.start(self._show(picture), "preview")

    def show_remark(self, text: str) -> None:
        """What is wrong with the picture in the draft, or with there being none."""
        self._remark = text
        self._slot.show_problem(self._refusal or self._remark)

    async def _take(self, offer: FileOffer | BytesOffer | ImageOffer) -> None:
        self._slot.show_busy(f"Reading {offer.name}…")
        try:
            await self._put(offer)
        except Trouble as trouble:
            kept = " The picture you had stays." if self._slot.picture else ""
            self._refuse(f"{trouble.problem.message}{kept}")
        finally:
            if self._taking is asyncio.current_task():
                self._slot.show_busy("")

    async def _put(self, offer: FileOffer | BytesOffer | ImageOffer) -> None:
        match offer:
            case FileOffer(path=path):
                await self._shelf.take_file(path)
            case BytesOffer(data=data, name=name):
                await self._shelf.take_bytes(data, name)
            case ImageOffer(image=image, name=name):
                await self._shelf.take_bytes(await self._images.png(image), name)

    async def _show(self, picture: Picture) -> None:
        image = await self._images.load(str(self._shelf.file(picture)), self._slot.card.preview.wanted_pixels())
        if picture == self._slot.picture:
            self._slot.show_preview(image)

    def _refuse(self, text: str) -> None:
        self._refusal = text
        self._slot.show_problem(self._refusal or self._remark)
