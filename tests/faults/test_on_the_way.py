"""Every fault of the way between here and the service, from the press to the file on disk."""

import asyncio
import gzip
import logging
import socket
import struct
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tests.faults.rig import Rig, request, until
from tests.faults.truth import padded
from tests.support.clips import make_clip
from tests.support.faulty_server import Answerer, FaultyServer, Received, always, dripping, hang_up, http, never, told
from tests.support.scripted_service import QUEUE, RETRIEVE, ScriptedService
from venice_studio.domain.job import Doubtful, Failed, Job, Rendering, Saved
from venice_studio.domain.problem import Cost, Kind


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[ScriptedService]:
    async with ScriptedService(tmp_path) as scripted:
        yield scripted


@pytest.fixture
async def rig(tmp_path: Path, service: ScriptedService) -> AsyncIterator[Rig]:
    rig = Rig(tmp_path / "home", service.base_url)
    await rig.begin()
    yield rig
    await rig.end()


def clip(tmp_path: Path) -> bytes:
    return (tmp_path / "served.mp4").read_bytes()


def files(rig: Rig) -> list[str]:
    return sorted(path.name for path in rig.clips.glob("*")) + sorted(path.name for path in rig.clips.glob(".*"))


async def finished(rig: Rig, prompt: str = "A gondola drifts") -> Job:
    """Press, and see it through."""
    [job] = await rig.press(request(prompt))
    await rig.settle()
    return rig.ledger.jobs[job.id]


def reset_after(answer: bytes) -> Answerer:
    """Sends so much and then resets the connection, as a network that changes does."""

    async def answer_and_reset(_: Received, writer: asyncio.StreamWriter) -> None:
        writer.write(answer)
        await writer.drain()
        raw = writer.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()

    return answer_and_reset


ACCEPTED = told({"queueid": "job-1", "status": "queued"})
TAKEN_AND_LOST: dict[str, Answerer] = {
    "hung up": hang_up,
    "reset": reset_after(ACCEPTED[:25]),
    "cut in the id": always(ACCEPTED[: ACCEPTED.index(b"-1")]),
    "silent": never,
    "a proxy's page": always(http(502, b"<html>Bad gateway</html>", mime="text/html")),
    "a hotel's page": always(http(200, b"<html>Sign in</html>", mime="text/html")),
    "sent elsewhere": always(http(307, Location="http://127.0.0.1:1/")),
}


@pytest.mark.parametrize("fault", TAKEN_AND_LOST)
async def test_a_paid_request_whose_answer_is_lost_is_never_repeated(
    fault: str, service: ScriptedService, tmp_path: Path
) -> None:
    service.next(QUEUE, TAKEN_AND_LOST[fault])
    rig = Rig(tmp_path / "home", service.base_url)
    await rig.begin()
    job = await finished(rig)
    assert isinstance(job.state, Doubtful)
    assert job.cost is Cost.UNKNOWN
    await rig.end()

    again = Rig(tmp_path / "home", service.base_url)
    await again.begin()
    await again.settle()
    assert service.count(QUEUE) == 1
    assert again.ledger.jobs[job.id] == job
    await again.end()


def whole(body: bytes) -> bytes:
    return http(200, body, mime="video/mp4")


