"""When to look next, and how far a render probably is: pure arithmetic, the time passed in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How often to look, in s. The reference page asks for at least 10 s between two looks at a job."""

    interval_s: float = 10.0
    patience_s: float = 600.0
    """After this long without news looks become sparser; they never end by themselves."""


def wait_before_look(*, elapsed_s: float, estimate_s: float | None, pace: Pace) -> float:
    """Seconds to wait before the next look at a job that has been rendering for `elapsed_s`.

    Never less than the interval. Sparse while the estimate says that nothing can be ready, at the interval around
    the likely time, sparse again (up to three intervals) once it has taken unusually long.
    """
    if elapsed_s > pace.patience_s:
        return 3 * pace.interval_s
    if estimate_s is None:
        return pace.interval_s
    earliest = 0.4 * estimate_s
    return max(pace.interval_s, min(earliest - elapsed_s, 3 * pace.interval_s))


def fraction_done(*, elapsed_s: float, estimate_s: float) -> float:
    """How far a render probably is, 0 to below 1, never going back while time goes on.

    The estimate is a time within which most renders end, so the bar reaches 85 % there and creeps on after it.
    """
    if estimate_s <= 0:
        return 0.0
    x = max(0.0, elapsed_s) / estimate_s
    return 0.85 * x if x <= 1 else 0.85 + 0.13 * (1 - 1 / x)


def time_left_s(*, elapsed_s: float, estimate_s: float) -> float | None:
    """Seconds that are probably left; None once it takes longer than usual."""
    left = estimate_s - elapsed_s
    return left if left > 0 else None
