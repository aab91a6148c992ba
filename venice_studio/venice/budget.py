"""How many requests a minute may go out: one budget for all jobs."""

import asyncio
import itertools
import math
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import ExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLimits:
    """The limits to begin with; the service's answers correct them. Reference page: per minute and key."""

    queue: int = 40
    retrieve: int = 120
    window_s: float = 60.0
    """Practice at speed X has a window of 60/X s."""


class Budget:
    """At most `limit` requests in any `window_s`, waiting turns in the order of asking.

    A request counts from its sending until a window after its answer: in between it reached the service at a time
    that nobody here knows.
    """

    def __init__(
        self,
        limit: int,
        window_s: float,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._limit = limit
        self._window_s = window_s
        self._monotonic = monotonic
        self._sleep = sleep
        self._numbers = itertools.count()
        self._answered: dict[int, float] = {}
        """When each request was answered; never (infinity) while it is under way."""
        self._closed_until = 0.0
        self._queue = asyncio.Lock()

    def wait_s(self) -> float:
        """Seconds until the next request may go out, or until it is worth asking again; 0: now."""
        now = self._monotonic()
        self._answered = {number: at for number, at in self._answered.items() if at > now - self._window_s}
        until = self._closed_until
        if (over := len(self._answered) - self._limit) >= 0:
            until = max(until, sorted(self._answered.values())[over] + self._window_s)
        return min(max(0.0, until - now), self._window_s)

    @contextmanager
    def place(self) -> Iterator[None]:
        """A request goes out now, and is answered at the end of the block."""
        number = next(self._numbers)
        self._answered[number] = math.inf
        try:
            yield
        finally:
            self._answered[number] = self._monotonic()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait until a request may go out, then as `place`."""
        with ExitStack() as place:
            async with self._queue:
                while (wait := self.wait_s()) > 0:
                    await self._sleep(wait)
                place.enter_context(self.place())
            yield

    def learn(self, headers: Mapping[str, str], pause_s: float | None) -> None:
        """Take over what an answer tells: the limit in its headers, and how long it asks everybody to pause, in s."""
        with suppress(KeyError, ValueError):
            self._limit = max(1, min(10_000, int(headers["x-ratelimit-limit-requests"])))
        if pause_s:
            # A clock that is wrong here must not stop us for longer than the limit itself can.
            self._closed_until = self._monotonic() + min(pause_s, self._window_s)
