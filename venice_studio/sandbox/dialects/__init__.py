"""How the sandbox is spoken to: each dialect's spellings and error bodies."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Protocol

from venice_studio.sandbox.facts import Models
from venice_studio.sandbox.jobs import Job
from venice_studio.sandbox.refusal import Refusal
from venice_studio.sandbox.rules import Terms
from venice_studio.sandbox.service import Processing

Json = Mapping[str, Any]


class Dialect(Protocol):
    """Puts the service's neutral values into the words of one API."""

    @property
    def terms(self) -> Terms:
        """Where its rules differ."""

    def models(self) -> Models:
        """The models that are served unless others are handed over."""

    def quote(self, price_usd: Decimal) -> Json:
        """A price."""

    def queued(self, job: Job, downloads: str) -> Json:
        """A job that was taken; `downloads` is the address under which clips can be fetched."""

    def processing(self, state: Processing) -> Json:
        """A job that is still rendering."""

    def finished(self, job: Job, state: Processing) -> Json | None:
        """The JSON that says a job is done, or None where the clip itself is the answer."""

    def completed(self, *, found: bool) -> Json:
        """A job's media were deleted, or there were none (raises Refusal where that is an error)."""

    def balance(self, usd: Decimal) -> Json:
        """An account."""

    def error(self, refusal: Refusal) -> Json:
        """A refusal."""


def details(refusal: Refusal) -> dict[str, dict[str, list[str]]]:
    """What is wrong, by field."""
    fields: dict[str, dict[str, list[str]]] = {}
    for problem in refusal.problems:
        fields.setdefault(problem.field, {"_errors": []})["_errors"].append(problem.message)
    return fields
