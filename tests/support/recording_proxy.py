"""Stands between program and service on a real socket and keeps what passed, in both directions."""

import asyncio
import base64
import json
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from tests.support.faulty_server import FaultyServer, Received

_PIECE = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and its answer. `path` is without the base address, for example `/video/queue`."""

    path: str
    asked: Received
    status: int
    answer: bytes

    @property
    def body(self) -> dict[str, Any]:
        """What was asked, as JSON."""
        return dict(json.loads(self.asked.body))

    @property
    def told(self) -> dict[str, Any]:
        """What was answered, as JSON."""
        return dict(json.loads(self.answer))


class RecordingProxy:
    """Passes everything on to `target`, a base URL. With `hold_after` the next clip stops after that many bytes."""

    def __init__(self, target: str) -> None:
        self._target = urlsplit(target)
        self._server = FaultyServer(self._pass_on)
        self.exchanges: list[Exchange] = []
        self.hold_after: int | None = None
        self.held = asyncio.Event()
        """A clip is being held back."""

    @property
    def base_url(self) -> str:
        """The address for the program."""
        return f"http://127.0.0.1:{self._server.port}{self._target.path}"

    async def __aenter__(self) -> Self:
        await self._server.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._server.__aexit__(kind, error, trace)

    def of(self, path: str) -> list[Exchange]:
        """The whole exchanges at one path, in order of their answers."""
        return [exchange for exchange in self.exchanges if exchange.path == path]

    def asked(self, path: str) -> int:
        """How often a path was asked for, answered or not."""
        return sum(received.path == self._target.path + path for received in self._server.received)

    async def _pass_on(self, asked: Received, writer: asyncio.StreamWriter) -> None:
        reader, upstream = await asyncio.open_connection(self._target.hostname, self._target.port)
        try:
            upstream.write(_request(asked))
            answer = bytearray()
            while piece := await reader.read(_PIECE):
                answer += piece
                writer.write(piece)
                await writer.drain()
                if b"video/mp4" in answer[:500] and len(answer) > (self.hold_after or len(answer)):
                    self.hold_after = None
                    self.held.set()
                    await asyncio.Event().wait()
        finally:
            upstream.close()
        head, _, body = bytes(answer).partition(b"\r\n\r\n")
        path = asked.path.removeprefix(self._target.path)
        self.exchanges.append(Exchange(path=path, asked=asked, status=int(head.split(b" ", 2)[1]), answer=body))


def _request(asked: Received) -> bytes:
    headers = {**asked.headers, "connection": "close"}
    lines = [f"{asked.method} {asked.path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + asked.body


def picture_in(body: dict[str, Any]) -> tuple[str, bytes]:
    """The MIME type and the bytes of the data URI in a queue body's `image_url`."""
    head, _, data = str(body["image_url"]).partition(",")
    return head.removeprefix("data:").removesuffix(";base64"), base64.b64decode(data, validate=True)
