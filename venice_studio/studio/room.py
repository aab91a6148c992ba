"""Whether a clip could be saved: known before anybody presses, never asked on the caller's time."""

import asyncio
from collections.abc import Awaitable, Callable

from venice_studio.domain.job import Account
from venice_studio.domain.problem import Problem, Trouble
from venice_studio.studio.signals import Value
from venice_studio.studio.tasks import Tasks

AGAIN_S = 5.0
"""How long until a folder that would not do is looked at again."""


class Room:
    """Keeps `problem` true to the folder for an account's clips."""

    def __init__(self, *, look: Callable[[Account], Awaitable[int]], tasks: Tasks, again_s: float = AGAIN_S) -> None:
        """`look` gives the bytes that are free for clips of an account, or raises `Trouble` (DISK)."""
        self.problem: Value[Problem | None] = Value(None)
        self.free: Value[int | None] = Value(None)
        """Bytes; None where nobody knows."""
        self._look = look
        self._tasks = tasks
        self._again_s = again_s
        self._account: Account | None = None
        self._looking: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None

    def look(self, account: Account | None = None) -> None:
        """Look at the folder as it is now; at that for another account, where one is given."""
        self._account = account or self._account
        self.stop()
        if self._account is not None:
            self._looking = self._tasks.start(self._see(self._account), "room for clips")

    def doubt(self) -> None:
        """A clip could not be saved: look, unless that is known or being looked at."""
        if self.problem.value is None and (self._looking is None or self._looking.done()):
            self.look()

    def stop(self) -> None:
        """Look no more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None

    async def _see(self, account: Account) -> None:
        try:
            free = await self._look(account)
        except Trouble as trouble:
            self.free.set(None)
            self.problem.set(trouble.problem)
            self._timer = asyncio.get_running_loop().call_later(self._again_s, self.look)
        else:
            self.free.set(free)
            self.problem.set(None)
