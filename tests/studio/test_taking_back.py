"""What waits to be sent can be taken back until it leaves, and no longer; nothing of it is sent or charged then."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tests.faults.rig import Rig, request, until
from tests.support.faulty_server import Received, http, told
from tests.support.patience import PATIENCE_S
from tests.support.scripted_service import BALANCE, QUEUE, ScriptedService
from venice_studio.domain.job import Held, Intended, Job, JobState, Refused, Rendering, Saved
from venice_studio.domain.problem import Cost, Kind, Problem, Trouble
from venice_studio.library.store import Store
from venice_studio.studio.submitter import TAKEN_BACK
from venice_studio.venice.transport import Timings

BUSY_FOR_AN_HOUR = http(429, Retry_After="3600")
TAKEN = told({"queueid": "job-1", "status": "queued"})


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[ScriptedService]:
    async with ScriptedService(tmp_path) as scripted:
        yield scripted


class Sent:
    """A press that is under way, and what came of it."""

    def __init__(self, rig: Rig, takes: int) -> None:
        self.rig = rig
        self.press = rig.tasks.start(rig.press(request(), takes=takes), "press")

    @property
    def jobs(self) -> list[Job]:
        """The takes in their order."""
        return sorted(self.rig.ledger.jobs.values(), key=lambda job: job.take)

    @property
    def states(self) -> list[JobState]:
        return [job.state for job in self.jobs]

    async def until(self, true: Callable[[list[JobState]], bool]) -> None:
        await until(lambda: bool(self.jobs) and true(self.states))

    async def take_back(self, take: int) -> bool:
        async with asyncio.timeout(PATIENCE_S):
            return await self.rig.runner.take_back(self.jobs[take - 1].id)

    async def over(self) -> list[JobState]:
        """The states that the press itself gives for its jobs, once it is over."""
        async with asyncio.timeout(PATIENCE_S):
            return [job.state for job in await self.press]


async def held(service: ScriptedService, rig: Rig, *, takes: int = 1, take: int = 1) -> Sent:
    """A press of which a take is held for an hour; those before it were taken."""
    await rig.begin()
    service.next(QUEUE, *[TAKEN] * (take - 1), BUSY_FOR_AN_HOUR)
    sent = Sent(rig, takes)
    await sent.until(lambda states: isinstance(states[take - 1], Held))
    return sent


async def test_what_is_held_is_taken_back_at_once_with_all_that_wait_behind_it_and_stays_so(
    service: ScriptedService, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    rig = Rig(home, service.base_url)
    sent = await held(service, rig, takes=3)
    assert await sent.take_back(1)
    assert await sent.over() == sent.states == [TAKEN_BACK] * 3
    assert [job.cost for job in sent.jobs] == [Cost.NOT_CHARGED] * 3
    assert service.count(QUEUE) == 1
    told = [event.state for event in await rig.ledger.history(sent.jobs[0].id)]
    assert told == ["intended", "intended", "held", "refused"]
    await rig.end()

    again = Rig(home, service.base_url)
    await again.begin()
    assert [job.state for job in again.ledger.jobs.values()] == [TAKEN_BACK] * 3
    await again.end()


def asleep() -> set[asyncio.Task[object]]:
    return {task for task in asyncio.all_tasks() if "Clock.sleep" in str(task.get_coro())}


async def test_nobody_sleeps_on_for_what_was_taken_back(service: ScriptedService, tmp_path: Path) -> None:
    rig = Rig(tmp_path / "home", service.base_url)
    before = asyncio.all_tasks()
    sent = await held(service, rig)
    await until(lambda: len(asleep() - before) == 1)
    await sent.take_back(1)
    await sent.over()
    await until(lambda: not asleep() - before)
    await rig.end()


async def test_takes_that_the_service_has_are_left_alone(service: ScriptedService, tmp_path: Path) -> None:
    rig = Rig(tmp_path / "home", service.base_url)
    sent = await held(service, rig, takes=3, take=2)
    assert not await sent.take_back(1)
    assert await sent.take_back(2)
    await sent.over()
    await rig.settle()
    first, *others = sent.states
    assert isinstance(first, Saved)
    assert others == [TAKEN_BACK] * 2
    assert service.count(QUEUE) == 2
    await rig.end()


async def test_a_take_that_waits_can_be_taken_back_alone(service: ScriptedService, tmp_path: Path) -> None:
    rig = Rig(tmp_path / "home", service.base_url)
    await rig.begin()
    service.next(QUEUE, http(429, Retry_After="0.5"))
    sent = Sent(rig, 3)
    await sent.until(lambda states: isinstance(states[0], Held))
    assert await sent.take_back(2)
    assert sent.states[1:] == [TAKEN_BACK] * 2
    await sent.over()
    assert isinstance(sent.states[0], Rendering | Saved)
    assert sent.states[1:] == [TAKEN_BACK] * 2
    assert service.count(QUEUE) == 2
    await rig.end()


async def test_while_a_take_is_on_its_way_only_those_behind_it_can_be_taken_back(
    service: ScriptedService, tmp_path: Path
) -> None:
    rig = Rig(tmp_path / "home", service.base_url, timings=Timings())
    await rig.begin()
    came, go_on = asyncio.Event(), asyncio.Event()

    async def slowly(_: Received, writer: asyncio.StreamWriter) -> None:
        came.set()
        await go_on.wait()
        writer.write(TAKEN)

    service.next(QUEUE, slowly)
    sent = Sent(rig, 2)
    await came.wait()
    assert not await sent.take_back(1)
    assert await sent.take_back(2)
    assert sent.states == [Intended(leaving=True), TAKEN_BACK]
    go_on.set()
    await sent.over()
    assert isinstance(sent.states[0], Rendering | Saved)
    assert service.count(QUEUE) == 1
    await rig.end()


async def test_once_it_has_begun_to_leave_it_is_too_late_and_it_is_sent_once(
    service: ScriptedService, tmp_path: Path
) -> None:
    reached, go_on = asyncio.Event(), asyncio.Event()

    class Slow(Store):
        """Takes its time for the line that a held request is about to leave again."""

        async def put(self, job: Job) -> None:
            if job.state == Intended(leaving=True) and service.count(QUEUE) == 1:
                reached.set()
                await go_on.wait()
            await super().put(job)

    rig = Rig(tmp_path / "home", service.base_url, store=Slow)
    await rig.begin()
    service.next(QUEUE, http(429, Retry_After="0.05"))
    sent = Sent(rig, 1)
    await reached.wait()
    assert isinstance(sent.states[0], Held), "what is in sight is still how it was"
    assert not await sent.take_back(1)
    go_on.set()
    [state] = await sent.over()
    assert isinstance(state, Rendering)
    assert service.count(QUEUE) == 2
    await rig.end()


async def test_a_disk_that_is_full_sends_nothing_that_was_taken_back(service: ScriptedService, tmp_path: Path) -> None:
    class Full(Store):
        async def put(self, job: Job) -> None:
            if isinstance(job.state, Refused):
                raise Trouble(Problem(kind=Kind.DISK, message="The disk is full"))
            await super().put(job)

    home = tmp_path / "home"
    rig = Rig(home, service.base_url, store=Full)
    sent = await held(service, rig, takes=2)
    assert await sent.take_back(1)
    assert await sent.over() == sent.states == [TAKEN_BACK] * 2
    await rig.end()

    again = Rig(home, service.base_url)
    await again.begin()
    await again.settle()
    assert {type(job.state) for job in again.ledger.jobs.values()} == {Refused}
    assert service.count(QUEUE) == 1
    await again.end()


async def test_a_disk_that_was_full_when_it_was_held_does_not_bring_it_back(
    service: ScriptedService, tmp_path: Path
) -> None:
    class Full(Store):
        full = True

        async def put(self, job: Job) -> None:
            if isinstance(job.state, Held) and self.full:
                raise Trouble(Problem(kind=Kind.DISK, message="The disk is full"))
            await super().put(job)

    rig = Rig(tmp_path / "home", service.base_url, store=Full)
    sent = await held(service, rig)
    await until(lambda: bool(rig.ledger.unwritten))
    taking = asyncio.create_task(sent.take_back(1))
    await asyncio.sleep(0)
    Full.full = False
    assert await taking
    await sent.over()
    assert sent.states == [TAKEN_BACK]
    assert service.count(QUEUE) == 1
    await rig.end()


async def test_of_a_key_that_is_refused_meanwhile_it_is_not_said_that_it_kept_it_back(
    service: ScriptedService, tmp_path: Path
) -> None:
    rig = Rig(tmp_path / "home", service.base_url)
    sent = await held(service, rig, takes=2)
    service.always(BALANCE, told({"error": "Invalid key"}, 401))
    account = rig.connection.state.value.account
    assert account is not None
    await rig.connection.key_refused(account, Problem(kind=Kind.KEY, message="Invalid key"))
    assert await sent.take_back(1)
    assert await sent.over() == sent.states == [TAKEN_BACK] * 2
    await rig.end()
