"""The program's client over an address, for measuring."""

import tempfile
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path

from tests.support.fake_service import ACCOUNT
from venice_studio.domain.media import Medium
from venice_studio.venice.client import VeniceClient


@asynccontextmanager
async def client(origin: str, picture: Path | None = None) -> AsyncIterator[VeniceClient]:
    """A client for the service at `origin`, whose every picture is the file `picture`."""

    def medium_file(_: Medium) -> Path:
        return picture or Path(tempfile.gettempdir()) / "no picture"

    with ThreadPoolExecutor(2) as disk:
        made = VeniceClient(base_url=origin, key="key", account=ACCOUNT, medium_file=medium_file, disk=disk)
        try:
            yield made
        finally:
            await made.aclose()
