"""Calls that nobody waits for any more.

httpx 0.28.1 loses a place in its pool for each call that is cancelled as it connects.
"""

import asyncio
from dataclasses import replace

import pytest

from tests.support.faulty_server import FaultyServer, Received, always, http, never, told
from tests.venice.conftest import QUICK, Collected, Connect
from tests.venice.test_client_faults import CALLS, REQUEST, TICKET, problem_of
from venice_studio.domain.problem import Cost, Kind
from venice_studio.venice.budget import RateLimits
from venice_studio.venice.transport import Timings

ANSWER = told({"quote": 1, "queueid": "7", "executionDuration": 1})
MOMENTS = 24
"""Turns of the loop after which a call is cancelled; within them it finds its place in the pool and connects."""


@pytest.mark.parametrize("call", ["quote", "retrieve"])
async def test_hundreds_of_cancelled_calls_leave_the_way_free(
    call: str, connect: Connect, caplog: pytest.LogCaptureFixture
) -> None:
    async with FaultyServer(always(ANSWER)) as server:
        client = connect(server.base_url, timings=replace(QUICK, retry_waits_s=()))
        await CALLS[call](client)
        for number in range(16 * MOMENTS):
            task = asyncio.ensure_future(CALLS[call](client))
            for _ in range(number % MOMENTS):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        await CALLS[call](client)
    assert "pool" not in caplog.text


async def test_a_pool_that_is_full_for_good_is_replaced(connect: Connect) -> None:
    held: list[Received] = []
    full = asyncio.Event()

    async def hold_the_first(received: Received, writer: asyncio.StreamWriter) -> None:
        held.append(received)
        if len(held) <= 32:
            if len(held) == 32:
                full.set()
            await never(received, writer)
        writer.write(told({"quote": 1}))

    async with FaultyServer(hold_the_first) as server:
        client = connect(server.base_url)
        stuck = [asyncio.create_task(client.quote(REQUEST)) for _ in range(32)]
        await full.wait()
        for task in stuck:
            task.cancel()
        assert (await client.quote(REQUEST)).amount == 1
        await asyncio.gather(*stuck, return_exceptions=True)


async def test_many_long_clips_do_not_hold_up_a_price(connect: Connect, caplog: pytest.LogCaptureFixture) -> None:
    coming = asyncio.Semaphore(0)

    async def begin_a_clip(received: Received, writer: asyncio.StreamWriter) -> None:
        if not received.path.endswith("/retrieve"):
            writer.write(told({"quote": 1}))
            return
        writer.write(http(body=b"\0\0\0\x10ftypisom\0\0\0\0", mime="video/mp4", length=10**9))
        coming.release()
        await never(received, writer)

    async with FaultyServer(begin_a_clip) as server:
        client = connect(server.base_url, timings=replace(QUICK, read_s=60), limits=RateLimits(window_s=0.06))
        clips = [asyncio.create_task(client.retrieve(TICKET, Collected())) for _ in range(40)]
        for _ in clips:
            await coming.acquire()
        assert (await client.quote(REQUEST)).amount == 1
        for clip in clips:
            clip.cancel()
        await asyncio.gather(*clips, return_exceptions=True)
    assert "pool" not in caplog.text


async def test_closing_ends_what_is_under_way(connect: Connect) -> None:
    arrived = asyncio.Semaphore(0)

    async def hold(received: Received, writer: asyncio.StreamWriter) -> None:
        arrived.release()
        await never(received, writer)

    async with FaultyServer(hold) as server:
        client = connect(server.base_url, timings=Timings(retry_waits_s=()))
        calls = [asyncio.create_task(problem_of(CALLS[call](client))) for call in CALLS]
        for _ in calls:
            await arrived.acquire()
        await client.aclose()
        problems = await asyncio.gather(*calls)
        assert {problem.kind for problem in problems} <= {Kind.CUT, Kind.OFFLINE}
        assert problems[list(CALLS).index("queue")].cost is Cost.UNKNOWN
        assert (await problem_of(client.balance())).kind is Kind.OFFLINE
