"""One frame of the draft: how a picture gets there, and what it is made into before it is sent."""

import asyncio
from dataclasses import replace
from enum import StrEnum
from pathlib import Path

from venice_studio.domain.framing import goal
from venice_studio.domain.media import Fit, Picture
from venice_studio.domain.problem import Trouble
from venice_studio.library.shelf import MediaShelf
from venice_studio.studio.composer import Composer
from venice_studio.studio.intake import Intake
from venice_studio.studio.tasks import Tasks

Goal = tuple[str, Fit] | None
"""The aspect ratio to bring a picture to, and how; None: as it came in."""


class Place(StrEnum):
    """Which frame of the clip; the values are the draft's own names."""

    START = "start_frame"
    END = "end_frame"


class Frame:
    """Keeps the draft's picture in the shape of its clip, as the picture's own `fit` says.

    The original is never altered: what was cropped or padded refers to it, and is made anew from it. Methods raise
    `Trouble` (PICTURE) and keep the old picture where they cannot do what they should.
    """

    def __init__(self, place: Place, *, composer: Composer, shelf: MediaShelf, intake: Intake, tasks: Tasks) -> None:
        self._place = place
        self._composer = composer
        self._shelf = shelf
        self._intake = intake
        self._tasks = tasks
        self._fitting: asyncio.Task[None] | None = None
        composer.draft.bind(lambda _: self._look())

    @property
    def picture(self) -> Picture | None:
        """What the draft holds."""
        picture: Picture | None = getattr(self._composer.draft.value, self._place)
        return picture

    def file(self, picture: Picture) -> Path:
        """Where the bytes of a picture lie."""
        return self._shelf.file(picture)

    async def take_file(self, path: str) -> Picture:
        """Put a file here."""
        return self._take(await self._intake.picture(Path(path), Path(path).name))

    async def take_files(self, first: str, second: str, end: "Frame") -> None:
        """Put one file here and another at the `end`; neither where one of them cannot be used."""
        start, last = [await self._intake.picture(Path(path), Path(path).name) for path in (first, second)]
        self._take(start)
        end._take(last)

    async def take_bytes(self, data: bytes, name: str) -> Picture:
        """Put here what came without a file: pasted, or dragged out of a program."""
        return self._take(await self._intake.picture(data, name))

    async def take_address(self, address: str) -> Picture:
        """Fetch the picture at a web address and put it here, so that what is seen is what is sent."""
        return self._take(await self._intake.picture_at(address))

    def remove(self) -> None:
        """Take the picture away."""
        if self._place is Place.START:
            self._composer.set_start_frame(None)
        else:
            self._composer.edit(end_frame=None)

    def choose_fit(self, fit: Fit) -> None:
        """Say what is to become of the picture where the clip has another shape."""
        if (picture := self.picture) is not None:
            chosen = replace(picture.source, fit=fit)
            # What was made so far stays in sight until the new one is there.
            self._edit(replace(picture, original=chosen) if picture.original else chosen)

    def send_link(self, on: bool) -> None:
        """Send the picture's address instead of the picture, or the picture again."""
        if (picture := self.picture) is not None and (picture.address or not on):
            self._edit(replace(picture.source, link=on))

    async def forget_where_taken(self) -> None:
        """Encode the picture again without anything that is written beside it."""
        if (picture := self.picture) is None:
            return
        made = await self._shelf.without_metadata(picture.source)
        if self.picture is not None and self.picture.source == picture.source:
            self._edit(made)

    async def settled(self) -> None:
        """Return once the picture has the shape that its clip asks for."""
        if self._fitting is not None:
            await asyncio.wait({self._fitting})

    def _take(self, picture: Picture) -> Picture:
        if self._place is Place.START:
            self._composer.set_start_frame(picture)
            self._composer.follow_start_frame()
        else:
            self._composer.put(end_frame=picture)
        return picture

    def _edit(self, picture: Picture) -> None:
        self._composer.edit(**{self._place.value: picture})

    def _look(self) -> None:
        if self._fitting is None and self._due() is not None:
            self._fitting = self._tasks.start(self._fit(), "fit picture")

    def _due(self) -> tuple[Picture, Goal] | None:
        """What is to be made of which picture; None: all is as it should be."""
        picture = self.picture
        if picture is None:
            return None
        wanted = goal(picture, self._composer.draft.value.aspect_ratio)
        made = (picture.fitted_to, picture.fit) if picture.original is not None else None
        return None if wanted == made else (picture.source, wanted)

    async def _fit(self) -> None:
        try:
            while (due := self._due()) is not None:
                made = await self._made(*due)
                if self._due() == due:
                    self._composer.put_fitted(**{self._place.value: made})
        finally:
            self._fitting = None

    async def _made(self, original: Picture, wanted: Goal) -> Picture:
        if wanted is None:
            return original
        try:
            return await self._shelf.fitted(original, *wanted)
        except Trouble:
            # Its file is gone or the disk is full. It stays as it is; sending it will tell, before anything is paid.
            return replace(original, fit=Fit.LEAVE)
