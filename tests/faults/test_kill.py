"""Killed at any step of a job's way, the program loses no paid clip, pays for none twice and leaves nothing behind."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.driver import Orders
from tests.faults.invariants import broken, broken_on_the_way
from tests.faults.killing import Plan, Run, kill_often, kill_with_the_sandbox
from tests.faults.truth import LiveService, TruthfulService
from venice_studio.domain.job import CopyAtVenice
from venice_studio.library.part import CHUNK

# Killed at moments nobody chose: what is found once is found.
pytestmark = pytest.mark.flaky(reruns=0)

NEVER_TO_BE_LEFT_OUT = {
    "before the intent",
    "after the intent",
    "before the paid request",
    "the service took the paid request",
    "half of the paid answer was sent",
    "after the paid request",
    "before the row: Rendering",
    "in mid-render",
    "in mid-download",
    "after the download",
    "os.link part",
    "os.remove part",
    "before the row: Saved",
    "after the row: Saved",
    "before the deletion",
    "the service deleted its copy",
    "after the deletion",
    # Of the live service, with a private model:
    "half of the clip at its address was sent",
    "in mid-download from an address",
    "half of the rest was sent",
    "reopen part",
    "in mid-download of what was missing",
    "the address deleted its copy",
}


async def test_killed_sixty_times_at_every_step(tmp_path: Path) -> None:
    outcome = await kill_often(60, tmp_path, seed=60)
    assert outcome.broken == []
    assert outcome.kills.total() >= 60
    assert set(outcome.kills) >= NEVER_TO_BE_LEFT_OUT


@pytest.mark.parametrize(
    ("step", "passing"), [("after the download", 1), ("open draft of the note", 2), ("before the row: Saved", 1)]
)
async def test_killed_once_the_only_copy_is_here_nothing_is_lost(tmp_path: Path, step: str, passing: int) -> None:
    run, job, truth = await _killed(tmp_path, Plan(step=step, passing=passing))
    assert run.killed
    assert job["state"] == "saved", job
    assert broken(tmp_path / "home", truth) == []


async def test_killed_while_the_only_copy_comes_what_came_is_kept_and_said(tmp_path: Path) -> None:
    run, job, _ = await _killed(tmp_path, Plan(step="one more chunk came", passing=2))
    assert run.killed
    [kept] = (tmp_path / "home" / "clips").iterdir()
    assert kept.name.endswith(".broken.mp4")
    assert kept.stat().st_size > 0
    assert job["state"] == "failed"
    assert str(kept) in json.loads(job["outcome"])["problem"]["message"]


def _orders(home: Path, service: TruthfulService, copy_at_venice: CopyAtVenice) -> Orders:
    """One press for one clip."""
    return Orders(
        home=home,
        base_url=service.base_url,
        key="a-key-for-tests",
        model="wan",
        copy_at_venice=copy_at_venice,
        presses=[("A gondola", 1)],
        stepped=True,
    )


async def _killed(folder: Path, plan: Plan) -> tuple[Run, dict[str, str], TruthfulService]:
    """A run that is killed while it fetches a clip that the service deletes as it sends it; then one to the end."""
    home = folder / "home"
    home.mkdir()
    async with TruthfulService(folder, padding=4 * CHUNK) as service:
        orders = _orders(home, service, CopyAtVenice.WITH_DOWNLOAD)
        run = Run(orders, plan)
        assert not await run.to_its_end()
        assert await Run(replace(orders, presses=[], stepped=False), Plan()).to_its_end()
    with closing(sqlite3.connect(home / "jobs.sqlite3")) as file:
        file.row_factory = sqlite3.Row
        [row] = file.execute("SELECT state, outcome FROM job")
    return run, dict(row), service


@pytest.mark.parametrize(
    "step", ["reopen part", "in mid-download of what was missing", "one more chunk came", "half of the rest was sent"]
)
async def test_killed_twice_while_a_clip_comes_from_its_address_it_goes_on_where_it_was(
    tmp_path: Path, step: str
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    runs: list[Run] = []
    async with LiveService(tmp_path, at=lambda step: runs[-1].at(step)) as service:
        orders = _orders(home, service, CopyAtVenice.KEEP)
        came = 0
        for plan in (Plan(step="one more chunk came", passing=2), Plan(step=step)):
            runs.append(Run(orders, plan))
            assert not await runs[-1].to_its_end()
            assert runs[-1].killed
            assert broken_on_the_way(home, service) == []
            [part] = home.glob("clips/.*.part")
            assert part.stat().st_size >= max(came, CHUNK)
            came = part.stat().st_size
            orders = replace(orders, presses=[])
        before = len(service.fetched("job-1"))
        runs.append(Run(orders, Plan()))
        assert await runs[-1].to_its_end()
        assert broken(home, service) == []
        assert service.fetched("job-1")[before] == came
        assert service.fetched("job-1").count(0) == 1


async def test_killed_while_it_speaks_to_the_practice_service(tmp_path: Path) -> None:
    outcome = await kill_with_the_sandbox(2, tmp_path, seed=3)
    assert outcome.broken == []
