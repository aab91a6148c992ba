"""A list of jobs that an older version wrote is taken over whole, a newer one is left as it is."""

import json
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from tests.library import examples
from venice_studio.domain.job import Doubtful, Failed, Rendering, Saved
from venice_studio.domain.problem import Cost, Kind, Problem, Trouble
from venice_studio.library.database import MIGRATIONS, Condition
from venice_studio.library.store import Store
from venice_studio.library.threads import Threads

VERSION_1 = Path(__file__).with_name("version_1.sql")
"""What the first version wrote: a job in each of four states, one that was removed, the history of all."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A list as the first version left it."""
    path = tmp_path / "jobs.sqlite3"
    with closing(sqlite3.connect(path)) as file:
        file.executescript(VERSION_1.read_text(encoding="utf-8"))
    return path


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as file:
        return list(file.execute(query))


def version(path: Path) -> int:
    return int(str(rows(path, "PRAGMA user_version")[0][0]))


async def test_a_list_of_the_first_version_is_there_whole(path: Path, threads: Threads) -> None:
    assert version(path) == 1
    before = [rows(path, f"SELECT * FROM {table}") for table in ("job", "event")]

    store = await Store.open(path, threads.database)

    assert store.condition is Condition.FINE
    failed, doubtful, rendering, saved = await store.jobs()
    picture = saved.request.start_frame
    assert picture is not None
    assert picture.original is not None
    assert (picture.fitted_to, picture.original.name, saved.request.seed) == ("16:9", "gondola.png", 7)
    assert isinstance(saved.state, Saved)
    assert (saved.state.clip.frames, saved.state.rendered_ms, saved.state.copy_deleted) == (120, 58_000, True)
    assert isinstance(rendering.state, Rendering)
    assert rendering.hidden
    assert rendering.state.ticket == examples.TICKET
    assert isinstance(doubtful.state, Doubtful)
    assert isinstance(failed.state, Failed)
    assert (failed.cost, failed.state.problem.status) == (Cost.REFUNDED, 422)
    assert len(await store.attempts()) == 5
    assert [event.note for event in await store.history(doubtful.id)][-1].startswith("Balance before it")
    await store.put(rendering.to(Failed(ticket=examples.TICKET, problem=failed.state.problem)))
    await store.comes_to(rendering.id, path.parent)
    assert await store.coming() == {rendering.id: (path.parent,)}
    await store.close()
    assert version(path) == len(MIGRATIONS) == 2
    after = [rows(path, f"SELECT * FROM {table}") for table in ("job", "event")]
    assert [len(table) for table in after] == [4, 16]
    assert {row for row in before[0] if row[0] != rendering.id} < set(after[0])
    assert set(before[1]) < set(after[1])


def test_killed_at_any_statement_the_list_is_of_one_version_or_the_other(path: Path, tmp_path: Path) -> None:
    jobs = rows(path, "SELECT * FROM job")
    seen: list[int] = []
    for number in count(1):
        file = tmp_path / f"{number}.sqlite3"
        file.write_bytes(path.read_bytes())
        command = [sys.executable, "-m", "tests.library.migrate_and_die", str(file), str(number)]
        ended = subprocess.run(command, check=False).returncode
        tables = {str(row[0]) for row in rows(file, "SELECT name FROM sqlite_master WHERE type = 'table'")}
        seen.append(version(file))
        assert ("coming" in tables) is (seen[-1] == 2)
        assert rows(file, "SELECT * FROM job") == jobs
        assert rows(file, "PRAGMA quick_check") == [("ok",)]
        if not ended:
            break
        assert ended == -signal.SIGKILL
    assert seen[-1] == 2
    assert seen.count(1) >= 8, "it was killed at every statement"


