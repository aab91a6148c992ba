"""Makes clients of the service; the only place where the HTTP side and the rest of the program meet."""

import asyncio
import importlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from venice_studio.domain.job import Account
from venice_studio.domain.request import Picture
from venice_studio.studio.connection import ClosableService


class Services:
    """A factory with a thread of its own for reading what is sent. Call `prepare` before anything is made."""

    def __init__(self, picture_file: Callable[[Picture], Path]) -> None:
        self._picture_file = picture_file
        self._pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="sending")

    async def prepare(self) -> None:
        """Import the HTTP client in a thread: it takes 100 ms that the first paint need not wait for."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._pool, importlib.import_module, "venice_studio.venice.client")

    def make(self, base_url: str, key: str, account: Account, speed: float) -> ClosableService:
        """A client for one key; `speed` is how much faster than real the service's minutes pass (practice)."""
        from venice_studio.venice.budget import RateLimits
        from venice_studio.venice.client import VeniceClient

        limits = RateLimits(window_s=60 / speed)
        return VeniceClient(
            base_url=base_url, key=key, account=account, picture_file=self._picture_file, disk=self._pool, limits=limits
        )

    def fingerprint(self, key: str) -> str:
        """A short one-way mark of a key."""
        from venice_studio.venice.client import fingerprint

        return fingerprint(key)

    def close(self) -> None:
        """End the threads."""
        self._pool.shutdown(wait=True, cancel_futures=True)
