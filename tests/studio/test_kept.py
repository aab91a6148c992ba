"""Nothing that came of a paid clip is thrown away, and nothing that is still there is forgotten."""

import asyncio
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.rig import Rig, request, until
from tests.support.fake_service import FakeService
from tests.support.faulty_server import told
from tests.support.scripted_service import QUEUE, RETRIEVE, ScriptedService
from tests.support.studio_parts import Parts
from venice_studio.domain.job import CopyAtVenice, Doubtful, Failed, Intended, Job, Rendering, Saved, Ticket
from venice_studio.domain.problem import Kind, Problem, Trouble
from venice_studio.domain.request import GenerationRequest
from venice_studio.library.database import MIGRATIONS
from venice_studio.library.store import Store

REQUEST = GenerationRequest(model="ltx", prompt="A gondola drifts", duration="5s", seed=7)
GONE = Trouble(Problem(kind=Kind.GONE, message="Not here"))
FULL = Trouble(Problem(kind=Kind.DISK, message="The disk is full"))


async def press(parts: Parts) -> Job:
    [sent] = await parts.runner.submit(parts.service, REQUEST, await parts.service.quote(REQUEST))
    return sent


async def finished(parts: Parts, job: Job) -> Job:
    await parts.tasks.join()
    return parts.ledger.jobs[job.id]


def path_of(job: Job) -> Path:
    assert isinstance(job.state, Saved)
    return Path(job.state.clip.path)


def is_stuck(parts: Parts, job: Job) -> Callable[[], bool]:
    def stuck() -> bool:
        state = parts.ledger.jobs[job.id].state
        return isinstance(state, Rendering) and state.trouble is not None and state.trouble.kind is Kind.DISK

    return stuck


async def test_a_broken_clip_of_which_there_is_no_other_copy_is_kept(tmp_path: Path, service: FakeService) -> None:
    parts = Parts(tmp_path, service, copy_at_venice=CopyAtVenice.WITH_DOWNLOAD)
    await parts.begin()
    whole, service.body = service.body, service.body[:5000]
    service.answer("retrieve and delete", None, GONE, GONE, GONE)
    job = await finished(parts, await press(parts))
    assert isinstance(job.state, Failed)
    [kept] = parts.clips.iterdir()
    assert kept.name.endswith(".broken.mp4")
    assert kept.read_bytes() == whole[:5000]
    assert str(kept) in job.state.problem.message

    service.body = whole
    await parts.runner.fetch_again(job.id)
    job = await finished(parts, job)
    assert [path_of(job)] == list(parts.clips.iterdir()), "a better one came"
    await parts.end()


class Cut(FakeService):
    """Deletes its copy as it sends it, and the line breaks in the middle."""

    async def retrieve(self, ticket: object, sink: object, **more: object) -> None:
        if self.count("retrieve"):
            raise GONE
        self.calls.append(("retrieve", ticket))
        await sink.begin(len(self.body), "video/mp4")  # type: ignore[attr-defined]
        await sink.write(self.body[:7000])  # type: ignore[attr-defined]
        raise Trouble(Problem(kind=Kind.CUT, message="The line broke."))


async def test_half_a_clip_is_kept_where_the_service_has_deleted_its_own(tmp_path: Path, body: bytes) -> None:
    service = Cut()
    service.body = body
    parts = Parts(tmp_path, service, copy_at_venice=CopyAtVenice.WITH_DOWNLOAD)
    await parts.begin()
    job = await finished(parts, await press(parts))
    assert isinstance(job.state, Failed)
    [kept] = parts.clips.iterdir()
    assert kept.read_bytes() == body[:7000]
    await parts.end()


async def test_a_clip_left_in_another_folder_is_found_at_the_next_start(tmp_path: Path, service: FakeService) -> None:
    first = Parts(tmp_path, service, copy_at_venice=CopyAtVenice.WITH_DOWNLOAD)
    await first.begin()
    service.answer("retrieve and delete", None, *[GONE] * 50)
    (tmp_path / "thumbnails").touch()  # a file is no folder: the clip comes, but cannot be kept
    sent = await press(first)
    await until(is_stuck(first, sent))
    first.clips = tmp_path / "made.mp4"  # a file again: nothing can be taken over
    await until(is_stuck(first, sent))
    await first.end()
    assert [path.suffix for path in (tmp_path / "clips").iterdir()]

    second = Parts(tmp_path, service)
    second.clips = tmp_path / "elsewhere"
    second.clips.mkdir()
    (tmp_path / "thumbnails").unlink()
    await second.begin()
    job = await finished(second, sent)
    assert path_of(job).parent == second.clips
    assert path_of(job).read_bytes() == service.body
    assert not list((tmp_path / "clips").iterdir())
    assert service.count("retrieve") == 0
    assert second.ledger.coming(job.id) == ()
    await second.end()


