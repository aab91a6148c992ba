"""A clip's bytes, from the service or from an address of its own, whole or not at all."""

import asyncio
import logging
from dataclasses import replace

import pytest

from tests.support.faulty_server import Answerer, FaultyServer, Received, always, http, in_turn, told
from tests.venice.conftest import Collected, Connect
from tests.venice.test_client_faults import problem_of
from venice_studio.domain.job import Progress, Ticket
from venice_studio.domain.model import Dialect
from venice_studio.domain.problem import Cost, Kind, Problem, Trouble

CLIP = b"\0\0\0\x18ftypisom" + bytes(range(256)) * 3000
PRIVATE = Ticket(queue_id="7", model="grok", dialect=Dialect.LIVE)
CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nTransfer-Encoding: chunked\r\n\r\n"


def clip(
    content: bytes = CLIP, *, mime: str = "video/mp4", length: int | None = None, status: int = 200, **more: str
) -> bytes:
    return http(status, content, mime=mime, length=length, **more)


@pytest.mark.parametrize(
    ("mime", "begun"),
    [
        ("video/mp4", "video/mp4"),
        ("Video/WebM; codecs=vp9", "video/webm"),
        ("application/octet-stream", "video/mp4"),
        ("", "video/mp4"),
    ],
)
async def test_a_clip_goes_into_the_sink(mime: str, begun: str, connect: Connect) -> None:
    sink = Collected()
    async with FaultyServer(always(clip(mime=mime))) as server:
        assert await connect(server.base_url).retrieve(PRIVATE, sink) is None
        assert server.received[0].json == {"model": "grok", "queue_id": "7", "delete_media_on_completion": False}
    assert sink.begun == [(len(CLIP), begun)]
    assert sink.content == CLIP


async def test_a_clip_of_unknown_length(connect: Connect) -> None:
    sink = Collected()
    async with FaultyServer(always(CHUNKED + b"%x\r\n%b\r\n0\r\n\r\n" % (len(CLIP), CLIP))) as server:
        await connect(server.base_url).retrieve(PRIVATE, sink)
    assert (sink.begun, sink.content) == ([(None, "video/mp4")], CLIP)


async def test_the_sink_gets_it_in_pieces(connect: Connect) -> None:
    class Pieces(Collected):
        largest = 0

        async def write(self, chunk: bytes) -> None:
            self.largest = max(self.largest, len(chunk))
            await super().write(chunk)

    sink = Pieces()
    async with FaultyServer(always(clip(CLIP * 4))) as server:
        await connect(server.base_url).retrieve(PRIVATE, sink)
    assert sink.largest <= 256 * 1024
    assert sink.content == CLIP * 4


async def test_a_clip_is_known_by_its_first_bytes_however_few_come_at_once(connect: Connect) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
    pieces = [CLIP[:1], CLIP[1:7], CLIP[7:9], CLIP[9:]]
    body = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"
    sink = Collected()
    async with FaultyServer(always(head + body)) as server:
        await connect(server.base_url).retrieve(PRIVATE, sink)
    assert sink.content == CLIP


@pytest.mark.parametrize(
    "answer",
    [
        clip(CLIP[:-1], length=len(CLIP)),
        clip(CLIP[:100], length=len(CLIP)),
        clip(b"", length=len(CLIP)),
        CHUNKED + b"%x\r\n%b\r\n" % (len(CLIP), CLIP),
    ],
)
async def test_a_clip_that_breaks_off_is_no_clip(answer: bytes, connect: Connect) -> None:
    async with FaultyServer(always(answer)) as server:
        problem = await problem_of(connect(server.base_url).retrieve(PRIVATE, Collected()))
    assert (problem.kind, problem.cost) == (Kind.CUT, Cost.CHARGED)


@pytest.mark.parametrize(
    "answer",
    [
        clip(b"<html>", mime="text/html"),
        clip(CLIP, mime="text/html"),
        clip(b"not a clip at all", mime="application/octet-stream"),
        clip(Content_Encoding="gzip"),
    ],
)
async def test_what_is_no_clip_never_reaches_the_sink(answer: bytes, connect: Connect) -> None:
    sink = Collected()
    async with FaultyServer(always(answer)) as server:
        problem = await problem_of(connect(server.base_url).retrieve(PRIVATE, sink))
    assert problem.kind is Kind.GARBLED
    assert not sink.begun


async def test_the_sinks_own_trouble_comes_through(connect: Connect) -> None:
    class Full(Collected):
        async def write(self, chunk: bytes) -> None:
            raise Trouble(Problem(kind=Kind.DISK, message="Full"))

    async with FaultyServer(always(clip())) as server:
        client = connect(server.base_url)
        assert (await problem_of(client.retrieve(PRIVATE, Full()))).kind is Kind.DISK
        ticket = replace(PRIVATE, download_url=f"{server.origin}/clip")
    async with FaultyServer(elsewhere([clip()])) as server:
        ticket = replace(PRIVATE, download_url=f"{server.origin}/clip")
        client = connect(server.base_url)
        assert (await problem_of(client.retrieve(ticket, Full()))).kind is Kind.DISK
        assert len(server.received) == 2


