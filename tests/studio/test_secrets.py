"""The address of a clip is a secret: it is in no log, no receipt, no words on a problem and no traceback."""

import asyncio
import logging
import traceback
from pathlib import Path

import pytest

from tests.faults.rig import Rig, request, until
from tests.support.clips import make_clip
from tests.support.faulty_server import FaultyServer, Received, http, told
from tests.support.scripted_service import QUEUE, RETRIEVE, ScriptedService
from venice_studio.domain.job import Failed, Job, Rendering, Saved
from venice_studio.domain.problem import Trouble
from venice_studio.library.clips import ClipPart
from venice_studio.library.threads import Threads
from venice_studio.studio.receipt import receipt

SECRET = "s3cret-t0ken"
ADDRESS = f"/clips/{SECRET}.mp4?token={SECRET}"


class Store:
    """Where clips of private models lie; answers in one way, and quotes the address it is asked for."""

    def __init__(self, way: str, clip: bytes) -> None:
        self.way = way
        self._clip = clip

    async def answer(self, received: Received, writer: asyncio.StreamWriter) -> None:
        quoted = f"Not for you: {received.path}"
        match self.way:
            case "refuses":
                writer.write(told({"error": quoted, "message": quoted}, 403))
            case "page":
                writer.write(http(200, f"<html>{quoted}</html>".encode(), mime="text/html"))
            case "cut":
                writer.write(http(200, self._clip, mime="video/mp4")[:3000])
                writer.close()
            case "elsewhere":
                writer.write(f"HTTP/1.1 302 Found\r\nLocation: http://[{SECRET}\r\nContent-Length: 0\r\n\r\n".encode())
            case "gone":
                writer.write(told({"error": quoted}, 404))
            case _:
                writer.write(http(200, self._clip, mime="video/mp4"))


@pytest.mark.parametrize("way", ["refuses", "page", "cut", "elsewhere", "gone", "gives"])
async def test_the_address_of_a_clip_is_told_to_nobody(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, way: str
) -> None:
    caplog.set_level(logging.DEBUG)
    store = Store(way, make_clip(tmp_path / "made.mp4").read_bytes())
    async with FaultyServer(store.answer) as lying, ScriptedService(tmp_path) as service:
        service.next(QUEUE, told({"queue_id": "q", "model": "wan", "download_url": f"{lying.origin}{ADDRESS}"}))
        service.always(RETRIEVE, told({"status": "COMPLETED"}))
        rig = Rig(tmp_path, service.base_url)
        await rig.begin()
        [job] = await rig.press(request())
        assert job.ticket is not None
        assert job.ticket.download_url == f"{lying.origin}{ADDRESS}"

        await until(lambda: _told_of(rig.ledger.jobs[job.id]))
        job = rig.ledger.jobs[job.id]
        words = receipt(job, await rig.ledger.history(job.id)) + repr(job) + caplog.text
        assert SECRET not in words
        assert isinstance(job.state, Saved) is (way == "gives")
        if way != "gives":
            assert SECRET not in await _traceback(rig, job, tmp_path)
        await rig.end()
        assert SECRET not in caplog.text


def _told_of(job: Job) -> bool:
    """Whether something came of a look."""
    return isinstance(job.state, Failed | Saved) or (isinstance(job.state, Rendering) and job.state.trouble is not None)


async def _traceback(rig: Rig, job: Job, folder: Path) -> str:
    """What a crash would leave behind if nobody caught what a look raises."""
    threads = Threads()
    part = ClipPart(folder, folder, job, threads, None)  # type: ignore[arg-type]
    service = rig.connection.service.value
    assert service is not None
    assert job.ticket is not None
    try:
        await service.retrieve(job.ticket, part)
    except Trouble as trouble:
        return "".join(traceback.format_exception(trouble)) + repr(trouble.problem)
    finally:
        await part.discard()
        threads.close()
    raise AssertionError("it should have failed")
