"""How long a test waits for what the program does by itself: longer than any busy machine takes."""

import asyncio
import os
from collections.abc import Callable

PATIENCE_S = float(os.environ.get("VENICE_STUDIO_PATIENCE_S", "180"))
"""In seconds; who breaks the program on purpose waits less."""
PATIENCE_MS = round(PATIENCE_S * 1000)


async def until(true: Callable[[], bool], patience_s: float = PATIENCE_S) -> None:
    """Let the program go on until something is so; fails where it never gets there."""
    async with asyncio.timeout(patience_s):
        while not true():  # noqa: ASYNC110 - what is waited for is only seen from outside
            await asyncio.sleep(0.01)
