"""The least mean delay that any schedule under a limit of looks can reach.

Looks are taken as a density that may be spread over the jobs at will. A job that looks every g s notices its clip g/2
late on average; its clip comes with the hazard h. Of all ways to spend so many looks a second, the one with
g = sqrt(2 p / h), the same price p for all jobs at a time, delays least; p is found by halving. Nobody knows when
a clip comes, but everything else: when it was queued, and how such render times scatter.
"""

import math
from collections.abc import Sequence

from tests.benchmarks.renders import Kinds

_STEP_S = 0.5
_LEAST = 1e-9


def mean_delay_s(kinds: Kinds, starts_s: Sequence[float], *, per_s: float, shortest_s: float) -> float:
    """The bound in s for jobs queued at `starts_s`, with `per_s` looks a second, each job's at least `shortest_s`
    apart."""
    end_s = max(starts_s) + kinds.median_s * math.exp(6 * kinds.spread)
    delay = sum(
        _delay_rate([_hazard(kinds, step * _STEP_S - start) for start in starts_s], per_s, shortest_s) * _STEP_S
        for step in range(int(end_s / _STEP_S))
    )
    return delay / len(starts_s)


def _hazard(kinds: Kinds, age_s: float) -> tuple[float, float]:
    """The share of such jobs that still runs at that age, and the hazard that one ends, per s."""
    if age_s <= 0:
        return 0.0, 0.0
    z = math.log(age_s / kinds.median_s) / kinds.spread
    running = math.erfc(z / math.sqrt(2)) / 2
    density = math.exp(-z * z / 2) / (math.sqrt(2 * math.pi) * kinds.spread * age_s)
    return running, density / running if running > _LEAST else 0.0


def _delay_rate(jobs: Sequence[tuple[float, float]], per_s: float, shortest_s: float) -> float:
    """The delay that must come up per second, in s."""
    jobs = [(running, hazard) for running, hazard in jobs if running > _LEAST and hazard > _LEAST]

    def gaps(price: float) -> list[float]:
        return [max(shortest_s, math.sqrt(2 * price / hazard)) for _, hazard in jobs]

    def looks(price: float) -> float:
        return sum(running / gap for (running, _), gap in zip(jobs, gaps(price), strict=True))

    low, high = 0.0, 1e4
    if looks(low) > per_s:
        for _ in range(40):
            middle = (low + high) / 2
            low, high = (middle, high) if looks(middle) > per_s else (low, middle)
    else:
        high = low
    return sum(running * hazard * gap / 2 for (running, hazard), gap in zip(jobs, gaps(high), strict=True))
