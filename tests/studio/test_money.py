"""What is paid for is neither lost nor paid for by the wrong account, whatever comes in between."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.rig import Rig, request, until
from tests.support.fake_service import ACCOUNT, FakeClock, FakeService
from tests.support.faulty_server import Received, told
from tests.support.patience import PATIENCE_S
from tests.support.scripted_service import BALANCE, QUEUE, RETRIEVE, ScriptedService
from tests.support.studio_parts import Parts
from tests.support.whole_studio import WholeStudio
from venice_studio.domain.job import (
    PRACTICE_ACCOUNT,
    CopyAtVenice,
    Intended,
    Job,
    Refused,
    Rendering,
    Saved,
    Stopped,
    Ticket,
    new_job_id,
)
from venice_studio.domain.model import Dialect
from venice_studio.domain.problem import Kind, Problem, Trouble
from venice_studio.domain.quote import Quote
from venice_studio.domain.request import GenerationRequest
from venice_studio.library.landing import land
from venice_studio.library.store import Store
from venice_studio.studio.ports import Sink
from venice_studio.studio.submitter import KEPT_BACK
from venice_studio.venice.transport import Timings

REQUEST = GenerationRequest(model="ltx", prompt="A gondola drifts", duration="5s", seed=7)
BUSY = Trouble(Problem(kind=Kind.BUSY, message="Slow down"))
REFUSED = Trouble(Problem(kind=Kind.KEY, message="No such key"))
GONE = Trouble(Problem(kind=Kind.GONE, message="Not here"))


async def generate(parts: Parts) -> Job:
    service = parts.service
    [sent] = await parts.runner.submit(service, REQUEST, await service.quote(REQUEST))
    return sent


def path_of(job: Job) -> Path:
    assert isinstance(job.state, Saved)
    return Path(job.state.clip.path)


async def test_removing_a_job_leaves_a_clip_that_has_its_name_by_now(tmp_path: Path, service: FakeService) -> None:
    parts = Parts(tmp_path, service)
    await parts.begin()
    first = await generate(parts)
    await parts.tasks.join()
    place = path_of(parts.ledger.jobs[first.id])
    place.unlink()
    second = await generate(parts)
    await parts.tasks.join()
    assert path_of(parts.ledger.jobs[second.id]) == place

    await parts.runner.remove(first.id)
    assert place.read_bytes() == service.body
    await parts.runner.remove(second.id)
    assert not place.exists()
    await parts.end()


class Replaced(FakeService):
    """Asks to wait, and by the time the wait is over another account's key is in use."""

    parts: Parts
    other: FakeService | None = None

    async def queue(self, request: GenerationRequest) -> Ticket:
        self.calls.append(("queue", request))
        self.answer("balance", REFUSED)
        await self.parts.connection.key_refused(self.account, REFUSED.problem)
        if self.other is not None:
            self.parts.service = self.other
            await self.parts.connection.connect("another-key", remember=False)
        raise BUSY


@pytest.mark.parametrize("other", [None, FakeService(replace(ACCOUNT, fingerprint="cafe"))])
async def test_what_waits_to_be_sent_is_sent_by_its_own_account_or_not_at_all(
    tmp_path: Path, other: FakeService | None
) -> None:
    service = Replaced()
    parts = service.parts = Parts(tmp_path, service)
    service.other = other
    await parts.begin()
    async with asyncio.timeout(PATIENCE_S):
        sent = await generate(parts)
    assert isinstance(sent.state, Refused)
    assert sent.state.problem.kind is Kind.KEY
    assert service.count("queue") == 1
    assert other is None or not other.count("queue")
    await parts.end()


class Mangled(FakeService):
    """A look ends in an error that no table knows, as of a mangled TLS record."""

    async def retrieve(self, ticket: Ticket, sink: Sink, **more: object) -> object:  # type: ignore[override]
        if not self.count("retrieve"):
            self.calls.append(("retrieve", ticket))
            raise ValueError("nobody thought of this")
        return await super().retrieve(ticket, sink)


async def test_an_error_nobody_thought_of_does_not_end_the_watching(tmp_path: Path, body: bytes) -> None:
    service = Mangled()
    service.body = body
    parts = Parts(tmp_path, service)
    await parts.begin()
    sent = await generate(parts)
    await parts.tasks.join()
    assert isinstance(parts.ledger.jobs[sent.id].state, Saved)
    await parts.end()


async def test_looking_again_twice_at_once_looks_once(tmp_path: Path, service: FakeService) -> None:
    parts = Parts(tmp_path, service)
    await parts.begin()
    service.answer("retrieve", GONE, GONE, GONE)
    sent = await generate(parts)
    await parts.tasks.join()
    looks = service.count("retrieve")

    await asyncio.gather(parts.runner.fetch_again(sent.id), parts.runner.fetch_again(sent.id))
    await parts.tasks.join()
    assert service.count("retrieve") == looks + 1
    assert [path.name for path in parts.clips.glob("*.mp4")] == [path_of(parts.ledger.jobs[sent.id]).name]
    await parts.end()


