"""A client and what it needs, and a sandbox for all tests of a file."""

from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.support.sandbox import Sandbox
from venice_studio.domain.job import Account, Begun
from venice_studio.domain.media import Picture
from venice_studio.venice.budget import RateLimits
from venice_studio.venice.client import VeniceClient, fingerprint
from venice_studio.venice.transport import Timings

KEY = "sk-venice-very-secret-0123456789"
QUICK = Timings(
    connect_s=2, read_s=2, paid_write_s=2, paid_read_s=2, deadline_s=5, paid_deadline_s=5, retry_waits_s=(0.01, 0.01)
)

Connect = Callable[..., VeniceClient]


@pytest.fixture
def disk() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2, thread_name_prefix="disk") as pool:
        yield pool


@pytest.fixture
async def connect(disk: ThreadPoolExecutor, tmp_path: Path) -> AsyncIterator[Connect]:
    """Makes clients; they are closed after the test. Pictures lie in the test's folder by their `sha256`."""
    clients: list[VeniceClient] = []

    def make(base_url: str, key: str = KEY, **more: Any) -> VeniceClient:
        more = {"timings": QUICK, "limits": RateLimits(window_s=0.6), **more}
        client = VeniceClient(
            base_url=base_url,
            key=key,
            account=Account(service=base_url, fingerprint=fingerprint(key)),
            medium_file=lambda picture: tmp_path / picture.sha256,
            disk=disk,
            **more,
        )
        clients.append(client)
        return client

    yield make
    for client in clients:
        await client.aclose()


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """The real service in a process of its own, its waits and rate windows a hundredth of the real ones."""
    with Sandbox(speed=100) as service:
        yield service


def picture(folder: Path, content: bytes, *, mime: str = "image/png", name: str = "cat.png", size: int = 0) -> Picture:
    """A picture whose bytes lie in `folder`; `size` lies about them."""
    file = f"{abs(hash(content)):x}"
    (folder / file).write_bytes(content)
    return Picture(sha256=file, mime=mime, width=640, height=360, size=size or len(content), name=name, as_is=True)


class Collected:
    """A sink that keeps what it is given."""

    def __init__(self) -> None:
        self.begun: list[tuple[int | None, str]] = []
        self.content = b""
        self.left: Begun | None = None
        """What `resume` says."""

    async def resume(self) -> Begun | None:
        return self.left

    async def begin(self, size: int | None, mime: str, *, version: str | None = None) -> None:
        self.begun.append((size, mime))
        self.content = b""

    async def write(self, chunk: bytes) -> None:
        self.content += chunk
