"""Where the list is damaged beyond reading, or lost, the clips in the folder are listed again."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.rig import Rig, request
from tests.support.scripted_service import RETRIEVE, ScriptedService
from tests.ui.jobs import material as m
from venice_studio.domain.job import Saved
from venice_studio.domain.problem import Cost
from venice_studio.ui.jobs.listing import Row
from venice_studio.ui.jobs.sentences import facts, price


async def test_a_clip_that_tells_how_it_was_made_is_listed_with_its_settings(tmp_path: Path) -> None:
    asked = replace(request("A gondola drifts"), negative_prompt="people", seed=7)
    async with ScriptedService(tmp_path) as service:
        first = Rig(tmp_path, service.base_url, tag_clips=True)
        await first.begin()
        await first.press(asked)
        await first.settle()
        await first.end()
        [clip] = first.clips.iterdir()
        for path in tmp_path.glob("jobs.sqlite3*"):
            path.write_bytes(b"no list any more " * 100)

        again = Rig(tmp_path, service.base_url)
        await again.begin()
        [job] = again.ledger.jobs.values()
        assert job.request == asked
        assert isinstance(job.state, Saved)
        assert (Path(job.state.clip.path), job.state.clip.frames) == (clip, 24)
        assert job.cost is Cost.NOT_CHARGED
        await again.end()


def _spoil(file: Path) -> None:
    file.write_bytes(b"no list any more " * 100)


def _empty(file: Path) -> None:
    file.write_bytes(b"")


@pytest.mark.parametrize("lose", [_spoil, _empty, Path.unlink])
async def test_clips_of_a_list_that_nobody_can_read_are_listed_again(
    lose: Callable[[Path], None], tmp_path: Path
) -> None:
    async with ScriptedService(tmp_path) as service:
        first = Rig(tmp_path, service.base_url)
        await first.begin()
        jobs = [
            job for prompt in ("A gondola drifts", "A fox in the snow") for job in await first.press(request(prompt))
        ]
        await first.settle()
        clips = {path: path.read_bytes() for path in first.clips.iterdir()}
        assert len(clips) == len(jobs) == 2
        await first.end()
        shutil.copy(next(iter(clips)), first.clips / "Holiday 1.mp4")
        (first.clips / "2026-11-22 No clip at all 1.mp4").write_bytes(b"nothing")
        for path in tmp_path.glob("jobs.sqlite3*"):
            lose(path)
        looks = service.count(RETRIEVE)

        again = Rig(tmp_path, service.base_url)
        notice = await again.runner.start()
        await again.connection.start()
        await again.settle()
        assert notice is not None
        assert "2 clips that were not in it are listed again." in notice
        found = list(again.ledger.jobs.values())
        assert sorted(job.request.prompt for job in found) == ["A fox in the snow", "A gondola drifts"]
        for job in found:
            assert isinstance(job.state, Saved)
            assert Path(job.state.clip.path).read_bytes() == clips[Path(job.state.clip.path)]
            assert Path(job.state.clip.thumbnail).exists()
            assert (job.state.clip.frames, job.cost) == (24, Cost.NOT_CHARGED)
            assert "cost not known" in facts(job, m.name)
            assert price(Row(group=job.group, jobs=(job,))) == ""
        assert not [it for it in again.ledger.attempts.values() if it.counts]
        assert service.count(RETRIEVE) == looks
        await again.end()

        third = Rig(tmp_path, service.base_url)
        assert await third.runner.start() is None
        assert len(third.ledger.jobs) == 2
        await third.connection.start()
        await third.end()
