"""How the sandbox says no: one neutral value, which each dialect puts into its own words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with one field of a request."""

    field: str
    message: str


class Refusal(Exception):
    """An answer other than 200. `extra` goes beside `error` in the body, `raw` replaces the body."""

    def __init__(
        self,
        status: int,
        message: str | Mapping[str, Any],
        *,
        problems: Sequence[Problem] = (),
        headers: Mapping[str, str] | None = None,
        extra: Mapping[str, Any] | None = None,
        raw: str | None = None,
    ) -> None:
        super().__init__(status, message)
        self.status = status
        self.message = message
        self.problems = tuple(problems)
        self.headers = dict(headers or {})
        self.extra = dict(extra or {})
        self.raw = raw


def invalid(problems: Sequence[Problem]) -> Refusal:
    """A 400 that names each field with what is wrong with it."""
    named = "; ".join(f"{problem.field}: {problem.message}" for problem in problems)
    return Refusal(400, f"Invalid request parameters. {named}", problems=problems)


def missing_media() -> Refusal:
    """The one answer to any id that is unknown, deleted, someone else's or queued for another model."""
    return Refusal(404, "Media could not be found. The request may be invalid, expired, or deleted.")
