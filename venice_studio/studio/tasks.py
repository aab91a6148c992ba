"""Owns every task of the program: starts, cancels, joins, reports."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from venice_studio.studio.signals import Signal

log = logging.getLogger(__name__)


class Tasks:
    """A place that keeps a reference to each running task, so that none is collected or forgotten."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._running: set[asyncio.Task[Any]] = set()
        self.failed: Signal[BaseException] = Signal()

    def start(self, work: Coroutine[Any, Any, object], name: str) -> asyncio.Task[Any]:
        """Run `work` on the program's loop, at once or when that starts; an error is logged and told to `failed`."""
        task = self._loop.create_task(work, name=name)
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    @property
    def names(self) -> tuple[str, ...]:
        """What is running, for a look inside."""
        return tuple(sorted(task.get_name() for task in self._running))

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if task.cancelled():
            return
        if error := task.exception():
            log.error("Task %s failed", task.get_name(), exc_info=error)
            self.failed.emit(error)

    async def join(self) -> None:
        """Wait until nothing is running any more."""
        while self._running:
            await asyncio.gather(*self._running, return_exceptions=True)

    async def close(self) -> None:
        """Cancel everything and wait until it has ended."""
        while self._running:
            running = tuple(self._running)
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)
