"""What the draft holds beside its words, role by role: how it gets there, and how it is put in order."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from venice_studio.domain.checks import sent_size
from venice_studio.domain.fitting import Change
from venice_studio.domain.inputs import RULES, Material, Role
from venice_studio.domain.keyframing import free_frame
from venice_studio.domain.media import Element, Keyframe, Medium, Picture, Sound
from venice_studio.domain.mentions import Mention, after_move, after_removal, mentions, renumbered
from venice_studio.library.pictures import unusable
from venice_studio.library.shelf import MediaShelf
from venice_studio.studio.composer import Composer
from venice_studio.studio.intake import Intake

Item = Medium | Element | Keyframe


class Attachments:
    """Changes the inputs of the draft as the user does it. Counts and combinations are not judged here but by
    `Composer.faults`: nothing that the user gave is ever dropped silently.

    Where something is put raises `Trouble` (PICTURE), naming the file, and leaves what was there before.
    """

    def __init__(self, *, composer: Composer, shelf: MediaShelf, intake: Intake) -> None:
        self._composer = composer
        self._shelf = shelf
        self._intake = intake

    async def take_files(
        self, role: Role, paths: Sequence[str], *, at: int | None = None, element: int | None = None
    ) -> None:
        """Put files here, in their order: the first in the place of item `at`, the others behind what is there; of
        several for a single place the last one stays.

        Of elements: each file begins one of its own, and `at` alone is an element's frontal picture; with `element`
        they become further pictures of that one, and `at` counts its pictures, the frontal one being 0. One file that
        cannot be taken stops it: `Trouble` names it, and those before it stay.
        """
        for path in paths:
            source = Path(path)
            self._put(role, await self._intake.medium(RULES[role].material, source, source.name), at, element)
            at = None

    async def take_bytes(
        self, role: Role, data: bytes, name: str, *, at: int | None = None, element: int | None = None
    ) -> None:
        """Put here what came without a file: pasted, or dragged out of a program. `at` and `element` as with files."""
        self._put(role, await self._intake.medium(RULES[role].material, data, name), at, element)

    async def take_address(
        self, role: Role, address: str, *, at: int | None = None, element: int | None = None
    ) -> None:
        """Fetch the picture at a web address and put it here, so that what is seen is what is sent."""
        if (material := RULES[role].material) is not Material.PICTURE:
            raise unusable(f"Only pictures can be fetched. Save the {material} and put the file in.")
        self._put(role, await self._intake.picture_at(address), at, element)

    def remove(self, role: Role, index: int = 0, *, picture: int | None = None) -> None:
        """Take item `index` away; of an element only its picture `picture`, where that is given.

        Of what the prompt says, the numbers of those behind it follow.
        """
        items = self._items(role)
        if index >= len(items):
            return
        item = items[index]
        if picture is not None and isinstance(item, Element):
            items[index] = _without(item, picture)
            self._set(role, items)
            return
        del items[index]
        self._set(role, items, after_removal(index, len(items) + 1))

    def move(self, role: Role, index: int, to: int) -> None:
        """Put item `index` where item `to` is now. What the prompt says of them follows; of keyframes the pictures
        move and the frame numbers stay in their order."""
        items = self._items(role)
        if index == to or not (0 <= index < len(items) and 0 <= to < len(items)):
            return
        frames = [item.frame_index for item in items if isinstance(item, Keyframe)]
        items.insert(to, items.pop(index))
        if frames:
            items = [replace(item, frame_index=at) for item, at in zip(_keyframes(items), frames, strict=True)]
        self._set(role, items, after_move(index, to))

    def hand_over(self, role: Role, index: int, to: Role) -> None:
        """Let an item be something else to the clip: the start frame a reference picture, say. What is in the way of
        a single place takes the place that became free. Raises ValueError for another kind of file."""
        if RULES[role].material is not RULES[to].material:
            raise ValueError(f"A {RULES[role].one} cannot be a {RULES[to].one}")
        given, there = self._items(role), self._items(to)
        item = given.pop(index)
        places = after_removal(index, len(given) + 1)
        media = [_bare(medium) for medium in _media(item)]
        if RULES[to].single:
            media, displaced = media[:1], [_bare(medium) for one in there for medium in _media(one)]
            if (left := _given_away(item, displaced)) is not None:
                given.insert(index, left)
                places = {}
            there = []
        self._set(role, given, places, also={to: [*there, *self._made(to, media, there)]})

    def place_keyframe(self, index: int, frame_index: int) -> None:
        """Let the clip pass through a keyframe's picture at another frame, at 24 a second from 0."""
        keyframes = list(self._composer.draft.value.keyframes)
        keyframes[index] = replace(keyframes[index], frame_index=max(0, frame_index))
        self._set(Role.KEYFRAMES, keyframes)

    def add_element(self) -> None:
        """Begin another element, which has no picture yet."""
        self._set(Role.ELEMENTS, [*self._items(Role.ELEMENTS), Element()])

    def picture(self, role: Role, index: int = 0, picture: int | None = None) -> Picture | None:
        """What an item looks like, of an element its picture `picture`; None: there is none."""
        items = self._items(role)
        return _picture(items[index], picture or 0) if index < len(items) else None

    async def forget_where_taken(self, role: Role, index: int = 0, *, picture: int | None = None) -> None:
        """Encode a picture again without anything that is written beside it; of an element its picture `picture`."""
        found = self.picture(role, index, picture)
        if found is None:
            return
        made = await self._shelf.without_metadata(found.source)
        # Meanwhile it may have been replaced: then there is nothing to forget.
        if self.picture(role, index, picture) == found:
            items = self._items(role)
            item = items[index]
            items[index] = _with(item, made, picture or 0) if isinstance(item, Element) else _in_place_of(item, made)
            self._set(role, items)

    async def still(self, medium: Medium, max_px: int) -> bytes:
        """A PNG of `max_px` at most on its longer side: the picture, a video's first frame, a sound's waveform."""
        return await self._shelf.still(medium, max_px)

    async def peaks(self, sound: Sound, count: int) -> tuple[float, ...]:
        """How loud a sound is, 0 to 1, in `count` equal parts of its length."""
        return await self._shelf.peaks(sound, count)

    @property
    def sent_size(self) -> tuple[int, int]:
        """Bytes that the draft takes of a request, and how many are surely taken."""
        return sent_size(self._composer.draft.value)

    def mentions(self) -> tuple[Mention, ...]:
        """Everything attached that the prompt can speak of, such as `@Element1`."""
        return mentions(self._composer.draft.value)

    def _items(self, role: Role) -> list[Item]:
        return list(self._composer.draft.value.given(role))

    def _put(self, role: Role, medium: Medium, at: int | None, element: int | None) -> None:
        items = self._items(role)
        if RULES[role].single:
            self._set(role, [medium])
            return
        held = items[element] if element is not None and element < len(items) else None
        if element is not None and isinstance(held, Element) and isinstance(medium, Picture):
            items[element] = _with(held, medium, at)
        elif at is None or at >= len(items):
            items += self._made(role, [medium], items)
        else:
            items[at] = _in_place_of(items[at], medium)
        self._set(role, items)

    def _made(self, role: Role, media: Sequence[Medium], there: Sequence[Item]) -> list[Item]:
        """The files as new items of a role, beside those that are there."""
        pictures = [medium for medium in media if isinstance(medium, Picture)]
        match role:
            case Role.ELEMENTS:
                return [Element(frontal=picture) for picture in pictures]
            case Role.KEYFRAMES:
                taken = [keyframe.frame_index for keyframe in _keyframes(there)]
                made: list[Item] = []
                for picture in pictures:
                    taken.append(free_frame(taken, self._composer.draft.value.duration))
                    made.append(Keyframe(picture=picture, frame_index=taken[-1]))
                return made
            case _:
                return list(media)

    def _set(
        self,
        role: Role,
        items: Sequence[Item],
        places: Mapping[int, int] | None = None,
        *,
        also: Mapping[Role, Sequence[Item]] | None = None,
    ) -> None:
        """Put the items of a role in the draft, and what the prompt says of those that have new `places`."""
        before = self._composer.draft.value
        changes: dict[str, object] = {
            to.value: (held[-1] if held else None) if RULES[to].single else tuple(held)
            for to, held in ({role: items} | dict(also or {})).items()
        }
        told: tuple[Change, ...] = ()
        if places and (prompt := renumbered(before.prompt, role, places)) != before.prompt:
            changes["prompt"] = prompt
            word = RULES[role].mention
            told = tuple(
                Change(field="prompt", before=f"{word}{old + 1}", after=f"{word}{new + 1}")
                for old, new in sorted(places.items())
                if renumbered(before.prompt, role, {old: new}) != before.prompt
            )
        self._composer.put(told=told, **changes)
        if changes.get(Role.START_FRAME.value) is not None:
            self._composer.follow_start_frame()


