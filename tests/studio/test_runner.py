"""From a press to a saved clip, and every way in which that can go wrong; only the service is scripted."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.support.fake_service import FakeService
from tests.support.studio_parts import Parts
from venice_studio.domain.job import (
    CopyAtVenice,
    Doubtful,
    Failed,
    Intended,
    Job,
    Progress,
    Refused,
    Rendering,
    Saved,
    Stopped,
)
from venice_studio.domain.problem import Cost, Kind, Problem, Trouble
from venice_studio.domain.quote import Quote
from venice_studio.domain.request import GenerationRequest

REQUEST = GenerationRequest(model="ltx", prompt="A gondola drifts", duration="5s", seed=7)
QUOTE = Quote(amount=Decimal("0.39"))


@pytest.fixture
async def parts(tmp_path: Path, service: FakeService) -> AsyncIterator[Parts]:
    parts = Parts(tmp_path, service)
    await parts.begin()
    yield parts
    await parts.end()


async def submit(parts: Parts, takes: int = 1) -> list[Job]:
    """Submit and see everything through; the jobs as they ended."""
    sent = await parts.runner.submit(parts.service, REQUEST, QUOTE, takes)
    await parts.tasks.join()
    return [parts.ledger.jobs[job.id] for job in sent]


def trouble(kind: Kind, cost: Cost = Cost.NOT_CHARGED, **more: object) -> Trouble:
    return Trouble(replace(Problem(kind=kind, message=f"The server's words on {kind}", cost=cost), **more))  # type: ignore[arg-type]


async def test_a_clip_is_saved_just_as_it_was_sent(parts: Parts, service: FakeService) -> None:
    service.answer("retrieve", Progress(elapsed_ms=1000, estimate_ms=60_000))
    [job] = await submit(parts)
    assert isinstance(job.state, Saved)
    assert Path(job.state.clip.path).read_bytes() == service.body
    assert Path(job.state.clip.thumbnail).is_file()
    assert job.cost is Cost.CHARGED
    assert service.count("queue") == 1


async def test_the_intent_is_on_disk_before_the_paid_request(parts: Parts, service: FakeService) -> None:
    known: list[tuple[str, object]] = []
    ask = service.queue

    async def look_then_ask(request: GenerationRequest) -> object:
        store = parts.ledger._store
        known.extend((job.request.prompt, job.state) for job in await store.jobs())
        return await ask(request)

    service.queue = look_then_ask  # type: ignore[assignment, method-assign]
    await submit(parts)
    assert known == [("A gondola drifts", Intended(leaving=True))]


async def test_the_exact_payload_is_kept(parts: Parts) -> None:
    [job] = await submit(parts)
    assert json.loads(job.payload) == {"model": "ltx", "prompt": "A gondola drifts", "seed": 7}


async def test_takes_are_separate_posts_with_seeds_of_their_own(parts: Parts, service: FakeService) -> None:
    jobs = await submit(parts, takes=3)
    assert [job.request.seed for job in jobs] == [7, 8, 9]
    assert len({job.group for job in jobs}) == 1
    assert service.count("queue") == 3
    assert len({job.state.clip.path for job in jobs if isinstance(job.state, Saved)}) == 3


async def test_the_first_refusal_keeps_the_other_takes_from_being_sent(parts: Parts, service: FakeService) -> None:
    first = await service.queue(REQUEST)
    service.answer("queue", first, trouble(Kind.FUNDS))
    service.calls.clear()
    jobs = await submit(parts, takes=4)
    assert service.count("queue") == 2
    assert [job.cost for job in jobs] == [Cost.CHARGED, *[Cost.NOT_CHARGED] * 3]
    assert [type(job.state) for job in jobs] == [Saved, Refused, Refused, Refused]


@pytest.mark.parametrize(
    ("problem", "state", "cost"),
    [
        (trouble(Kind.INVALID), Refused, Cost.NOT_CHARGED),
        (trouble(Kind.FUNDS), Refused, Cost.NOT_CHARGED),
        (trouble(Kind.KEY), Refused, Cost.NOT_CHARGED),
        (trouble(Kind.OFFLINE), Refused, Cost.NOT_CHARGED),
        (trouble(Kind.SERVICE, Cost.REFUNDED), Refused, Cost.REFUNDED),
        (trouble(Kind.SERVICE, Cost.UNKNOWN), Doubtful, Cost.UNKNOWN),
        (trouble(Kind.CUT, Cost.UNKNOWN), Doubtful, Cost.UNKNOWN),
        (trouble(Kind.GARBLED, Cost.UNKNOWN), Doubtful, Cost.UNKNOWN),
    ],
    ids=lambda value: str(value),
)
async def test_what_comes_of_a_post_that_failed(
    parts: Parts, service: FakeService, problem: Trouble, state: type, cost: Cost
) -> None:
    service.answer("queue", problem)
    [job] = await submit(parts)
    assert isinstance(job.state, state)
    assert job.cost is cost
    assert service.count("queue") == 1, "the paid request is never repeated by itself"


async def test_an_error_nobody_thought_of_is_doubt_not_loss(parts: Parts, service: FakeService) -> None:
    async def explode(_request: GenerationRequest) -> None:
        raise ZeroDivisionError

    service.queue = explode  # type: ignore[assignment, method-assign]
    [job] = await submit(parts)
    assert isinstance(job.state, Doubtful)
    assert job.cost is Cost.UNKNOWN


async def test_a_429_waits_in_sight_on_the_same_intent(parts: Parts, service: FakeService) -> None:
    service.answer("queue", trouble(Kind.BUSY, retry_after_s=42.0))
    seen: list[str] = []
    parts.ledger.changed.connect(lambda job: seen.append(type(job.state).__name__))
    [job] = await submit(parts)
    assert isinstance(job.state, Saved)
    assert "Held" in seen
    assert any(abs(wait - 42.0) < 0.01 for wait in parts.clock.slept)
    assert len(parts.ledger.jobs) == 1


@pytest.mark.parametrize("kind", [Kind.OFFLINE, Kind.CUT, Kind.BUSY, Kind.SERVICE, Kind.GARBLED, Kind.DISK])
async def test_passing_faults_while_looking_are_waited_out(parts: Parts, service: FakeService, kind: Kind) -> None:
    service.answer("retrieve", *[trouble(kind, status=503)] * 20)
    [job] = await submit(parts)
    assert isinstance(job.state, Saved)
    assert service.count("queue") == 1


async def test_looks_are_ten_seconds_apart_and_back_off_when_they_fail(parts: Parts, service: FakeService) -> None:
    service.answer("retrieve", Progress(elapsed_ms=0), *[trouble(Kind.SERVICE, status=502)] * 4)
    await submit(parts)
    waits = [wait for wait in parts.clock.slept if wait > 0]
    assert min(waits) >= 10
    assert waits[2:6] == [10, 20, 40, 60]


@pytest.mark.parametrize(("kind", "looks"), [(Kind.FAILED, 1), (Kind.CONTENT, 1), (Kind.GONE, 3), (Kind.INVALID, 2)])
async def test_what_the_service_gives_up_ends_with_its_words(
    parts: Parts, service: FakeService, kind: Kind, looks: int
) -> None:
    service.answer("retrieve", *[trouble(kind, Cost.REFUNDED)] * looks)
    [job] = await submit(parts)
    assert isinstance(job.state, Failed)
    assert job.state.problem.message == f"The server's words on {kind}"
    assert job.cost is Cost.REFUNDED
    assert service.count("retrieve") == looks


async def test_a_broken_clip_is_fetched_again_before_it_is_believed(parts: Parts, service: FakeService) -> None:
    whole, service.body = service.body, service.body[: len(service.body) // 2]
    [job] = await submit(parts)
    assert isinstance(job.state, Failed)
    assert job.state.problem.kind is Kind.BROKEN_CLIP
    assert service.count("retrieve") == 3
    [kept] = parts.clips.iterdir()
    assert kept.read_bytes() == service.body
    assert str(kept) in job.state.problem.message, "what came is kept, and it is said where"

    service.body = whole
    await parts.runner.fetch_again(job.id)
    await parts.tasks.join()
    assert isinstance(parts.ledger.jobs[job.id].state, Saved)
    assert service.count("queue") == 1, "looking again costs nothing"


async def test_quitting_while_it_renders_goes_on_at_the_next_start(tmp_path: Path, service: FakeService) -> None:
    first = Parts(tmp_path, service)
    await first.begin()
    service.answer("retrieve", *[Progress(elapsed_ms=1000, estimate_ms=60_000)] * 100_000)
    [job] = await first.runner.submit(service, REQUEST, QUOTE)
    await first.end()
    service.script.clear()

    second = Parts(tmp_path, service)
    await second.begin()
    await second.tasks.join()
    assert isinstance(second.ledger.jobs[job.id].state, Saved)
    assert service.count("queue") == 1
    await second.end()


@pytest.mark.parametrize(("leaving", "state"), [(True, Doubtful), (False, Refused)])
async def test_an_intent_found_at_a_start_is_told_and_never_sent(
    tmp_path: Path, service: FakeService, leaving: bool, state: type
) -> None:
    first = Parts(tmp_path, service)
    await first.begin()
    [job] = await first.runner._submitter.intend(service, REQUEST, QUOTE)
    await first.ledger.become(job.id, Intended(leaving=leaving))
    await first.end()

    second = Parts(tmp_path, service)
    await second.begin()
    await second.tasks.join()
    assert isinstance(second.ledger.jobs[job.id].state, state)
    assert service.count("queue") == 0
    await second.end()


async def test_removing_a_clip_moves_its_file_and_forgets_the_row(parts: Parts) -> None:
    [job] = await submit(parts)
    assert isinstance(job.state, Saved)
    await parts.runner.remove(job.id)
    assert not Path(job.state.clip.path).exists()
    assert not Path(job.state.clip.thumbnail).exists()
    assert job.id not in parts.ledger.jobs


async def test_a_clip_that_cannot_be_trashed_stays_in_the_list(tmp_path: Path, service: FakeService) -> None:
    parts = Parts(tmp_path, service, trash=lambda _path: False)
    await parts.begin()
    [job] = await submit(parts)
    with pytest.raises(Trouble) as caught:
        await parts.runner.remove(job.id)
    assert caught.value.problem.kind is Kind.DISK
    assert job.id in parts.ledger.jobs
    await parts.end()


async def test_the_copy_at_the_service_goes_only_when_asked(parts: Parts, service: FakeService) -> None:
    [job] = await submit(parts)
    assert service.count("complete") == 0
    await parts.runner.delete_copy(job.id)
    state = parts.ledger.jobs[job.id].state
    assert service.count("complete") == 1
    assert isinstance(state, Saved)
    assert state.copy_deleted


async def test_nothing_is_sent_where_the_clip_could_not_be_saved(parts: Parts, service: FakeService) -> None:
    parts.clips.parent.mkdir(exist_ok=True)
    parts.clips.write_text("a file where the folder should be")
    with pytest.raises(Trouble) as caught:
        await parts.runner.submit(service, REQUEST, QUOTE)
    assert caught.value.problem.kind is Kind.DISK
    assert service.count("queue") == 0
    assert not parts.ledger.jobs


async def test_cancelling_whoever_pressed_does_not_lose_the_ticket(parts: Parts, service: FakeService) -> None:
    press = parts.tasks.start(parts.runner.submit(parts.service, REQUEST, QUOTE), "press")
    while service.count("queue") == 0:
        await parts.clock.sleep(0)
    press.cancel()
    await parts.tasks.join()
    [job] = parts.ledger.jobs.values()
    assert isinstance(job.state, Rendering | Saved)
    assert job.ticket is not None


async def test_stopping_to_watch_looks_no_more_and_can_be_taken_back(parts: Parts, service: FakeService) -> None:
    service.answer("retrieve", *[Progress(elapsed_ms=1000, estimate_ms=60_000)] * 100_000)
    [job] = await parts.runner.submit(service, REQUEST, QUOTE)
    await parts.runner.stop_watching(job.id)
    assert isinstance(parts.ledger.jobs[job.id].state, Stopped)
    assert parts.ledger.jobs[job.id].cost is Cost.CHARGED
    looks = service.count("retrieve")
    await parts.tasks.join()
    assert service.count("retrieve") == looks

    service.script.clear()
    await parts.runner.watch_again(job.id)
    await parts.tasks.join()
    assert isinstance(parts.ledger.jobs[job.id].state, Saved)
    assert service.count("queue") == 1


async def test_a_job_nobody_watches_stays_so_at_the_next_start(tmp_path: Path, service: FakeService) -> None:
    first = Parts(tmp_path, service)
    await first.begin()
    service.answer("retrieve", *[Progress(elapsed_ms=1000, estimate_ms=60_000)] * 100_000)
    [job] = await first.runner.submit(service, REQUEST, QUOTE)
    await first.runner.stop_watching(job.id)
    await first.end()
    looks = service.count("retrieve")

    second = Parts(tmp_path, service)
    await second.begin()
    await second.tasks.join()
    assert isinstance(second.ledger.jobs[job.id].state, Stopped)
    assert service.count("retrieve") == looks
    await second.end()


async def test_a_hidden_job_is_still_saved_and_still_hidden(tmp_path: Path, service: FakeService) -> None:
    first = Parts(tmp_path, service)
    await first.begin()
    service.answer("retrieve", *[Progress(elapsed_ms=1000, estimate_ms=60_000)] * 50)
    [job] = await first.runner.submit(service, REQUEST, QUOTE)
    await first.runner.hide(job.id)
    await first.tasks.join()
    await first.end()

    second = Parts(tmp_path, service)
    await second.begin()
    found = second.ledger.jobs[job.id]
    assert isinstance(found.state, Saved)
    assert found.hidden
    await second.end()


@pytest.mark.parametrize(
    ("policy", "calls", "deleted"),
    [
        (CopyAtVenice.KEEP, {"retrieve": 1, "complete": 0}, False),
        (CopyAtVenice.AFTER_SAVING, {"retrieve": 1, "complete": 1}, True),
        (CopyAtVenice.WITH_DOWNLOAD, {"retrieve and delete": 1, "complete": 0}, True),
    ],
)
async def test_the_copy_at_venice_goes_as_the_user_chose(
    tmp_path: Path, service: FakeService, policy: CopyAtVenice, calls: dict[str, int], deleted: bool
) -> None:
    parts = Parts(tmp_path, service, copy_at_venice=policy)
    await parts.begin()
    [job] = await submit(parts)
    assert isinstance(job.state, Saved)
    assert job.state.copy_deleted is deleted
    assert {call: service.count(call) for call in calls} == calls
    await parts.end()


async def test_the_copy_at_venice_outlives_a_clip_that_could_not_be_saved(tmp_path: Path, service: FakeService) -> None:
    parts = Parts(tmp_path, service, copy_at_venice=CopyAtVenice.AFTER_SAVING)
    await parts.begin()
    service.body = service.body[:5000]
    [job] = await submit(parts)
    assert isinstance(job.state, Failed)
    assert service.count("complete") == 0
    await parts.end()
