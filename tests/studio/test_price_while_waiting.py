"""What waited long to be sent costs no more than was agreed to when it was asked for."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.faults.rig import Rig, request, until
from tests.support.faulty_server import http, never, told
from tests.support.patience import PATIENCE_S
from tests.support.scripted_service import QUEUE, QUOTE, ScriptedService
from venice_studio.domain.job import Job, Refused, Rendering
from venice_studio.domain.problem import Cost, Kind
from venice_studio.studio.clock import SystemClock
from venice_studio.studio.submitter import AGREED_FOR, KEPT_BACK, TAKEN_BACK
from venice_studio.venice.transport import Timings

LONG, SHORT = AGREED_FOR + timedelta(minutes=1), AGREED_FOR - timedelta(minutes=1)
BUSY = http(429, Retry_After="0.05")
DEARER = told({"quote": 0.6, "currency": "USD"})
RISEN = "The price is now $0.60, it was $0.44 when this was asked for. Nothing was sent."


class LateClock(SystemClock):
    """What is asked of it after the first refusal is so much later."""

    def __init__(self) -> None:
        self.later = timedelta(0)

    def now(self) -> datetime:
        return super().now() + self.later


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[ScriptedService]:
    async with ScriptedService(tmp_path) as scripted:
        yield scripted


async def kept_waiting(how_long: timedelta, service: ScriptedService, home: Path) -> Rig:
    """The program before a service that keeps the first request waiting for so long."""
    clock = LateClock()
    rig = Rig(home, service.base_url, clock=clock, timings=Timings())
    await rig.begin()
    service.next(QUEUE, BUSY)
    service.heard.connect(lambda path: setattr(clock, "later", how_long) if path == QUEUE else None)
    return rig


async def held_for(how_long: timedelta, service: ScriptedService, home: Path, takes: int = 1) -> tuple[Rig, list[Job]]:
    """What comes of a press at $0.44 that waits for so long."""
    rig = await kept_waiting(how_long, service, home)
    async with asyncio.timeout(PATIENCE_S):
        return rig, list(await rig.press(request(), takes=takes))


async def test_a_price_that_rose_meanwhile_is_told_and_not_paid(service: ScriptedService, tmp_path: Path) -> None:
    service.always(QUOTE, DEARER)
    rig, [job, second] = await held_for(LONG, service, tmp_path / "home", takes=2)
    assert isinstance(job.state, Refused)
    assert (job.state.problem.kind, job.state.problem.message) == (Kind.PRICE, RISEN)
    assert job.cost is Cost.NOT_CHARGED
    assert second.state == KEPT_BACK
    assert service.count(QUEUE) == 1
    assert rig.ledger.jobs[job.id] == job
    await rig.end()


@pytest.mark.parametrize("back", [1, -1], ids=["later", "clock set back"])
@pytest.mark.parametrize("price", ["0.44", "0.3"])
async def test_at_the_agreed_price_or_a_lower_one_it_goes_out(
    service: ScriptedService, tmp_path: Path, price: str, back: int
) -> None:
    service.always(QUOTE, told({"quote": float(price), "currency": "USD"}))
    rig, [job] = await held_for(back * LONG, service, tmp_path / "home")
    assert isinstance(job.state, Rendering)
    assert (service.count(QUOTE), service.count(QUEUE)) == (1, 2)
    await rig.end()


async def test_another_currency_is_another_price(service: ScriptedService, tmp_path: Path) -> None:
    service.always(QUOTE, told({"quote": 0.1, "currency": "DIEM"}))
    rig, [job] = await held_for(LONG, service, tmp_path / "home")
    assert isinstance(job.state, Refused)
    assert "now 0.10 DIEM, it was $0.44" in job.state.problem.message
    await rig.end()


async def test_where_no_price_can_be_had_what_was_agreed_to_goes_out(service: ScriptedService, tmp_path: Path) -> None:
    service.always(QUOTE, told({"error": "Out of order"}, 400))
    rig, [job] = await held_for(LONG, service, tmp_path / "home")
    assert isinstance(job.state, Rendering)
    assert service.count(QUEUE) == 2
    await rig.end()


async def test_it_can_be_taken_back_while_the_price_is_asked_for(service: ScriptedService, tmp_path: Path) -> None:
    rig = await kept_waiting(LONG, service, tmp_path / "home")
    service.next(QUOTE, *[never] * 5)
    press = rig.tasks.start(rig.press(request()), "press")
    await until(lambda: service.count(QUOTE) == 1)
    [job_id] = rig.ledger.jobs
    assert await rig.runner.take_back(job_id)
    async with asyncio.timeout(PATIENCE_S):
        await press
    assert service.count(QUOTE) == 1, "nobody waited until the question was given up and asked again"
    assert rig.ledger.jobs[job_id].state == TAKEN_BACK
    assert service.count(QUEUE) == 1
    await rig.end()


async def test_after_a_short_wait_nobody_asks_again(service: ScriptedService, tmp_path: Path) -> None:
    service.always(QUOTE, DEARER)
    rig, [job] = await held_for(SHORT, service, tmp_path / "home")
    assert isinstance(job.state, Rendering)
    assert service.count(QUOTE) == 0
    await rig.end()
