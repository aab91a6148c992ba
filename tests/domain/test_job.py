"""What an attempt cost, by its state."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from venice_studio.domain.job import (
    PRACTICE_ACCOUNT,
    Account,
    Clip,
    Doubtful,
    Failed,
    Held,
    Intended,
    Job,
    JobState,
    Refused,
    Rendering,
    Saved,
    Ticket,
    new_job_id,
)
from venice_studio.domain.model import Dialect
from venice_studio.domain.problem import TRANSIENT, Cost, Kind, Problem, Trouble
from venice_studio.domain.quote import Quote
from venice_studio.domain.request import GenerationRequest

NOW = datetime(2026, 11, 22, tzinfo=UTC)
TICKET = Ticket(queue_id="7", model="m", dialect=Dialect.LIVE, download_url="https://secret.test/clip")
CLIP = Clip(
    path="a.mp4", size=1, duration_ms=5000, width=4, height=3, fps=24, frames=120, sound=False, thumbnail="a.jpg"
)


def problem(cost: Cost) -> Problem:
    return Problem(kind=Kind.SERVICE, message="No", cost=cost)


def job(state: JobState) -> Job:
    return Job(
        id=new_job_id(NOW, "ab"),
        group="g",
        created_at=NOW,
        account=PRACTICE_ACCOUNT,
        request=GenerationRequest(model="m"),
        payload="{}",
        quote=Quote(amount=Decimal("0.44")),
        state=state,
    )


@pytest.mark.parametrize(
    ("state", "cost", "ticket"),
    [
        (Intended(), Cost.NOT_CHARGED, None),
        (Intended(leaving=True), Cost.UNKNOWN, None),
        (Held(until=NOW, problem=problem(Cost.UNKNOWN)), Cost.NOT_CHARGED, None),
        (Refused(problem=problem(Cost.NOT_CHARGED)), Cost.NOT_CHARGED, None),
        (Doubtful(problem=problem(Cost.UNKNOWN)), Cost.UNKNOWN, None),
        (Rendering(ticket=TICKET, queued_at=NOW), Cost.CHARGED, TICKET),
        (Saved(ticket=TICKET, clip=CLIP, saved_at=NOW), Cost.CHARGED, TICKET),
        (Failed(ticket=TICKET, problem=problem(Cost.REFUNDED)), Cost.REFUNDED, TICKET),
    ],
)
def test_cost_and_ticket_by_state(state: JobState, cost: Cost, ticket: Ticket | None) -> None:
    attempt = job(Intended()).to(state)
    assert (attempt.state, attempt.cost, attempt.ticket) == (state, cost, ticket)


@given(first_ms=st.integers(0, 10**12), later_ms=st.integers(1, 10**9))
def test_ids_sort_by_time(first_ms: int, later_ms: int) -> None:
    start = datetime(1971, 1, 1, tzinfo=UTC) + timedelta(milliseconds=first_ms)
    assert new_job_id(start, "ff") < new_job_id(start + timedelta(milliseconds=later_ms + 1), "00")


def test_secrets_are_not_printed() -> None:
    assert "secret" not in repr(job(Rendering(ticket=TICKET, queued_at=NOW)))


def test_practice_is_an_account_of_its_own() -> None:
    assert PRACTICE_ACCOUNT.practice
    assert not Account(service="https://api.venice.ai/api/v1", fingerprint="ab").practice


def test_what_may_be_asked_again() -> None:
    again = {kind for kind in Kind if Problem(kind=kind, message="x").transient}
    assert again == TRANSIENT
    assert Kind.FAILED not in again
    assert str(Trouble(Problem(kind=Kind.DISK, message="Full"))) == "Full"
