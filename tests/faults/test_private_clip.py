"""A clip from an address of its own, which lives for a few fetches: no byte is asked for twice, and none is lost."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.faults.rig import Hurried, Rig, request, until
from tests.faults.truth import padded
from tests.support.clips import make_clip
from tests.support.faulty_server import FaultyServer, Received, http, told
from tests.support.full_disk import files_limited_to
from venice_studio.domain.job import CopyAtVenice, Failed, Job, Rendering, Saved
from venice_studio.domain.problem import Cost, Kind

PIECE = 300_000
"""So much comes of each fetch that is cut."""


class PrivateModel:
    """The live service with a private model, whose clip can be fetched so many times; `fetched` tells from where on."""

    def __init__(self, clip: bytes) -> None:
        self.clip = clip
        self.version = '"1"'
        self.fetched: list[int] = []
        self.left = 1000
        self.cuts = 0
        self.stalls = False
        self.deleted = False
        self.asked_to_delete = False
        self._looks = 0

    async def __call__(self, asked: Received, writer: asyncio.StreamWriter) -> None:
        if "/clip" in asked.path:
            await self._fetch(asked, writer)
        elif asked.path.endswith("/queue"):
            address = f"http://{asked.headers['host']}/clip?token=very-secret"
            writer.write(told({"queue_id": "job-1", "model": "wan", "download_url": address}))
        elif asked.path.endswith("/retrieve"):
            self._looks += 1
            self.asked_to_delete |= b'"delete_media_on_completion": true' in asked.body
            writer.write(told({"status": "PROCESSING" if self._looks < 2 else "COMPLETED"}))
        elif asked.path.endswith("/complete"):
            writer.write(told({"success": True}))
        else:
            writer.write(told({"canConsume": True, "consumptionCurrency": "USD", "balances": {"usd": 9}}))

    async def _fetch(self, asked: Received, writer: asyncio.StreamWriter) -> None:
        if asked.method == "DELETE":
            self.deleted = True
            writer.write(http(204))
            return
        if not self.left:
            writer.write(told({"error": "This address has expired."}, 410))
            return
        self.left -= 1
        same = asked.headers.get("if-range", self.version) == self.version
        first = int(asked.headers["range"][6:-1]) if same and "range" in asked.headers else 0
        self.fetched.append(first)
        total = f"bytes {first}-{len(self.clip) - 1}/{len(self.clip)}"
        part, status = self.clip[first:], 206 if first else 200
        answer = http(status, part, mime="video/mp4", ETag=self.version, Content_Range=total if first else "none")
        head = len(answer) - len(self.clip) + first
        if self.stalls:
            writer.write(answer[: head + PIECE])
            await writer.drain()
            await asyncio.sleep(3600)
        elif self.cuts:
            self.cuts -= 1
            writer.write(answer[: head + PIECE])
        else:
            writer.write(answer)


@pytest.fixture
def model(tmp_path: Path) -> PrivateModel:
    made = padded(make_clip(tmp_path / "made.mp4", frames=6).read_bytes())
    more = (8 + 2_000_000).to_bytes(4, "big") + b"free" + bytes(range(250)) * 8000
    return PrivateModel(made + more)


@pytest.fixture
async def base_url(model: PrivateModel) -> AsyncIterator[str]:
    async with FaultyServer(model) as server:
        yield server.base_url


async def begun(tmp_path: Path, base_url: str, copy_at_venice: CopyAtVenice = CopyAtVenice.KEEP) -> Rig:
    rig = Rig(tmp_path / "home", base_url, copy_at_venice=copy_at_venice, clock=Hurried())
    await rig.begin()
    return rig


def is_there_alone(rig: Rig, job: Job, model: PrivateModel) -> bool:
    state = rig.ledger.jobs[job.id].state
    assert isinstance(state, Saved)
    place = Path(state.clip.path)
    return list(rig.clips.iterdir()) == [place] and place.read_bytes() == model.clip


async def what_came(rig: Rig, model: PrivateModel) -> Path:
    """Where a transfer stands still."""
    await until(lambda: bool(model.fetched))
    await until(lambda: bool(list(rig.clips.glob(".*.note"))))
    await asyncio.sleep(0.2)
    [part] = rig.clips.glob(".*.part")
    return part


async def test_however_often_it_is_cut_it_goes_on_where_it_was(
    model: PrivateModel, base_url: str, tmp_path: Path
) -> None:
    model.cuts = 8
    rig = await begun(tmp_path, base_url)
    [job] = await rig.press(request())
    await rig.settle()
    assert is_there_alone(rig, job, model)
    assert model.fetched[0] == 0
    assert model.fetched == sorted(set(model.fetched)), "nothing was asked for twice"
    assert len(model.fetched) == 9
    await rig.end()


async def test_after_quitting_it_goes_on_where_it_was(model: PrivateModel, base_url: str, tmp_path: Path) -> None:
    model.stalls = True
    rig = await begun(tmp_path, base_url)
    [job] = await rig.press(request())
    part = await what_came(rig, model)
    await rig.end()
    came = part.stat().st_size
    assert came > 0

    model.stalls = False
    again = await begun(tmp_path, base_url)
    await again.settle()
    assert is_there_alone(again, job, model)
    assert model.fetched[-1] == came
    assert model.fetched.count(0) == 1
    await again.end()


async def test_another_clip_at_the_address_is_fetched_from_its_beginning(
    model: PrivateModel, base_url: str, tmp_path: Path
) -> None:
    model.stalls = True
    rig = await begun(tmp_path, base_url)
    [job] = await rig.press(request())
    await what_came(rig, model)
    await rig.end()

    model.stalls, model.version = False, '"2"'
    model.clip = model.clip.replace(bytes(range(250)), bytes(range(1, 251)))
    again = await begun(tmp_path, base_url)
    await again.settle()
    assert is_there_alone(again, job, model)
    assert model.fetched[-1] == 0
    await again.end()


async def test_what_came_before_the_address_was_spent_is_kept_and_said(
    model: PrivateModel, base_url: str, tmp_path: Path
) -> None:
    model.cuts, model.left = 8, 4
    rig = await begun(tmp_path, base_url)
    [job] = await rig.press(request())
    await rig.settle()
    job = rig.ledger.jobs[job.id]
    [kept] = rig.clips.iterdir()
    await rig.end()
    assert isinstance(job.state, Failed)
    assert (job.state.problem.kind, job.cost) == (Kind.GONE, Cost.CHARGED)
    assert kept.name.endswith(".broken.mp4")
    assert str(kept) in job.state.problem.message
    assert kept.stat().st_size > model.fetched[-1] > 0
    assert model.clip.startswith(kept.read_bytes())


async def test_a_full_disk_spends_no_more_of_the_address_than_it_must(
    model: PrivateModel, base_url: str, tmp_path: Path
) -> None:
    rig = await begun(tmp_path, base_url)

    def full() -> bool:
        [state] = (job.state for job in rig.ledger.jobs.values())
        return isinstance(state, Rendering) and state.trouble is not None and state.trouble.kind is Kind.DISK

    with files_limited_to(1_500_000):
        [job] = await rig.press(request())
        await until(full)
    await rig.settle()
    assert is_there_alone(rig, job, model)
    assert model.fetched.count(0) == 1
    await rig.end()


async def test_its_copy_is_deleted_once_it_is_here_and_not_before(
    model: PrivateModel, base_url: str, tmp_path: Path
) -> None:
    rig = await begun(tmp_path, base_url, CopyAtVenice.WITH_DOWNLOAD)
    [job] = await rig.press(request())
    await rig.settle()
    assert is_there_alone(rig, job, model)
    assert model.deleted
    assert not model.asked_to_delete
    state = rig.ledger.jobs[job.id].state
    assert isinstance(state, Saved)
    assert state.copy_deleted
    await rig.end()


async def test_removing_a_job_removes_what_came_of_it(model: PrivateModel, base_url: str, tmp_path: Path) -> None:
    model.stalls = True
    rig = await begun(tmp_path, base_url)
    [job] = await rig.press(request())
    await what_came(rig, model)
    await rig.runner.stop_watching(job.id)
    assert list(rig.clips.iterdir()), "it may be watched again"
    await rig.runner.remove(job.id)
    assert not list(rig.clips.iterdir())
    await rig.end()