async def test_a_clip_on_a_disk_that_is_not_plugged_in_keeps_its_place(tmp_path: Path, service: FakeService) -> None:
    parts = Parts(tmp_path, service)
    parts.clips = tmp_path / "disk"
    parts.clips.mkdir()
    await parts.begin()
    job = await finished(parts, await press(parts))
    disk = parts.clips.rename(tmp_path / "unplugged")
    with pytest.raises(Trouble, match=str(parts.clips)):
        await parts.runner.fetch_again(job.id)
    assert parts.ledger.jobs[job.id] == job
    disk.rename(parts.clips)
    assert path_of(job).exists()

    parts.clips.rename(disk)
    parts.clips = tmp_path / "clips"
    parts.clips.mkdir()
    await parts.runner.fetch_again(job.id, given_up=True)
    job = await finished(parts, job)
    assert path_of(job).read_bytes() == service.body
    await parts.end()


async def test_the_copy_at_venice_stays_until_the_one_here_is_in_the_trash(
    tmp_path: Path, service: FakeService
) -> None:
    parts = Parts(tmp_path, service, trash=lambda _path: False)
    await parts.begin()
    job = await finished(parts, await press(parts))
    with pytest.raises(Trouble, match="trash"):
        await parts.runner.remove(job.id, copy_too=True)
    assert service.count("complete") == 0
    assert parts.ledger.jobs[job.id] == job
    assert path_of(job).exists()
    await parts.end()


async def test_a_copy_at_venice_that_stays_keeps_the_job_in_the_list(tmp_path: Path, service: FakeService) -> None:
    parts = Parts(tmp_path, service)
    await parts.begin()
    job = await finished(parts, await press(parts))
    service.answer("complete", Trouble(Problem(kind=Kind.SERVICE, message="Venice is down.")))
    with pytest.raises(Trouble, match=r"in the trash, but there is still a copy at Venice. Venice is down."):
        await parts.runner.remove(job.id, copy_too=True)
    assert job.id in parts.ledger.jobs
    await parts.runner.remove(job.id, copy_too=True)
    assert not parts.ledger.jobs
    assert service.count("complete") == 2
    await parts.end()


async def test_a_copy_made_with_another_key_is_not_asked_for_with_this_one(
    tmp_path: Path, service: FakeService
) -> None:
    parts = Parts(tmp_path, service)
    await parts.begin()
    job = await finished(parts, await press(parts))
    other = replace(job.account, fingerprint="another")
    await parts.ledger.change(job.id, lambda job: replace(job, account=other))
    with pytest.raises(Trouble, match="key it was made with"):
        await parts.runner.delete_copy(job.id)
    assert service.count("complete") == 0
    await parts.end()


@pytest.mark.parametrize(("later", "deletions"), [(CopyAtVenice.AFTER_SAVING, 2), (CopyAtVenice.KEEP, 1)])
async def test_a_deletion_that_was_due_is_made_up_for_at_the_next_start(
    tmp_path: Path, service: FakeService, later: CopyAtVenice, deletions: int
) -> None:
    first = Parts(tmp_path, service, copy_at_venice=CopyAtVenice.AFTER_SAVING)
    await first.begin()
    service.answer("complete", Trouble(Problem(kind=Kind.OFFLINE, message="Nobody there.")))
    job = await finished(first, await press(first))
    assert isinstance(job.state, Saved)
    assert not job.state.copy_deleted
    await first.end()

    second = Parts(tmp_path, service, copy_at_venice=later)
    await second.begin()
    job = await finished(second, job)
    assert isinstance(job.state, Saved)
    assert job.state.copy_deleted is (later is not CopyAtVenice.KEEP)
    assert service.count("complete") == deletions
    await second.end()


class FullAtFirst(Store):
    """A disk that has no room for what is to be written of a kind of state, for the first two times."""

    kind: type[object] = Saved
    times = 2
    refused = 0

    async def put(self, job: Job) -> None:
        if isinstance(job.state, self.kind) and self.refused < self.times:
            self.refused += 1
            raise FULL
        await super().put(job)


class FullForTheEnd(FullAtFirst):
    kind = Failed


async def test_what_is_hidden_while_its_row_is_refused_stays_hidden_and_saved(tmp_path: Path) -> None:
    class FullForLong(FullAtFirst):
        times = sys.maxsize

    async with ScriptedService(tmp_path) as service:
        rig = Rig(tmp_path, service.base_url, store=FullForLong)
        await rig.begin()
        [job] = await rig.press(request())
        await until(lambda: rig.ledger.unwritten == {job.id})
        assert isinstance(rig.ledger.jobs[job.id].state, Saved)
        with pytest.raises(Trouble, match="full"):
            await rig.runner.hide(job.id)
        FullForLong.times = 0
        await rig.runner.hide(job.id)
        await rig.settle()
        assert not rig.ledger.unwritten
        await rig.end()

        again = Rig(tmp_path, service.base_url)
        await again.begin()
        assert again.ledger.jobs[job.id].hidden
        assert isinstance(again.ledger.jobs[job.id].state, Saved)
        await again.end()


