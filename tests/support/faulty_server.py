"""A server on a real socket that answers as no service should: cut, slow, too long, somebody else's."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Self


@dataclass(frozen=True, slots=True)
class Received:
    """One request as it came. `headers` have lower-case names."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> object:
        """The body as JSON."""
        return json.loads(self.body)


Answerer = Callable[[Received, asyncio.StreamWriter], Awaitable[None]]


class FaultyServer:
    """Answers each connection's one request with `answer`, then closes it. `received` keeps what came, in order."""

    def __init__(self, answer: Answerer, *, port: int = 0) -> None:
        """`port`: where to listen; 0: on any free one."""
        self._answer = answer
        self._server: asyncio.Server | None = None
        self._talks: set[asyncio.Task[None]] = set()
        self.received: list[Received] = []
        self.port = port

    @property
    def base_url(self) -> str:
        """For example http://127.0.0.1:40123/api/v1."""
        return f"{self.origin}/api/v1"

    @property
    def origin(self) -> str:
        """The same without a path."""
        return f"http://127.0.0.1:{self.port}"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._talk, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        for _ in range(20):
            await asyncio.sleep(0)  # asyncio loses the sockets of connections that it is just about to accept
        self._server.close()
        for talk in tuple(self._talks):
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)
        await self._server.wait_closed()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._talks.add(task)
        task.add_done_callback(self._talks.discard)
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                received = await _read(reader)
                self.received.append(received)
                await self._answer(received, writer)
                await writer.drain()
        except asyncio.CancelledError:
            pass  # the server closes; asyncio would report a cancelled handler as an error
        finally:
            writer.close()
            with suppress(ConnectionError, asyncio.CancelledError):
                await writer.wait_closed()


async def _read(reader: asyncio.StreamReader) -> Received:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, path, _ = head[0].split(" ", 2)
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Received(method, path, headers, body)


def http(
    status: int = 200, body: bytes = b"", *, mime: str = "application/json", length: int | None = None, **more: str
) -> bytes:
    """A whole answer; `length` lies about the body's bytes, `more` are headers with _ for -."""
    headers = {"Content-Type": mime, "Content-Length": str(len(body) if length is None else length)}
    headers |= {name.replace("_", "-"): value for name, value in more.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status} Whatever\r\n{head}\r\n".encode("latin-1") + body


def told(value: object, status: int = 200, **headers: str) -> bytes:
    """A whole answer of JSON."""
    return http(status, json.dumps(value).encode(), mime="application/json", length=None, **headers)


def always(answer: bytes) -> Answerer:
    """Answers every request with these bytes."""
    return in_turn([answer])


def in_turn(answers: Sequence[bytes]) -> Answerer:
    """Answers the first request with the first of `answers` and so on, then with the last for ever."""
    asked = 0

    async def answer(_: Received, writer: asyncio.StreamWriter) -> None:
        nonlocal asked
        writer.write(answers[min(asked, len(answers) - 1)])
        asked += 1

    return answer


async def never(_: Received, writer: asyncio.StreamWriter) -> None:
    """Takes the request and says nothing until the other side gives up."""
    await asyncio.sleep(3600)


async def hang_up(_: Received, writer: asyncio.StreamWriter) -> None:
    """Takes the request and closes without a word."""


def dripping(answer: bytes, every_s: float, *, at_once: int = 0) -> Answerer:
    """Sends an answer one byte at a time, its first `at_once` bytes together."""

    async def drip(_: Received, writer: asyncio.StreamWriter) -> None:
        writer.write(answer[:at_once])
        for byte in answer[at_once:]:
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(every_s)

    return drip
