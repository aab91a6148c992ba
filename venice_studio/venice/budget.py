"""How many requests a minute may go out: one budget for all jobs."""

import asyncio
import math
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field

from venice_studio.venice.wire.limits import LimitNews

FAILURES = 15
"""Refused requests in half a window after which the others wait; the service blocks a key at more than 20."""
_NO_WORD = 1 / 6
"""Of a window: how long everybody pauses after a refusal that does not say how long."""
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


class Failures:
    """The refused requests of one key, whatever they were for: the service counts them all."""

    def __init__(self, window_s: float = 60.0, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._within_s = window_s / 2
        self._monotonic = monotonic
        self._at: deque[float] = deque(maxlen=FAILURES)

    def add(self) -> None:
        """A request was refused just now."""
        self._at.append(self._monotonic())

    def until(self) -> float:
        """Until when no other one should go out, in s of the clock; mostly in the past."""
        return self._at[0] + self._within_s if len(self._at) == FAILURES else -math.inf

    def wait_s(self) -> float:
        """Seconds until then; 0: now."""
        return max(0.0, self.until() - self._monotonic())


@dataclass(frozen=True, slots=True)
class _Told:
    """The service's own count: when it answered request `number`, so many were left until a time."""

    number: int
    left: int
    until: float


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

    What the service says is left goes before our own count: the key may be in use elsewhere, or was before our start.
    """

    def __init__(
        self,
        limit: int,
        window_s: float,
        *,
        burst: float = 1.0,
        failures: Failures | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._limit = limit
        self._window_s = window_s
        self._burst = burst
        self._monotonic = monotonic
        self._sleep = sleep
        self._failures = failures or Failures(window_s, monotonic=monotonic)
        self._sent = 0
        """The number of the latest request, and when it went out."""
        self._sent_at = -math.inf
        self._told: _Told | None = None
        self._unheard: set[int] = set()
        """Those of which no answer has begun."""
        self._answered: dict[int, float] = {}
        """When each request was answered; never (infinity) while it is under way."""
        self._evenly = -math.inf
        """When the requests so far would have gone out, had they gone evenly."""
        self._closed_until = -math.inf
        self._waiting: list[_Waiting] = []
        self._doorkeeper: _Waiting | None = None
        """Who of those that wait watches the time for all of them."""

    def wait_s(self) -> float:
        """Seconds until the next request may go out, or until it is worth asking again; 0: now."""
        now = self._monotonic()
        self._answered = {number: at for number, at in self._answered.items() if at > now - self._window_s}
        until = max(self._closed_until, self._failures.until(), self._evenly_from(), self._left_from(now))
        if (over := len(self._answered) - self._limit) >= 0:
            until = max(until, sorted(self._answered.values())[over] + self._window_s)
        return min(until - now, self._window_s) if until - now > _MOMENT_S else 0.0

    @contextmanager
    def place(self) -> Iterator[int]:
        """A request goes out now, and is answered at the end of the block; gives its number."""
        number = self._send()
        with self._answered_at_the_end(number):
            yield number

    @asynccontextmanager
    async def turn(self, worth: Callable[[], float] = _as_any_other) -> AsyncIterator[int]:
        """Wait until a request may go out, then as `place`. `worth` is asked again whenever a turn is given out."""
        number = await self._turn(_Waiting(worth))
        with self._answered_at_the_end(number):
            yield number

    def learn(self, number: int, news: LimitNews) -> None:
        """Take over what the answer to request `number` tells of the limit."""
        self._unheard.discard(number)
        if news.limit is not None:
            self._limit = news.limit
        if news.left is None or news.reset_in_s is None or (self._told and number < self._told.number):
            return
        # One that went out before it may have come there after it.
        left = news.left - sum(earlier < number for earlier in self._unheard)
        self._told = _Told(number, left, self._monotonic() + min(news.reset_in_s, self._window_s))

    def pause(self, pause_s: float | None) -> None:
        """The service refused a request because there were too many, and asks to wait so long; None: it does not say.

        Never longer than a window: a clock that is wrong here must not stop us for longer than the limit itself can.
        """
        pause_s = _NO_WORD * self._window_s if pause_s is None else min(pause_s, self._window_s)
        self._closed_until = max(self._closed_until, self._monotonic() + pause_s)

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
                self._unheard.discard(me.number)
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
        self._sent += 1
        self._sent_at = self._monotonic()
        self._answered[self._sent] = math.inf
        self._unheard.add(self._sent)
        self._evenly = max(self._evenly, self._sent_at) + self._distance_s()
        return self._sent

    @contextmanager
    def _answered_at_the_end(self, number: int) -> Iterator[None]:
        try:
            yield
        finally:
            self._answered[number] = self._monotonic()
            self._unheard.discard(number)

    def _at_once(self) -> int:
        return max(1, int(self._limit * self._burst))

    def _distance_s(self) -> float:
        # The burst and what follows it evenly are together what a window holds.
        return self._window_s / max(1, self._limit - self._at_once())

    def _evenly_from(self) -> float:
        if self._burst >= 1:
            return -math.inf
        return self._evenly - (self._at_once() - 1) * self._distance_s()

    def _left_from(self, now: float) -> float:
        told = self._told
        if told is None or told.until <= now:
            return -math.inf
        # Those that went out after it were not counted yet.
        left = told.left - (self._sent - told.number)
        if left <= 0:
            return told.until
        if self._burst >= 1 or left > self._at_once():
            return -math.inf
        # The last few evenly too: something may become urgent until the end.
        return self._sent_at + (told.until - self._sent_at) / (left + 1)
