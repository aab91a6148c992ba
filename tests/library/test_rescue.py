"""A damaged list is rescued whole or the next start rescues it: no kill in between makes it forget a paid job."""

import asyncio
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from tests.library import examples
from tests.support.full_disk import files_limited_to
from venice_studio.domain.problem import Kind, Trouble
from venice_studio.library.database import Condition
from venice_studio.library.store import Store
from venice_studio.library.threads import Threads

JOBS = [examples.job(number, state=examples.RENDERING) for number in range(2)]


@pytest.fixture
async def path(tmp_path: Path, threads: Threads) -> Path:
    """A list whose jobs can all be read, with a page behind them that cannot."""
    path = tmp_path / "made" / "jobs.sqlite3"
    store = await Store.open(path, threads.database)
    await store.add(JOBS)
    await store.close()
    with closing(sqlite3.connect(path)) as file:
        [page] = file.execute("SELECT rootpage FROM sqlite_master WHERE name = 'event_of_job'").fetchone()
        [size] = file.execute("PRAGMA page_size").fetchone()
    with path.open("r+b") as raw:
        raw.seek((page - 1) * size)
        raw.write(b"\xff" * size)
    return path


async def _killed(folder: Path, damaged: bytes, number: int) -> Path | None:
    """A folder in which the program was killed at its step of that number; None: it came to its end."""
    folder.mkdir()
    path = folder / "jobs.sqlite3"
    path.write_bytes(damaged)
    command = [sys.executable, "-m", "tests.library.migrate_and_die", str(path), str(number)]
    process = await asyncio.create_subprocess_exec(*command, stderr=subprocess.DEVNULL)
    ended = await process.wait()
    assert ended in (0, -signal.SIGKILL)
    return path if ended else None


async def test_killed_at_any_step_of_the_rescue_the_next_start_knows_every_job(
    path: Path, tmp_path: Path, threads: Threads
) -> None:
    damaged = path.read_bytes()
    told_of_it = 0
    for number in count(1, 2):
        both = (_killed(tmp_path / str(each), damaged, each) for each in (number, number + 1))
        left = [each for each in await asyncio.gather(*both) if each is not None]
        for list_ in left:
            store = await Store.open(list_, threads.database)
            assert set(await store.jobs()) == set(JOBS), list_
            told_of_it += store.condition is Condition.DAMAGED
            await store.close()
            names = {file.name for file in list_.parent.iterdir()}
            assert names == {"jobs.sqlite3", "jobs (damaged 1).sqlite3"}, list_
            assert (list_.parent / "jobs (damaged 1).sqlite3").read_bytes() == damaged
        if len(left) < 2:
            break
    assert told_of_it > 30, "it was killed at every step"


async def test_what_a_full_disk_keeps_from_being_rescued_is_rescued_later(path: Path, threads: Threads) -> None:
    damaged = path.read_bytes()
    with files_limited_to(8192), pytest.raises(Trouble) as caught:
        await Store.open(path, threads.database)
    assert caught.value.problem.kind is Kind.DISK
    assert path.read_bytes() == damaged

    store = await Store.open(path, threads.database)
    assert set(await store.jobs()) == set(JOBS)
    assert store.notice is not None
    assert store.notice.startswith("Your list of clips was damaged. 2 entries could be saved")
    await store.close()
