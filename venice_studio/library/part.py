"""A file that grows while it is received, written in the disk thread."""

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from venice_studio.domain.job import Begun
from venice_studio.domain.problem import Cost, Kind, Problem, Trouble
from venice_studio.library.container import check_mp4
from venice_studio.library.landing import sync_file
from venice_studio.library.threads import Worker
from venice_studio.library.trouble import told

CHUNK = 1024 * 1024
"""Bytes that are gathered before the disk is asked: small ones cost a change of threads each."""


class PartFile:
    """A sink for a clip's bytes. Every method raises `Trouble` (DISK) where the disk refuses."""

    def __init__(self, path: Path, disk: Worker) -> None:
        self.path = path
        self._disk = disk
        self._file: BinaryIO | None = None
        self._gathered: list[bytes] = []
        self._gathered_bytes = 0
        self._announced: int | None = None
        self._version: str | None = None
        self._written = 0
        self._writing: asyncio.Task[None] | None = None
        """The piece that goes to the disk while the next one comes; never more than one, so that memory stays small."""

    async def begin(self, size: int | None, mime: str, *, version: str | None = None) -> None:
        """A body begins, with `size` bytes where that was announced; what was written before is void.

        `mime` is not believed: what came is judged by its bytes. `version`: see `Begun`.
        """
        await self._drop()
        self._announced, self._written, self._version = size, 0, version
        await self._disk.run(self._open)

    async def resume(self) -> Begun | None:
        """Go on behind what an earlier try left; None: it left nothing that can be gone on from."""
        await self._drop()
        begun = await self._disk.run(self._reopen)
        if begun is not None:
            self._announced, self._written = begun.size, begun.received
        return begun

    async def write(self, chunk: bytes) -> None:
        """Take the next bytes. What the disk refuses is told with the next piece, or by `complete`."""
        self._gathered.append(chunk)
        self._gathered_bytes += len(chunk)
        # The last bytes do not wait for whoever comes next: after a kill they would be missing.
        if self._written + self._gathered_bytes == self._announced:
            await self._flush()
        elif self._gathered_bytes >= CHUNK:
            await self._write_ahead()

    async def complete(self) -> None:
        """All bytes came: write them out and check that they are a whole MP4. Raises `Trouble` (BROKEN_CLIP) too."""
        await self._flush()
        await self._disk.run(self._close_and_check)

    async def discard(self) -> None:
        """Remove the file, if there is one. Never raises for a file that cannot be removed."""
        await self._drop()
        await self._disk.run(self._remove)

    async def _flush(self) -> None:
        await self._write_ahead()
        await self._written_out()

    async def _write_ahead(self) -> None:
        """Hand what was gathered to the disk, once it has done with what it was handed before."""
        await self._written_out()
        pieces = self._gathered
        self._written += self._gathered_bytes
        self._forget()
        self._writing = asyncio.ensure_future(self._disk.run(self._append, pieces))

    async def _written_out(self) -> None:
        writing, self._writing = self._writing, None
        if writing is None:
            return
        try:
            await writing
        except Trouble:
            self._forget()  # it would stand behind a gap
            raise

    async def _drop(self) -> None:
        """Forget what was gathered, and what became of the piece on its way."""
        self._forget()
        with suppress(Trouble):
            await self._written_out()

    def _forget(self) -> None:
        self._gathered, self._gathered_bytes = [], 0

    def _open(self) -> None:
        self._close()
        with told(self.path.parent, Cost.CHARGED):
            self._file = self.path.open("wb")

    def _reopen(self) -> Begun | None:
        return None

    def _append(self, pieces: list[bytes]) -> None:
        if self._file is None:
            raise Trouble(Problem(kind=Kind.BROKEN_CLIP, message="No clip came.", cost=Cost.CHARGED))
        with told(self.path.parent, Cost.CHARGED):
            self._file.write(b"".join(pieces))
            self._file.flush()

    def _close_and_check(self) -> None:
        with told(self.path.parent, Cost.CHARGED):
            self._close()
            sync_file(self.path)
            check_mp4(self.path, self._announced)

    def _close(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            file.close()

    def _remove(self) -> None:
        # On a full disk closing fails too; what stays behind is removed at the next start.
        with suppress(OSError):
            self._close()
        with suppress(OSError):
            self.path.unlink()
