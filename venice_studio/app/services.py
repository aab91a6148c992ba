"""Makes clients of the service; the only place where the HTTP side and the rest of the program meet."""

import asyncio
import importlib.util
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from venice_studio.domain.job import Account
from venice_studio.domain.media import Medium
from venice_studio.studio.connection import ClosableService

if TYPE_CHECKING:
    from venice_studio.venice.budget import RateLimits
    from venice_studio.venice.client import VeniceClient
    from venice_studio.venice.fetching import PictureFetcher


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """What was imported late."""

    client: "type[VeniceClient]"
    fetcher: "type[PictureFetcher]"
    limits: "type[RateLimits]"
    fingerprint: Callable[[str], str]


class Services:
    """A factory with a thread of its own for reading what is sent. Call `prepare` before anything is made."""

    def __init__(self, medium_file: Callable[[Medium], Path]) -> None:
        self._medium_file = medium_file
        self._pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="sending")
        self._prepared: _Parts | None = None
        self._fetcher: PictureFetcher | None = None

    async def prepare(self) -> None:
        """Import the HTTP client in a thread: it takes 100 ms that the first paint need not wait for."""
        self._prepared = await asyncio.get_running_loop().run_in_executor(self._pool, _import)

    def make(self, base_url: str, key: str, account: Account, speed: float) -> ClosableService:
        """A client for one key; `speed` is how much faster than real the service's minutes pass (practice)."""
        return self._parts.client(
            base_url=base_url,
            key=key,
            account=account,
            medium_file=self._medium_file,
            disk=self._pool,
            limits=self._parts.limits(window_s=60 / speed),
        )

    def fingerprint(self, key: str) -> str:
        """A short one-way mark of a key."""
        return self._parts.fingerprint(key)

    async def fetch_picture(self, address: str) -> bytes:
        """The bytes at a web address, asked for without any key. Raises `Trouble` (PICTURE)."""
        if self._fetcher is None:
            self._fetcher = self._parts.fetcher(disk=self._pool)
        return await self._fetcher.fetch(address)

    async def aclose(self) -> None:
        """Close what is open and end the threads."""
        if self._fetcher is not None:
            await self._fetcher.aclose()
        self._pool.shutdown(wait=True, cancel_futures=True)

    @property
    def _parts(self) -> _Parts:
        assert self._prepared is not None, "the services were not prepared"
        return self._prepared


def _import() -> _Parts:
    # httpx has a command line of its own, and imports what that is made of wherever it finds it.
    sys.modules["httpx._main"] = None  # type: ignore[assignment]
    if importlib.util.find_spec("sniffio") is None:
        # httpcore would look for it at every request; None spares the window's thread that walk through the disk.
        sys.modules["sniffio"] = None  # type: ignore[assignment]
    from venice_studio.venice.budget import RateLimits
    from venice_studio.venice.client import VeniceClient, fingerprint
    from venice_studio.venice.fetching import PictureFetcher

    return _Parts(client=VeniceClient, fetcher=PictureFetcher, limits=RateLimits, fingerprint=fingerprint)
