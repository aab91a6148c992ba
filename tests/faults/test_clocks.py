"""Clocks that are set, and nights asleep: nothing comes sooner or later for it, and nobody is asked in a rush."""

import time
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.faults.rig import Rig, request, until
from tests.support.faulty_server import http, told
from tests.support.scripted_service import QUEUE, RETRIEVE, ScriptedService
from venice_studio.domain.job import Job, Rendering, Saved
from venice_studio.studio.clock import SystemClock

RENDERS = told({"status": "processing", "executionDuration": 5000, "estimatedDuration": 10_000})
JOBS = 40
JUMPS = [timedelta(days=-1), timedelta(days=400)]


class SetClock(SystemClock):
    """The computer's clocks, as somebody set them, or as they are after a sleep."""

    def __init__(self) -> None:
        self.wall = timedelta(0)
        self.steady_s = 0.0

    def now(self) -> datetime:
        return super().now() + self.wall

    def monotonic(self) -> float:
        return super().monotonic() + self.steady_s


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[ScriptedService]:
    async with ScriptedService(tmp_path) as scripted:
        yield scripted


async def begun(service: ScriptedService, tmp_path: Path, clock: SetClock, *, speed: float = 500.0) -> Rig:
    rig = Rig(tmp_path / "home", service.base_url, clock=clock, speed=speed)
    await rig.begin()
    return rig


def busiest(at: Sequence[float], within_s: float) -> int:
    """The most of these moments that lie in any stretch of that length."""
    return max(sum(first <= moment < first + within_s for moment in at) for first in at)


def saved(rig: Rig) -> list[Job]:
    return [job for job in rig.ledger.jobs.values() if isinstance(job.state, Saved)]


@pytest.mark.parametrize("jump", JUMPS, ids=["back", "ahead"])
async def test_a_wall_clock_that_is_set_in_mid_render_changes_nothing(
    jump: timedelta, service: ScriptedService, tmp_path: Path
) -> None:
    clock = SetClock()
    rig = await begun(service, tmp_path, clock)
    service.next(RETRIEVE, *[RENDERS] * 5)
    await rig.press(request())
    await until(lambda: service.count(RETRIEVE) >= 2)
    clock.wall = jump
    await rig.settle()
    assert len(saved(rig)) == 1
    assert service.count(QUEUE) == 1
    await rig.end()


@pytest.mark.parametrize("jump", JUMPS, ids=["back", "ahead"])
async def test_a_wall_clock_that_was_set_while_the_program_was_closed_changes_nothing(
    jump: timedelta, service: ScriptedService, tmp_path: Path
) -> None:
    clock = SetClock()
    service.always(RETRIEVE, RENDERS)
    first = await begun(service, tmp_path, clock)
    await first.press(request())
    await first.end()
    clock.wall = jump
    second = await begun(service, tmp_path, clock)
    looks = service.count(RETRIEVE)
    await until(lambda: service.count(RETRIEVE) >= looks + 2)
    service.always(RETRIEVE, http(200, (tmp_path / "served.mp4").read_bytes(), mime="video/mp4"))
    await second.settle()
    assert len(saved(second)) == 1
    assert service.count(QUEUE) == 1
    await second.end()


async def test_a_wall_clock_that_is_set_back_while_a_request_waits_its_turn_keeps_it_no_longer(
    service: ScriptedService, tmp_path: Path
) -> None:
    class Backwards(SetClock):
        def now(self) -> datetime:
            self.wall -= timedelta(hours=1)
            return super().now()

    rig = await begun(service, tmp_path, Backwards())
    service.next(QUEUE, http(429, Retry_After="0.05"))
    rig.tasks.start(rig.press(request()), "press")
    await rig.settle(10)
    assert len(saved(rig)) == 1
    assert service.count(QUEUE) == 2
    await rig.end()


async def test_after_a_night_asleep_it_goes_on_without_a_rush(service: ScriptedService, tmp_path: Path) -> None:
    clock = SetClock()
    service.always(RETRIEVE, RENDERS)
    rig = await begun(service, tmp_path, clock, speed=10.0)  # a minute takes 6 s
    await rig.press(request(), takes=JOBS)
    clock.wall, clock.steady_s = timedelta(hours=8), 8 * 3600
    looks: list[float] = []
    service.heard.connect(lambda path: looks.append(time.monotonic()) if path == RETRIEVE else None)
    await until(lambda: len(looks) >= 2 * JOBS)
    assert all(isinstance(job.state, Rendering) for job in rig.ledger.jobs.values())
    # All of them are due. In a twentieth of a minute go the six that may go at once, and as many of those behind them.
    assert busiest(looks, 6.0 / 20) < JOBS / 2
    service.always(RETRIEVE, http(200, (tmp_path / "served.mp4").read_bytes(), mime="video/mp4"))
    await rig.settle()
    assert len(saved(rig)) == JOBS
    await rig.end()