async def test_the_only_copy_of_a_clip_follows_to_another_folder(tmp_path: Path, service: FakeService) -> None:
    parts = Parts(tmp_path, service, copy_at_venice=CopyAtVenice.WITH_DOWNLOAD)
    await parts.begin()
    service.answer("retrieve and delete", None, GONE, GONE, GONE)
    (tmp_path / "thumbnails").touch()  # a file is no folder: the clip comes, but cannot be kept
    sent = await generate(parts)

    def stuck() -> bool:
        state = parts.ledger.jobs[sent.id].state
        return isinstance(state, Rendering) and state.trouble is not None and state.trouble.kind is Kind.DISK

    await until(stuck)
    left = parts.clips
    parts.clips = tmp_path / "elsewhere"
    parts.clips.mkdir()
    await until(lambda: not list(left.iterdir()))
    (tmp_path / "thumbnails").unlink()
    await until(lambda: isinstance(parts.ledger.jobs[sent.id].state, Saved))
    place = path_of(parts.ledger.jobs[sent.id])
    assert place.parent == parts.clips
    assert place.read_bytes() == service.body
    await parts.end()


class Halfway(FakeService):
    """Stops in the middle of a clip until it is told to go on."""

    def __init__(self) -> None:
        super().__init__()
        self.half = asyncio.Event()
        self.go_on = asyncio.Event()

    async def retrieve(self, ticket: Ticket, sink: Sink, **more: object) -> None:
        await sink.begin(len(self.body), "video/mp4")
        await sink.write(self.body[:1000])
        self.half.set()
        await self.go_on.wait()
        await sink.write(self.body[1000:])


async def test_quitting_sees_a_download_through_that_deletes_the_services_copy(tmp_path: Path, body: bytes) -> None:
    service = Halfway()
    service.body = body
    parts = Parts(tmp_path, service, copy_at_venice=CopyAtVenice.WITH_DOWNLOAD)
    await parts.begin()
    sent = await generate(parts)
    await service.half.wait()
    asyncio.get_running_loop().call_later(0.1, service.go_on.set)
    await parts.end()

    again = Parts(tmp_path, FakeService())
    await again.begin()
    assert path_of(again.ledger.jobs[sent.id]).read_bytes() == body
    await again.end()


class FullWhenLeaving(Store):
    """A disk that has no room for the line that a request is about to leave, of every take but the first."""

    async def put(self, job: Job) -> None:
        if job.state == Intended(leaving=True) and job.take > 1:
            raise Trouble(Problem(kind=Kind.DISK, message="The disk is full"))
        await super().put(job)


async def test_a_take_that_cannot_be_noted_is_not_sent_and_says_so_beside_those_that_were(tmp_path: Path) -> None:
    async with ScriptedService(tmp_path) as service:
        rig = Rig(tmp_path, service.base_url, store=FullWhenLeaving)
        await rig.begin()
        first, second, third = await rig.press(request(), takes=3)
        assert isinstance(first.state, Rendering)
        assert isinstance(second.state, Refused)
        assert second.state.problem.kind is Kind.DISK
        assert isinstance(third.state, Refused)
        assert rig.ledger.jobs[second.id] == second
        assert service.count(QUEUE) == 1
        await rig.end()


class FullForTheLast(Store):
    """A disk that has no room for the end of the last take."""

    async def put(self, job: Job) -> None:
        if isinstance(job.state, Refused) and job.take == 3:
            raise Trouble(Problem(kind=Kind.DISK, message="The disk is full"))
        await super().put(job)


async def test_a_take_that_is_kept_back_and_cannot_be_noted_hides_none_that_went_out(tmp_path: Path) -> None:
    async with ScriptedService(tmp_path) as service:
        service.next(QUEUE, told({"queueid": "job-1", "status": "queued"}), told({"error": "No such model"}, 400))
        rig = Rig(tmp_path, service.base_url, store=FullForTheLast)
        await rig.begin()
        first, second, third = await rig.press(request(), takes=3)
        assert isinstance(first.state, Rendering)
        assert isinstance(second.state, Refused)
        assert third.state == rig.ledger.jobs[third.id].state == KEPT_BACK
        assert service.count(QUEUE) == 2
        await rig.end()


