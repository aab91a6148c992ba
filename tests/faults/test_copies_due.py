"""Copies at the service that the last run was to delete: only of clips that are here, and in no rush."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.faults.rig import Hurried, Rig, request, until
from tests.support.faulty_server import Received, told
from tests.support.scripted_service import COMPLETE, ScriptedService
from venice_studio.domain.job import CopyAtVenice, Job, Saved
from venice_studio.venice.budget import FAILURES

COUNT = 12
REFUSED = told({"error": "Internal"}, 500)


class Noting(Hurried):
    """Notes for how long somebody waited."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await super().sleep(seconds)


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[ScriptedService]:
    """Has given a dozen clips, and would not delete its copies of them."""
    async with ScriptedService(tmp_path) as scripted:
        scripted.always(COMPLETE, REFUSED)
        rig = _rig(tmp_path, scripted)
        await rig.begin()
        for _ in range(COUNT // 4):
            await rig.press(request(), takes=4)
        await rig.settle()
        await rig.end()
        scripted.always(COMPLETE, told({"success": True}))
        yield scripted


def _rig(folder: Path, service: ScriptedService, **more: object) -> Rig:
    copy_at_venice = CopyAtVenice.AFTER_SAVING
    return Rig(folder / "home", service.base_url, copy_at_venice=copy_at_venice, **more)  # type: ignore[arg-type]


def state_of(job: Job) -> Saved:
    assert isinstance(job.state, Saved)
    return job.state


async def test_of_a_clip_that_is_not_here_the_services_copy_stays(service: ScriptedService, tmp_path: Path) -> None:
    [gone, short, *_] = sorted((tmp_path / "home" / "clips").glob("*.mp4"))
    gone.unlink()
    short.write_bytes(short.read_bytes()[:-1])
    refused = service.count(COMPLETE)
    rig = _rig(tmp_path, service, clock=Hurried())
    await rig.begin()
    await rig.settle()
    states = [state_of(job) for job in rig.ledger.jobs.values()]
    await rig.end()
    assert {state.clip.path for state in states if not state.copy_deleted} == {str(gone), str(short)}
    assert all(state.copy_due is not state.copy_deleted for state in states)
    assert service.count(COMPLETE) == refused + COUNT - 2


async def test_copies_are_deleted_one_after_the_other(service: ScriptedService, tmp_path: Path) -> None:
    at_once = most_at_once = 0

    async def slowly(_: Received, writer: asyncio.StreamWriter) -> None:
        nonlocal at_once, most_at_once
        at_once += 1
        most_at_once = max(most_at_once, at_once)
        await asyncio.sleep(0.05)
        at_once -= 1
        writer.write(told({"success": True}))

    service.next(COMPLETE, *[slowly] * COUNT)
    clock = Noting()
    rig = _rig(tmp_path, service, clock=clock)
    await rig.begin()
    await rig.settle()
    await rig.end()
    assert most_at_once == 1
    assert clock.slept == [1.0] * COUNT


async def test_a_service_that_refuses_them_is_not_brought_to_block_the_key(
    service: ScriptedService, tmp_path: Path
) -> None:
    service.always(COMPLETE, REFUSED)
    asked = service.count(COMPLETE)
    clock = Noting()
    rig = _rig(tmp_path, service, clock=clock, speed=1.0)
    await rig.begin()
    await until(lambda: len(clock.slept) == COUNT)
    assert service.count(COMPLETE) - asked <= FAILURES
    assert clock.slept[:6] == [2.0, 4.0, 8.0, 16.0, 32.0, 32.0]
    await rig.end()
