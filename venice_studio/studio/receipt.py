"""What an attempt cost and how we know, as plain text to copy and to show to whoever asks."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import assert_never

from venice_studio.domain.attached import attached
from venice_studio.domain.job import Job
from venice_studio.domain.problem import Cost
from venice_studio.domain.quote import Balance, Reading, money
from venice_studio.library.store import Event


def receipt(job: Job, history: Sequence[Event]) -> str:
    """One attempt: quote, charge, and every piece of evidence in order of time (UTC).

    Neither prompt nor files are in it, only the names of these, and no address where the clip can be had: it may be
    shown to anybody.
    """
    asked = job.request
    larger = f"{asked.upscale_factor}× as large" if asked.upscale_factor else None
    wanted = [asked.model, asked.duration, asked.resolution, asked.aspect_ratio, larger]
    lines = [
        "Venice Studio: receipt for one clip",
        "",
        f"Job       {job.id}",
        f"Made      {_time(job.created_at)} UTC",
        f"Model     {', '.join(part for part in wanted if part)}",
        *_under("With", attached(asked)),
        f"Service   {job.account.service}",
        *([] if job.account.practice else [f"Key       {job.account.fingerprint} (a mark of the key, not the key)"]),
        *([f"Queue id  {job.ticket.queue_id}"] if job.ticket else []),
        f"Quote     {money(job.quote.amount, job.quote.currency)}",
        f"Charge    {_charge(job)}",
        "",
        "What is known, and since when (UTC)",
        *(_line(event) for event in history),
    ]
    return "\n".join(lines) + "\n"


def balance_evidence(before: Reading, after: Reading) -> str:
    """The words of a history for what an account held before and after a paid request, and when."""
    first, then = (f"{_held(each.balance)} ({_time(each.at)} UTC)" for each in (before, after))
    return f"Balance before it {first}, after it {then}; nothing else was paid from here in between."


def _charge(job: Job) -> str:
    sum_ = money(job.quote.amount, job.quote.currency)
    if job.account.practice:
        return "none: this was practice"
    match job.cost:
        case Cost.CHARGED:
            return f"charged: {sum_} as quoted"
        case Cost.NOT_CHARGED:
            return "not charged"
        case Cost.REFUNDED:
            return f"refunded: {sum_} as quoted"
        case Cost.UNKNOWN:
            return f"unknown: it may have been charged, {sum_} as quoted"
        case _ as never:
            assert_never(never)


def _under(head: str, lines: Sequence[str]) -> list[str]:
    """The lines with `head` before the first; names may hold anything, and one line stays one line."""
    return [f"{head if number == 0 else '':<10}{' '.join(line.split())}" for number, line in enumerate(lines)]


def _line(event: Event) -> str:
    # A message may hold anything; one line stays one line.
    words = " ".join(event.note.split())
    return f"{_time(event.at)}  {event.state}, {event.cost}{f': {words}' if words else ''}"


def _time(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S}"


def _held(balance: Balance) -> str:
    held = [(balance.usd, "USD"), (balance.diem, "DIEM")]
    return " and ".join(money(amount, unit) for amount, unit in held if amount is not None) or "not named"
