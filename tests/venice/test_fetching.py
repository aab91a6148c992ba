"""Pictures from web addresses: what is fetched, what is not, and what is said of it."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Awaitable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from tests.support.faulty_server import (
    FaultyServer,
    Received,
    always,
    dripping,
    hang_up,
    http,
    in_turn,
    never,
)
from tests.venice.conftest import QUICK
from tests.venice.test_client_faults import free_port
from venice_studio.domain.problem import Cost, Kind, Trouble
from venice_studio.venice.fetching import MAX_BYTES, PictureFetcher

PICTURE = bytes(range(256)) * 40


@pytest.fixture
async def fetcher(disk: ThreadPoolExecutor) -> AsyncIterator[PictureFetcher]:
    fetcher = PictureFetcher(disk=disk, timings=replace(QUICK, read_s=0.5, deadline_s=1.5))
    yield fetcher
    await fetcher.aclose()


async def refusal(work: Awaitable[object]) -> str:
    with pytest.raises(Trouble) as caught:
        await work
    assert caught.value.problem.kind is Kind.PICTURE
    assert caught.value.problem.cost is Cost.NOT_CHARGED
    return caught.value.problem.message


@pytest.mark.parametrize("mime", ["image/png", "text/plain", "application/octet-stream"])
async def test_the_bytes_are_what_lies_there_whatever_the_header_says(fetcher: PictureFetcher, mime: str) -> None:
    async with FaultyServer(always(http(200, PICTURE, mime=mime))) as server:
        assert await fetcher.fetch(f" {server.origin}/gondola.png?size=large\n") == PICTURE
    (asked,) = server.received
    assert (asked.method, asked.path, asked.body) == ("GET", "/gondola.png?size=large", b"")
    assert "authorization" not in asked.headers


async def test_a_wrapped_picture_is_unwrapped(fetcher: PictureFetcher) -> None:
    answer = http(200, gzip.compress(PICTURE), Content_Encoding="gzip")
    async with FaultyServer(always(answer)) as server:
        assert await fetcher.fetch(f"{server.origin}/a") == PICTURE


async def test_it_goes_where_it_is_sent_to(fetcher: PictureFetcher) -> None:
    async with FaultyServer(always(http(200, PICTURE))) as there:
        moved = [http(status, Location="/on") for status in (301, 302, 303, 307)]
        async with FaultyServer(in_turn([*moved, http(308, Location=f"{there.origin}/a.png")])) as here:
            assert await fetcher.fetch(f"{here.origin}/start") == PICTURE
    assert [asked.path for asked in here.received] == ["/start", "/on", "/on", "/on", "/on"]
    assert [asked.path for asked in there.received] == ["/a.png"]


async def test_it_does_not_go_on_for_ever(fetcher: PictureFetcher) -> None:
    async with FaultyServer(always(http(302, Location="/on"))) as server:
        assert "without end" in await refusal(fetcher.fetch(f"{server.origin}/start"))
    assert len(server.received) == 6


@pytest.mark.parametrize("where", ["file:///etc/passwd", "ftp://example.org/a.png"])
async def test_it_goes_nowhere_but_to_web_addresses(fetcher: PictureFetcher, where: str) -> None:
    assert "no web address" in await refusal(fetcher.fetch(where))
    async with FaultyServer(always(http(302, Location=where))) as server:
        assert "no web address" in await refusal(fetcher.fetch(f"{server.origin}/start"))


@pytest.mark.parametrize("address", ["", "gondola.jpg", "http://", "https:///a.png", "http://[::1", "\0"])
async def test_what_is_no_address(fetcher: PictureFetcher, address: str) -> None:
    assert "no web address" in await refusal(fetcher.fetch(address))


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (http(404, b"<html>gone</html>"), "no picture at that address"),
        (http(403), "does not give that picture to us (403)"),
        (http(429), "too busy"),
        (http(500, b"oops"), "(500)"),
        (http(200, b"\n <!DOCTYPE html><html>"), "is a page of 127.0.0.1"),
        (http(200), "nothing at that address"),
        (http(200, PICTURE, length=len(PICTURE) + 9), "broke off"),
        (http(200, PICTURE, Content_Encoding="gzip"), "nobody can read"),
        (http(200, PICTURE, Content_Encoding="odd"), "nobody can read"),
        (b"SSH-2.0-OpenSSH_9.9\r\n", "broke off"),
    ],
)
async def test_what_was_no_use_is_told(fetcher: PictureFetcher, answer: bytes, said: str) -> None:
    async with FaultyServer(always(answer)) as server:
        assert said in await refusal(fetcher.fetch(f"{server.origin}/a.png"))


async def test_nobody_there(fetcher: PictureFetcher) -> None:
    assert "does not answer" in await refusal(fetcher.fetch(f"http://127.0.0.1:{free_port()}/a.png"))
    assert "nowhere.invalid does not answer" in await refusal(fetcher.fetch("http://nowhere.invalid/a.png"))


async def test_who_says_nothing_or_hangs_up_or_dawdles_is_left(fetcher: PictureFetcher) -> None:
    async with FaultyServer(never) as server:
        assert "broke off" in await refusal(fetcher.fetch(f"{server.origin}/a.png"))
    async with FaultyServer(hang_up) as server:
        assert "broke off" in await refusal(fetcher.fetch(f"{server.origin}/a.png"))
    async with FaultyServer(dripping(http(200, PICTURE), 0.1, at_once=100)) as server:
        assert "too long" in await refusal(fetcher.fetch(f"{server.origin}/a.png"))


async def endless(_: Received, writer: asyncio.StreamWriter) -> None:
    """Sends without ever saying how much it will be."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n")
    while not writer.is_closing():
        writer.write(bytes(1_000_000))
        await writer.drain()


async def test_what_is_too_large_is_not_read_to_its_end(fetcher: PictureFetcher) -> None:
    bomb = gzip.compress(bytes(MAX_BYTES + 1))
    assert len(bomb) < 100_000
    for answer in (endless, always(http(200, bomb, Content_Encoding="gzip"))):
        async with FaultyServer(answer) as server:
            assert "more than 25 MB" in await refusal(fetcher.fetch(f"{server.origin}/a.png"))


async def test_after_trouble_the_next_address_is_fetched(fetcher: PictureFetcher) -> None:
    async with FaultyServer(in_turn([http(404), http(200, PICTURE)])) as server:
        await refusal(fetcher.fetch(f"{server.origin}/a.png"))
        assert await fetcher.fetch(f"{server.origin}/a.png") == PICTURE
