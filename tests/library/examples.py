"""Domain values for the library's tests: one job, and any job at all."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import strategies as st

from venice_studio.domain.job import Account, Intended, Job, JobState, Rendering, Ticket, new_job_id
from venice_studio.domain.model import Dialect
from venice_studio.domain.quote import Quote
from venice_studio.domain.request import GenerationRequest

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
ACCOUNT = Account(service="https://api.venice.ai/api/v1", fingerprint="f1n9e4")
TICKET = Ticket(queue_id="q-1", model="wan", dialect=Dialect.LIVE, download_url="https://clips.example/1?secret")
RENDERING = Rendering(ticket=TICKET, queued_at=AT)


def job(number: int = 1, prompt: str = "Gondola drifts towards camera", state: JobState | None = None) -> Job:
    """An example; a higher number is a later one."""
    at = minute(number)
    return Job(
        id=new_job_id(at, f"{number:08x}"),
        group="press-1",
        created_at=at,
        account=ACCOUNT,
        request=GenerationRequest(model="wan", prompt=prompt, duration="5s"),
        payload='{"prompt": "…"}',
        quote=Quote(amount=Decimal("0.44")),
        state=state or Intended(),
    )


def minute(number: int) -> datetime:
    return AT.replace(hour=number // 60 % 24, minute=number % 60)


TEXT = st.text(st.characters(exclude_categories=["Cs"]))
NUMBERS = st.integers(min_value=0, max_value=2**53)
TIMES = st.datetimes(timezones=st.just(UTC), min_value=datetime(1970, 1, 1), max_value=datetime(2400, 1, 1))  # noqa: DTZ001
MONEY = st.decimals(allow_nan=False, allow_infinity=False)
"""Amounts of any size and precision."""
FRACTIONS = st.floats(allow_nan=False, allow_infinity=False)

for kind, values in {str: TEXT, int: NUMBERS, datetime: TIMES, Decimal: MONEY, float: FRACTIONS}.items():
    st.register_type_strategy(kind, values)


def any_job() -> st.SearchStrategy[Job]:
    """Every job there can be, in every state."""
    made = st.builds(Job, account=st.builds(Account), state=any_state(), take=NUMBERS, created_at=TIMES)
    return made.map(lambda job: replace(job, id=new_job_id(job.created_at, "00")))


def any_state() -> st.SearchStrategy[JobState]:
    return st.one_of(*(st.builds(state) for state in JobState.__args__))
