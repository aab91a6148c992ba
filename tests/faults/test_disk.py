"""A disk that is full, gone, read-only or somebody else's, in the middle of a job: it waits, says so, and goes on."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, contextmanager
from pathlib import Path

import pytest

from tests.faults.rig import Hurried, Rig, request, until
from tests.faults.truth import TruthfulService
from tests.support.capabilities import obey_permissions
from tests.support.full_disk import files_limited_to
from venice_studio.domain.job import CopyAtVenice, Job, Rendering, Saved
from venice_studio.domain.problem import Kind, Problem, Trouble


class OnceReady(TruthfulService):
    """Renders until the file `ready` is there, then gives the clip; counts the looks."""

    looks = 0

    async def _look(self, job_id: str, writer: "object") -> None:
        self.looks += 1
        if not (self.folder / "ready").exists():
            self._jobs[job_id].looks = 0
        await super()._look(job_id, writer)  # type: ignore[arg-type]

    def get_ready(self) -> None:
        """From now on the clip is given."""
        (self.folder / "ready").touch()


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[OnceReady]:
    async with OnceReady(tmp_path) as truthful:
        yield truthful


@pytest.fixture(params=CopyAtVenice)
async def rig(request: pytest.FixtureRequest, tmp_path: Path, service: OnceReady) -> AsyncIterator[Rig]:
    rig = Rig(tmp_path / "home", service.base_url, copy_at_venice=request.param, clock=Hurried())
    await rig.begin()
    yield rig
    await rig.end()


def trouble(rig: Rig, job: Job) -> Problem | None:
    state = rig.ledger.jobs[job.id].state
    return state.trouble if isinstance(state, Rendering) else None


async def says_so(rig: Rig, job: Job, words: str) -> None:
    """Wait until the job tells of the disk."""
    await until(lambda: (said := trouble(rig, job)) is not None and said.kind is Kind.DISK and words in said.message)


async def comes_after_all(rig: Rig, job: Job, service: OnceReady) -> None:
    """Wait until the clip is there, whole, alone, and paid for once."""
    await rig.settle()
    state = rig.ledger.jobs[job.id].state
    assert isinstance(state, Saved)
    assert Path(state.clip.path).read_bytes() in service.served(state.ticket.queue_id)
    assert list(rig.clips.glob("*")) == [Path(state.clip.path)]
    assert list(rig.clips.glob(".*")) == []
    assert len(service.posts) == 1
    assert state.copy_deleted is service.deleted(state.ticket.queue_id) is (rig.copy_at_venice is not CopyAtVenice.KEEP)


@contextmanager
def tiny_disk_over(folder: Path) -> Iterator[None]:
    """A disk of its own, of 256 KiB, over a folder; only the system's administrator may."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def may_mount(folder: Path) -> bool:
    """Whether this system lets us."""
    folder.mkdir(exist_ok=True)
    if (
        os.geteuid() != 0
        or subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(folder)], capture_output=True).returncode
    ):
        return False
    subprocess.run(["umount", str(folder)], check=True)
    return True


@pytest.mark.parametrize("limit", ["of the disk", "of a file"])
async def test_a_full_disk_is_waited_out(limit: str, rig: Rig, service: OnceReady, tmp_path: Path) -> None:
    [job] = await rig.press(request())
    with (
        tiny_disk_over(rig.clips)
        if limit == "of the disk" and may_mount(tmp_path / "mnt")
        else files_limited_to(256 * 1024)
    ):
        service.get_ready()
        await says_so(rig, job, "so nothing can be saved to")
        assert list(rig.clips.glob(".*")) == [], "half a clip does not fill what is left"
    await comes_after_all(rig, job, service)


async def test_a_folder_that_goes_away_is_waited_for(rig: Rig, service: OnceReady) -> None:
    [job] = await rig.press(request())
    elsewhere = rig.clips.rename(rig.home / "unplugged")
    service.get_ready()
    await says_so(rig, job, "not there any more")
    elsewhere.rename(rig.clips)
    await comes_after_all(rig, job, service)


async def test_a_folder_that_turns_into_a_file_is_said_to_be_none(rig: Rig, service: OnceReady) -> None:
    [job] = await rig.press(request())
    rig.clips.rmdir()
    rig.clips.touch()
    service.get_ready()
    await says_so(rig, job, "not a folder")
    rig.clips.unlink()
    rig.clips.mkdir()
    await comes_after_all(rig, job, service)


@asynccontextmanager
async def only_to_be_read(rig: Rig) -> AsyncIterator[None]:
    """Nobody may write where the clips lie, not even the system's administrator."""
    mode = rig.clips.stat().st_mode
    await rig.threads.disk.run(obey_permissions)
    rig.clips.chmod(0o555)
    try:
        yield
    finally:
        rig.clips.chmod(mode)
        await rig.threads.disk.run(obey_permissions, False)


