"""Work in the named threads: in order, to its end, and never in the caller's thread."""

import asyncio
import gc
import threading

import pytest

from venice_studio.library.threads import Threads, Worker


async def test_each_kind_of_work_has_a_thread_of_its_own(threads: Threads) -> None:
    names = [
        await worker.run(lambda: threading.current_thread().name)
        for worker in (threads.disk, threads.database, threads.media)
    ]
    assert names == ["disk_0", "database_0", "media_0"]


async def test_work_is_done_in_order_and_errors_come_back(threads: Threads) -> None:
    done: list[int] = []
    await asyncio.gather(*(threads.disk.run(done.append, number) for number in range(100)))
    assert done == list(range(100))

    with pytest.raises(ZeroDivisionError):
        await threads.disk.run(divmod, 1, 0)


async def test_work_that_was_handed_over_is_done_though_nobody_waits(threads: Threads) -> None:
    gate, done = threading.Event(), threading.Event()
    first = asyncio.ensure_future(threads.disk.run(gate.wait))
    second = asyncio.ensure_future(threads.disk.run(done.set))
    await asyncio.sleep(0)

    first.cancel()
    second.cancel()
    gate.set()

    await threads.disk.run(lambda: None)
    assert done.is_set()
    assert (await asyncio.gather(first, second, return_exceptions=True))[1].__class__ is asyncio.CancelledError


async def test_an_error_that_nobody_waits_for_any_more_is_no_news(threads: Threads) -> None:
    loop, complaints, begun, go_on = asyncio.get_running_loop(), list[object](), threading.Event(), threading.Event()
    loop.set_exception_handler(lambda _loop, context: complaints.append(context))

    def fail() -> None:
        begun.set()
        go_on.wait()
        raise OSError

    waiting = asyncio.create_task(threads.disk.run(fail))
    await asyncio.to_thread(begun.wait)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    go_on.set()
    await threads.disk.run(int)
    gc.collect()
    assert complaints == []


def test_closing_ends_the_thread_after_its_work() -> None:
    async def start(worker: Worker, done: list[int]) -> None:
        waiting = [asyncio.ensure_future(worker.run(done.append, number)) for number in range(50)]
        await asyncio.sleep(0)
        await asyncio.gather(*waiting)

    worker, done = Worker("short-lived"), list[int]()
    asyncio.run(start(worker, done))

    worker.close()

    assert len(done) == 50
    assert not any(thread.name.startswith("short-lived") for thread in threading.enumerate())
    with pytest.raises(RuntimeError):
        asyncio.run(start(worker, done))