async def test_of_two_changes_at_once_neither_undoes_the_other(tmp_path: Path, service: FakeService) -> None:
    parts = Parts(tmp_path, service)
    await parts.begin()
    job = await finished(parts, await press(parts))
    problem = Problem(kind=Kind.GONE, message="Not here")
    assert job.ticket is not None
    failed = Failed(ticket=job.ticket, problem=problem)
    await asyncio.gather(parts.ledger.become(job.id, failed), parts.runner.hide(job.id))
    await parts.end()
    again = Parts(tmp_path, service)
    await again.begin()
    assert again.ledger.jobs[job.id].state == failed
    assert again.ledger.jobs[job.id].hidden
    await again.end()


async def test_changes_that_were_begun_are_written_although_nobody_waits_for_them(
    tmp_path: Path, service: FakeService
) -> None:
    parts = Parts(tmp_path, service)
    await parts.begin()
    job = await finished(parts, await press(parts))
    assert job.ticket is not None
    failed = Failed(ticket=job.ticket, problem=GONE.problem)
    begun = [asyncio.ensure_future(parts.ledger.become(job.id, failed)) for _ in range(20)]
    begun.append(asyncio.ensure_future(parts.ledger.change(job.id, lambda job: replace(job, hidden=True))))
    await asyncio.sleep(0)
    for each in begun:
        each.cancel()
    await parts.end()
    again = Parts(tmp_path, service)
    await again.begin()
    assert again.ledger.jobs[job.id].hidden
    assert again.ledger.jobs[job.id].state == failed
    await again.end()


async def test_an_end_that_cannot_be_noted_is_found_out_again(tmp_path: Path) -> None:
    async with ScriptedService(tmp_path) as service:
        service.always(RETRIEVE, told({"error": "There is no such job."}, 404))
        rig = Rig(tmp_path, service.base_url, store=FullForTheEnd)
        await rig.begin()
        [job] = await rig.press(request())
        await rig.settle()
        assert isinstance(rig.ledger.jobs[job.id].state, Failed)
        await rig.end()


class FullForDoubt(FullAtFirst):
    kind = Doubtful


async def test_a_full_disk_keeps_nobody_from_starting(tmp_path: Path) -> None:
    async with ScriptedService(tmp_path) as service:
        first = Rig(tmp_path, service.base_url)
        await first.begin()
        [job] = await first.press(request())
        await first.settle()
        await first.ledger.become(job.id, Intended(leaving=True))
        await first.end()

        full = Rig(tmp_path, service.base_url, store=FullForDoubt)
        await full.begin()
        assert isinstance(full.ledger.jobs[job.id].state, Doubtful)
        await full.end()
        again = Rig(tmp_path, service.base_url)
        await again.begin()
        assert [event.state for event in await again.ledger.history(job.id)][-1] == "doubtful"
        await again.end()


async def test_a_newer_versions_list_is_shown_and_nothing_of_it_is_touched(
    tmp_path: Path, service: FakeService
) -> None:
    class Newer(Store):
        """Leaves the file as a newer version would."""

        async def close(self) -> None:
            def grow() -> None:
                self._database.connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")

            await self._worker.run(grow)
            await super().close()

    async with ScriptedService(tmp_path) as real:
        rig = Rig(tmp_path, real.base_url, store=Newer)
        await rig.begin()
        [saved] = await rig.press(request())
        await rig.settle()
        saved = rig.ledger.jobs[saved.id]
        on_its_way = replace(saved, id=f"{saved.id}-2", state=Intended(leaving=True))
        renders = replace(saved, id=f"{saved.id}-3", state=Rendering(ticket=_ticket(saved), queued_at=saved.created_at))
        await rig.ledger.intend([on_its_way, renders])
        await rig.end()
        asked = real.count(RETRIEVE)

        again = Rig(tmp_path, real.base_url)
        assert "newer Venice Studio" in str(await again.runner.start())
        await again.connection.start()
        await again.settle()
        assert again.ledger.jobs == {job.id: job for job in (saved, on_its_way, renders)}
        for change in (again.runner.remove(saved.id), again.runner.hide(saved.id), again.press(request())):
            with pytest.raises(Trouble, match="newer Venice Studio"):
                await change
        assert path_of(saved).exists()
        assert (real.count(RETRIEVE), real.count(QUEUE)) == (asked, 1)
        await again.end()


def _ticket(job: Job) -> Ticket:
    assert job.ticket is not None
    return job.ticket
