"""What an answer's headers tell of the limits: how many requests, how many are left, until when. Live schema."""

from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

MOST = 10_000
"""Requests a minute beyond which a limit is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitNews:
    """The requests a minute that one endpoint takes, those of them that are left, and the time in s until all are
    back; None: not told."""

    limit: int | None = None
    left: int | None = None
    reset_in_s: float | None = None


def read_limits(headers: Mapping[str, str], now_s: float) -> LimitNews:
    """The news in `headers`, which have lower-case names; `now_s` is the Unix time here, in s."""
    reset_s = number(headers.get("x-ratelimit-reset-requests", ""))
    limit, left = (_count(headers.get(f"x-ratelimit-{what}-requests", "")) for what in ("limit", "remaining"))
    return LimitNews(
        limit=None if limit is None else max(1, limit),
        left=left,
        reset_in_s=None if reset_s is None else max(0.0, reset_s - served_s(headers, now_s)),
    )


def served_s(headers: Mapping[str, str], now_s: float) -> float:
    """The Unix time in s at which the service answered, by its own clock where it says so: ours may be wrong."""
    try:
        return parsedate_to_datetime(headers["date"]).timestamp()
    except (KeyError, ValueError, OverflowError):
        return now_s


def number(value: str) -> float | None:
    """The number that a header holds."""
    try:
        found = float(value)
    except ValueError:
        return None
    return found if abs(found) < 1e12 else None  # also false for NaN


def _count(value: str) -> int | None:
    return min(MOST, int(value)) if value.isascii() and value.isdecimal() and len(value) < 20 else None
