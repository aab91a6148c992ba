"""The program itself, `python -m venice_studio`, killed again and again: it goes on where it was and leaves nothing."""

import asyncio
import os
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing, suppress
from pathlib import Path

import pytest

from tests.app.sitting import PATIENCE_S, SPEED
from tests.app.test_restart import clips, driven, parts, practice_jobs, session
from tests.faults.rig import until
from venice_studio.app.program import KEY_VARIABLE

# Killed at moments nobody chose: what is found once is found.
pytestmark = pytest.mark.flaky(reruns=0)


@asynccontextmanager
async def program(folder: Path) -> AsyncIterator[Callable[[], set[int]]]:
    """A run that practises over `folder`, killed at the end of the block; gives the processes that are its own."""
    command = [sys.executable, "-m", "venice_studio", "--sandbox", "--speed", str(SPEED)]
    process = await asyncio.create_subprocess_exec(
        *command,
        "--data-dir",
        str(folder / "data"),
        env={name: value for name, value in os.environ.items() if name != KEY_VARIABLE},
        cwd=Path(__file__).resolve().parents[2],
        stdin=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield lambda: session(process.pid)
        assert process.returncode is None, "it ended by itself"
    finally:
        process.kill()
        await process.wait()
    # What it started has to end by itself: nobody is left who could end it.
    await until(lambda: not session(process.pid), PATIENCE_S)


async def test_killed_at_its_start_beside_its_practice_and_with_the_clip_in_hand(tmp_path: Path) -> None:
    with driven(tmp_path, "practice", "generate") as first:
        await first.until_rendering()
        first.kill()
        await first.ended()
        await until(lambda: not first.session, PATIENCE_S)

    async with program(tmp_path) as processes:
        await until(lambda: any(has_list_open(process) for process in processes()), PATIENCE_S)
    async with program(tmp_path) as processes:
        await until(lambda: len(processes()) > 1, PATIENCE_S)
    async with program(tmp_path):
        await until(lambda: bool(parts(tmp_path) or clips(tmp_path)), PATIENCE_S)
    async with program(tmp_path):
        await until(lambda: bool(clips(tmp_path)) and not unfinished(tmp_path), PATIENCE_S)

    [clip] = clips(tmp_path)
    [original] = (tmp_path / "data" / "practice").rglob("*.mp4")
    assert clip.read_bytes() == original.read_bytes()
    assert rows(tmp_path) == [("saved", "charged")]
    assert practice_jobs(tmp_path) == 1


def unfinished(folder: Path) -> list[Path]:
    """What lies beside a clip until the list knows it."""
    return [path for path in (folder / "data" / "clips").rglob(".*") if path.is_file()]


def has_list_open(process: int) -> bool:
    """Whether a process has the list of jobs open."""
    with suppress(OSError):  # it may end, or close a file, as we look
        return any(str(file.readlink()).endswith("jobs.sqlite3") for file in Path(f"/proc/{process}/fd").iterdir())
    return False


def rows(folder: Path) -> list[tuple[str, str]]:
    """State and cost of each job in the list."""
    with closing(sqlite3.connect(folder / "data" / "jobs.sqlite3")) as file:
        return file.execute("SELECT state, cost FROM job").fetchall()
