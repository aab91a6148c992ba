"""Requests a minute, counted per key and kind of call in windows that begin with their first request."""

import math
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass

from venice_studio.sandbox.refusal import Refusal

RATES = {"queue": 40, "retrieve": 120}
_OTHERS = 500
_WINDOW_S = 60.0
_FAILURES = 20
_BLOCK_S = 30.0


@dataclass(slots=True)
class _Window:
    start: float
    used: int = 0


class Rates:
    """`clock` gives Unix time in seconds; `speed` divides the length of a window.

    With `blocks`, more than 20 failed requests within 30 s shut a key out for 30 s.
    """

    def __init__(self, clock: Callable[[], float], speed: float, *, blocks: bool) -> None:
        self._clock = clock
        self._block_s = _BLOCK_S / speed
        self._blocks = blocks
        self._failures: defaultdict[str, deque[float]] = defaultdict(lambda: deque(maxlen=_FAILURES + 1))
        self._shut_until: dict[str, float] = {}
        self._length_s = _WINDOW_S / speed
        self._windows: dict[tuple[str, str], _Window] = {}

    def take(self, account: str, kind: str) -> dict[str, str]:
        """Counts one request and gives the headers of its answer; raises Refusal (429) when there were too many."""
        now = self._clock()
        limit = RATES.get(kind, _OTHERS)
        window = self._windows.get((account, kind))
        if window is None or now >= window.start + self._length_s:
            window = self._windows[account, kind] = _Window(start=now)
        shut = self._shut_until.get(account, 0.0) - now
        # What a key that is shut out asks for is not counted.
        window.used += shut <= 0
        end = window.start + self._length_s
        headers = {
            "x-ratelimit-limit-requests": str(limit),
            "x-ratelimit-remaining-requests": str(max(0, limit - window.used)),
            "x-ratelimit-reset-requests": str(math.ceil(end)),
        }
        if shut > 0:
            raise Refusal(429, "Too many failed requests: this key has to wait.", headers=headers | _wait(shut))
        if window.used > limit:
            message = f"Too many requests: {limit} a minute are allowed here."
            raise Refusal(429, message, headers=headers | _wait(end - now))
        return headers

    def failed(self, account: str) -> None:
        """Counts a request that was refused."""
        if not self._blocks:
            return
        now = self._clock()
        failures = self._failures[account]
        failures.append(now)
        if len(failures) > _FAILURES and now - failures[0] <= self._block_s:
            self._shut_until[account] = now + self._block_s
            failures.clear()


def _wait(seconds: float) -> dict[str, str]:
    return {"Retry-After": str(max(1, math.ceil(seconds)))}
