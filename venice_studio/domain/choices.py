"""Durations, resolutions and aspect ratios: what their strings mean, and which of several is nearest."""

import math
import re
from collections.abc import Callable, Sequence
from decimal import Decimal

_SECONDS = re.compile(r"(\d+(?:\.\d+)?)\s*s?")
_LINES = re.compile(r"(?:true_)?(\d+)[pP]")
_THOUSANDS = re.compile(r"(\d+)[kK]")
_RATIO = re.compile(r"(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)")


def seconds(duration: str) -> Decimal | None:
    """The length in s that a duration such as "5s" asks for; None for "Auto", "-1", "1 gen" and the like."""
    match = _SECONDS.fullmatch(duration.strip())
    return Decimal(match[1]) if match else None


def lines(resolution: str) -> int | None:
    """The short side in pixels of "720p", "768P", "true_1080p", "2K" or "4k"; None for anything else ("2x")."""
    if match := _LINES.fullmatch(resolution):
        return int(match[1])
    if match := _THOUSANDS.fullmatch(resolution):
        return {2: 1440, 4: 2160}.get(int(match[1]), int(match[1]) * 540)
    return None


def ratio(aspect_ratio: str) -> float | None:
    """Width over height of "16:9"; None for "auto" and "adaptive"."""
    match = _RATIO.fullmatch(aspect_ratio)
    return float(match[1]) / float(match[2]) if match and float(match[2]) else None


def nearest_duration(wanted: str | None, offered: Sequence[str]) -> str | None:
    """The offered duration closest to the wanted one (the shorter of two equally close); None where none is offered."""
    return _nearest(wanted, offered, lambda s: float(v) if (v := seconds(s)) is not None else None)


def nearest_resolution(wanted: str | None, offered: Sequence[str]) -> str | None:
    """The offered resolution closest to the wanted one; without a wish 720p or what is closest to it."""
    return _nearest(wanted or "720p", offered, lambda s: float(v) if (v := lines(s)) is not None else None)


def nearest_ratio(wanted: str | None, offered: Sequence[str]) -> str | None:
    """The offered aspect ratio closest in shape to the wanted one; without a wish 16:9 or what is closest to it.

    Of two as close it is the one that lies or stands as the wanted one does, else the one offered first.
    """
    return _nearest(wanted or "16:9", offered, _shape, lambda size, goal: size * goal <= 0)


def _shape(aspect_ratio: str) -> float | None:
    """A measure in which a shape and the same one lying on its side are as far from the square."""
    return math.log(shape) if (shape := ratio(aspect_ratio)) else None


def _nearest(
    wanted: str | None,
    offered: Sequence[str],
    measure: Callable[[str], float | None],
    worse: Callable[[float, float], float] = lambda size, _goal: size,
) -> str | None:
    """The offered value that measures nearest to the wanted one. `worse` compares two as near: by itself the smaller
    one is better; where that is equal too, it is the one offered first."""
    if not offered:
        return None
    if wanted is None or wanted in offered:
        return wanted or offered[0]
    goal = measure(wanted)
    measured = [(value, size) for value in offered if (size := measure(value)) is not None]
    if goal is None or not measured:
        return offered[0]
    return min(measured, key=lambda pair: (round(abs(pair[1] - goal), 9), worse(pair[1], goal)))[0]
