"""Requests a minute, counted per key and kind of call in windows that begin with their first request."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from venice_studio.sandbox.refusal import Refusal

_LIMITS = {"queue": 40, "retrieve": 120}
_OTHERS = 500
_WINDOW_S = 60.0


@dataclass(slots=True)
class _Window:
    start: float
    used: int = 0


class Rates:
    """`clock` gives Unix time in seconds; `speed` divides the length of a window."""

    def __init__(self, clock: Callable[[], float], speed: float) -> None:
        self._clock = clock
        self._length_s = _WINDOW_S / speed
        self._windows: dict[tuple[str, str], _Window] = {}

    def take(self, account: str, kind: str) -> dict[str, str]:
        """Counts one request and gives the headers of its answer; raises Refusal (429) when there were too many."""
        now = self._clock()
        limit = _LIMITS.get(kind, _OTHERS)
        window = self._windows.get((account, kind))
        if window is None or now >= window.start + self._length_s:
            window = self._windows[account, kind] = _Window(start=now)
        window.used += 1
        end = window.start + self._length_s
        headers = {
            "x-ratelimit-limit-requests": str(limit),
            "x-ratelimit-remaining-requests": str(max(0, limit - window.used)),
            "x-ratelimit-reset-requests": str(math.ceil(end)),
        }
        if window.used > limit:
            wait = {"Retry-After": str(max(1, math.ceil(end - now)))}
            raise Refusal(429, f"Too many requests: {limit} a minute are allowed here.", headers=headers | wait)
        return headers
