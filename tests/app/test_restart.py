"""Closed or killed in the middle, and started again: the clip comes, whole, and nothing is paid for twice."""

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.app.sitting import PATIENCE_S, sit
from tests.support.recording_proxy import RecordingProxy
from tests.support.sandbox import Sandbox, fresh_key
from tests.ui.driving import until
from venice_studio.app.program import KEY_VARIABLE
from venice_studio.domain.job import Rendering, Saved


async def test_closed_in_mid_render_the_clip_comes_after_the_next_start(sandbox: Sandbox, tmp_path: Path) -> None:
    key = fresh_key()
    async with RecordingProxy(sandbox.base_url) as service:
        async with sit(tmp_path, service.base_url, key) as sitting:
            job = await sitting.generate_clip()
        assert isinstance(sitting.jobs[-1].state, Rendering)

        async with sit(tmp_path, service.base_url, key) as sitting:
            saved = await sitting.until_state(Saved)
            await sitting.watch_playing(saved)

            assert [each.id for each in sitting.jobs] == [job.id]
            assert service.asked("/video/queue") == 1
            assert Path(saved.clip.path).read_bytes() == service.of("/video/retrieve")[-1].answer


async def test_closed_in_mid_render_practice_goes_on_too(tmp_path: Path) -> None:
    async with sit(tmp_path) as sitting:
        job = await sitting.generate_clip()
    assert isinstance(sitting.jobs[-1].state, Rendering)

    async with sit(tmp_path) as sitting:
        saved = await sitting.until_state(Saved)

        assert [each.id for each in sitting.jobs] == [job.id]
        assert saved.ticket == job.ticket
        assert saved.clip.duration_ms == 5000
    assert practice_jobs(tmp_path) == 1


async def test_killed_in_mid_download_the_clip_is_fetched_whole(sandbox: Sandbox, tmp_path: Path) -> None:
    key = fresh_key()
    async with RecordingProxy(sandbox.base_url) as service:
        service.hold_after = 1_000_000
        with driven(tmp_path, service.base_url, "generate", key) as program:
            await until(service.held.is_set, PATIENCE_S)
            await until(lambda: any(part.stat().st_size >= 512 * 1024 for part in parts(tmp_path)), PATIENCE_S)
            program.kill()
            await program.ended()
        assert parts(tmp_path)
        assert not clips(tmp_path)

        with driven(tmp_path, service.base_url, "wait", key) as program:
            assert await program.ended() == 0

        [clip] = clips(tmp_path)
        assert str(clip) in program.said
        assert clip.read_bytes() == service.of("/video/retrieve")[-1].answer
        assert not parts(tmp_path)
        assert service.asked("/video/queue") == 1


async def test_killed_in_mid_render_the_clip_comes_after_the_next_start(sandbox: Sandbox, tmp_path: Path) -> None:
    key = fresh_key()
    async with RecordingProxy(sandbox.base_url) as service:
        with driven(tmp_path, service.base_url, "generate", key) as program:
            await program.until_rendering()
            program.kill()
            await program.ended()
        assert not clips(tmp_path)

        with driven(tmp_path, service.base_url, "wait", key) as program:
            assert await program.ended() == 0

        [clip] = clips(tmp_path)
        assert clip.read_bytes() == service.of("/video/retrieve")[-1].answer
        assert not parts(tmp_path)
        assert service.asked("/video/queue") == 1


async def test_killed_in_mid_render_practice_goes_on_and_leaves_no_process(tmp_path: Path) -> None:
    with driven(tmp_path, "practice", "generate") as program:
        await program.until_rendering()
        assert len(program.session) > 1
        program.kill()
        await program.ended()
        await until(lambda: not program.session, PATIENCE_S)
    assert not clips(tmp_path)

    with driven(tmp_path, "practice", "wait") as program:
        assert await program.ended() == 0
        await until(lambda: not program.session, PATIENCE_S)

    assert len(clips(tmp_path)) == 1
    assert not parts(tmp_path)
    assert practice_jobs(tmp_path) == 1


class Driven:
    """The program in a process, and a session, of its own; `said` are the lines it printed so far."""

    def __init__(self, folder: Path, address: str, act: str, key: str) -> None:
        self.said: list[str] = []
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.app.drive", str(folder), address, act],
            env=os.environ | ({KEY_VARIABLE: key} if key else {}),
            cwd=Path(__file__).resolve().parents[2],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._listen)
        self._reader.start()

    @property
    def session(self) -> set[int]:
        """What still runs of it: its own process and all that came of it."""
        return session(self._process.pid)

    async def until_rendering(self) -> None:
        """Wait until the service's ticket is on disk: a new state is told when it is known, and when it is kept."""
        await until(lambda: self.said.count("Rendering") >= 2, PATIENCE_S)

    def kill(self) -> None:
        """End it as SIGKILL does."""
        self._process.kill()

    async def ended(self) -> int:
        """Wait for the end; the exit code."""
        await until(lambda: not self._reader.is_alive(), PATIENCE_S)
        return self._process.wait()

    def close(self) -> None:
        """Leave nothing behind."""
        self._process.kill()
        self._process.wait()
        self._reader.join()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as out:
            self.said.extend(line.rstrip("\n") for line in out)


@contextmanager
def driven(folder: Path, address: str, act: str, key: str = "") -> Iterator[Driven]:
    """The program for a block."""
    program = Driven(folder, address, act, key)
    try:
        yield program
    finally:
        program.close()


def parts(folder: Path) -> list[Path]:
    return list((folder / "data").rglob("*.part"))


def clips(folder: Path) -> list[Path]:
    """Saved clips; what the practice service itself keeps is not ours."""
    return list((folder / "data" / "clips").rglob("*.mp4"))


def practice_jobs(folder: Path) -> int:
    """How many jobs the practice service was ever asked for."""
    with sqlite3.connect(folder / "data" / "practice" / "jobs.sqlite3") as file:
        count: int = file.execute("SELECT count(*) FROM job").fetchone()[0]
    file.close()
    return count


def session(leader: int) -> set[int]:
    """The processes that run in a session."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == leader and fields[0] != "Z":
            found.add(int(stat.parent.name))
    return found
