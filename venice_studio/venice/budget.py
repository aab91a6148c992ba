"""How many requests a minute may go out: one budget for all jobs."""

import asyncio
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLimits:
    """The limits to begin with; the service's answers correct them. Reference page: per minute and key."""

    queue: int = 40
    retrieve: int = 120
    window_s: float = 60.0
    """Practice at speed X has a window of 60/X s."""


class Budget:
    """At most `limit` requests in any `window_s`, waiting turns in the order of asking."""

    def __init__(self, limit: int, window_s: float) -> None:
        self._limit = limit
        self._window_s = window_s
        self._sent: deque[float] = deque()
        self._closed_until = 0.0
        self._queue = asyncio.Lock()

    def wait_s(self) -> float:
        """Seconds until the next request may go out; 0: now."""
        now = asyncio.get_running_loop().time()
        while self._sent and self._sent[0] <= now - self._window_s:
            self._sent.popleft()
        until = self._closed_until
        if len(self._sent) >= self._limit:
            until = max(until, self._sent[-self._limit] + self._window_s)
        return max(0.0, until - now)

    def take(self) -> None:
        """A request goes out now."""
        self._sent.append(asyncio.get_running_loop().time())

    async def turn(self) -> None:
        """Wait until a request may go out, and take its place."""
        async with self._queue:
            while (wait := self.wait_s()) > 0:  # noqa: ASYNC110 - only time opens it again
                await asyncio.sleep(wait)
            self.take()

    def learn(self, headers: Mapping[str, str], pause_s: float | None) -> None:
        """Take over what an answer tells: the limit in its headers, and how long it asks everybody to pause, in s."""
        with suppress(KeyError, ValueError):
            self._limit = max(1, min(10_000, int(headers["x-ratelimit-limit-requests"])))
        if pause_s:
            # A clock that is wrong here must not stop us for longer than the limit itself can.
            self._closed_until = asyncio.get_running_loop().time() + min(pause_s, self._window_s)
