"""What the client makes of a service that is not there, not itself, or not all there."""

import asyncio
import base64
import gzip
import json
import logging
import socket
import tracemalloc
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.faulty_server import Answerer, FaultyServer, always, dripping, hang_up, http, in_turn, never, told
from tests.support.patience import PATIENCE_S
from tests.venice.conftest import KEY, QUICK, Collected, Connect, picture
from venice_studio.domain.job import Ticket
from venice_studio.domain.model import Dialect
from venice_studio.domain.problem import Cost, Kind, Problem, Trouble
from venice_studio.domain.request import GenerationRequest
from venice_studio.venice.client import VeniceClient
from venice_studio.venice.transport import ANSWER_LIMIT
from venice_studio.venice.transport import problem_of as trouble_on_the_way
from venice_studio.venice.wire.calls import Call

REQUEST = GenerationRequest(model="wan", prompt="A cat", duration="5s")
TICKET = Ticket(queue_id="7", model="wan", dialect=Dialect.REFERENCE)
TIGHT = replace(QUICK, read_s=0.2, paid_read_s=0.2)

CALLS: dict[str, Callable[[VeniceClient], Awaitable[object]]] = {
    "quote": lambda client: client.quote(REQUEST),
    "queue": lambda client: client.queue(REQUEST),
    "retrieve": lambda client: client.retrieve(TICKET, Collected()),
    "complete": lambda client: client.complete(TICKET),
    "models": lambda client: client.models(),
    "balance": lambda client: client.balance(),
}


async def problem_of(work: Awaitable[object]) -> Problem:
    with pytest.raises(Trouble) as caught:
        await work
    return caught.value.problem


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.mark.parametrize("call", CALLS)
async def test_nobody_there(call: str, connect: Connect) -> None:
    problem = await problem_of(CALLS[call](connect(f"http://127.0.0.1:{free_port()}/api/v1")))
    assert problem.kind is Kind.OFFLINE
    assert problem.cost is (Cost.CHARGED if call == "retrieve" else Cost.NOT_CHARGED)


async def test_no_such_name(connect: Connect) -> None:
    problem = await problem_of(connect("http://nowhere.invalid/api/v1").queue(REQUEST))
    assert (problem.kind, problem.cost) == (Kind.OFFLINE, Cost.NOT_CHARGED)


async def test_no_safe_connection(connect: Connect) -> None:
    async with FaultyServer(always(WHOLE)) as server:
        client = connect(server.base_url.replace("http:", "https:"))
        problem = await problem_of(client.queue(REQUEST))
        assert server.received == []
    assert (problem.kind, problem.cost) == (Kind.OFFLINE, Cost.NOT_CHARGED)
    untrusted = httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] self-signed certificate")
    assert "certificate is not trusted" in trouble_on_the_way(Call.QUEUE, untrusted).message


