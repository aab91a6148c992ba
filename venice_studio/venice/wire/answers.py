"""JSON to domain: quote, ticket, look, balance."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from venice_studio.domain.job import Progress, Ticket
from venice_studio.domain.model import Dialect
from venice_studio.domain.problem import Cost, Kind, Problem, Trouble
from venice_studio.domain.quote import Balance, Quote
from venice_studio.venice.wire import values
from venice_studio.venice.wire.calls import Call
from venice_studio.venice.wire.errors import garbled, problem_in
from venice_studio.venice.wire.spelling import ELAPSED, ESTIMATE, SPELLINGS

_HIGHEST_PRICE = 100_000
_SMALLEST_STEP = Decimal("1E-9")
_EVIDENCE = 300
"""Characters kept of an answer that names no job."""

_LONGEST_ID = 4096
"""Characters of a job's id: what it stands for is paid for, so more than any id has."""

_DONE = {"completed", "complete", "succeeded", "success", "done", "finished", "ready"}
_GIVEN_UP = {"failed", "failure", "error", "errored", "cancelled", "canceled", "rejected", "expired", "aborted"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Completed:
    """The clip is ready, but its bytes are not in this answer. Live schema."""

    download_url: str | None = field(default=None, repr=False)


def read_quote(data: object) -> tuple[Quote, Dialect]:
    """The price, and the dialect it is told in: with a currency the reference page's, without it the live one's.

    A price that is no number, negative or absurd, or a currency that is no currency, raises `Trouble` (GARBLED).
    """
    fields = values.mapping(data)
    amount = values.number(fields.get("quote"))
    if amount is None or not 0 <= amount <= _HIGHEST_PRICE or 0 < amount < _SMALLEST_STEP:
        raise garbled(Call.QUOTE, "The service answered without a price that makes sense.")
    currency = fields.get("currency")
    if currency is None:
        return Quote(amount=amount), Dialect.LIVE
    if not (isinstance(currency, str) and currency.isascii() and currency.isalpha() and len(currency) <= 12):
        raise garbled(Call.QUOTE, "The service answered with a price in an unknown currency.")
    return Quote(amount=amount, currency=currency.upper()), Dialect.REFERENCE


def read_ticket(data: object, model: str) -> Ticket:
    """The queue answer to a request for `model`. Without an id it raises `Trouble` (GARBLED, may have been charged)."""
    fields = values.mapping(data)
    for dialect in (Dialect.LIVE, Dialect.REFERENCE):
        if queue_id := values.identifier_or_number(fields.get(SPELLINGS[dialect].queue_id), most=_LONGEST_ID):
            return Ticket(
                queue_id=queue_id,
                model=values.identifier(fields.get("model")) or model,
                dialect=dialect,
                download_url=values.web_address(fields.get("download_url")),
            )
    said = values.text(", ".join(f"{name}: {value}" for name, value in fields.items() if _may_be_shown(value)))
    evidence = f" It said: {said[:_EVIDENCE]}" if said else ""
    raise garbled(Call.QUEUE, f"The service took the request, but its answer names no job to ask for.{evidence}")


def find_ticket(body: bytes, model: str) -> Ticket | None:
    """The ticket in a queue answer that is no sound JSON, as where the line was cut in it: its id and its address, each
    if it is there from quote to quote. None where there is no id."""
    text = body.decode("utf-8", "replace")
    names = (*(spelling.queue_id for spelling in SPELLINGS.values()), "download_url")
    found = {name: value for name in names if (value := _quoted(text, name))}
    try:
        return read_ticket(found, model)
    except Trouble:
        return None


def _quoted(text: str, name: str) -> object:
    """The first string that stands behind `name`; None where none does."""
    field = re.search(rf'"{name}"\s*:\s*("(?:[^"\\]|\\.)*")', text)
    try:
        return field and values.parse(field[1].encode())
    except ValueError:
        return None


def _may_be_shown(value: object) -> bool:
    """Whether a value is short and no address: where a clip lies is a secret."""
    text = values.text(str(value)) if isinstance(value, str | int | Decimal) else None
    return text is not None and "//" not in text


def read_look(data: object) -> Progress | Completed:
    """What a look at a job told. Unknown words mean that it still renders.

    Raises `Trouble`: FAILED where the service has given the job up, GARBLED where the answer tells nothing at all.
    """
    fields = values.mapping(data)
    status = (values.text(fields.get("status")) or "").lower()
    elapsed = values.whole(values.first(fields, *ELAPSED))
    if status in _GIVEN_UP:
        raise Trouble(problem_in(Call.RETRIEVE, Kind.FAILED, fields))
    if status in _DONE:
        return Completed(download_url=values.web_address(values.first(fields, "download_url", "video_url")))
    if not status and elapsed is None:
        if fields.get("error"):
            raise Trouble(problem_in(Call.RETRIEVE, Kind.SERVICE, fields))
        raise garbled(Call.RETRIEVE, "The service's answer says nothing of the job.")
    estimate = values.whole(values.first(fields, *ESTIMATE))
    return Progress(elapsed_ms=elapsed or 0, estimate_ms=estimate or None)


def read_completion(data: object) -> None:
    """The answer to a deletion: raises `Trouble` (SERVICE) where it says that nothing was deleted."""
    if values.mapping(data).get("success") is False:
        message = "The service says that it did not delete its copy."
        raise Trouble(Problem(kind=Kind.SERVICE, message=message, cost=Cost.NOT_CHARGED))


def read_balance(data: object) -> Balance:
    """What the account holds. Live schema; an answer that names no balance at all raises `Trouble` (GARBLED)."""
    fields = values.mapping(data)
    amounts = values.mapping(fields.get("balances"))
    usd, diem = values.number(amounts.get("usd")), values.number(amounts.get("diem"))
    can_consume = values.flag(fields.get("canConsume"))
    if can_consume is None and usd is None and diem is None:
        raise garbled(Call.BALANCE, "The service's answer names no balance.")
    if can_consume is None:
        can_consume = max(usd or 0, diem or 0) > 0
    return Balance(
        can_consume=can_consume,
        currency=values.identifier(fields.get("consumptionCurrency")),
        usd=usd,
        diem=diem,
    )
