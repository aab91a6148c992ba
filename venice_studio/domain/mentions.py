"""How a prompt speaks of what is attached: `@Element1`, `@Image2`. Live schema."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from venice_studio.domain.inputs import RULES, Role
from venice_studio.domain.media import Element, Keyframe, Medium, Picture
from venice_studio.domain.request import GenerationRequest

_MENTIONED = {rule.mention: role for role, rule in RULES.items() if rule.mention}
_ROLES = {word.casefold(): role for word, role in _MENTIONED.items()}
_MENTION = re.compile(rf"({'|'.join(map(re.escape, _MENTIONED))})([0-9]{{1,4}})(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Something attached that the prompt can speak of."""

    text: str
    """As it is written in the prompt: `@Element1`."""
    label: str
    """What it is, for a list to choose from: `Element 1, maria.png`."""
    role: Role
    index: int
    """Its place among those of its role, from 0."""
    picture: Picture | None
    """What it looks like; None of an element that has no picture yet."""


def mentions(request: GenerationRequest) -> tuple[Mention, ...]:
    """Everything attached that the prompt can speak of, in the order of the form."""
    return tuple(
        _mention(role, index, item) for role in _MENTIONED.values() for index, item in enumerate(request.given(role))
    )


def dangling(request: GenerationRequest) -> tuple[str, ...]:
    """What the prompt speaks of and nothing attached answers to, as it is written there, each once."""
    known = {mention.text.casefold() for mention in mentions(request)}
    said = (f"{found[1]}{int(found[2])}" for found in _MENTION.finditer(request.prompt))
    return tuple(dict.fromkeys(text for text in said if text.casefold() not in known))


def renumbered(prompt: str, role: Role, places: Mapping[int, int]) -> str:
    """The prompt with its mentions of `role` following their items; `places` gives the new index of an old one, both
    from 0. What is not in `places` stays as it is written."""

    def follow(found: re.Match[str]) -> str:
        after = places.get(int(found[2]) - 1) if _ROLES[found[1].casefold()] is role else None
        return found[0] if after is None else f"{found[1]}{after + 1}"

    return _MENTION.sub(follow, prompt)


def after_removal(index: int, count: int) -> Mapping[int, int]:
    """The new places of `count` items of which one is removed.

    What the prompt says of the removed one must not come to mean another: it gets the first number that nothing has,
    and so means whatever is put in its place.
    """
    return {index: count - 1} | {old: old - 1 for old in range(index + 1, count)}


def after_move(index: int, to: int) -> Mapping[int, int]:
    """The new places of items of which one moved to where item `to` was."""
    step = -1 if index < to else 1
    between = range(index + 1, to + 1) if index < to else range(to, index)
    return {index: to} | {old: old + step for old in between}


def _mention(role: Role, index: int, item: Medium | Element | Keyframe) -> Mention:
    rule = RULES[role]
    match item:
        case Element(pictures=pictures):
            picture = pictures[0] if pictures else None
        case Keyframe(picture=picture):
            pass
        case _:
            picture = item if isinstance(item, Picture) else None
    what = f"{rule.one[0].upper()}{rule.one[1:]} {index + 1}"
    label = f"{what}, {picture.name}" if picture else what
    return Mention(text=f"{rule.mention}{index + 1}", label=label, role=role, index=index, picture=picture)
