"""How long a render probably takes: a spread of likely times, from the service's estimate and from experience.

Render times of one model scatter like a log-normal: most lie close together, a few take far longer.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import fmean, median

_ONE_IN_FIVE = 0.8416
"""Standard deviations above the middle beyond which a fifth of a normal distribution lies."""
_SPREADS = (0.2, 0.35)
"""How far the logarithms of render times may scatter (standard deviation) where nobody has seen it: both are held
possible, and time that passes in vain speaks for the wider one."""
_OWN_SPREAD = 0.35
"""What experience of a single render is held to scatter by, until there is more of it."""
_DOUBT = 0.15
"""Share of the belief that is kept for experience being out of date."""
_NEVER = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Experience:
    """What renders of one kind took here: their median in s, the spread of their logarithms, how many there were."""

    median_s: float
    spread: float
    count: int


def experience(times_s: Sequence[float]) -> Experience | None:
    """Sum up the times that renders of one kind took, in s; None without any."""
    logs = [math.log(time) for time in times_s if time > 0]
    if not logs:
        return None
    middle, mean = median(logs), fmean(logs)
    # Few values say little of how they scatter: the usual spread counts like two more of them.
    squares = sum((log - mean) ** 2 for log in logs) + 2 * _OWN_SPREAD**2
    return Experience(median_s=math.exp(middle), spread=math.sqrt(squares / (len(logs) + 1)), count=len(logs))


@dataclass(frozen=True, slots=True)
class _LogNormal:
    weight: float
    middle: float
    spread: float

    def z(self, time_s: float) -> float:
        return (math.log(time_s) - self.middle) / self.spread if time_s > 0 else -math.inf


@dataclass(frozen=True, slots=True)
class RenderTime:
    """A belief about how long a render takes, before anything is seen of it."""

    parts: tuple[_LogNormal, ...]

    @property
    def middle_s(self) -> float:
        """The time that it probably takes, in s."""
        return math.exp(sum(part.weight * part.middle for part in self.parts))

    def still_running(self, elapsed_s: float) -> float:
        """The probability that it takes longer than `elapsed_s`."""
        return sum(part.weight * _above(part.z(elapsed_s)) for part in self.parts)

    def within_s(self, share: float) -> float:
        """The time, in s, within which `share` of such renders end; above 0 and below 1."""
        return _within_s(self, share)

    def expected_delay_s(self, *, seen_s: float, at_s: float) -> float:
        """How long a clip is expected to have been lying ready at `at_s`, in s, if it was not yet ready at `seen_s`.

        Zero for most of the time, and at most `at_s - seen_s`. It is what a look at that time is worth.
        """
        if at_s <= seen_s:
            return 0.0
        running = self.still_running(seen_s)
        if running < _NEVER:
            # Nothing is known so far out: it may take about as long again.
            return (at_s - seen_s) ** 2 / (2 * at_s)
        waited = sum(part.weight * _waited(part, seen_s, at_s) for part in self.parts)
        return min(max(0.0, waited / running), at_s - seen_s)


@lru_cache(maxsize=1024)
def _within_s(likely: RenderTime, share: float) -> float:
    # By halves, on the scale on which render times scatter evenly; eight spreads beyond the outermost middle none ends.
    low = min(part.middle - 8 * part.spread for part in likely.parts)
    high = max(part.middle + 8 * part.spread for part in likely.parts)
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if likely.still_running(math.exp(middle)) > 1 - share else (low, middle)
    return math.exp(high)


def render_time(estimate_s: float | None, known: Experience | None = None) -> RenderTime | None:
    """What to believe of a render's time; None where nobody has said or seen anything.

    `estimate_s` is a time within which four of five renders end (P80 in the live service; taken as that of the
    reference page's `estimatedDuration` too).
    """
    if estimate_s is None or estimate_s <= 0:
        return RenderTime((_experienced(known, 1.0),)) if known else None
    told = [(math.log(estimate_s) - _ONE_IN_FIVE * spread, spread) for spread in _SPREADS]
    if known is None:
        return RenderTime(tuple(_LogNormal(1 / len(told), middle, spread) for middle, spread in told))
    doubts = [_LogNormal(_DOUBT / len(told), middle, spread) for middle, spread in told]
    return RenderTime((_experienced(known, 1 - _DOUBT), *doubts))


def _experienced(known: Experience, weight: float) -> _LogNormal:
    # The median itself is known only as well as so many renders can tell it.
    return _LogNormal(weight, math.log(known.median_s), known.spread * math.sqrt(1 + 1 / known.count))


def _above(z: float) -> float:
    """The share of a normal distribution above `z` standard deviations; exact far out too."""
    return math.erfc(z / math.sqrt(2)) / 2


def _waited(part: _LogNormal, seen_s: float, at_s: float) -> float:
    """The mean of how long before `at_s` it was ready, over all renders that end between the two, in s."""
    before, now, shift = part.z(seen_s), part.z(at_s), part.spread
    mean_s = math.exp(part.middle + shift * shift / 2)
    ended = _above(before) - _above(now)
    return at_s * ended - mean_s * (_above(before - shift) - _above(now - shift))
