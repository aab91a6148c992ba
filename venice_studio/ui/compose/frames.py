"""How a picture gets from a gesture into a slot, and from the draft into sight."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import assert_never

from venice_studio.domain.media import Fit, Picture
from venice_studio.domain.problem import Trouble
from venice_studio.studio.composer import Composer
from venice_studio.studio.frame import Frame
from venice_studio.studio.tasks import Tasks
from venice_studio.ui.compose.address_dialog import ask_address
from venice_studio.ui.compose.links import Remedy
from venice_studio.ui.compose.offer import (
    AddressOffer,
    Brought,
    BytesOffer,
    FileOffer,
    FilePair,
    ImageOffer,
    Unusable,
    Usable,
    too_many,
)
from venice_studio.ui.compose.picture_slot import PictureSlot
from venice_studio.ui.images import ImageWorker


class Frames:
    """Serves one slot with one frame of the draft."""

    def __init__(
        self,
        slot: PictureSlot,
        frame: Frame,
        composer: Composer,
        images: ImageWorker,
        tasks: Tasks,
        remedies: Callable[[], Sequence[Remedy]],
        both: Callable[[FilePair], Coroutine[object, object, None] | None],
    ) -> None:
        """`remedies` gives ways out of what is wrong with the frame; `both` takes a start and an end frame; None where
        there is not an empty place for each."""
        self._slot = slot
        self._frame = frame
        self._composer = composer
        self._images = images
        self._tasks = tasks
        self._remedies = remedies
        self._both = both
        self._taking: asyncio.Task[None] | None = None
        self._showing: asyncio.Task[None] | None = None
        self._refusal = ""
        self._remark = ""
        slot.offered.connect(self.take)
        slot.remove_asked.connect(self.remove)
        slot.menu.address.triggered.connect(lambda _=False: self.ask_address())
        slot.menu.link.triggered.connect(lambda _=False: self._toggle_link())
        slot.menu.forget.triggered.connect(lambda _=False: self._forget_place())
        slot.notes.forget.clicked.connect(lambda _=False: self._forget_place())
        slot.fit.fit_chosen.connect(lambda fit: frame.choose_fit(Fit(fit)))
        slot.fit.ratio_chosen.connect(lambda ratio: composer.edit(aspect_ratio=ratio))
        slot.fit.model_chosen.connect(composer.choose_model)

    def refuse(self, text: str) -> None:
        """Say why something cannot be taken."""
        self._begin()
        self._refuse(text)

    def take(self, offer: Brought) -> None:
        """Take what was dropped, pasted or chosen; the last of several in a row counts."""
        if isinstance(offer, Unusable):
            self.refuse(f"{offer.reason}{self._kept}")
        elif isinstance(offer, FilePair):
            if (work := self._both(offer)) is not None:
                self._do(work, "Reading 2 files…")
            else:
                self.take(Unusable(too_many(2)))
        else:
            self._do(self._put(offer), f"{'Fetching' if isinstance(offer, AddressOffer) else 'Reading'} {offer.name}…")

    def ask_address(self) -> None:
        """Let the user give a web address."""
        self._tasks.start(self._ask_address(), "ask for an address")

    def remove(self) -> None:
        """Empty the slot."""
        self._begin()
        self._frame.remove()

    def show(self) -> None:
        """Show what the draft holds, and what of it does not fit together."""
        picture, shown, composer = self._frame.picture, self._slot.picture, self._composer
        self._slot.fit.show_for(picture, composer.draft.value.aspect_ratio, composer.model, composer.models.value)
        self._say()
        if picture == shown:
            return
        if self._showing is not None:
            self._showing.cancel()
        if picture is None or shown is None or picture.source.sha256 != shown.source.sha256:
            self._refuse("")
        self._slot.show_picture(picture)
        if picture is not None:
            self._showing = self._tasks.start(self._show(picture), "preview")

    def show_remark(self, text: str) -> None:
        """What is wrong with the picture in the draft, or with there being none."""
        self._remark = text
        self._say()

    async def _ask_address(self) -> None:
        if (address := await ask_address(self._slot.window())) is not None:
            self.take(AddressOffer(address))

    def _toggle_link(self) -> None:
        picture = self._frame.picture
        self._frame.send_link(picture is not None and not picture.link)

    def _forget_place(self) -> None:
        self._do(self._frame.forget_where_taken(), "Removing the location data…")

    def _begin(self) -> None:
        """Something new is to be done: what was begun before, and said of it, is void."""
        if self._taking is not None:
            self._taking.cancel()
        self._refuse("")

    def _do(self, work: Coroutine[object, object, None], saying: str) -> None:
        self._begin()
        self._taking = self._tasks.start(self._done(work, saying), "take picture")

    async def _done(self, work: Coroutine[object, object, None], saying: str) -> None:
        self._slot.show_busy(saying)
        try:
            await work
        except Trouble as trouble:
            self._refuse(f"{trouble.problem.message}{self._kept}")
        finally:
            if self._taking is asyncio.current_task():
                self._slot.show_busy("")

    @property
    def _kept(self) -> str:
        """What became of the picture here when another one was not taken, as a sentence behind the reason."""
        return " The picture you had stays." if self._slot.picture else ""

    async def _put(self, offer: Usable) -> None:
        match offer:
            case FileOffer(path=path):
                await self._frame.take_file(path)
            case BytesOffer(data=data, name=name):
                await self._frame.take_bytes(data, name)
            case ImageOffer(image=image, name=name):
                await self._frame.take_bytes(await self._images.png(image), name)
            case AddressOffer(address=address):
                await self._frame.take_address(address)
            case _ as never:
                assert_never(never)

    async def _show(self, picture: Picture) -> None:
        image = await self._images.load(str(self._frame.file(picture)), self._slot.card.preview.wanted_pixels())
        if picture == self._slot.picture:
            self._slot.show_preview(image)

    def _refuse(self, text: str) -> None:
        self._refusal = text
        self._say()

    def _say(self) -> None:
        if self._refusal or not self._remark:
            self._slot.show_problem(self._refusal)
        else:
            self._slot.show_problem(self._remark, self._remedies())
