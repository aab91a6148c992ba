"""The entries of the picker: found by any word, narrowed by filters, the favourite and the recent ones first."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from venice_studio.domain.family import Family
from venice_studio.domain.inputs import RULES, Role
from venice_studio.domain.model import VideoModel
from venice_studio.ui.compose import model_words

_TOKEN = re.compile(r"[\w.:]+")
_DIGITS = 3
"""A number of fewer is meant as it is; of more it may be the beginning of a longer one."""


class Wish(StrEnum):
    """What a filter asks for; the value is its label."""

    PICTURE = "From a picture"
    SOUND = "Sound"
    PRIVATE = "Private"
    REFERENCES = "References"
    VIDEO = "From a video"

    @property
    def sentence(self) -> str:
        """What the filter does, for the tooltip and screen readers."""
        return {
            Wish.PICTURE: "Only models that take a picture to start from",
            Wish.SOUND: "Only models whose clips have sound",
            Wish.PRIVATE: "Only private models: nobody keeps your prompt and pictures",
            Wish.REFERENCES: "Only models that follow reference pictures",
            Wish.VIDEO: "Only models that work on a video",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A family as the picker shows it."""

    family: Family
    facts: str
    privacy: str
    marks: tuple[tuple[str, str], ...]
    details: str
    fulfils: frozenset[Wish]
    tokens: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name of the family."""
        return self.family.name

    def found_by(self, searched: Sequence[str]) -> bool:
        """Whether every word is in the name or begins one of its other words; all in lower case."""
        name = self.name.casefold()
        return all(word in name or any(_begins(token, word) for token in self.tokens) for word in searched)


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a part of the list."""

    title: str


Row = Entry | Heading


def entry(family: Family, today: date) -> Entry:
    """How a family is shown and found."""
    facts, privacy = model_words.facts(family), model_words.privacy(family)
    marks = model_words.marks(family, today)
    return Entry(
        family=family,
        facts=facts,
        privacy=privacy,
        marks=marks,
        details=model_words.details(family),
        fulfils=frozenset(wish for wish in Wish if any(_fulfils(model, wish) for model in family.variants)),
        tokens=tuple(sorted(_tokens(family, (facts, privacy, *(words for words, _ in marks))))),
    )


def rows(
    entries: Sequence[Entry],
    *,
    searched: str = "",
    wishes: Iterable[Wish] = (),
    favourites: Sequence[str] = (),
    recent: Sequence[str] = (),
    chosen: str | None = None,
) -> list[Row]:
    """What to show: each entry once, in parts with headings where there is more than one part.

    `chosen`: the one that comes before all others, so that it is in sight together with the favourites.
    """
    words, wanted = searched.casefold().split(), frozenset(wishes)
    found = {one.name: one for one in entries if wanted <= one.fulfils and one.found_by(words)}
    first = [found.pop(chosen)] if chosen in found else []
    starred = [found.pop(name) for name in favourites if name in found]
    used = [found.pop(name) for name in recent if name in found]
    parts: list[tuple[str, list[Entry]]] = [
        ("Chosen", first),
        ("Favourites", starred),
        ("Used lately", used),
        ("All others", list(found.values())),
    ]
    filled = [(title, part) for title, part in parts if part]
    if len(filled) < 2:
        return [one for _, part in filled for one in part]
    headed: list[list[Row]] = [[Heading(title), *part] for title, part in filled]
    return [row for part in headed for row in part]


def best(found: Sequence[Row], searched: str) -> int:
    """The row to begin with: who types "ve" rather means Veo than PixVerse, though both are found. -1: none."""
    names = [row.name.casefold() if isinstance(row, Entry) else None for row in found]
    begins = (at for at, name in enumerate(names) if name is not None and name.startswith(searched.strip().casefold()))
    return next(begins, next((at for at, name in enumerate(names) if name is not None), -1))


def _begins(token: str, word: str) -> bool:
    # A bare "7" means a version or seconds, not 720p.
    whole_number = word.isdigit() and len(word) < _DIGITS
    return token.startswith(word) and not (whole_number and token[len(word) : len(word) + 1].isdigit())


def _fulfils(model: VideoModel, wish: Wish) -> bool:
    match wish:
        case Wish.PICTURE:
            return model.takes(Role.START_FRAME)
        case Wish.SOUND:
            return model.sound or model.sound_configurable
        case Wish.PRIVATE:
            return model.private
        case Wish.REFERENCES:
            return bool(model.follows)
        case Wish.VIDEO:
            return model.takes(Role.SOURCE_VIDEO)


def _tokens(family: Family, shown: Iterable[str]) -> set[str]:
    said = [*shown]
    for model in family.variants:
        said += [model.name, model.id, model.maker, *model.durations, *model.resolutions, *model.aspect_ratios]
        said += [RULES[role].many for role in Role if model.takes(role)]
        said += ["uncensored"] if model.uncensored else []
        said += ["private"] if model.private else ["anonymised anonymized"]
        said += ["audio"] if model.sound or model.sound_configurable else ["silent"]
        said += ["image"] if model.takes(Role.START_FRAME) else []
    ids = {model.id.casefold() for model in family.variants}
    return ids | {token for words in said for token in _TOKEN.findall(words.casefold())}
