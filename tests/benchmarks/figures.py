"""Figures beside their baselines, and whether they keep their promises."""

import sys
from dataclasses import dataclass
from typing import TextIO


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured value. `at_most` and `at_least` are the promise, in the value's own unit; none: for information."""

    what: str
    value: float
    unit: str = ""
    at_most: float | None = None
    at_least: float | None = None
    beside: str = ""
    """What the value was made of, such as both sides of a ratio."""

    @property
    def kept(self) -> bool:
        """Whether the promise holds."""
        return (self.at_most is None or self.value <= self.at_most) and (
            self.at_least is None or self.value >= self.at_least
        )

    def __str__(self) -> str:
        promise = ""
        if self.at_most is not None:
            promise = f"at most {self.at_most:g}"
        if self.at_least is not None:
            promise = f"at least {self.at_least:g}"
        mark = "  " if not promise else "ok" if self.kept else "!!"
        value = f"{self.value:10.3f} {self.unit}"
        return f"  {mark} {self.what:<46} {value:<18} {promise:<16} {self.beside}".rstrip()


def ratio(
    what: str, ours: float, baseline: float, unit: str, *, at_most: float | None = None, at_least: float | None = None
) -> Figure:
    """Ours divided by the baseline."""
    beside = f"ours {ours:.3f} {unit}, baseline {baseline:.3f} {unit}"
    return Figure(what=what, value=ours / baseline, unit="x", at_most=at_most, at_least=at_least, beside=beside)


class Report:
    """Prints figures as they come and remembers whether one was missed."""

    def __init__(self, to: TextIO = sys.stdout) -> None:
        self._to = to
        self.kept = True

    def title(self, words: str) -> None:
        """Begin a part."""
        print(words, file=self._to, flush=True)

    def add(self, *figures: Figure) -> None:
        """Print figures."""
        for figure in figures:
            print(figure, file=self._to, flush=True)
            self.kept = self.kept and figure.kept