def _media(item: Item) -> tuple[Medium, ...]:
    match item:
        case Element(pictures=pictures):
            return pictures
        case Keyframe(picture=picture):
            return (picture,)
        case _:
            return (item,)


def _picture(item: Item, place: int) -> Picture | None:
    """The picture of an item; of an element the one in `place`, the frontal one being 0."""
    match item:
        case Element(frontal=frontal, references=references):
            return frontal if place == 0 else references[place - 1] if place <= len(references) else None
        case Keyframe(picture=picture):
            return picture
        case Picture():
            return item
        case _:
            return None


def _bare(medium: Medium) -> Medium:
    """As it came in: what was made of it, and for what, belongs to the place it leaves."""
    return replace(medium.source, fit=None) if isinstance(medium, Picture) else medium


def _keyframes(items: Sequence[Item]) -> list[Keyframe]:
    return [item for item in items if isinstance(item, Keyframe)]


def _in_place_of(item: Item, medium: Medium) -> Item:
    match item:
        case Keyframe() if isinstance(medium, Picture):
            return replace(item, picture=medium)
        case Element() if isinstance(medium, Picture):
            return replace(item, frontal=medium)
        case _:
            return medium


def _given_away(item: Item, displaced: Sequence[Medium]) -> Item | None:
    """What is left of an item that gives its first file away and gets `displaced`, one or none, for it."""
    got = next(iter(displaced), None)
    match item:
        case Element():
            left = _without(item, 0 if item.frontal else 1)
            left = replace(left, frontal=got) if isinstance(got, Picture) else left
            return left if left.pictures else None
        case Keyframe():
            return replace(item, picture=got) if isinstance(got, Picture) else None
        case _:
            return got


def _with(element: Element, picture: Picture, at: int | None) -> Element:
    """The element with one more picture, or another one in place `at`, the frontal one being 0."""
    if at == 0 or (at is None and element.frontal is None):
        return replace(element, frontal=picture)
    references = list(element.references)
    if at is None or at > len(references):
        references.append(picture)
    else:
        references[at - 1] = picture
    return replace(element, references=tuple(references))


def _without(element: Element, at: int) -> Element:
    if at == 0:
        return replace(element, frontal=None)
    return replace(element, references=(*element.references[: at - 1], *element.references[at:]))