async def test_a_connection_that_is_never_made(connect: Connect) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        address = full.getsockname()
        fillers = [socket.socket() for _ in range(4)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(address)
        client = connect(f"http://127.0.0.1:{address[1]}/api/v1", timings=replace(QUICK, connect_s=0.2))
        problem = await problem_of(client.queue(REQUEST))
        for filler in fillers:
            filler.close()
    assert (problem.kind, problem.cost) == (Kind.OFFLINE, Cost.NOT_CHARGED)


# What happens after the request has left: nobody can know whether the paid one was taken.
WHOLE = told({"queueid": "7", "quote": 1, "currency": "USD"})
AFTER_SENDING: dict[str, tuple[Answerer, Kind]] = {
    "hangs up": (hang_up, Kind.CUT),
    "says nothing": (never, Kind.CUT),
    "cut in the head": (always(WHOLE[:20]), Kind.CUT),
    "cut in the body": (always(WHOLE[: WHOLE.index(b'7"')]), Kind.CUT),
    "shorter than it says": (always(http(body=b'{"queueid": "7', length=500)), Kind.CUT),
    "half of it is missing": (always(http(body=b'{"queueid": ')), Kind.GARBLED),
    "not HTTP": (always(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), Kind.CUT),
    "HTML": (always(http(body=b"<html>Sign in to the hotel</html>", mime="text/html")), Kind.GARBLED),
    "nothing": (always(http()), Kind.GARBLED),
    "somewhere else": (always(http(307, Location="http://127.0.0.1:1/elsewhere")), Kind.GARBLED),
    "endless": (always(http(body=b" " * ANSWER_LIMIT + b'{"queueid": "7"}')), Kind.GARBLED),
    "a bomb": (always(http(body=gzip.compress(bytes(50_000_000)), Content_Encoding="gzip")), Kind.GARBLED),
    "an unknown wrapping": (always(http(body=b"{}", Content_Encoding="br")), Kind.GARBLED),
    "a broken wrapping": (always(http(body=b"{}", Content_Encoding="gzip")), Kind.GARBLED),
    "a list": (always(told([1, 2])), Kind.GARBLED),
    "no id and no price": (always(told({"status": 7})), Kind.GARBLED),
}


@pytest.mark.parametrize("fault", AFTER_SENDING)
async def test_the_paid_request_is_sent_once_and_may_have_been_charged(fault: str, connect: Connect) -> None:
    answer, kind = AFTER_SENDING[fault]
    async with FaultyServer(answer) as server:
        problem = await problem_of(connect(server.base_url, timings=TIGHT).queue(REQUEST))
        assert len(server.received) == 1
    assert (problem.kind, problem.cost) == (kind, Cost.UNKNOWN)
    assert "<" not in problem.message


@pytest.mark.parametrize("fault", AFTER_SENDING)
async def test_a_look_after_the_same_may_be_repeated(fault: str, connect: Connect) -> None:
    answer, _ = AFTER_SENDING[fault]
    sink = Collected()
    async with FaultyServer(answer) as server:
        problem = await problem_of(connect(server.base_url, timings=TIGHT).retrieve(TICKET, sink))
        assert len(server.received) == 1
    assert problem.transient
    assert not sink.begun


LIVE = {"model": "wan", "queue_id": 'a-\u00e9"7', "download_url": "https://files.invalid/7?key=1"}
LIVE_WHOLE = told(LIVE)
STILL_A_TICKET: dict[str, bytes] = {
    "whole": LIVE_WHOLE,
    "without its last byte": LIVE_WHOLE[:-1],
    "shorter than it says": http(body=json.dumps(LIVE).encode(), length=5000),
    "without its last chunk": b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    + b"%x\r\n%b\r\n" % (len(json.dumps(LIVE)), json.dumps(LIVE).encode()),
    "endless": http(body=json.dumps(LIVE).encode() + b" " * ANSWER_LIMIT),
    "no JSON: a number that is none": told(LIVE | {"position": float("nan")}),
    "no UTF-8": http(body=json.dumps(LIVE).encode()[:-1] + b', "greeting": "\xff"}'),
}


@pytest.mark.parametrize("fault", STILL_A_TICKET)
async def test_an_answer_that_names_the_job_is_a_ticket_whatever_became_of_the_rest(
    fault: str, connect: Connect
) -> None:
    async with FaultyServer(always(STILL_A_TICKET[fault])) as server:
        ticket = await connect(server.base_url, timings=TIGHT).queue(REQUEST)
        assert len(server.received) == 1
    assert (ticket.queue_id, ticket.dialect, ticket.download_url) == (
        LIVE["queue_id"],
        Dialect.LIVE,
        LIVE["download_url"],
    )


async def test_an_address_that_was_cut_is_none(connect: Connect) -> None:
    cut = LIVE_WHOLE[: LIVE_WHOLE.index(b"key=1")]
    async with FaultyServer(always(cut)) as server:
        ticket = await connect(server.base_url, timings=TIGHT).queue(REQUEST)
    assert (ticket.queue_id, ticket.download_url) == (LIVE["queue_id"], None)


async def test_a_very_long_id_is_one(connect: Connect) -> None:
    async with FaultyServer(always(told({"queueid": "7" * 4000}))) as server:
        assert (await connect(server.base_url, timings=TIGHT).queue(REQUEST)).queue_id == "7" * 4000


async def test_a_bomb_never_unfolds(connect: Connect) -> None:
    bomb = gzip.compress(bytes(100_000_000), compresslevel=1)
    async with FaultyServer(always(http(body=bomb, Content_Encoding="gzip"))) as server:
        client = connect(server.base_url)
        await problem_of(client.retrieve(TICKET, Collected()))  # so that all it needs once is there
        tracemalloc.start()
        try:
            problem = await problem_of(client.retrieve(TICKET, Collected()))
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert problem.kind is Kind.GARBLED
    assert peak < 5 * ANSWER_LIMIT


@pytest.mark.parametrize(
    ("status", "tries"), [(500, 3), (503, 3), (400, 1), (401, 1), (402, 1), (403, 1), (404, 1), (429, 1), (302, 1)]
)
@pytest.mark.parametrize("call", ["quote", "models", "balance"])
async def test_what_is_free_is_tried_again_after_a_passing_fault(
    call: str, status: int, tries: int, connect: Connect
) -> None:
    async with FaultyServer(always(told({"error": "No"}, status))) as server:
        problem = await problem_of(CALLS[call](connect(server.base_url)))
        assert len(server.received) == tries
    assert (problem.status, problem.cost) == (status, Cost.NOT_CHARGED)


@pytest.mark.parametrize("call", ["queue", "retrieve"])
@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 409, 413, 415, 422, 429, 500, 502, 503, 504])
async def test_a_status_is_reported_at_once(call: str, status: int, connect: Connect) -> None:
    async with FaultyServer(always(told({"error": "No"}, status, Retry_After="5"))) as server:
        problem = await problem_of(CALLS[call](connect(server.base_url)))
        assert len(server.received) == 1
    assert (problem.status, problem.message, problem.retry_after_s) == (status, "No", 5)


