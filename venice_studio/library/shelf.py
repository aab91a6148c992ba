"""The shelf of files that go with a prompt: each lies there just as it is sent, under the fingerprint of its bytes."""

import hashlib
import re
from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from venice_studio.domain.media import Fit, Medium, Picture
from venice_studio.library import fitting, pictures
from venice_studio.library.landing import write_whole
from venice_studio.library.pictures import Prepared, unusable
from venice_studio.library.threads import Worker
from venice_studio.library.trouble import told

MAX_FILE = 200_000_000
"""Bytes of a file that is read at all."""

_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp", "audio/wav": "wav", "audio/mpeg": "mp3"}
_ENDINGS |= {"video/mp4": "mp4", "video/quicktime": "mov", "video/webm": "webm"}
_OURS = re.compile(rf"([0-9a-f]{{64}})\.({'|'.join(_ENDINGS.values())})")


class MediaShelf:
    """Takes files in and knows where they lie. Methods raise `Trouble`: PICTURE for what cannot be used."""

    def __init__(self, folder: Path, worker: Worker) -> None:
        self._folder = folder
        self._worker = worker
        self._taken: set[str] = set()

    async def take_file(self, path: str) -> Picture:
        """Take a file in; an upright PNG, JPEG or WebP within the limits byte for byte."""
        return await self._worker.run(self._take_file, Path(path))

    async def take_bytes(self, data: bytes, name: str) -> Picture:
        """Take in what came without a file: pasted, dragged out of a program, or a frame of a clip."""
        return await self._worker.run(self._take, data, name)

    async def fitted(self, original: Picture, ratio: str, fit: Fit) -> Picture:
        """`original` cropped or padded to an aspect ratio; it refers to the original, which stays untouched."""
        return await self._worker.run(self._fitted, original, ratio, fit)

    async def without_metadata(self, picture: Picture) -> Picture:
        """The same picture, encoded again without anything that is written beside it, such as where it was taken."""
        return await self._worker.run(self._without_metadata, picture)

    def file(self, medium: Medium) -> Path:
        """Where the bytes to send lie. Touches nothing."""
        return self._folder / f"{medium.sha256}.{_ENDINGS[medium.mime]}"

    async def preview(self, picture: Picture, max_px: int) -> bytes:
        """A PNG of `max_px` at most on its longer side, to be shown."""
        return await self._worker.run(self._preview, picture, max_px)

    async def tidy(self, keep: Collection[str]) -> None:
        """Remove every picture whose fingerprint is not in `keep` and that was not taken in since the start."""
        await self._worker.run(self._tidy, keep)

    def _take_file(self, path: Path) -> Picture:
        return self._take(_read(path), path.name)

    def _take(self, data: bytes, name: str) -> Picture:
        return self._shelve(pictures.prepare(data, name), name)

    def _shelve(self, prepared: Prepared, name: str) -> Picture:
        picture = _picture(prepared, name)
        self._taken.add(picture.sha256)
        file = self.file(picture)
        with told(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            if not file.exists() or file.stat().st_size != picture.size:
                write_whole(file, prepared.data)
        return picture

    def _fitted(self, original: Picture, ratio: str, fit: Fit) -> Picture:
        prepared = fitting.fitted(self._data(original), original.name, ratio, fit)
        made = self._shelve(prepared, original.name)
        return replace(made, address=original.address, fit=fit, fitted_to=ratio, original=original)

    def _without_metadata(self, picture: Picture) -> Picture:
        made = self._shelve(pictures.bare(self._data(picture), picture.name), picture.name)
        # Its address would lead to what has just been removed.
        return replace(made, fit=picture.fit)

    def _preview(self, picture: Picture, max_px: int) -> bytes:
        return pictures.preview(self._data(picture), max_px)

    def _data(self, picture: Picture) -> bytes:
        try:
            return self.file(picture).read_bytes()
        except OSError as error:
            raise unusable(f"{picture.name} is not there any more. Choose it again.") from error

    def _tidy(self, keep: Collection[str]) -> None:
        with suppress(OSError):
            for file in self._folder.iterdir():
                if (match := _OURS.fullmatch(file.name)) and match[1] not in keep and match[1] not in self._taken:
                    file.unlink()


def _picture(prepared: Prepared, name: str) -> Picture:
    return Picture(
        sha256=hashlib.sha256(prepared.data).hexdigest(),
        mime=prepared.mime,
        width=prepared.width,
        height=prepared.height,
        size=len(prepared.data),
        name=name,
        as_is=prepared.as_is,
        located=prepared.located,
    )


def _read(path: Path) -> bytes:
    name = path.name or str(path)
    try:
        if path.is_dir():
            raise unusable(f"{name} is a folder. Drop one picture.")
        if path.exists() and not path.is_file():
            raise unusable(f"{name} is not a file.")
        if (size := path.stat().st_size) > MAX_FILE:
            raise unusable(f"{name} is too large ({size // 1_000_000} MB). Make it smaller first.")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise unusable(f"{name} is not there any more.") from error
    except PermissionError as error:
        raise unusable(f"You may not read {name}.") from error
    except OSError as error:
        raise unusable(f"{name} cannot be read: {error.strerror or error}.") from error
