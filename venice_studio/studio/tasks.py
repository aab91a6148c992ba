"""Owns every task of the program: starts, cancels, joins, reports."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from venice_studio.studio.signals import Signal

T = TypeVar("T")

log = logging.getLogger(__name__)

GRACE_S = 65.0
"""How long closing waits for vital work: the answer to a paid request may take a minute, and it is the ticket."""


class Tasks:
    """A place that keeps a reference to each running task, so that none is collected or forgotten."""

    def __init__(self, loop: Callable[[], asyncio.AbstractEventLoop] = asyncio.get_running_loop) -> None:
        """`loop` is asked at each start which loop to work on."""
        self._loop = loop
        self._running: set[asyncio.Task[Any]] = set()
        self._vital: set[asyncio.Task[Any]] = set()
        self.failed: Signal[BaseException] = Signal()

    def start(self, work: Coroutine[Any, Any, object], name: str) -> asyncio.Task[Any]:
        """Run `work` on the program's loop; an error is logged and told to `failed`."""
        task = self._loop().create_task(work, name=name)
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    async def see_through(self, work: Coroutine[Any, Any, T], name: str) -> T:
        """Run `work` to its end even if the caller is cancelled meanwhile, and give its result or error."""
        task = self._loop().create_task(work, name=name)
        self._vital.add(task)
        task.add_done_callback(self._vital.discard)
        return await asyncio.shield(task)

    async def seen_through(self, *names: str) -> None:
        """Return once no vital work of these names is under way any more."""
        if under_way := {task for task in self._vital if task.get_name() in names}:
            await asyncio.wait(under_way)

    @property
    def names(self) -> tuple[str, ...]:
        """What is running, for a look inside."""
        return tuple(sorted(task.get_name() for task in self._running | self._vital))

    async def join(self) -> None:
        """Wait until nothing is running any more."""
        while running := self._running | self._vital:
            await asyncio.gather(*running, return_exceptions=True)

    async def close(self, grace_s: float = GRACE_S) -> None:
        """End what can be taken up again later, wait for what must be seen through, at most `grace_s` seconds."""
        while self._running:
            await _cancel(self._running)
        if self._vital:
            await asyncio.wait(self._vital, timeout=grace_s)
        await _cancel(self._vital)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if task.cancelled():
            return
        if error := task.exception():
            log.error("Task %s failed", task.get_name(), exc_info=error)
            self.failed.emit(error)


async def _cancel(tasks: set[asyncio.Task[Any]]) -> None:
    ending = tuple(tasks)
    for task in ending:
        task.cancel()
    await asyncio.gather(*ending, return_exceptions=True)
