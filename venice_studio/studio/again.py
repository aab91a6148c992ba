"""Asks again by itself what costs nothing and failed for a passing reason."""

import asyncio
from collections.abc import Callable, Sequence

from venice_studio.domain.problem import Problem

WAITS_S = (2.0, 4.0, 8.0, 15.0, 30.0)
"""Seconds before the first, second, ... repetition; the last for all further ones."""


class Again:
    """Calls `ask` after each passing failure it is told of, until it is told that all is well.

    Waits as long as the service asks to, else longer from time to time.
    """

    def __init__(self, ask: Callable[[], object], waits_s: Sequence[float] = WAITS_S) -> None:
        self._ask = ask
        self._waits_s = waits_s
        self._asked = 0
        self._timer: asyncio.TimerHandle | None = None

    def failed(self, problem: Problem) -> None:
        """The last answer was a problem."""
        self._stop()
        if problem.transient:
            self._wait(problem.retry_after_s or 0.0)

    def well(self) -> None:
        """There is nothing to ask again."""
        self._stop()
        self._asked = 0

    def _wait(self, at_least_s: float = 0.0) -> None:
        wait_s = self._waits_s[min(self._asked, len(self._waits_s) - 1)]
        self._timer = asyncio.get_running_loop().call_later(max(at_least_s, wait_s), self._again)

    def _again(self) -> None:
        self._asked += 1
        # Who fails in the same words again may have nothing new to tell.
        self._wait()
        self._ask()

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