@contextmanager
def on_a_disk_for_reading(folder: Path) -> Iterator[None]:
    """A disk of its own over a folder that cannot be written; only the system's administrator may."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.mark.parametrize("what", ["a folder", "a disk"])
async def test_what_becomes_read_only_is_waited_for(what: str, rig: Rig, service: OnceReady, tmp_path: Path) -> None:
    [job] = await rig.press(request())
    async with AsyncExitStack() as stack:
        if what == "a disk" and may_mount(tmp_path / "mnt"):
            stack.enter_context(on_a_disk_for_reading(rig.clips))
        else:
            await stack.enter_async_context(only_to_be_read(rig))
        service.get_ready()
        await says_so(rig, job, "hoose another")
    await comes_after_all(rig, job, service)


# What only the first byte shows cannot be known before: that is the risk of a deletion with the download.
@pytest.mark.parametrize("rig", [CopyAtVenice.KEEP, CopyAtVenice.AFTER_SAVING], indirect=True)
async def test_a_disk_without_room_says_that_it_is_full(rig: Rig, service: OnceReady) -> None:
    [job] = await rig.press(request())
    said: list[str] = []
    rig.ledger.changed.connect(lambda changed: said.append(getattr(trouble(rig, changed), "message", "")))
    (rig.clips / f".{job.id}.part").symlink_to("/dev/full")
    service.get_ready()
    await comes_after_all(rig, job, service)
    assert any("The disk is full" in words for words in said)


async def test_a_whole_clip_that_cannot_be_kept_yet_is_not_fetched_again(rig: Rig, service: OnceReady) -> None:
    [job] = await rig.press(request())
    rig.thumbnails.touch()
    service.get_ready()
    await says_so(rig, job, "not a folder")
    looks = service.looks
    rig.thumbnails.unlink()
    await comes_after_all(rig, job, service)
    assert service.looks == looks


async def test_a_ticket_that_cannot_be_written_is_kept_until_it_can(rig: Rig, service: OnceReady) -> None:
    refusals: list[Problem] = []
    rig.ledger.refused.connect(refusals.append)
    with ExitStack() as full:
        # The list has room for the intent and for nothing after it.
        service.at = lambda _step: full.enter_context(files_limited_to(4096))
        press = rig.tasks.start(rig.press(request()), "press")
        await until(lambda: bool(refusals))
        assert [type(job.state) for job in rig.ledger.jobs.values()] == [Rendering]
        service.at = lambda _step: None
    service.get_ready()
    [job] = await press
    await comes_after_all(rig, job, service)


async def test_an_intent_that_cannot_be_written_sends_nothing(rig: Rig, service: OnceReady) -> None:
    rig.clips.mkdir()
    with files_limited_to(4096), pytest.raises(Trouble) as caught:
        await rig.press(request())
    assert caught.value.problem.kind is Kind.DISK
    assert not (service.folder / "log").read_text().count("/video/queue")


async def test_a_second_copy_over_the_same_data_is_told_and_touches_nothing(
    rig: Rig, service: OnceReady, tmp_path: Path
) -> None:
    [job] = await rig.press(request())
    half = rig.clips / f".{job.id}.part"
    half.write_bytes(b"the first one is in the middle of it")
    second = Rig(tmp_path / "home", service.base_url)
    with pytest.raises(Trouble, match="already running"):
        await second.begin()
    await second.end()

    assert half.exists()
    service.get_ready()
    await comes_after_all(rig, job, service)


_LOCKER = """
import sqlite3, sys
file = sqlite3.connect(sys.argv[1], timeout=0.2)
file.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
sys.stdin.read()
"""


@contextmanager
def locked_by_another_program(file: Path) -> Iterator[None]:
    """Somebody else's program, such as one for backups, is at the list."""
    command = [sys.executable, "-c", _LOCKER, str(file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == b"locked\n"
        yield
        process.stdin.close()


async def test_a_list_that_another_program_has_locked_is_left_alone_until_it_is_free(
    service: OnceReady, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    first = Rig(home, service.base_url)
    await first.begin()
    [job] = await first.press(request())
    await first.end()
    service.get_ready()
    with locked_by_another_program(home / "jobs.sqlite3"):
        refused = Rig(home, service.base_url)
        with pytest.raises(Trouble, match="already running"):
            await refused.begin()
        await refused.end()
    again = Rig(home, service.base_url)
    await again.begin()
    await comes_after_all(again, job, service)
    await again.end()


async def test_nobody_else_gets_at_the_list_while_it_is_written(rig: Rig, service: OnceReady) -> None:
    [job] = await rig.press(request())
    reader = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        _LOCKER,
        str(rig.home / "jobs.sqlite3"),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    service.get_ready()
    await comes_after_all(rig, job, service)
    _, words = await reader.communicate()
    assert b"database is locked" in words
