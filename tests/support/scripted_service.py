"""A service of the reference dialect on a real socket, which answers sensibly until a test says otherwise."""

import asyncio
from collections import defaultdict, deque
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.support.clips import make_clip
from tests.support.faulty_server import Answerer, FaultyServer, Received, http, told
from venice_studio.studio.signals import Signal

QUOTE, QUEUE, RETRIEVE, COMPLETE = "/video/quote", "/video/queue", "/video/retrieve", "/video/complete"
MODELS, BALANCE = "/models", "/billing/balance"

_BASE = "/api/v1"
_PROCESSING = {"status": "processing", "executionDuration": 1000, "estimatedDuration": 2000}
_HELD = {"canConsume": True, "consumptionCurrency": "USD", "balances": {"diem": None, "usd": 24.3}}


class ScriptedService:
    """Quotes $0.44, queues, says `processing` once for each job, then gives its clip. Counts what it is asked."""

    def __init__(self, folder: Path) -> None:
        """`folder` takes the clip that is given out: 24 numbered frames."""
        self._clip = make_clip(folder / "served.mp4", frames=24).read_bytes()
        self._script: dict[str, deque[bytes | Answerer]] = defaultdict(deque)
        self._always: dict[str, bytes] = {}
        self._server = FaultyServer(self._answer)
        self._looks = 0
        self._open = False
        self.heard: Signal[str] = Signal()
        """A request came for this path."""

    @property
    def base_url(self) -> str:
        """The address for the program."""
        return f"{self._server.origin}{_BASE}"

    async def __aenter__(self) -> Self:
        await self._server.__aenter__()
        self._open = True
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Be gone: from now on nobody listens at the address."""
        if self._open:
            self._open = False
            await self._server.__aexit__(None, None, None)

    def next(self, path: str, *answers: bytes | Answerer) -> None:
        """What the next requests to `path` are answered, one each; then it is sensible again."""
        self._script[path].extend(answers)

    def always(self, path: str, answer: bytes) -> None:
        """What every request to `path` is answered from now on."""
        self._always[path] = answer

    def count(self, path: str) -> int:
        """How often `path` was asked for."""
        return sum(_path(received) == path for received in self._server.received)

    async def _answer(self, received: Received, writer: asyncio.StreamWriter) -> None:
        path = _path(received)
        self.heard.emit(path)
        answer = self._script[path].popleft() if self._script[path] else self._always.get(path) or self._sensible(path)
        if isinstance(answer, bytes):
            writer.write(answer)
        else:
            await answer(received, writer)

    def _sensible(self, path: str) -> bytes:
        match path:
            case "/video/quote":
                return told({"quote": 0.44, "currency": "USD"})
            case "/video/queue":
                return told({"queueid": f"job-{self.count(path)}", "status": "queued"})
            case "/video/retrieve":
                self._looks += 1
                return http(200, self._clip, mime="video/mp4") if self._looks % 2 == 0 else told(_PROCESSING)
            case "/video/complete":
                return told({"success": True})
            case "/billing/balance":
                return told(_HELD)
            case _:
                return told({"object": "list", "data": []})


def _path(received: Received) -> str:
    return received.path.partition("?")[0].removeprefix(_BASE)
