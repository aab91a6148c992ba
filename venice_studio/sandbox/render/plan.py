"""What is to be drawn, as plain values that travel to the drawing process and onto disk."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any, Self

FPS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One clip: its size in pixels, its length in seconds, and all that decides its content.

    Files are named as they lie in the job's own folder. `fault` is one of black, truncated, short.
    """

    width: int
    height: int
    seconds: float
    sound: bool
    prompt: str
    seed: int
    stations: tuple[tuple[int, str], ...] = ()
    """Pictures that the clip passes through, each at its frame."""
    cards: tuple[str, ...] = ()
    """Pictures that are shown in front of what happens."""
    film: str | None = None
    """The video that the clip is made from."""
    enlarges: bool = False
    """Whether the film stays as it is, only larger."""
    music: str | None = None
    """What is heard."""
    voices: tuple[str, ...] = ()
    """What is heard besides."""
    rate: str = str(FPS)
    """Frames a second, as a fraction."""
    fault: str | None = None

    @property
    def frames(self) -> int:
        """How many frames the clip has."""
        return max(1, round(self.fps * (1 if self.fault == "short" else Fraction(self.seconds))))

    @property
    def fps(self) -> Fraction:
        """Frames a second."""
        return Fraction(self.rate)

    @property
    def needs(self) -> tuple[str, ...]:
        """All files that it is drawn from."""
        single = (name for name in (self.film, self.music) if name)
        return (*(name for _, name in self.stations), *self.cards, *single, *self.voices)

    def placed(self, folder: Path) -> Self:
        """The plan with the whole path of each file."""
        return replace(
            self,
            stations=tuple((frame, str(folder / name)) for frame, name in self.stations),
            cards=tuple(str(folder / name) for name in self.cards),
            film=str(folder / self.film) if self.film else None,
            music=str(folder / self.music) if self.music else None,
            voices=tuple(str(folder / name) for name in self.voices),
        )

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Self:
        """The plan from what JSON made of it, in earlier versions too: those had one picture, by its whole path."""
        known = dict(raw)
        if picture := known.pop("picture", None):
            known["stations"] = [(0, picture)]
        for name in ("cards", "voices"):
            known[name] = tuple(known.get(name, ()))
        known["stations"] = tuple((frame, name) for frame, name in known.get("stations", ()))
        return cls(**known)
