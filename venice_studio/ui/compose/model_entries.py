"""The entries of the picker: found by any word, narrowed by filters, the favourite and the recent ones first."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from venice_studio.domain.family import Family
from venice_studio.domain.inputs import RULES, TO_FOLLOW, Need, Role
from venice_studio.domain.model import VideoModel
from venice_studio.ui.compose import model_words

_DIGITS = 3
"""A number of fewer is meant as it is; of more it may be the beginning of a longer one."""
_OF_INPUTS = {
    rule.wire: f"{rule.one} {rule.many} {rule.material.value}" + (" references" if role in TO_FOLLOW else "")
    for role, rule in RULES.items()
}
_BESIDE_TEXT = {RULES[role].wire for role in (Role.START_FRAME, Role.END_FRAME, Role.SOUNDTRACK)}
"""Fields of what goes along with a prompt without taking its place."""


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


class Entry:
    """A family as the picker shows it. What is said of it is put together when it is first shown or searched."""

    def __init__(self, family: Family, today: date) -> None:
        self.family = family
        self._today = today

    @property
    def name(self) -> str:
        """The name of the family."""
        return self.family.name

    @cached_property
    def facts(self) -> str:
        """What it takes and makes."""
        return model_words.facts(self.family)

    @cached_property
    def privacy(self) -> str:
        """Who gets to see what is sent."""
        return model_words.privacy(self.family)

    @cached_property
    def marks(self) -> tuple[tuple[str, str], ...]:
        """What one has to know before choosing it: words and the colour's token for each."""
        return model_words.marks(self.family, self._today)

    @property
    def details(self) -> str:
        """All else there is to know."""
        return model_words.details(self.family)

    @cached_property
    def _words(self) -> str:
        return _words(self.family).casefold()

    @cached_property
    def _folded(self) -> str:
        return self.name.casefold()

    def fulfils(self, wish: Wish) -> bool:
        """Whether a variant is what a filter asks for."""
        return any(_fulfils(model, wish) for model in self.family.variants)

    def found_by(self, searched: Sequence["Searched"]) -> bool:
        """Whether every word is in the name, or begins one of the other words that belong to it."""
        return all(one.word in self._folded or one.begins_one_of(self._words) for one in searched)


class Searched:
    """One word that is searched for."""

    def __init__(self, word: str) -> None:
        self.word = word.casefold()
        # A bare "7" means a version or seconds, not 720p.
        whole_number = word.isdigit() and len(word) < _DIGITS
        self._begin = re.compile(rf"(?<!\w){re.escape(self.word)}" + (r"(?!\d)" if whole_number else ""))

    def begins_one_of(self, words: str) -> bool:
        """Whether one of `words`, all in lower case, begins so."""
        return self.word in words and self._begin.search(words) is not None


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a part of the list."""

    title: str


Row = Entry | Heading


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
    words, wanted = [Searched(word) for word in searched.split()], tuple(wishes)
    found = {one.name: one for one in entries if all(map(one.fulfils, wanted)) and one.found_by(words)}
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
    entries = [at for at, row in enumerate(found) if isinstance(row, Entry)]
    return min(entries, key=lambda at: _far_from(searched, found[at]), default=-1)


def _far_from(searched: str, row: Row) -> int:
    """0: it is named so; 1: its name begins so; 2: it is found by something else."""
    name, meant = row.name.casefold() if isinstance(row, Entry) else "", searched.strip().casefold()
    return 0 if name == meant else 1 if name.startswith(meant) else 2


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


def _words(family: Family) -> str:
    """What a family is found by: put together for hundreds of them at the first letter typed, so nothing costly."""
    said: list[str] = []
    for model in family.variants:
        said += [model.name, model.id, model.maker, *model.durations, *model.resolutions, *model.aspect_ratios]
        said += [_OF_INPUTS[wire] for wire in model.inputs if wire in _OF_INPUTS]
        said += ["text"] if model.start_frame is not Need.MUST and not model.inputs - _BESIDE_TEXT else []
        said += ["picture image"] if model.start_frame is not Need.NEVER else []
        said += ["private" if model.private else "anonymised anonymized"]
        said += ["sound audio" if model.sound or model.sound_configurable else "silent"]
        said += [word for word in ("uncensored", "beta", "offline") if getattr(model, word)]
    return " ".join(said)
