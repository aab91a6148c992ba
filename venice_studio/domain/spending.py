"""What was spent: attempts with their cost, added up by day and model; practice never enters a sum."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal

from venice_studio.domain.job import PRACTICES, Job
from venice_studio.domain.problem import Cost

_SUM = re.compile(r"[0-9]{1,9}([.,][0-9]{1,2})?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What one attempt cost, as far as it is known; it outlives the job, which the user may remove."""

    job_id: str
    at: datetime
    """When it was asked for (UTC)."""
    service: str
    model: str
    amount: Decimal
    """The quote, which is what the service charges."""
    currency: str
    cost: Cost

    @property
    def counts(self) -> bool:
        """Whether money moved, or may have."""
        return self.service not in PRACTICES and self.cost is not Cost.NOT_CHARGED

    def day(self, zone: tzinfo | None = None) -> date:
        """The day it belongs to, where the clocks show `zone`; None: this computer's own."""
        return self.at.astimezone(zone).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """Sums in one currency, kept apart: what was paid, what came back, and what may have been paid."""

    charged: Decimal = Decimal(0)
    refunded: Decimal = Decimal(0)
    unknown: Decimal = Decimal(0)

    @property
    def at_most(self) -> Decimal:
        """What it cost if everything unknown was charged."""
        return self.charged + self.unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One model on one day."""

    day: date
    model: str
    currency: str
    attempts: int
    spent: Spent


def attempt_of(job: Job) -> Attempt:
    """What a job cost, without what it was about."""
    return Attempt(
        job_id=job.id,
        at=job.created_at,
        service=job.account.service,
        model=job.request.model,
        amount=job.quote.amount,
        currency=job.quote.currency,
        cost=job.cost,
    )


def totals(attempts: Iterable[Attempt]) -> Mapping[str, Spent]:
    """The sums by currency, dollars first; empty where nothing was paid and nothing may have been."""
    found: dict[str, list[Attempt]] = {}
    for attempt in attempts:
        if attempt.counts:
            found.setdefault(attempt.currency, []).append(attempt)
    return {currency: _spent(found[currency]) for currency in sorted(found, key=lambda it: (it != "USD", it))}


def by_day_and_model(attempts: Iterable[Attempt], zone: tzinfo | None = None) -> tuple[Line, ...]:
    """A line for each model of each day that cost something or may have, the newest day first."""
    found: dict[tuple[date, str, str], list[Attempt]] = {}
    for attempt in attempts:
        if attempt.counts:
            found.setdefault((attempt.day(zone), attempt.model, attempt.currency), []).append(attempt)
    return tuple(
        Line(day=day, model=model, currency=currency, attempts=len(group), spent=_spent(group))
        for (day, model, currency), group in sorted(
            found.items(), key=lambda item: (-item[0][0].toordinal(), *item[0][1:])
        )
    )


def sum_of(text: str | None) -> Decimal | None:
    """A sum as people write it (`10`, `$4.40`, `4,40`); None for none. Raises ValueError where it is none above 0."""
    written = (text or "").strip().removeprefix("$").strip()
    if not written:
        return None
    # `1,000` may mean one or a thousand: it is refused.
    if not _SUM.fullmatch(written) or not (amount := Decimal(written.replace(",", "."))):
        raise ValueError(f"{text} is not a sum of money above 0")
    return amount


def _spent(attempts: Iterable[Attempt]) -> Spent:
    sums = dict.fromkeys(Cost, Decimal(0))
    for attempt in attempts:
        sums[attempt.cost] += attempt.amount
    return Spent(charged=sums[Cost.CHARGED], refunded=sums[Cost.REFUNDED], unknown=sums[Cost.UNKNOWN])
