"""How the sandbox is spoken to: each dialect's paths' fields, spellings, listing and error bodies."""

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
    def terms(self) -> Terms: ...

    def models(self) -> Models:
        """The models that are served unless others are handed over."""

    def quote(self, price_usd: Decimal) -> Json: ...

    def queued(self, job: Job, base_url: str) -> Json: ...

    def processing(self, state: Processing) -> Json: ...

    def finished(self, job: Job, state: Processing) -> Json | None:
        """The JSON that says so, or None where the clip itself is the answer."""

    def completed(self) -> Json: ...

    def balance(self, usd: Decimal) -> Json: ...

    def error(self, refusal: Refusal) -> Json: ...
