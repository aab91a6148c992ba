"""Whether a clip could be saved is known before anybody presses."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.fake_service import ACCOUNT
from tests.support.patience import PATIENCE_S
from tests.support.whole_studio import WholeStudio
from venice_studio.domain.job import Account
from venice_studio.domain.problem import Kind, Problem, Trouble
from venice_studio.studio.room import Room
from venice_studio.studio.tasks import Tasks

FULL = Problem(kind=Kind.DISK, message="The disk is full.")


@pytest.fixture
async def whole(tmp_path: Path) -> AsyncIterator[WholeStudio]:
    whole = WholeStudio(tmp_path)
    yield whole
    await whole.studio.close()
    whole.parts.threads.close()


async def test_a_folder_that_will_do_is_known_at_the_start_and_not_made(whole: WholeStudio) -> None:
    await whole.begin()
    assert whole.studio.room.problem.value is None
    assert (whole.studio.room.free.value or 0) > 0
    assert not whole.parts.clips.exists()


async def test_one_that_will_not_is_said_before_the_press(whole: WholeStudio) -> None:
    whole.parts.clips.write_text("a file")
    await whole.begin()
    problem = whole.studio.room.problem.value
    assert problem is not None
    assert "not a folder" in problem.message
    assert whole.studio.room.free.value is None


async def test_a_new_price_and_another_folder_are_reasons_to_look_again(whole: WholeStudio) -> None:
    await whole.begin()
    whole.parts.clips.write_text("a file")
    await whole.price("0.50")
    assert whole.studio.room.problem.value is not None
    whole.parts.clips.unlink()
    settings = whole.studio.settings
    settings.set(replace(settings.value, clips_folder="/elsewhere"))
    await whole.settle()
    assert whole.studio.room.problem.value is None


async def test_a_folder_that_will_not_do_is_looked_at_until_it_does() -> None:
    answers: list[int | Problem] = [FULL, FULL, 10**9]
    asked: list[Account] = []

    async def look(account: Account) -> int:
        asked.append(account)
        answer = answers.pop(0)
        if isinstance(answer, Problem):
            raise Trouble(answer)
        return answer

    tasks = Tasks()
    room = Room(look=look, tasks=tasks, again_s=0.001)
    well = asyncio.Event()
    room.look(ACCOUNT)
    room.free.bind(lambda free: well.set() if free else None)
    await asyncio.wait_for(well.wait(), PATIENCE_S)
    assert asked == [ACCOUNT] * 3
    assert room.problem.value is None


async def test_at_the_end_nobody_looks_any_more() -> None:
    asked: list[Account] = []

    async def look(account: Account) -> int:
        asked.append(account)
        raise Trouble(FULL)

    tasks = Tasks()
    room = Room(look=look, tasks=tasks, again_s=0.001)
    room.look(ACCOUNT)
    await tasks.join()
    room.stop()
    await asyncio.sleep(0.01)
    assert asked == [ACCOUNT]
