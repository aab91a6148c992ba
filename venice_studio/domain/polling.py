"""When to look next, and what takes unusually long: pure arithmetic, the time passed in."""

from dataclasses import dataclass

from venice_studio.domain.render_time import Experience, RenderTime, render_time

_PRICE = 0.039
"""What a look costs, in intervals of a clip lying ready, for a render that takes one interval; less for longer ones.
Found by trying (`python -m tests.benchmarks polling`): half the delay of a look at each interval for as many looks."""
_PRICE_KNOWING = 1.3 * _PRICE
"""The same with experience: what it gains goes half into fewer looks."""
_LONG = 0.05
"""The share of renders that may be called unusually long."""
_PATIENT = 0.003
"""The share of renders that need not be looked for at the shortest distance any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How often to look, in s. The reference page asks for at least 10 s between two looks at a job."""

    interval_s: float = 10.0
    patience_s: float = 600.0
    """After this long looks become sparser; they never end by themselves."""

    @property
    def shortest_s(self) -> float:
        """Between two looks while the clip is likely to come; the live service advises 5 s."""
        return self.interval_s / 2

    def faster(self, speed: float) -> "Pace":
        """The pace where all renders are `speed` times as fast, as in practice."""
        return Pace(interval_s=self.interval_s / speed, patience_s=self.patience_s / speed)


def wait_before_look(
    *, elapsed_s: float, estimate_s: float | None, pace: Pace, known: Experience | None = None
) -> float:
    """Seconds to wait before the next look at a job that was seen rendering at `elapsed_s`.

    A look is due once the delay that must be expected by then is worth a look: rarely while nothing can be ready,
    at the shortest distance around the likely time, rarely again once it takes unusually long. There is no end.
    Never more than six intervals.
    """
    likely = render_time(estimate_s, known)
    if likely is None or elapsed_s <= 0:
        # The first look brings the service's own words.
        return pace.interval_s if elapsed_s <= pace.patience_s else 3 * pace.interval_s
    running = likely.still_running(elapsed_s)
    if running < _PATIENT and elapsed_s > pace.patience_s:
        return 3 * pace.interval_s
    shortest = pace.shortest_s if running >= _PATIENT else pace.interval_s
    longest = (6 if running > 0.5 else 3) * pace.interval_s
    price = (
        (_PRICE if known is None else _PRICE_KNOWING) * pace.interval_s * (pace.interval_s / likely.middle_s) ** 0.75
    )
    return _first(likely, elapsed_s, price, shortest, longest)


def _first(likely: RenderTime, elapsed_s: float, price: float, low: float, high: float) -> float:
    """The first wait from `low` to `high` whose expected delay reaches `price`; `high` where none does."""

    def worth(wait_s: float) -> bool:
        return likely.expected_delay_s(seen_s=elapsed_s, at_s=elapsed_s + wait_s) >= price

    if worth(low):
        return low
    shortest = low
    while high - low > shortest / 100:
        middle = (low + high) / 2
        low, high = (low, middle) if worth(middle) else (middle, high)
    return high


def urgency(*, seen_s: float, elapsed_s: float, likely: RenderTime | None, pace: Pace) -> float:
    """How much a look is worth now, to compare jobs that want one: the expected delay in s.

    `seen_s`: how long it had been rendering at the last look.
    """
    if likely is None:
        gone = max(0.0, elapsed_s - seen_s)
        return gone * gone / (2 * (elapsed_s + 6 * pace.interval_s))
    return likely.expected_delay_s(seen_s=seen_s, at_s=elapsed_s)


def unusually_long(*, elapsed_s: float, likely: RenderTime) -> bool:
    """Whether it takes longer than nearly all such renders. A fact to tell, never a reason to give up."""
    return likely.still_running(elapsed_s) < _LONG
