"""How many requests a minute may go out: one budget for all jobs."""

import asyncio
import itertools
import math
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field

FAILURES = 15
"""Refused requests in half a window after which the others wait; the service blocks a key at more than 20."""
_MOMENT_S = 1e-6
"""Too short to wait for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLimits:
    """The limits to begin with; the service's answers correct them. Reference page: per minute and key."""

    queue: int = 40
    retrieve: int = 120
    window_s: float = 60.0
    """Practice at speed X has a window of 60/X s."""


def _as_any_other() -> float:
    return 0.0


@dataclass(slots=True, eq=False)
class _Waiting:
    """Somebody who waits for a turn, and the number of the request once it may go out."""

    worth: Callable[[], float]
    called: asyncio.Event = field(default_factory=asyncio.Event)
    number: int | None = None


class Budget:
    """At most `limit` requests in any `window_s`; whose turn is worth most goes first, else in the order of asking.

    A request counts from its sending until a window after its answer: in between it reached the service at a time
    that nobody here knows. With `burst`, that share of the limit may go out at once, the others evenly after it: so
    there is always a turn soon for what becomes urgent, and no rush after a sleep.
    """

    def __init__(
        self,
        limit: int,
        window_s: float,
        *,
        burst: float = 1.0,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._limit = limit
        self._window_s = window_s
        self._burst = burst
        self._monotonic = monotonic
        self._sleep = sleep
        self._numbers = itertools.count()
        self._answered: dict[int, float] = {}
        """When each request was answered; never (infinity) while it is under way."""
        self._evenly = -math.inf
        """When the requests so far would have gone out, had they gone evenly."""
        self._failures: deque[float] = deque(maxlen=FAILURES)
        self._closed_until = 0.0
        self._waiting: list[_Waiting] = []
        self._doorkeeper: _Waiting | None = None
        """Who of those that wait watches the time for all of them."""

    def wait_s(self) -> float:
        """Seconds until the next request may go out, or until it is worth asking again; 0: now."""
        now = self._monotonic()
        self._answered = {number: at for number, at in self._answered.items() if at > now - self._window_s}
        until = max(self._closed_until, self._evenly_from())
        if (over := len(self._answered) - self._limit) >= 0:
            until = max(until, sorted(self._answered.values())[over] + self._window_s)
        return min(until - now, self._window_s) if until - now > _MOMENT_S else 0.0

    @contextmanager
    def place(self) -> Iterator[None]:
        """A request goes out now, and is answered at the end of the block."""
        with self._answered_at_the_end(self._send()):
            yield

    @asynccontextmanager
    async def turn(self, worth: Callable[[], float] = _as_any_other) -> AsyncIterator[None]:
        """Wait until a request may go out, then as `place`. `worth` is asked again whenever a turn is given out."""
        number = await self._turn(_Waiting(worth))
        with self._answered_at_the_end(number):
            yield

    def learn(self, headers: Mapping[str, str], pause_s: float | None, *, failed: bool = False) -> None:
        """Take over what an answer tells: the limit in its headers, how long it asks everybody to pause, in s, and
        whether it counts as a failed request."""
        with suppress(KeyError, ValueError):
            self._limit = max(1, min(10_000, int(headers["x-ratelimit-limit-requests"])))
        now = self._monotonic()
        if pause_s:
            # A clock that is wrong here must not stop us for longer than the limit itself can.
            self._closed_until = max(self._closed_until, now + min(pause_s, self._window_s))
        if failed:
            self._failures.append(now)
            if len(self._failures) == FAILURES:
                self._closed_until = max(self._closed_until, self._failures[0] + self._window_s / 2)

    async def _turn(self, me: _Waiting) -> int:
        self._waiting.append(me)
        try:
            while me.number is None:
                self._doorkeeper = self._doorkeeper or me
                if self._doorkeeper is not me:
                    me.called.clear()
                    await me.called.wait()
                elif wait := self.wait_s():
                    await self._sleep(wait)
                else:
                    self._give_out()
        except BaseException:
            if me.number is not None:
                del self._answered[me.number]  # it was never sent
            else:
                self._waiting.remove(me)
            raise
        finally:
            self._hand_over(me)
        return me.number

    def _give_out(self) -> None:
        best = max(self._waiting, key=lambda waiting: waiting.worth())
        self._waiting.remove(best)
        best.number = self._send()
        best.called.set()

    def _hand_over(self, me: _Waiting) -> None:
        if self._doorkeeper is me:
            self._doorkeeper = None
            if self._waiting:
                self._waiting[0].called.set()

    def _send(self) -> int:
        number = next(self._numbers)
        self._answered[number] = math.inf
        self._evenly = max(self._evenly, self._monotonic()) + self._distance_s()
        return number

    @contextmanager
    def _answered_at_the_end(self, number: int) -> Iterator[None]:
        try:
            yield
        finally:
            self._answered[number] = self._monotonic()

    def _at_once(self) -> int:
        return max(1, int(self._limit * self._burst))

    def _distance_s(self) -> float:
        # The burst and what follows it evenly are together what a window holds.
        return self._window_s / max(1, self._limit - self._at_once())

    def _evenly_from(self) -> float:
        if self._burst >= 1:
            return -math.inf
        return self._evenly - (self._at_once() - 1) * self._distance_s()