async def test_a_download_can_be_cancelled(connect: Connect) -> None:
    async def endless(_: Received, writer: asyncio.StreamWriter) -> None:
        writer.write(clip(length=10**9))
        while True:
            writer.write(CLIP)
            await writer.drain()
            await asyncio.sleep(0)

    started = asyncio.Event()

    class Started(Collected):
        async def write(self, chunk: bytes) -> None:
            started.set()

    async with FaultyServer(endless) as server:
        client = connect(server.base_url)
        task = asyncio.create_task(client.retrieve(PRIVATE, Started()))
        await started.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


# Private models (live schema): the service says COMPLETED, the clip lies elsewhere.


def elsewhere(answers: list[bytes]) -> Answerer:
    """A service that has finished; its clip's address answers with `answers` in turn.

    An address that only cuts off goes on where it is asked to.
    """
    download = in_turn(answers)
    done = told({"status": "COMPLETED", "average_execution_time": 1, "execution_duration": 2})

    async def answer(received: Received, writer: asyncio.StreamWriter) -> None:
        if received.method == "POST":
            writer.write(done)
        elif answers[0] is CUT and received.headers.get("range") and len(answers) == 1:
            writer.write(part(int(received.headers["range"].removeprefix("bytes=").removesuffix("-"))))
        else:
            await download(received, writer)

    return answer


def part(first: int, *, of: int = len(CLIP), etag: str = '"1"') -> bytes:
    return clip(CLIP[first:], status=206, Content_Range=f"bytes {first}-{of - 1}/{of}", ETag=etag)


HALF = 400_000
CUT = clip(CLIP[:HALF], length=len(CLIP), ETag='"1"')

SHORT_PART = clip(CLIP[HALF:-9], status=206, Content_Range=f"bytes {HALF}-{len(CLIP) - 1}/{len(CLIP)}")
REST = f"bytes={HALF}-"


@pytest.mark.parametrize(
    ("answers", "begun", "ranges"),
    [
        ([clip()], 1, [None]),
        ([CUT], 1, [None, REST]),
        ([CUT, clip()], 2, [None, REST]),
        ([CUT, part(0), clip()], 2, [None, REST, None]),
        ([CUT, part(HALF, of=len(CLIP) + 5), clip()], 2, [None, REST, None]),
        ([CUT, SHORT_PART, clip()], 2, [None, REST, None]),
        ([CUT, http(502), clip()], 2, [None, REST, REST]),
        ([CUT, http(416), clip()], 2, [None, REST, None]),
        ([http(503), http(length=5), clip()], 1, [None, None, None]),
    ],
)
async def test_a_broken_download_goes_on(
    answers: list[bytes],
    begun: int,
    ranges: list[str | None],
    connect: Connect,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    sink = Collected()
    async with FaultyServer(elsewhere(answers)) as server:
        ticket = replace(PRIVATE, download_url=f"{server.origin}/clip?token=secret")
        assert await connect(server.base_url).retrieve(ticket, sink) is None
        assert sink.content == CLIP
        assert sink.begun == [(len(CLIP), "video/mp4")] * begun
        downloads = server.received[1:]
    assert "secret" not in caplog.text
    assert all("authorization" not in asked.headers for asked in downloads)
    assert [asked.headers.get("range") for asked in downloads] == ranges
    if ranges[-1]:
        assert downloads[-1].headers["if-range"] == '"1"'


async def test_a_download_is_given_up_after_a_few_tries(connect: Connect) -> None:
    async with FaultyServer(elsewhere([clip(b"", length=9)])) as server:
        ticket = replace(PRIVATE, download_url=f"{server.origin}/clip")
        problem = await problem_of(connect(server.base_url).retrieve(ticket, Collected()))
        assert len(server.received) == 4
    assert (problem.kind, problem.cost) == (Kind.CUT, Cost.CHARGED)


@pytest.mark.parametrize("status", [403, 404, 410])
async def test_a_spent_address_is_gone(status: int, connect: Connect) -> None:
    async with FaultyServer(elsewhere([http(status)])) as server:
        ticket = replace(PRIVATE, download_url=f"{server.origin}/clip")
        problem = await problem_of(connect(server.base_url).retrieve(ticket, Collected()))
        assert len(server.received) == 2
    assert (problem.kind, problem.cost) == (Kind.GONE, Cost.CHARGED)


async def test_completed_without_a_file_anywhere_says_so(connect: Connect) -> None:
    async with FaultyServer(elsewhere([])) as server:
        problem = await problem_of(connect(server.base_url).retrieve(PRIVATE, Collected()))
    assert problem.kind is Kind.GONE
    assert "no file" in problem.message


async def test_not_yet(connect: Connect) -> None:
    answer = told({"status": "PROCESSING", "average_execution_time": 60000, "execution_duration": 1500})
    async with FaultyServer(always(answer)) as server:
        ticket = replace(PRIVATE, download_url=f"{server.origin}/clip")
        assert await connect(server.base_url).retrieve(ticket, Collected()) == Progress(
            elapsed_ms=1500, estimate_ms=60000
        )
        assert len(server.received) == 1
