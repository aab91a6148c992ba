"""The seconds between a press and the sending, in which it can be taken back for nothing."""

import asyncio
import math
import time

from PySide6.QtWidgets import QApplication

from venice_studio.studio.signals import Value


def sending_in(seconds: int) -> tuple[str, str]:
    """What the button says that began it: how long it takes, and what a click does now."""
    return f"Sending in {seconds}…", "Undo"


class Countdown:
    """Counts once at a time."""

    def __init__(self) -> None:
        self.left: Value[int] = Value(0)
        """Whole seconds until the time is over; 0: nothing is being counted."""
        self._taken_back = asyncio.Event()
        self._began = 0.0

    @property
    def counting(self) -> bool:
        """Whether there is something to take back."""
        return self.left.value > 0

    @property
    def elapsed_s(self) -> float:
        """Seconds since it began."""
        return time.monotonic() - self._began

    async def over(self, seconds: int) -> bool:
        """Wait for so many seconds, never less; False: it was taken back meanwhile."""
        self._taken_back.clear()
        self._began = time.monotonic()
        try:
            while (left := seconds - self.elapsed_s) > 0:
                self.left.set(math.ceil(left))
                if await self._taken_back_within(left - math.ceil(left) + 1):
                    return False
            return True
        finally:
            self.left.set(0)

    def clicked(self) -> None:
        """Take it back, unless this is the second half of the double click that began it."""
        if self.elapsed_s * 1000 > QApplication.doubleClickInterval():
            self.take_back()

    def take_back(self) -> None:
        """End it: what was to come does not."""
        self.left.set(0)
        self._taken_back.set()

    async def _taken_back_within(self, seconds: float) -> bool:
        try:
            await asyncio.wait_for(self._taken_back.wait(), seconds)
        except TimeoutError:
            return False
        return True
