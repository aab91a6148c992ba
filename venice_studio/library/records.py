"""Jobs as rows of the database, and back. What a newer version added to a row is left out, never refused."""

import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from venice_studio.domain.addresses import normal
from venice_studio.domain.job import Account, Job, JobState
from venice_studio.domain.problem import Cost
from venice_studio.domain.quote import Quote
from venice_studio.domain.request import GenerationRequest
from venice_studio.domain.spending import Attempt

if TYPE_CHECKING:
    from cattrs.preconf.json import JsonConverter

COLUMNS = (
    *("id", "press", "take", "created_at", "service", "fingerprint", "model", "prompt", "state", "cost"),
    *("amount", "currency", "request", "payload", "outcome", "hidden"),
)
"""Columns of a job's row: what is searched and sorted by itself, the rest as JSON (`request`, `payload`, `outcome`)."""

CHANGING = ("service", "fingerprint", "state", "cost", "outcome", "hidden")
"""Those that may be written again; the others say what was asked for, in whatever words they were written once."""

EVENT_COLUMNS = ("job_id", "at", "service", "model", "state", "cost", "amount", "currency", "note")
"""Columns of a line of a job's history."""

COMING_COLUMNS = ("job_id", "folder")
"""Columns of a place where a job's clip may have come."""

Row = Mapping[str, str | int]


def state_word(state: JobState) -> str:
    """The name of a state on disk: `rendering`, `saved` and so on."""
    return type(state).__name__.lower()


def to_row(job: Job) -> Row:
    """A job as the values of `COLUMNS`; money as text, times as ISO 8601."""
    return {
        "id": job.id,
        "press": job.group,
        "take": job.take,
        "created_at": job.created_at.isoformat(),
        "service": job.account.service,
        "fingerprint": job.account.fingerprint,
        "model": job.request.model,
        "prompt": job.request.prompt,
        "state": state_word(job.state),
        "cost": job.cost.value,
        "amount": str(job.quote.amount),
        "currency": job.quote.currency,
        "request": json.dumps(request_to_json(job.request), ensure_ascii=False),
        "payload": job.payload,
        "outcome": json.dumps(_converter().unstructure(job.state, unstructure_as=JobState), ensure_ascii=False),
        "hidden": int(job.hidden),
    }


def from_row(row: Mapping[str, Any]) -> Job:
    """The job of a row. Raises KeyError, ValueError or TypeError where this version cannot read it."""
    structure = _converter().structure
    return Job(
        id=row["id"],
        group=row["press"],
        take=row["take"],
        created_at=datetime.fromisoformat(row["created_at"]),
        account=Account(service=normal(row["service"]), fingerprint=row["fingerprint"]),
        request=request_from_json(json.loads(row["request"])),
        payload=row["payload"],
        quote=Quote(amount=Decimal(row["amount"]), currency=row["currency"]),
        state=structure(json.loads(row["outcome"]), JobState),  # type: ignore[arg-type]
        hidden=bool(row["hidden"]),
    )


def request_to_json(request: GenerationRequest) -> Any:
    """What is asked for, as plain lists, dictionaries, strings and numbers."""
    return _converter().unstructure(request)


def request_from_json(found: Any) -> GenerationRequest:
    """The same back. Raises KeyError, ValueError or TypeError where this version cannot read it."""
    return _converter().structure(found, GenerationRequest)


def with_the_unknown(row: Row, before: Mapping[str, Any]) -> str:
    """The `outcome` of `row`, with what it had `before` on disk and this version has no name for.

    A ticket is the same one in every state; all else belongs to the state it was written in.
    """
    new, old = json.loads(str(row["outcome"])), json.loads(before["outcome"])
    lasting = {
        name: old[name] | new[name]
        for name in ("ticket", "clip")
        if isinstance(old.get(name), dict) and isinstance(new.get(name), dict)
    }
    united = (old if row["state"] == before["state"] else {}) | new | lasting
    return json.dumps(united, ensure_ascii=False)


def to_attempt(row: Mapping[str, Any]) -> Attempt:
    """What a job cost, of a row that need not be a whole job."""
    # A word that only a newer version knows: then nobody here can tell what it cost.
    cost = row["cost"] if row["cost"] in list(Cost) else Cost.UNKNOWN
    return Attempt(
        **{**row, "at": datetime.fromisoformat(row["at"]), "amount": Decimal(row["amount"]), "cost": Cost(cost)}
    )


@cache
def _converter() -> "JsonConverter":
    # Imported here, in the database's thread: 45 ms that the first paint need not wait for.
    from cattrs.preconf.json import make_converter
    from cattrs.strategies import configure_tagged_union

    converter = make_converter(detailed_validation=False)
    converter.register_unstructure_hook(Decimal, str)
    converter.register_structure_hook(Decimal, lambda text, _: Decimal(text))
    configure_tagged_union(JobState, converter, tag_name="state", tag_generator=lambda kind: kind.__name__.lower())
    return converter