PASSING: dict[str, Callable[[bytes], bytes | Answerer]] = {
    "hung up": lambda _: hang_up,
    "silent": lambda _: never,
    "reset in mid-body": lambda clip: reset_after(whole(clip)[: len(clip) // 2]),
    "stalled in mid-body": lambda clip: dripping(whole(clip), 60, at_once=len(clip) // 2),
    "truncated, with its length": lambda clip: whole(clip)[:-9],
    "truncated, in agreement": lambda clip: whole(clip[:-9]),
    "too long": lambda clip: whole(clip + b"<html>"),
    "another length": lambda clip: http(200, clip, mime="video/mp4", length=len(clip) - 9),
    "no length, cut": lambda clip: b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n" + clip[:-9],
    "an error page as a clip": lambda _: whole(b"<html>Bad gateway</html>"),
    "a page": lambda _: http(200, b"<html>Sign in</html>", mime="text/html"),
    "a proxy's page": lambda _: http(502, b"<html>Bad gateway</html>", mime="text/html"),
    "broken JSON": lambda _: http(200, b'{"status": "proc'),
    "huge JSON": lambda _: http(200, b'{"status": "' + b"x" * 5_000_000 + b'"}'),
    "deep JSON": lambda _: http(200, b"[" * 100_000),
    "a bomb": lambda _: http(200, gzip.compress(bytes(50_000_000)), Content_Encoding="gzip"),
    "a packed clip": lambda clip: http(200, gzip.compress(clip), mime="video/mp4", Content_Encoding="gzip"),
    "sent elsewhere": lambda _: http(307, Location="http://127.0.0.1:1/"),
    "an unknown word": lambda _: told({"status": "REFRESHING", "executionDuration": 1}),
    "COMPLETED without a file": lambda _: told({"status": "COMPLETED"}),
    "404 once": lambda _: told({"error": "There is no such job."}, 404),
    "500 without a word on the money": lambda _: told({"error": "Internal"}, 500),
    "429": lambda _: http(429, Retry_After="0.05"),
}


@pytest.mark.parametrize("fault", PASSING)
async def test_a_look_that_fails_once_costs_neither_clip_nor_money(
    fault: str, rig: Rig, service: ScriptedService, tmp_path: Path
) -> None:
    service.next(RETRIEVE, PASSING[fault](clip(tmp_path)))
    job = await finished(rig)
    assert isinstance(job.state, Saved)
    assert Path(job.state.clip.path).read_bytes() == clip(tmp_path)
    assert files(rig) == [Path(job.state.clip.path).name]
    assert service.count(QUEUE) == 1


async def test_a_clip_that_drips_slowly_comes(rig: Rig, service: ScriptedService, tmp_path: Path) -> None:
    answer = whole(clip(tmp_path))
    service.next(RETRIEVE, dripping(answer, 0.05, at_once=len(answer) - 20))
    job = await finished(rig)
    assert isinstance(job.state, Saved)
    assert service.count(RETRIEVE) == 1


@pytest.mark.parametrize(
    ("answer", "kind", "looks"),
    [
        (told({"status": "COMPLETED"}), Kind.GONE, 3),
        (told({"error": "There is no such job."}, 404), Kind.GONE, 3),
        (whole(b"<html>for ever</html>"), Kind.GARBLED, None),
    ],
    ids=["COMPLETED without a file", "404", "never a clip"],
)
async def test_what_never_passes_ends_where_the_service_says_so_and_only_there(
    answer: bytes, kind: Kind, looks: int | None, rig: Rig, service: ScriptedService
) -> None:
    service.next(RETRIEVE, told({"status": "processing", "executionDuration": 5}))
    service.always(RETRIEVE, answer)
    [job] = await rig.press(request())
    if looks is None:
        await until(lambda: isinstance(rig.ledger.jobs[job.id].state, Failed))
        kind = Kind.BROKEN_CLIP
    else:
        await rig.settle()
        assert service.count(RETRIEVE) == 1 + looks
    state = rig.ledger.jobs[job.id].state
    assert isinstance(state, Failed)
    assert state.problem.kind is kind
    assert state.ticket.queue_id == "job-1", "it can still be looked for again"
    assert rig.ledger.jobs[job.id].cost is Cost.CHARGED
    if kind is Kind.BROKEN_CLIP:
        [kept] = rig.clips.glob("*")
        assert kept.read_bytes() == b"<html>for ever</html>", "it was paid for, whatever it is"
    else:
        assert files(rig) == []


async def test_endless_processing_is_watched_without_end(rig: Rig, service: ScriptedService) -> None:
    service.always(RETRIEVE, told({"status": "processing", "executionDuration": 10**7, "estimatedDuration": 1000}))
    [job] = await rig.press(request())
    await until(lambda: service.count(RETRIEVE) >= 30)
    assert isinstance(rig.ledger.jobs[job.id].state, Rendering)


async def test_a_service_that_is_gone_for_a_while_is_waited_for(
    rig: Rig, service: ScriptedService, tmp_path: Path
) -> None:
    service.always(RETRIEVE, told({"status": "processing", "executionDuration": 5}))
    [job] = await rig.press(request())
    await service.close()
    await until(lambda: trouble(rig, job) is Kind.OFFLINE)

    async with FaultyServer(always(whole(clip(tmp_path))), port=int(service.base_url.split(":")[2].split("/")[0])):
        await rig.settle()
    assert isinstance(rig.ledger.jobs[job.id].state, Saved)


def trouble(rig: Rig, job: Job) -> Kind | None:
    state = rig.ledger.jobs[job.id].state
    return state.trouble.kind if isinstance(state, Rendering) and state.trouble else None


@pytest.mark.parametrize(
    "prompt",
    [
        "CON",
        "aux.mp4",
        "..",
        'a/b\\c:d*e?f"g<h>i|j',
        "\N{ROCKET}" * 300,
        "é" * 5000,
        "\u202eexe.4pm",
        "\x00\n\t",
        "-rf ~",
    ],
)
async def test_any_prompt_becomes_a_file(prompt: str, rig: Rig, tmp_path: Path) -> None:
    job = await finished(rig, prompt)
    assert isinstance(job.state, Saved)
    place = Path(job.state.clip.path)
    assert place.parent == rig.clips
    assert place.read_bytes() == clip(tmp_path)
    assert job.request.prompt == prompt


class PrivateModel:
    """The live service with a private model: the ticket has an address, where the first transfer is cut."""

    def __init__(self, clip: bytes) -> None:
        self.downloads: list[dict[str, str]] = []
        self._clip = clip
        self._looks = 0

    async def __call__(self, asked: Received, writer: asyncio.StreamWriter) -> None:
        if "/clip" in asked.path:
            self.downloads.append(asked.headers)
            first = int(asked.headers.get("range", "bytes=0-")[6:-1])
            total = f"bytes {first}-{len(self._clip) - 1}/{len(self._clip)}"
            rest = http(206, self._clip[first:], mime="video/mp4", Content_Range=total)
            writer.write(rest if first else whole(self._clip)[:-2000])
        elif asked.path.endswith("/queue"):
            address = f"http://{asked.headers['host']}/clip?token=very-secret"
            writer.write(told({"queue_id": "job-1", "model": "wan", "download_url": address}))
        elif asked.path.endswith("/retrieve"):
            self._looks += 1
            writer.write(told({"status": "PROCESSING" if self._looks < 3 else "COMPLETED"}))
        else:
            writer.write(told({"canConsume": True, "consumptionCurrency": "USD", "balances": {"usd": 9}}))


async def test_the_address_of_a_private_clip_is_on_disk_at_once_and_in_no_word(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    content = padded(make_clip(tmp_path / "made.mp4", frames=6).read_bytes())
    service = PrivateModel(content)
    async with FaultyServer(service) as server:
        rig = Rig(tmp_path / "home", server.base_url)
        await rig.begin()
        [job] = await rig.press(request())
        on_disk = b"".join(path.read_bytes() for path in rig.home.glob("jobs.sqlite3*"))
        await rig.settle()
        job = rig.ledger.jobs[job.id]
        await rig.end()

    assert b"very-secret" in on_disk
    assert isinstance(job.state, Saved)
    assert Path(job.state.clip.path).read_bytes() == content
    assert ["range" in headers for headers in service.downloads] == [False, True], "it went on where it was cut"
    assert all("authorization" not in headers for headers in service.downloads)
    assert "very-secret" not in caplog.text + repr(job) + job.payload