async def test_a_newer_list_is_not_changed_by_a_single_byte(path: Path, threads: Threads) -> None:
    store = await Store.open(path, threads.database)
    await store.close()
    with closing(sqlite3.connect(path)) as newer:
        newer.executescript("ALTER TABLE job ADD COLUMN rating TEXT DEFAULT 'five'; PRAGMA user_version = 3")
    content = path.read_bytes()

    store = await Store.open(path, threads.database)

    assert store.condition is Condition.NEWER
    assert len(await store.jobs()) == 4
    assert len(await store.attempts()) == 5
    job = examples.job(9)
    for change in (store.add([job]), store.remove("x"), store.put(job), store.comes_to("x", path)):
        with pytest.raises(Trouble, match="Update this one"):
            await change
    await store.close()
    assert path.read_bytes() == content


async def test_what_a_newer_version_wrote_into_a_row_outlives_this_ones_changes(path: Path, threads: Threads) -> None:
    store = await Store.open(path, threads.database)
    job = examples.job(7)
    await store.add([job])
    await store.put(job.to(examples.RENDERING))
    await store.close()
    with closing(sqlite3.connect(path)) as newer, newer:
        [(request, outcome)] = newer.execute("SELECT request, outcome FROM job WHERE id = ?", (job.id,)).fetchall()
        asked, state = json.loads(request) | {"mood": {"colour": "blue"}}, json.loads(outcome) | {"seen": 3}
        state["ticket"]["priority"] = 5
        newer.execute(
            "UPDATE job SET request = ?, outcome = ? WHERE id = ?", (json.dumps(asked), json.dumps(state), job.id)
        )

    store = await Store.open(path, threads.database)
    read = next(it for it in await store.jobs() if it.id == job.id)
    await store.put(replace(read, hidden=True))
    [(request, outcome)] = await threads.database.run(_raw, store, job.id)
    assert json.loads(request) == asked
    assert json.loads(outcome) == state

    problem = Problem(kind=Kind.GONE, message="Not here", cost=Cost.CHARGED)
    await store.put(read.to(Failed(ticket=examples.TICKET, problem=problem)))
    [(request, outcome)] = await threads.database.run(_raw, store, job.id)
    assert json.loads(request) == asked
    assert json.loads(outcome)["ticket"]["priority"] == 5
    assert "seen" not in json.loads(outcome), "it was said of another state"
    await store.close()


def _raw(store: Store, job_id: str) -> list[tuple[str, str]]:
    found = store._database.connection.execute("SELECT request, outcome FROM job WHERE id = ?", (job_id,))
    return [tuple(row) for row in found]


async def test_the_places_of_a_clip_are_forgotten_with_its_end(path: Path, threads: Threads) -> None:
    store = await Store.open(path, threads.database)
    failed, _, rendering, saved = await store.jobs()
    for job in (failed, rendering):
        await store.comes_to(job.id, Path("/clips"))
        await store.comes_to(job.id, Path("/other"))
        await store.comes_to(job.id, Path("/clips"))
    assert {job_id: len(places) for job_id, places in (await store.coming()).items()} == {failed.id: 2, rendering.id: 2}
    await store.put(rendering.to(saved.state))
    await store.remove(failed.id)
    assert await store.coming() == {}
    await store.close()


async def test_a_damaged_list_keeps_the_places_of_clips(path: Path, threads: Threads) -> None:
    store = await Store.open(path, threads.database)
    await store.comes_to("a", Path("/clips"))
    await store.add([examples.job(number, prompt="long " * 300) for number in range(60, 120)])
    await store.close()
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size * 3 // 4)
        file.write(b"\xa5" * (size // 8))

    store = await Store.open(path, threads.database)
    assert store.condition is Condition.DAMAGED
    assert await store.coming() == {"a": (Path("/clips"),)}
    await store.close()


async def test_a_list_that_sqlite_refuses_for_no_common_reason_says_what_to_do(path: Path, threads: Threads) -> None:
    with closing(sqlite3.connect(path)) as odd:
        odd.executescript("ALTER TABLE job RENAME TO work")
    store = await Store.open(path, threads.database)
    with pytest.raises(Trouble, match=r"move .* to another folder") as caught:
        await store.jobs()
    assert caught.value.problem.kind is Kind.DISK
    await store.close()