async def test_a_take_whose_key_was_refused_and_that_cannot_be_noted_hides_none_that_went_out(tmp_path: Path) -> None:
    class FullForTheSecond(Store):
        async def put(self, job: Job) -> None:
            if isinstance(job.state, Refused) and job.take == 2:
                raise Trouble(Problem(kind=Kind.DISK, message="The disk is full"))
            await super().put(job)

    async with ScriptedService(tmp_path) as service:
        service.always(RETRIEVE, told({"status": "processing", "executionDuration": 5}))
        # The first answer comes once the key is known to be refused, which a busy machine may take its time for.
        rig = Rig(tmp_path, service.base_url, store=FullForTheSecond, timings=Timings())
        await rig.begin()

        async def taken(_: Received, writer: asyncio.StreamWriter) -> None:
            service.always(BALANCE, told({"error": "Invalid key"}, 401))
            account = rig.connection.state.value.account
            assert account is not None
            await rig.connection.key_refused(account, REFUSED.problem)
            writer.write(told({"queueid": "job-1", "status": "queued"}))

        service.next(QUEUE, taken)
        first, second = await rig.press(request(), takes=2)
        assert isinstance(first.state, Rendering)
        assert isinstance(second.state, Refused)
        assert second.state.problem.kind is Kind.KEY
        assert service.count(QUEUE) == 1
        await rig.end()


async def test_practice_is_not_sent_again_where_it_costs_money(tmp_path: Path) -> None:
    practice = FakeService(PRACTICE_ACCOUNT)
    whole = WholeStudio(tmp_path)
    await whole.begin()
    at = whole.parts.clock.now()
    quote = await practice.quote(REQUEST)
    job = Job(
        id=new_job_id(at, "0"),
        group="0",
        created_at=at,
        account=PRACTICE_ACCOUNT,
        request=REQUEST,
        payload="{}",
        quote=quote,
        state=Refused(problem=BUSY.problem),
    )
    await whole.parts.ledger.intend([job])

    async def agree(_before: Quote, _now: Quote) -> bool:
        return True

    with pytest.raises(Trouble, match="practice"):
        await whole.studio.press.send_again(job.id, agree)
    assert not whole.service.count("queue")
    await whole.end()


@pytest.mark.parametrize("steps", range(0, 60, 12))
async def test_a_clip_that_is_being_kept_when_watching_stops_is_kept_once(
    tmp_path: Path, service: FakeService, steps: int
) -> None:
    parts = Parts(tmp_path, service)
    await parts.begin()
    sent = await generate(parts)
    while f"keep {sent.id}" not in parts.tasks.names:  # noqa: ASYNC110 - it may be over within 10 ms
        await asyncio.sleep(0)
    for _ in range(steps):
        await asyncio.sleep(0)
    await parts.runner.stop_watching(sent.id)
    await parts.runner.watch_again(sent.id)
    await parts.tasks.join()
    assert list(parts.clips.glob("*.mp4")) == [path_of(parts.ledger.jobs[sent.id])]
    assert service.count("retrieve") == 1
    await parts.end()


def test_a_clip_that_is_not_there_takes_no_name(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        land(tmp_path / "gone.part", tmp_path, lambda number: f"Clip {number}.mp4")
    assert not list(tmp_path.iterdir())


class FullForAWhile(Store):
    """A disk that has no room for a ticket at the first try."""

    refused = False

    async def put(self, job: Job) -> None:
        if isinstance(job.state, Rendering) and not self.refused:
            self.refused = True
            raise Trouble(Problem(kind=Kind.DISK, message="The disk is full"))
        await super().put(job)


async def test_it_is_known_while_a_ticket_is_in_memory_alone(tmp_path: Path) -> None:
    async with ScriptedService(tmp_path) as service:
        rig = Rig(tmp_path, service.base_url, store=FullForAWhile)
        await rig.begin()
        unwritten: list[frozenset[str]] = []
        rig.ledger.refused.connect(lambda _: unwritten.append(rig.ledger.unwritten))
        [job] = await rig.press(request())
        assert unwritten == [{job.id}]
        assert not rig.ledger.unwritten
        await rig.end()


async def test_practice_that_does_not_start_is_not_started_over_and_over(tmp_path: Path) -> None:
    clock = FakeClock()
    async with ScriptedService(tmp_path) as service:
        rig = Rig(tmp_path, service.base_url, clock=clock)
        await rig.begin()
        [sent] = await rig.press(request())
        await rig.settle()
        ticket = Ticket(queue_id="p", model="wan", dialect=Dialect.REFERENCE)
        stopped = Stopped(ticket=ticket, queued_at=clock.now())
        job = replace(sent, id=new_job_id(clock.now(), "p"), account=PRACTICE_ACCOUNT, state=stopped)
        await rig.ledger.intend([job])
        clock.slept.clear()
        await rig.runner.watch_again(job.id)
        await until(lambda: len(clock.slept) >= 3)
        assert clock.slept[:3] == [5, 10, 20]
        await rig.end()
