"""A clip's bytes on their way from an answer into a sink, piece by piece."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Protocol

import httpx

from venice_studio.domain.job import Begun
from venice_studio.domain.problem import Kind, Problem, Trouble
from venice_studio.venice.secrets import parts_of, without
from venice_studio.venice.transport import Transport, as_trouble, problem_of
from venice_studio.venice.wire.calls import Call
from venice_studio.venice.wire.errors import cost_of, garbled, read_problem

_HEAD = 8
"""Bytes that tell whether a body is a clip: the length and the kind of an MP4's first box."""


class Sink(Protocol):
    """Where a clip's bytes go."""

    async def begin(self, size: int | None, mime: str, *, version: str | None = None) -> None:
        """A body begins: its length in bytes, where the service named it, and its content type. What was written
        before is void. `version`: it comes from an address that goes on where it was left; see `Begun`."""
        ...

    async def resume(self) -> Begun | None:
        """Go on behind what came from such an address in an earlier try, and say what that is; None: nothing did."""
        ...

    async def write(self, chunk: bytes) -> None:
        """The next bytes."""
        ...


def pieces_of(call: Call, response: httpx.Response) -> AsyncIterator[bytes]:
    """The body in pieces; an answer that ends before its announced length raises `Trouble` (CUT).

    That it does is h11's work, which holds every body to its Content-Length and every chunked one to its end.
    """
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        raise garbled(call, "The service sent the clip in a wrapping that was not asked for.", response.status_code)
    return _pieces(call, response)


async def _pieces(call: Call, response: httpx.Response) -> AsyncIterator[bytes]:
    raw = response.aiter_raw()  # as they come: regrouping here would copy every byte twice more
    while True:
        with as_trouble(call):
            piece = await anext(raw, None)
        if piece is None:
            return
        yield piece


def mime_of(response: httpx.Response) -> str:
    """The content type without its parameters, in lower case."""
    return str(response.headers.get("content-type", "")).partition(";")[0].strip().lower()


def size_of(response: httpx.Response) -> int | None:
    """The announced length in bytes."""
    length = str(response.headers.get("content-length", ""))
    return int(length) if length.isdecimal() else None


def looks_like_clip(mime: str, head: bytes) -> bool:
    """Whether an answer is a clip: by its type, or by its first bytes where the type says nothing."""
    if mime.startswith("video/"):
        return True
    return mime in ("", "application/octet-stream", "binary/octet-stream") and head[4:8] == b"ftyp"


async def pour(call: Call, response: httpx.Response, head: bytes, rest: AsyncIterator[bytes], sink: Sink) -> None:
    """Write a whole body into the sink, its first piece being already read."""
    mime = mime_of(response)
    await sink.begin(size_of(response), mime if mime.startswith("video/") else "video/mp4")
    await sink.write(head)
    async for piece in rest:
        await sink.write(piece)


async def head_of(pieces: AsyncIterator[bytes]) -> bytes:
    """The beginning of a body, enough of it for `looks_like_clip`; less only where there is no more."""
    head = b""
    async for piece in pieces:
        head += piece
        if len(head) >= _HEAD:
            break
    return head


class Download:
    """Fetches a clip from an address of its own, going on where a broken transfer stopped. Live schema.

    The address is a secret and its own permission: the key is never sent there.
    """

    def __init__(self, transport: Transport, url: str, sink: Sink, *, retry_waits_s: Sequence[float]) -> None:
        self._transport = transport
        self._url = url
        self._sink = sink
        self._waits = retry_waits_s
        self._received = 0
        self._size: int | None = None
        self._version = ""

    async def run(self) -> None:
        """The whole clip into the sink, behind what came of it before. Raises `Trouble` (GONE once the address has run
        out)."""
        if (begun := await self._sink.resume()) is not None:
            self._received, self._size, self._version = begun.received, begun.size, begun.version
        for wait in self._waits:
            try:
                return await self._once()
            except Trouble as trouble:
                if not trouble.problem.transient:
                    raise
            await asyncio.sleep(wait)
        return await self._once()

    async def _once(self) -> None:
        async with self._transport.stream(
            Call.DOWNLOAD, self._transport.plain, self._url, headers=self._going_on()
        ) as response:
            if response.status_code not in (200, 206, 416):
                answer = await self._transport.rest(Call.DOWNLOAD, response)
                problem = read_problem(Call.DOWNLOAD, answer.status, answer.body, answer.headers)
                raise Trouble(without(problem, parts_of(self._url)))
            pieces = pieces_of(Call.DOWNLOAD, response)
            if not self._continues(response):
                await self._begin(response, pieces)
            async for piece in pieces:
                await self._write(piece)
        if self._size is not None and self._received != self._size:
            self._received = 0
            raise Trouble(problem_of(Call.DOWNLOAD, TimeoutError()))

    def _going_on(self) -> dict[str, str]:
        if not self._received:
            return {}
        return {"Range": f"bytes={self._received}-", **({"If-Range": self._version} if self._version else {})}

    def _continues(self, response: httpx.Response) -> bool:
        rest = str(response.headers.get("content-range", ""))
        goes_on = response.status_code == 206 and rest == f"bytes {self._received}-{(self._size or 0) - 1}/{self._size}"
        if response.status_code != 200 and not goes_on:
            self._received = 0  # the next try begins anew
            raise garbled(
                Call.DOWNLOAD, "The service sent another part of the clip than was asked for.", response.status_code
            )
        return goes_on

    async def _begin(self, response: httpx.Response, pieces: AsyncIterator[bytes]) -> None:
        self._received, self._size = 0, size_of(response)
        version = str(response.headers.get("etag", ""))
        self._version = version if version.startswith('"') else ""
        head = await head_of(pieces)
        mime = mime_of(response)
        if not looks_like_clip(mime, head):
            raise garbled(
                Call.DOWNLOAD, "The address of the clip gave something that is no clip.", response.status_code
            )
        # Without its length nobody could tell which part of it comes.
        goes_on = None if self._size is None else self._version
        await self._sink.begin(self._size, mime if mime.startswith("video/") else "video/mp4", version=goes_on)
        await self._write(head)

    async def _write(self, piece: bytes) -> None:
        await self._sink.write(piece)
        self._received += len(piece)


def nothing_to_fetch() -> Trouble:
    """The trouble of a finished job whose answer has neither a clip nor an address."""
    message = "The service says that the clip is finished, but gave no file and no address to fetch it from."
    return Trouble(Problem(kind=Kind.GONE, message=message, cost=cost_of(Call.RETRIEVE, Kind.GONE)))
