"""What every job cost, kept beyond the job itself."""

from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path

import pytest
import pytest_asyncio

from tests.library import examples
from venice_studio.domain.job import PRACTICE_ACCOUNT, Doubtful, Job, JobState, Refused
from venice_studio.domain.problem import Cost, Kind, Problem
from venice_studio.domain.spending import attempt_of
from venice_studio.library.store import Store
from venice_studio.library.threads import Threads

CUT = Doubtful(problem=Problem(kind=Kind.CUT, message="The line broke.", cost=Cost.UNKNOWN))
POOR = Refused(problem=Problem(kind=Kind.FUNDS, message="Too little."))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "jobs.sqlite3"


@pytest_asyncio.fixture
async def store(path: Path, threads: Threads) -> AsyncIterator[Store]:
    store = await Store.open(path, threads.database)
    yield store
    await store.close()


async def test_each_job_with_what_it_cost_in_the_end(store: Store) -> None:
    taken, cut, poor = (examples.job(number) for number in (1, 2, 3))
    await store.add([taken, cut, poor])
    ended = [taken.to(examples.RENDERING), cut.to(CUT), poor.to(POOR)]
    for job in ended:
        await store.put(job)
    assert await store.attempts() == tuple(map(attempt_of, ended))


@pytest.mark.parametrize("state", [CUT, POOR, examples.RENDERING])
async def test_a_removed_job_keeps_its_cost_its_model_and_its_day(store: Store, state: JobState) -> None:
    job = examples.job().to(state)
    await store.add([examples.job()])
    await store.put(job)
    await store.remove(job.id)
    [attempt] = await store.attempts()
    assert (attempt.job_id, attempt.model, attempt.service) == (job.id, "wan", job.account.service)
    assert (attempt.amount, attempt.currency, attempt.cost) == (Decimal("0.44"), "USD", job.cost)
    [event, *_] = await store.history(job.id)
    assert attempt.at == event.at


async def test_practice_stays_recognisable(store: Store) -> None:
    real = examples.job()
    job = Job(
        id=real.id,
        group=real.group,
        created_at=real.created_at,
        account=PRACTICE_ACCOUNT,
        request=real.request,
        payload=real.payload,
        quote=real.quote,
        state=examples.RENDERING,
    )
    await store.add([job])
    await store.remove(job.id)
    [attempt] = await store.attempts()
    assert attempt.cost is Cost.CHARGED
    assert not attempt.counts
