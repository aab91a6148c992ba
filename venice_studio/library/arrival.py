"""A sound or video on its way to the shelf: copied piece by piece, byte for byte, its fingerprint taken on the way."""

import hashlib
import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from venice_studio.domain.inputs import Material
from venice_studio.library.kinds import FORMATS, HEAD, TAKEN, content_type, name_of
from venice_studio.library.pictures import unusable
from venice_studio.library.trouble import told

PIECE = 4 * 1024 * 1024
"""Bytes copied at once: between two pieces others may use the thread."""
MOST = {Material.SOUND: 50_000_000, Material.VIDEO: 500_000_000}
"""Bytes of a file that is taken in at all."""


class Arrival:
    """One file that comes in; its methods are for the media thread and raise `Trouble`: PICTURE for what cannot be
    used, DISK where the shelf cannot be written. `discard` after all else, unless it was put in its place."""

    def __init__(self, source: Path | bytes, name: str, material: Material, folder: Path) -> None:
        self.name = name
        self.mime = ""
        self.size = 0
        self.part: Path | None = None
        self._material = material
        self._folder = folder
        self._source = source
        self._from: BinaryIO | None = None
        self._to: BinaryIO | None = None
        self._hash = hashlib.sha256()

    @property
    def sha256(self) -> str:
        """The fingerprint of what was copied."""
        return self._hash.hexdigest()

    def begin(self) -> None:
        """Open the file and see by its first bytes that it is what is wanted."""
        with self._readable():
            if isinstance(self._source, Path) and not self._source.is_file():
                self._source.stat()
                raise unusable(f"{self.name} is {'a folder' if self._source.is_dir() else 'not a file'}.")
            self._from = self._source.open("rb") if isinstance(self._source, Path) else io.BytesIO(self._source)
            head, size = self._from.read(HEAD), self._from.seek(0, os.SEEK_END)
            self._from.seek(0)
        self._check(head, size)
        with told(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, part = tempfile.mkstemp(prefix=".", suffix=".part", dir=self._folder)
            self.part, self._to = Path(part), os.fdopen(handle, "wb")

    def step(self) -> bool:
        """Copy the next piece. False: there was none, and all is on the disk itself."""
        assert self._from is not None
        assert self._to is not None
        with self._readable():
            piece = self._from.read(PIECE)
        self.size += len(piece)
        self._check_size(self.size)
        with told(self._folder):
            if piece:
                self._hash.update(piece)
                self._to.write(piece)
            else:
                self._to.flush()
                os.fsync(self._to.fileno())
                self._close()
        return bool(piece)

    def discard(self) -> None:
        """Let go of everything. Never raises."""
        try:
            self._close()
            if self.part is not None:
                self.part.unlink(missing_ok=True)
        except OSError:
            pass  # what is left is swept up at the next start

    def _close(self) -> None:
        for file in (self._from, self._to):
            if file is not None:
                file.close()

    def _check(self, head: bytes, size: int) -> None:
        if not size:
            raise unusable(f"{self.name} is empty.")
        mime = content_type(head)
        if mime is None or TAKEN[mime] is not self._material:
            what = name_of(head) or f"not a {self._material} that is known"
            raise unusable(f"{self.name} is {what}. {FORMATS[self._material]} are taken here.")
        self.mime = mime
        self._check_size(size)

    def _check_size(self, size: int) -> None:
        if size > (most := MOST[self._material]):
            megabytes = f"{size // 1_000_000} MB. {most // 1_000_000} MB are taken at most"
            raise unusable(f"{self.name} has {megabytes}. Cut out what you need, or make it smaller first.")

    @contextmanager
    def _readable(self) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError as error:
            raise unusable(f"{self.name} is not there any more.") from error
        except PermissionError as error:
            raise unusable(f"You may not read {self.name}.") from error
        except OSError as error:
            raise unusable(f"{self.name} cannot be read: {error.strerror or error}.") from error
