"""What the places of inputs do with the draft: how files get there, and how they are put in order."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol, assert_never

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from venice_studio.domain.inputs import RULES, Role
from venice_studio.domain.media import Element, Medium, Picture, Sound
from venice_studio.domain.problem import Trouble
from venice_studio.studio.studio import Studio
from venice_studio.ui.compose.address_dialog import ask_address
from venice_studio.ui.compose.inputs import words
from venice_studio.ui.compose.inputs.hearing import Hearing
from venice_studio.ui.compose.inputs.origin import Origin
from venice_studio.ui.compose.inputs.stills import Stills
from venice_studio.ui.compose.inputs.target import Target
from venice_studio.ui.compose.offer import AddressOffer, BytesOffer, FileOffer, ImageOffer, Offer, Unusable, material
from venice_studio.ui.images import ImageWorker


class Place(Protocol):
    """A slot, as far as it is told what became of a gesture."""

    def show_busy(self, text: str) -> None:
        """Say that something is being taken; empty: no longer."""

    def refuse(self, text: str, *, mild: bool = False) -> None:
        """Say why something was not taken; empty takes it away. `mild`: part of it was."""


class Hands:
    """One for all slots. What is put in one place at a time is taken in turn, so that nothing gets lost."""

    def __init__(self, studio: Studio, images: ImageWorker, window: QWidget) -> None:
        """`window` is what dialogs stand before."""
        self.composer = studio.composer
        self.attachments = studio.attachments
        self._tasks = studio.tasks
        self._pictures = studio.pictures
        self._images = images
        self._window = window
        self._stills = Stills(studio.attachments, images, studio.tasks)
        self._turn: dict[Role, asyncio.Lock] = {}
        self.hearing = Hearing(window)

    def take(self, place: Place, target: Target, offers: Sequence[Offer]) -> None:
        """Take what was dropped, pasted or chosen, as far as it is of the right kind and there is room for it."""
        place.refuse("")
        fitting, refusal = self._sift(target.role, offers)
        if not fitting:
            place.refuse(refusal)
            return
        self._tasks.start(self._take(place, target, fitting, refusal), "take inputs")

    def browse(self, place: Place, target: Target) -> None:
        """Let the user choose files."""
        rule = RULES[target.role]
        one = target.at is not None or rule.single
        dialog = QFileDialog(self._window, f"Choose {rule.one if one else rule.many}", "")
        dialog.setNameFilters([words.files(rule), "All files (*)"])
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile if one else QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda paths: self.take(place, target, [FileOffer(path) for path in paths]))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def ask_address(self, place: Place, target: Target) -> None:
        """Let the user give the web address of a picture."""
        self._tasks.start(self._ask_address(place, target), "ask for an address")

    def remove(self, origin: Origin) -> None:
        """Take an input away."""
        self.attachments.remove(origin.role, origin.index, picture=origin.picture)

    def move(self, origin: Origin, to: int) -> None:
        """Put an input, or a picture of an element, in another place among its kind."""
        if origin.picture is not None:
            self._rearrange(origin, to)
        elif 0 <= to < len(self.composer.draft.value.given(origin.role)) and to != origin.index:
            self.attachments.move(origin.role, origin.index, to)

    def hand_over(self, origin: Origin, to: Role) -> None:
        """Let an input be something else to the clip."""
        self.attachments.hand_over(origin.role, origin.index, to)

    def tells_a_place(self, origin: Origin) -> bool:
        """Whether an input is a picture whose bytes tell where it was taken."""
        picture = self.attachments.picture(origin.role, origin.index, origin.picture)
        return picture is not None and picture.located and not picture.link

    def forget_where_taken(self, place: Place, origin: Origin) -> None:
        """Send a picture without what is written beside it."""
        self._tasks.start(self._forget_where_taken(place, origin), "remove location data")

    def still(self, medium: Medium, max_px: int, show: Callable[[QImage], None]) -> None:
        """Show what a file looks like, now or soon."""
        self._stills.still(medium, max_px, show)

    def peaks(self, sound: Sound, show: Callable[[tuple[float, ...]], None]) -> None:
        """Show how loud a sound is over its length, now or soon."""
        self._stills.peaks(sound, show)

    def hear(self, sound: Sound) -> None:
        """Play a sound, or stop it."""
        self.hearing.toggle(sound.sha256, self._pictures.file(sound))

    def _sift(self, role: Role, offers: Sequence[Offer]) -> tuple[list[Offer], str]:
        """What may be of the right kind, and why the rest is not."""
        fitting: list[Offer] = []
        refusal = ""
        for offer in offers:
            found = material(offer)
            if isinstance(offer, Unusable):
                refusal = offer.reason
            elif found is not None and found is not RULES[role].material:
                refusal = words.wrong_kind(offer.name, found, role)
            else:
                fitting.append(offer)
        return fitting, refusal

    async def _take(self, place: Place, target: Target, offers: Sequence[Offer], refusal: str) -> None:
        async with self._turn.setdefault(target.role, asyncio.Lock()):
            draft, model = self.composer.draft.value, self.composer.model
            if RULES[target.role].single and draft.given(target.role):
                target = replace(target, at=0)
            room = target.room(draft, model)
            # A model that takes none says so at the slot by itself, with ways out.
            fitting = offers if target.most(model) == 0 else offers[:room]
            place.show_busy(_reading(fitting))
            try:
                await self._put(target, fitting)
            except Trouble as trouble:
                refusal = trouble.problem.message
            finally:
                place.show_busy("")
            if refusal:
                place.refuse(refusal)
            elif len(fitting) < len(offers):
                rule, most = RULES[target.role], target.most(model)
                many = rule.one if most == 1 else rule.many
                what = f"{most} {many}" if target.element is None else f"{most} pictures of one element"
                text = words.some_left(len(fitting), len(offers), what)
                place.refuse(text, mild=bool(fitting))

    async def _put(self, target: Target, offers: Sequence[Offer]) -> None:
        role, at, element = target.role, target.at, target.element
        if files := [offer.path for offer in offers if isinstance(offer, FileOffer)]:
            await self.attachments.take_files(role, files, at=at, element=element)
        for offer in offers:
            match offer:
                case BytesOffer(data=data, name=name):
                    await self.attachments.take_bytes(role, data, name, at=at, element=element)
                case ImageOffer(image=image, name=name):
                    png = await self._images.png(image)
                    await self.attachments.take_bytes(role, png, name, at=at, element=element)
                case AddressOffer(address=address):
                    await self.attachments.take_address(role, address, at=at, element=element)
                case FileOffer() | Unusable():
                    pass
                case _ as never:
                    assert_never(never)

    async def _forget_where_taken(self, place: Place, origin: Origin) -> None:
        place.show_busy("Removing the location data…")
        try:
            await self.attachments.forget_where_taken(origin.role, origin.index, picture=origin.picture)
        except Trouble as trouble:
            place.refuse(trouble.problem.message)
        finally:
            place.show_busy("")

    async def _ask_address(self, place: Place, target: Target) -> None:
        if (address := await ask_address(self._window.window())) is not None:
            self.take(place, target, [AddressOffer(address)])

    def _rearrange(self, origin: Origin, to: int) -> None:
        """Of an element the first picture is the one from the front."""
        elements = list(self.composer.draft.value.elements)
        element = elements[origin.index]
        places: list[Picture | None] = [element.frontal, *element.references]
        at = origin.picture or 0
        if not 0 <= to < len(places) or at == to:
            return
        places.insert(to, places.pop(at))
        sides = tuple(picture for picture in places[1:] if picture is not None)
        elements[origin.index] = Element(frontal=places[0], references=sides)
        self.composer.edit(elements=tuple(elements))


def _reading(offers: Sequence[Offer]) -> str:
    if len(offers) != 1:
        return f"Reading {len(offers)} files…" if offers else ""
    offer = offers[0]
    if isinstance(offer, Unusable):
        return ""
    return f"{'Fetching' if isinstance(offer, AddressOffer) else 'Reading'} {offer.name}…"
