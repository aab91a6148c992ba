"""The real clock."""

import asyncio
import time
from datetime import UTC, datetime


class SystemClock:
    """The computer's own time, in UTC."""

    def now(self) -> datetime:
        """The wall clock, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds that only go forward."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Come back after `seconds`, never before: Qt's loop fires up to 5 % early."""
        end = time.monotonic() + seconds
        await asyncio.sleep(max(seconds, 0.0))
        if (left := end - time.monotonic()) > 0:
            await self.sleep(left)
