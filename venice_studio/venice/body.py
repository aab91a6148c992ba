"""The body of the paid request, streamed: the bytes of its files are never whole in memory.

What goes out is byte for byte what `json.dumps` would make of the whole, files as base64 data URIs.
"""

import asyncio
import base64
import json
import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from venice_studio.domain.media import Medium, base64_length
from venice_studio.domain.problem import Kind, Problem, Trouble

PIECE = 3 * 128 * 1024
"""Bytes of a file sent at once: a multiple of 3, so that the pieces' base64 joins without padding."""
READ = 3 * PIECE
"""Bytes of a file read at once, each time into the same place: going to the disk's thread and back takes longer than
reading a piece does."""


@dataclass(frozen=True, slots=True)
class Body:
    """A body as its parts, in order: text that is ready, and files to be read as they go."""

    parts: tuple[bytes | Medium, ...]

    @property
    def length(self) -> int:
        """Bytes in all."""
        return sum(base64_length(part.size) if isinstance(part, Medium) else len(part) for part in self.parts)

    @property
    def media(self) -> tuple[Medium, ...]:
        """The files in it, in order."""
        return tuple(part for part in self.parts if isinstance(part, Medium))


def body_of(tree: Mapping[str, object]) -> Body:
    """The body of a JSON tree with `Medium` objects in it, wherever they are."""
    slots: dict[str, Medium] = {}

    def slot(value: object) -> str:
        mark = f"<{secrets.token_hex(16)}>"  # nobody's prompt can hold it
        slots[mark] = _medium(value)
        return f"data:{slots[mark].mime};base64,{mark}"

    rest = json.dumps(tree, default=slot)
    parts: list[bytes | Medium] = []
    for mark, medium in slots.items():
        before, _, rest = rest.partition(mark)
        parts += [before.encode("ascii"), medium]
    return Body((*parts, rest.encode("ascii")))


def payload_of(tree: Mapping[str, object]) -> str:
    """The same JSON for the ledger: each file as its fingerprint, content type and length in bytes."""
    return json.dumps(
        tree, default=lambda p: {"sha256": _medium(p).sha256, "mime": _medium(p).mime, "bytes": _medium(p).size}
    )


def _medium(value: object) -> Medium:
    if not isinstance(value, Medium):
        raise TypeError(f"{type(value).__name__} does not go over the wire")
    return value


class OpenBody:
    """A body whose files are open and of the size they should be, so that it can be sent to its end.

    An async context manager; entering and reading raise `Trouble` (PICTURE, not charged) where one cannot be
    read: the service never gets a whole request then, and so cannot act on it. Files are read in `disk`.
    """

    def __init__(self, body: Body, file_of: Callable[[Medium], Path], disk: Executor) -> None:
        self._body = body
        self._file_of = file_of
        self._disk = disk
        self._files: list[BufferedReader] = []

    async def __aenter__(self) -> "OpenBody":
        loop = asyncio.get_running_loop()
        try:
            for medium in self._body.media:
                self._files.append(await loop.run_in_executor(self._disk, _open, self._file_of, medium))
        except BaseException:
            await self._close()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._close()

    async def _close(self) -> None:
        files, self._files = self._files, []
        for file in files:
            file.close()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        loop = asyncio.get_running_loop()
        place = memoryview(bytearray(READ))
        files = iter(self._files)
        for part in self._body.parts:
            if isinstance(part, bytes):
                yield part
                continue
            file = next(files)
            for start in range(0, part.size, READ):
                read = place[: part.size - start]
                await loop.run_in_executor(self._disk, _fill, read, file, part)
                for at in range(0, len(read), PIECE):
                    # Encoded here: it needs Python's lock in any thread, and half a millisecond holds nobody up.
                    yield base64.b64encode(read[at : at + PIECE])


def _open(file_of: Callable[[Medium], Path], medium: Medium) -> BufferedReader:
    try:
        file = file_of(medium).open("rb")
    except OSError:
        raise _unreadable(medium) from None
    if file.seek(0, 2) != medium.size:
        file.close()
        raise _unreadable(medium)
    file.seek(0)
    return file


def _fill(place: memoryview, file: BufferedReader, medium: Medium) -> None:
    try:
        count = file.readinto(place)
    except OSError:
        raise _unreadable(medium) from None
    if count < len(place):
        raise _unreadable(medium)


def _unreadable(medium: Medium) -> Trouble:
    message = f"{medium.name} can no longer be read. Put it in again."
    return Trouble(Problem(kind=Kind.PICTURE, message=message))
