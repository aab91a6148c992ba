"""What the watcher makes of time: clocks that jump, nights with the program closed, and what renders took before."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.library import examples
from tests.studio.test_runner import QUOTE, REQUEST
from tests.support.fake_service import FakeService
from tests.support.studio_parts import Parts
from venice_studio.domain.job import PRACTICE_ACCOUNT, Clip, Job, Progress, Saved
from venice_studio.domain.render_time import Experience
from venice_studio.studio.ledger import Ledger
from venice_studio.studio.passage import Passage
from venice_studio.studio.render_times import RenderTimes

QUEUED = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class TwoClocks:
    """A wall clock and one that never jumps, moved by hand."""

    def __init__(self, wall: datetime) -> None:
        self.wall = wall
        self.steady = 500.0

    def now(self) -> datetime:
        return self.wall

    def monotonic(self) -> float:
        return self.steady

    async def sleep(self, seconds: float) -> None:
        self.steady += seconds


async def rendered(parts: Parts, service: FakeService, looks: int, estimate_s: float = 60) -> Job:
    """Have one clip made that is ready at look number `looks` + 1; its job."""
    service.answer("retrieve", *[Progress(elapsed_ms=0, estimate_ms=round(estimate_s * 1000))] * looks)
    [job] = await parts.runner.submit(service, REQUEST, QUOTE)
    await parts.tasks.join()
    return parts.ledger.jobs[job.id]


def rendered_ms(job: Job) -> int | None:
    assert isinstance(job.state, Saved)
    return job.state.rendered_ms


@pytest.mark.parametrize("jump_s", [-7200, 7200])
def test_a_changed_wall_clock_changes_nothing(jump_s: float) -> None:
    clock = TwoClocks(QUEUED + timedelta(seconds=5))
    passage = Passage(clock, QUEUED)
    clock.wall += timedelta(seconds=jump_s)
    clock.steady += 7
    assert passage.elapsed_s == 12


@pytest.mark.parametrize(("wall_s", "elapsed_s"), [(-3600, 0), (30, 30)])
def test_it_begins_by_the_wall_clock_but_never_before_the_job(wall_s: float, elapsed_s: float) -> None:
    assert Passage(TwoClocks(QUEUED + timedelta(seconds=wall_s)), QUEUED).elapsed_s == elapsed_s


def test_the_services_own_count_is_believed() -> None:
    clock = TwoClocks(QUEUED + timedelta(hours=3))
    passage = Passage(clock, QUEUED)
    passage.seen(Progress(elapsed_ms=20_000))
    clock.steady += 4
    assert (passage.seen_s, passage.elapsed_s) == (20, 24)
    passage.seen(Progress(elapsed_ms=0))
    assert passage.seen_s == 24, "a service that does not count is no reason to begin anew"


def test_when_a_render_ended_is_known_only_as_well_as_it_was_watched() -> None:
    clock = TwoClocks(QUEUED)
    passage = Passage(clock, QUEUED)
    passage.seen(Progress(elapsed_ms=40_000))
    assert passage.ended_s(50, sure_within_s=30) == 45
    assert passage.ended_s(40_000, sure_within_s=30) is None


async def test_what_was_left_last_time_is_looked_at_at_once(tmp_path: Path, service: FakeService) -> None:
    first = Parts(tmp_path, service)
    await first.begin()
    service.answer("retrieve", *[Progress(elapsed_ms=1000, estimate_ms=60_000)] * 100_000)
    [job] = await first.runner.submit(service, REQUEST, QUOTE)
    await first.end()
    service.script.clear()

    second = Parts(tmp_path, service)
    second.clock.at += timedelta(hours=8)
    await second.begin()
    await second.tasks.join()
    assert second.clock.slept == [0]
    assert rendered_ms(second.ledger.jobs[job.id]) is None, "nobody knows how much of the night it took"
    await second.end()


async def test_what_renders_took_is_known_at_the_next_start(tmp_path: Path, service: FakeService) -> None:
    first = Parts(tmp_path, service)
    await first.begin()
    jobs = [await rendered(first, service, looks) for looks in (5, 6, 7)]
    took = sorted(rendered_ms(job) or 0 for job in jobs)
    await first.end()

    second = Parts(tmp_path, service)
    times = RenderTimes(second.ledger)
    await second.begin()
    known = times.known(jobs[0])
    assert known is not None
    assert known.count == 3
    assert known.median_s == pytest.approx(took[1] / 1000)
    other = replace(jobs[0], request=replace(jobs[0].request, duration="10s"))
    assert times.known(other) is None
    await second.end()


async def test_experience_changes_when_it_is_looked(tmp_path: Path, service: FakeService) -> None:
    parts = Parts(tmp_path, service)
    await parts.begin()
    before = [await rendered(parts, service, 5, estimate_s=600) for _ in range(4)]
    assert all(rendered_ms(job) for job in before)
    parts.clock.slept.clear()
    await rendered(parts, service, 5, estimate_s=600)
    with_experience = list(parts.clock.slept)
    await parts.end()

    fresh = Parts(tmp_path / "fresh", service)
    await fresh.begin()
    await rendered(fresh, service, 5, estimate_s=600)
    assert fresh.clock.slept != with_experience
    await fresh.end()


async def test_practice_teaches_nothing(tmp_path: Path, service: FakeService) -> None:
    parts = Parts(tmp_path, service)
    times = RenderTimes(parts.ledger)
    await parts.begin()
    job = await rendered(parts, service, 5)
    assert isinstance(times.known(job), Experience)
    practised = replace(job, account=PRACTICE_ACCOUNT)
    parts.ledger.changed.emit(practised)
    assert times.known(practised) is None
    await parts.end()


async def test_the_look_that_is_likelier_to_find_a_clip_is_worth_more(tmp_path: Path, service: FakeService) -> None:
    parts, worths = Parts(tmp_path, service), list[float]()
    await parts.begin()
    ask = service.retrieve

    async def note(ticket: object, sink: object, *, delete: bool, worth: object) -> object:
        worths.append(worth())  # type: ignore[operator]
        return await ask(ticket, sink, delete=delete)  # type: ignore[arg-type]

    service.retrieve = note  # type: ignore[assignment, method-assign]
    service.answer("retrieve", *[Progress(elapsed_ms=at, estimate_ms=60_000) for at in (10_000, 50_000)])
    await parts.runner.submit(service, REQUEST, QUOTE)
    await parts.tasks.join()
    assert len(worths) == 3
    assert worths[2] > worths[1] > 0
    await parts.end()


def test_of_many_at_once_the_quick_ones_are_not_taken_for_all() -> None:
    ledger = Ledger(lambda: pytest.fail("nothing is read"))
    times = RenderTimes(ledger)
    jobs = [replace(examples.job(), id=f"job-{number}", state=examples.RENDERING) for number in range(3)]
    for job in jobs:
        ledger.show(job)

    def seen(number: int, rendered_ms: int) -> Experience | None:
        clip = Clip(path="", size=0, duration_ms=0, width=0, height=0, fps=0, frames=0, sound=False, thumbnail="")
        saved = Saved(ticket=examples.TICKET, clip=clip, saved_at=examples.AT, rendered_ms=rendered_ms)
        ledger.show(jobs[number].to(saved))
        return times.known(jobs[number])

    assert seen(1, 20_000) is None, "the one before it still renders, and may take far longer"
    after = seen(0, 80_000)
    assert after is not None
    assert (after.count, round(after.median_s)) == (2, 40)
    last = seen(2, 40_000)
    assert last is not None
    assert last.count == 3