async def test_a_fault_that_passes_is_not_noticed(connect: Connect) -> None:
    bad, good = told({"error": "No"}, 502), told({"quote": 0.25, "currency": "USD"})
    async with FaultyServer(in_turn([bad, http(length=9), good])) as server:
        assert str((await connect(server.base_url).quote(REQUEST)).amount) == "0.25"


async def test_an_error_whose_words_are_cut_off_still_has_its_status(connect: Connect) -> None:
    async with FaultyServer(always(http(402, b'{"error": "Add', length=900))) as server:
        problem = await problem_of(connect(server.base_url).queue(REQUEST))
    assert (problem.kind, problem.cost) == (Kind.FUNDS, Cost.NOT_CHARGED)


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("whole", [0, -20])
async def test_an_answer_that_only_drips_ends(call: str, whole: int, connect: Connect) -> None:
    timings = replace(QUICK, deadline_s=0.3, paid_deadline_s=0.3, retry_waits_s=())
    async with FaultyServer(dripping(WHOLE, 0.1, at_once=len(WHOLE) + whole if whole else 0)) as server:
        problem = await problem_of(CALLS[call](connect(server.base_url, timings=timings)))
    assert problem.kind is Kind.CUT


async def test_the_key_goes_to_the_service_alone(connect: Connect) -> None:
    async with FaultyServer(always(told({"quote": 1}))) as other:
        away = http(307, Location=f"{other.origin}/api/v1/video/quote")
        async with FaultyServer(always(away)) as server:
            client = connect(server.base_url)
            for call in CALLS.values():
                await problem_of(call(client))
            assert {received.headers["authorization"] for received in server.received} == {f"Bearer {KEY}"}
        assert other.received == []


