"""What a request brings along, as a whole: in words, compared with another, and without what is gone."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from venice_studio.domain.inputs import RULES, Role
from venice_studio.domain.media import Element, Keyframe, Medium, Picture
from venice_studio.domain.mentions import after_removal, renumbered
from venice_studio.domain.request import GenerationRequest

Item = Medium | Element | Keyframe


def attached(request: GenerationRequest) -> tuple[str, ...]:
    """One line for each kind of input: `start frame: canal.png`, `2 elements: maria.png + side.png, dog.png`."""
    return tuple(_line(role, request.given(role)) for role in Role if request.given(role))


def differing(one: GenerationRequest, other: GenerationRequest) -> tuple[str, ...]:
    """The kinds of input in which two requests differ; the same file under another name is no difference."""
    return tuple(
        rule.one if rule.single else rule.many
        for role, rule in RULES.items()
        if _marks(one.given(role)) != _marks(other.given(role))
    )


def on_shelf(request: GenerationRequest) -> tuple[Medium, ...]:
    """Every file that the request lives on: what is sent, and what that was made from."""
    originals = (picture.original for picture in request.pictures)
    return (*request.media, *(original for original in originals if original is not None))


def without(request: GenerationRequest, gone: Collection[str]) -> GenerationRequest:
    """The request without the files of these fingerprints.

    A picture that was fitted goes back to its original where that is there. An element stays, though it be empty, and
    the prompt follows the numbers of what is left: nothing comes to mean another.
    """
    for role in Role:
        items = request.given(role)
        left: list[Item] = []
        prompt = request.prompt
        for index, item in enumerate(items):
            if (kept := _kept(item, gone)) is not None:
                left.append(kept)
            else:
                prompt = renumbered(prompt, role, after_removal(len(left), len(left) + len(items) - index))
        held = tuple(left) if not RULES[role].single else left[0] if left else None
        request = replace(request, prompt=prompt, **{role.value: held})  # type: ignore[arg-type]
    return request


def _kept(item: Item, gone: Collection[str]) -> Item | None:
    match item:
        case Element(frontal=frontal, references=references):
            left = (kept for picture in references if isinstance(kept := _kept(picture, gone), Picture))
            front = _kept(frontal, gone) if frontal is not None else None
            return Element(frontal=front if isinstance(front, Picture) else None, references=tuple(left))
        case Keyframe(picture=picture):
            there = _kept(picture, gone)
            return replace(item, picture=there) if isinstance(there, Picture) else None
        case Picture(original=Picture() as original) if item.sha256 in gone:
            return _kept(original, gone)
        case _:
            return None if item.sha256 in gone else item


def _line(role: Role, items: tuple[Item, ...]) -> str:
    rule = RULES[role]
    what = rule.one if rule.single else f"{len(items)} {rule.one if len(items) == 1 else rule.many}"
    return f"{what}: {', '.join(' + '.join(_names(item)) or 'empty' for item in items)}"


def _names(item: Item) -> Iterator[str]:
    match item:
        case Element(pictures=pictures):
            yield from (picture.name for picture in pictures)
        case Keyframe(picture=picture, frame_index=frame_index):
            yield f"{picture.name} at frame {frame_index}"
        case _:
            yield item.name


def _marks(items: tuple[Item, ...]) -> tuple[object, ...]:
    def mark(item: Item) -> object:
        match item:
            case Element(frontal=frontal, references=references):
                return frontal and frontal.sha256, tuple(picture.sha256 for picture in references)
            case Keyframe(picture=picture, frame_index=frame_index):
                return picture.sha256, frame_index
            case _:
                return item.sha256

    return tuple(map(mark, items))
