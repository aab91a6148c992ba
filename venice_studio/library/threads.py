"""The threads that do what must not hold up the window: disk, database, media."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Worker:
    """One named thread that does plain functions one after the other, in the order in which they were handed over."""

    def __init__(self, name: str) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do `function` in the thread and return its result or raise its error.

        Work that was handed over is done, also when whoever waits for it is cancelled: half a transaction or half
        a file would be worse than one too many.
        """
        work = asyncio.get_running_loop().run_in_executor(self._pool, partial(function, *args, **kwargs))
        # Where whoever waits is cancelled nobody asks any more how it ended.
        work.add_done_callback(lambda done: done.cancelled() or done.exception())
        return await asyncio.shield(work)

    def close(self) -> None:
        """Do what is left and end the thread. Waits; a closed worker takes nothing more."""
        self._pool.shutdown()


class Threads:
    """One thread each for files, the database and media, so that a long decode never delays a paid job's row."""

    def __init__(self) -> None:
        self.disk = Worker("disk")
        self.database = Worker("database")
        self.media = Worker("media")

    def close(self) -> None:
        """End all of them, once what was handed over is done."""
        for worker in (self.media, self.disk, self.database):
            worker.close()