async def test_the_key_is_in_no_message_and_no_log(connect: Connect, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    words = {"error": f"Bad key {KEY}", "code": KEY, "suggested_prompt": KEY, "recommended_model": KEY}
    quoting = told({**words, "details": {"prompt": {"_errors": [KEY]}}}, 401)
    for answer in (always(quoting), hang_up, always(http(body=b"{"))):
        async with FaultyServer(answer) as server:
            client = connect(server.base_url)
            for call in CALLS.values():
                with pytest.raises(Trouble) as caught:
                    await call(client)
                assert KEY not in f"{caught.value!r} {caught.value.problem!r} {caught.value.__context__!r} {client!r}"
    assert KEY not in caplog.text
    assert KEY not in str(vars(client)["_account"])


async def test_the_key_is_not_in_what_is_said_of_a_failed_render(connect: Connect) -> None:
    given_up = told({"status": "FAILED", "error": f"Bad key {KEY}", "suggested_prompt": KEY})
    async with FaultyServer(always(given_up)) as server:
        with pytest.raises(Trouble) as caught:
            await connect(server.base_url).retrieve(TICKET, Collected())
    assert caught.value.problem.kind is Kind.FAILED
    assert KEY not in f"{caught.value!r} {caught.value.problem!r} {caught.value.__context__!r}"


@pytest.mark.parametrize("key", ["", "  ", "sk-\n1", "sk-ü", "two words", "sk-\x7f"])
async def test_what_is_no_key_is_never_sent(key: str, connect: Connect) -> None:
    async with FaultyServer(always(told({"quote": 1}))) as server:
        for call in CALLS.values():
            problem = await problem_of(call(connect(server.base_url, key=key)))
            assert problem.kind is (Kind.KEY if key.strip() else Kind.NO_KEY)
            assert key.strip() == "" or key not in problem.message
        assert server.received == []


async def test_the_body_that_leaves_is_the_one_in_the_ledger(connect: Connect, tmp_path: Path) -> None:
    async with FaultyServer(always(WHOLE)) as server:
        client = connect(server.base_url)
        content = bytes(range(250)) * 4000
        request = replace(REQUEST, seed=7, start_frame=picture(tmp_path, content))
        await client.quote(request)
        ledger: dict[str, Any] = json.loads(client.payload(request))
        assert await client.queue(request) == TICKET
        left = server.received[-1]
        body = json.loads(left.body)
        kind, _, encoded = body.pop("image_url").partition(",")
        assert kind == "data:image/png;base64"
        assert base64.b64decode(encoded, validate=True) == content
        assert ledger.pop("image_url")["bytes"] == 1_000_000
        assert body == ledger
        assert body["seed"] == 7
        assert "transfer-encoding" not in left.headers
        assert int(left.headers["content-length"]) == len(left.body)


async def test_a_missing_picture_sends_nothing(connect: Connect, tmp_path: Path) -> None:
    gone = picture(tmp_path, b"12345", size=6)
    async with FaultyServer(always(WHOLE)) as server:
        problem = await problem_of(connect(server.base_url).queue(replace(REQUEST, start_frame=gone)))
        assert server.received == []
    assert (problem.kind, problem.cost) == (Kind.PICTURE, Cost.NOT_CHARGED)


async def test_a_refusal_while_the_picture_is_still_going_out_is_heard(connect: Connect, tmp_path: Path) -> None:
    refused = asyncio.Event()

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(told({"error": "Too large"}, 413))
        await writer.drain()
        writer.write_eof()
        with suppress(ConnectionError):
            while await reader.read(1 << 16):
                pass
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()
        refused.set()

    server = await asyncio.start_server(refuse, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        request = replace(REQUEST, start_frame=picture(tmp_path, bytes(8_000_000)))
        problem = await problem_of(connect(f"http://127.0.0.1:{port}/api/v1").queue(request))
        async with asyncio.timeout(PATIENCE_S):
            await refused.wait()
    assert (problem.kind, problem.cost, problem.message) == (Kind.TOO_LARGE, Cost.NOT_CHARGED, "Too large")


async def test_the_queue_answer_weighs_more_than_a_quote(connect: Connect) -> None:
    answers = [told({"quote": 1}), told({"queueid": "7"}), told({"quote": 1})]
    async with FaultyServer(in_turn(answers)) as server:
        client = connect(server.base_url)
        assert client.dialect is None
        await client.quote(REQUEST)
        assert client.dialect is Dialect.LIVE
        await client.queue(REQUEST)
        await client.quote(REQUEST)
        assert client.dialect is Dialect.REFERENCE


async def test_a_copy_that_is_gone_is_deleted(connect: Connect) -> None:
    async with FaultyServer(always(told({"error": "Not found"}, 404))) as server:
        await connect(server.base_url).complete(TICKET)
        assert server.received[0].json == {"model": "wan", "queueid": "7"}


async def test_a_private_copy_is_deleted_where_it_lies(connect: Connect) -> None:
    async with FaultyServer(always(told({"success": True}))) as server:
        ticket = replace(TICKET, dialect=Dialect.LIVE, download_url=f"{server.origin}/clip?token=1")
        await connect(server.base_url).complete(ticket)
        deleted, asked = server.received
        assert asked.json == {"model": "wan", "queue_id": "7"}
        assert (deleted.method, deleted.path) == ("DELETE", "/clip?token=1")
        assert "authorization" not in deleted.headers


@pytest.mark.parametrize(("status", "kind"), [(410, None), (404, None), (500, Kind.SERVICE), (429, Kind.BUSY)])
async def test_a_private_copy_that_is_not_deleted_is_said(connect: Connect, status: int, kind: Kind | None) -> None:
    async with FaultyServer(in_turn([told({}, status), told({"success": False})])) as server:
        ticket = replace(TICKET, dialect=Dialect.LIVE, download_url=f"{server.origin}/clip?token=1")
        work = connect(server.base_url).complete(ticket)
        if kind is None:
            await work
        else:
            assert (await problem_of(work)).kind is kind
        assert len(server.received) == (2 if kind is None else 1)
