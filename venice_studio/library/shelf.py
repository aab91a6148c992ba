"""The shelf of files that go with a prompt: each lies there just as it is sent, under the fingerprint of its bytes."""

import hashlib
import re
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from venice_studio.domain.inputs import Material
from venice_studio.domain.media import Fit, Medium, Picture, Sound, Video
from venice_studio.library import fitting, pictures, recordings
from venice_studio.library.arrival import Arrival
from venice_studio.library.landing import sync_folder, write_whole
from venice_studio.library.pictures import Prepared, unusable
from venice_studio.library.threads import Worker
from venice_studio.library.trouble import told

M = TypeVar("M", Sound, Video)

MAX_FILE = 200_000_000
"""Bytes of a picture's file that is read at all."""

_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp", "audio/wav": "wav", "audio/mpeg": "mp3"}
_ENDINGS |= {"video/mp4": "mp4", "video/quicktime": "mov", "video/webm": "webm"}
_OURS = re.compile(rf"([0-9a-f]{{64}})\.({'|'.join(_ENDINGS.values())})")
_PART = re.compile(r"\..*\.part")


class MediaShelf:
    """Takes files in and knows where they lie. Methods raise `Trouble`: PICTURE for what cannot be used."""

    def __init__(self, folder: Path, worker: Worker) -> None:
        self._folder = folder
        self._worker = worker
        self._taken: set[str] = set()
        self._arriving: set[Path] = set()

    async def take_file(self, path: str) -> Picture:
        """Take a picture's file in; an upright PNG, JPEG or WebP within the limits byte for byte."""
        return await self._worker.run(self._take_file, Path(path))

    async def take_bytes(self, data: bytes, name: str) -> Picture:
        """Take in what came without a file: pasted, dragged out of a program, or a frame of a clip."""
        return await self._worker.run(self._take, data, name)

    async def take_sound(self, source: Path | bytes, name: str) -> Sound:
        """Take a WAV or MP3 in, byte for byte."""
        return await self._arrived(Arrival(source, name, Material.SOUND, self._folder), _sound)

    async def take_video(self, source: Path | bytes, name: str) -> Video:
        """Take an MP4, MOV or WebM in, byte for byte."""
        return await self._arrived(Arrival(source, name, Material.VIDEO, self._folder), _video)

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

    async def still(self, medium: Medium, max_px: int) -> bytes:
        """The same of any medium: a picture itself, the first frame of a video, the waveform of a sound."""
        return await self._worker.run(self._still, medium, max_px)

    async def peaks(self, sound: Sound, count: int) -> tuple[float, ...]:
        """The loudest moment, 0 to 1, of each of `count` equal parts of a sound."""
        return await self._worker.run(recordings.peaks, self.file(sound), sound.name, count)

    async def missing(self, media: Collection[Medium]) -> tuple[Medium, ...]:
        """Those whose bytes do not lie here, whole, any more."""
        return await self._worker.run(self._missing, media)

    async def tidy(self, keep: Collection[str]) -> None:
        """Remove every file whose fingerprint is not in `keep` and that was not taken in since the start."""
        await self._worker.run(self._tidy, keep)

    async def _arrived(self, arrival: Arrival, measure: Callable[[Arrival], M]) -> M:
        """Copy a file piece by piece, so that a large one holds up nobody else's work in the thread."""
        try:
            await self._worker.run(self._begin, arrival)
            while await self._worker.run(arrival.step):
                pass
            return await self._worker.run(self._settle, arrival, measure)
        finally:
            await self._worker.run(self._end, arrival)

    def _begin(self, arrival: Arrival) -> None:
        arrival.begin()
        if arrival.part is not None:
            self._arriving.add(arrival.part)

    def _settle(self, arrival: Arrival, measure: Callable[[Arrival], M]) -> M:
        medium = measure(arrival)
        self._taken.add(medium.sha256)
        file = self.file(medium)
        with told(self._folder):
            if arrival.part is not None and (not file.exists() or file.stat().st_size != medium.size):
                arrival.part.replace(file)
                sync_folder(self._folder)
        return medium

    def _end(self, arrival: Arrival) -> None:
        arrival.discard()
        if arrival.part is not None:
            self._arriving.discard(arrival.part)

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

    def _still(self, medium: Medium, max_px: int) -> bytes:
        match medium:
            case Sound():
                return recordings.waveform(self.file(medium), medium.name, max_px)
            case Video():
                return recordings.first_frame(self.file(medium), medium.name, max_px)
            case _:
                return pictures.preview(self._data(medium), max_px)

    def _missing(self, media: Collection[Medium]) -> tuple[Medium, ...]:
        def lies(file: Path, size: int) -> bool:
            try:
                return file.stat().st_size == size
            except OSError:
                return False

        return tuple(medium for medium in media if not lies(self.file(medium), medium.size))

    def _data(self, picture: Medium) -> bytes:
        try:
            return self.file(picture).read_bytes()
        except OSError as error:
            raise unusable(f"{picture.name} is not there any more. Choose it again.") from error

    def _tidy(self, keep: Collection[str]) -> None:
        with suppress(OSError):
            for file in self._folder.iterdir():
                if match := _OURS.fullmatch(file.name):
                    left = match[1] not in keep and match[1] not in self._taken
                else:
                    # What a run that was killed had begun to copy.
                    left = _PART.fullmatch(file.name) is not None and file not in self._arriving
                if left:
                    file.unlink()


def _sound(arrival: Arrival) -> Sound:
    assert arrival.part is not None
    length_ms = recordings.sound_length(arrival.part, arrival.name)
    return Sound(sha256=arrival.sha256, mime=arrival.mime, size=arrival.size, name=arrival.name, duration_ms=length_ms)


def _video(arrival: Arrival) -> Video:
    assert arrival.part is not None
    seen = recordings.footage(arrival.part, arrival.name)
    return Video(
        sha256=arrival.sha256,
        mime=arrival.mime,
        size=arrival.size,
        name=arrival.name,
        duration_ms=seen.duration_ms,
        width=seen.width,
        height=seen.height,
    )


def _picture(prepared: Prepared, name: str) -> Picture:
    return Picture(
        sha256=hashlib.sha256(prepared.data).hexdigest(),
        mime=prepared.mime,
        width=prepared.width,
        height=prepared.height,
        size=len(prepared.data),
        name=name,
        as_is=prepared.as_is,
        remade=prepared.remade,
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
