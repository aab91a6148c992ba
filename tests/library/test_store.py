"""The list of jobs on a real file: durable, all or nothing, alone, and honest about a file it cannot use."""

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from tests.library import examples
from venice_studio.domain.job import Doubtful, Intended, Rendering
from venice_studio.domain.media import Picture
from venice_studio.domain.problem import Cost, Kind, Problem, Trouble
from venice_studio.library.database import MIGRATIONS, Condition
from venice_studio.library.store import Store
from venice_studio.library.threads import Threads

SCRIBBLE = b"no database at all " * 100


def scribble_over(path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(SCRIBBLE)


def scratch(path: Path) -> None:
    """Overwrite an eighth of a file behind its middle."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size * 3 // 4)
        file.write(b"\xa5" * (size // 8))


def content(*files: Path) -> bytes:
    return b"".join(file.read_bytes() for file in files)


def killed_writer(path: Path) -> list[str]:
    """Let a program write jobs to `path`, kill it in the middle; the ids it was told are written."""
    command = [sys.executable, "-m", "tests.library.keep_writing", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        told = [writer.stdout.readline().strip() for _ in range(25)]
        writer.kill()
        return told + writer.stdout.read().split()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "studio.sqlite"


@pytest_asyncio.fixture
async def store(path: Path, threads: Threads) -> AsyncIterator[Store]:
    store = await Store.open(path, threads.database)
    yield store
    await store.close()


async def test_what_was_written_is_there_at_the_next_opening(path: Path, threads: Threads) -> None:
    store = await Store.open(path, threads.database)
    first, second = examples.job(1), examples.job(2)
    await store.add([first, second])
    await store.put(first.to(examples.RENDERING))
    await store.close()

    store = await Store.open(path, threads.database)

    assert await store.jobs() == (second, first.to(examples.RENDERING))
    assert store.condition is Condition.FINE
    assert store.notice is None
    await store.close()


async def test_intents_are_written_all_or_none(store: Store) -> None:
    there = examples.job(1)
    await store.add([there])

    with pytest.raises(Trouble) as caught:
        await store.add([examples.job(2), there])

    assert caught.value.problem.kind is Kind.DISK
    assert await store.jobs() == (there,)


async def test_a_cancelled_caller_leaves_a_whole_intent(store: Store) -> None:
    jobs = [examples.job(number) for number in range(200)]
    adding = asyncio.ensure_future(store.add(jobs))
    await asyncio.sleep(0)

    adding.cancel()

    with pytest.raises(asyncio.CancelledError):
        await adding
    assert len(await store.jobs()) == 200


async def test_a_job_that_was_never_added_cannot_be_put(store: Store) -> None:
    with pytest.raises(KeyError):
        await store.put(examples.job())
    assert await store.jobs() == ()


async def test_history_tells_what_was_known_when(store: Store) -> None:
    job = examples.job()
    problem = Problem(kind=Kind.CUT, message="The connection broke.", cost=Cost.UNKNOWN)
    await store.add([job])
    await store.put(job.to(Intended(leaving=True)))
    await store.put(job.to(Doubtful(problem=problem)))

    events = await store.history(job.id)

    assert [(event.state, event.cost, event.note) for event in events] == [
        ("intended", "not charged", ""),
        ("intended", "may have been charged", ""),
        ("doubtful", "may have been charged", "cut: The connection broke."),
    ]
    assert list(events) == sorted(events, key=lambda event: event.at)
    assert {(event.amount, event.currency) for event in events} == {("0.44", "USD")}


async def test_a_removed_job_leaves_its_cost_and_no_words(path: Path, threads: Threads) -> None:
    store = await Store.open(path, threads.database)
    job = examples.job(prompt="A very private gondola")
    problem = Problem(kind=Kind.CONTENT, message="Refused: A very private gondola")
    await store.add([job])
    await store.put(job.to(Doubtful(problem=problem)))

    await store.remove(job.id)

    assert await store.jobs() == ()
    history = await store.history(job.id)
    assert [event.state for event in history] == ["intended", "doubtful", "removed"]
    assert {event.amount for event in history} == {"0.44"}
    await store.close()
    assert b"private gondola" not in content(*path.parent.iterdir())


async def test_a_killed_program_loses_nothing_it_was_told_is_written(path: Path, threads: Threads) -> None:
    told = killed_writer(path)

    store = await Store.open(path, threads.database)
    jobs = {job.id: job for job in await store.jobs()}
    await store.close()

    assert all(isinstance(jobs[job_id].state, Rendering) for job_id in told)
    assert len(jobs) % 2 == 0, "half a transaction was kept"


async def test_a_second_program_is_told_that_one_is_running(store: Store, path: Path) -> None:
    second = Threads()
    with pytest.raises(Trouble, match="already running"):
        await Store.open(path, second.database)
    second.close()

    await store.add([examples.job()])


async def test_a_newer_file_is_shown_and_never_written(path: Path, threads: Threads) -> None:
    store = await Store.open(path, threads.database)
    await store.add([examples.job()])
    await store.close()
    with closing(sqlite3.connect(path)) as newer:
        newer.execute("ALTER TABLE job ADD COLUMN rating TEXT")
        newer.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
        newer.commit()

    store = await Store.open(path, threads.database)

    assert store.condition is Condition.NEWER
    assert store.notice is not None
    assert await store.jobs() == (examples.job(),)
    with pytest.raises(Trouble, match="newer Venice Studio"):
        await store.add([examples.job(2)])
    await store.close()


async def test_a_file_that_is_no_list_is_set_aside(path: Path, threads: Threads) -> None:
    scribble_over(path)

    store = await Store.open(path, threads.database)
    await store.add([examples.job()])

    assert store.condition is Condition.DAMAGED
    assert len(await store.jobs()) == 1
    aside = path.with_name("studio (damaged 1).sqlite")
    assert content(aside) == SCRIBBLE
    assert store.notice is not None
    assert str(aside) in store.notice
    await store.close()


async def test_what_can_be_read_of_a_damaged_list_is_taken_over(path: Path, threads: Threads) -> None:
    store = await Store.open(path, threads.database)
    jobs = [examples.job(number, prompt="long " * 300) for number in range(60)]
    await store.add(jobs)
    await store.close()
    scratch(path)

    store = await Store.open(path, threads.database)

    assert store.condition is Condition.DAMAGED
    rescued = await store.jobs()
    assert 0 < len(rescued) < 60
    assert set(rescued) <= set(jobs)
    await store.close()


async def test_a_job_this_version_cannot_read_stays_on_disk(path: Path, threads: Threads) -> None:
    store = await Store.open(path, threads.database)
    await store.add([examples.job(1), examples.job(2)])
    await store.close()
    with closing(sqlite3.connect(path)) as other:
        other.execute('UPDATE job SET outcome = \'{"state": "upscaling"}\' WHERE id = ?', (examples.job(1).id,))
        other.commit()

    store = await Store.open(path, threads.database)
    assert await store.jobs() == (examples.job(2),)
    await store.close()

    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT count(*) FROM job").fetchone() == (2,)


async def test_a_folder_that_cannot_be_made_is_explained(tmp_path: Path, threads: Threads) -> None:
    scribble_over(tmp_path / "data")

    with pytest.raises(Trouble, match="not a folder") as caught:
        await Store.open(tmp_path / "data" / "studio.sqlite", threads.database)

    assert caught.value.problem.kind is Kind.DISK


async def test_nobody_else_may_read_the_list(store: Store, path: Path) -> None:
    await store.add([examples.job()])
    assert {file.stat().st_mode & 0o077 for file in path.parent.iterdir()} == {0}


async def test_pictures_are_known_of_every_job_also_of_one_that_cannot_be_read(path: Path, threads: Threads) -> None:
    original = Picture(sha256="0" * 64, mime="image/png", width=9, height=16, size=9, name="a.png", as_is=True)
    fitted = replace(original, sha256="1" * 64, fitted_to="16:9", original=original)
    shown, unread = examples.job(1), examples.job(2)
    store = await Store.open(path, threads.database)
    await store.add([replace(shown, request=replace(shown.request, start_frame=fitted))])
    await store.add([replace(unread, request=replace(unread.request, end_frame=replace(original, sha256="2" * 64)))])
    await store.close()
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE job SET outcome = '{}' WHERE id = ?", (unread.id,))
    store = await Store.open(path, threads.database)
    assert len(await store.jobs()) == 1
    assert await store.pictures() == {"0" * 64, "1" * 64, "2" * 64}
    await store.close()
