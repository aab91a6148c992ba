"""Where clips lie: the way from the first byte to a whole, checked file under a name people can read."""

import logging
import shutil
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from venice_studio.domain.job import Begun, Clip, Job
from venice_studio.domain.problem import Cost, Kind, Problem, Trouble
from venice_studio.domain.request import GenerationRequest
from venice_studio.library.container import check_mp4
from venice_studio.library.decoding import ClipFacts
from venice_studio.library.landing import copy_whole, land, sync_file
from venice_studio.library.media import Media
from venice_studio.library.names import BROKEN, broken_name, clip_name, job_of_broken, prompt_in
from venice_studio.library.part import PartFile
from venice_studio.library.promise import Promise
from venice_studio.library.room import ROOM_FOR_A_CLIP, check_room, surely_takes_a_clip
from venice_studio.library.tags import request_of
from venice_studio.library.threads import Threads
from venice_studio.library.trouble import told

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stray:
    """A clip that no list knows: where it lies, since when (UTC), and what its name tells of its prompt."""

    path: Path
    at: datetime
    prompt: str


class ClipFolder:
    """The folder clips are saved in.

    `within`: what must be there already, since a folder the user chose may lie on a disk that is just not plugged in;
    below it folders are made as needed. None: all of them are.
    """

    def __init__(self, path: Path, *, thumbnails: Path, threads: Threads, within: Path | None = None) -> None:
        self.path = path
        self._thumbnails = thumbnails
        self._threads = threads
        self._media = Media(threads.media)
        self._within = within

    async def check_room(self, size: int = ROOM_FOR_A_CLIP) -> int:
        """Make the folder ready; gives the bytes free there. Raises `Trouble` (DISK) unless it can be written and
        has `size` bytes free."""
        return await self._threads.disk.run(check_room, self.path, size, within=self._within)

    async def look_for_room(self, size: int = ROOM_FOR_A_CLIP) -> int:
        """As `check_room`, but no folder is made: one that is missing is judged by where it would be."""
        return await self._threads.disk.run(check_room, self.path, size, within=self._within, make=False)

    def part(self, job: Job, folder: Path | None = None) -> "ClipPart":
        """Where the bytes of a job's clip go, here or in another `folder`. Touches nothing yet."""
        return ClipPart(folder or self.path, self._thumbnails, job, self._threads, self._media)

    async def tidy(self, unsaved: Collection[str], saved: Collection[str] = (), *, folder: Path | None = None) -> None:
        """Remove what a killed run left half-written of these jobs; other files are never touched, and of an unsaved
        job's clip nothing that is whole or may be all there is. `folder`: another one than this."""
        await self._threads.disk.run(_tidy, folder or self.path, frozenset(unsaved), frozenset(saved))

    async def strays(self, known: Collection[Path]) -> tuple[Stray, ...]:
        """The clips here that are not among `known`, by their names; other people's files have others."""
        return await self._threads.disk.run(_strays, self.path, frozenset(known))

    async def take_in(self, path: Path, job_id: str) -> tuple[Clip, GenerationRequest | None]:
        """Look into a clip that lies here already, and for what it tells of how it was made. Raises `Trouble`
        (BROKEN_CLIP, DISK)."""
        facts = await self._media.probe(path)
        thumbnail = self._thumbnails / f"{job_id}.jpg"
        await self._media.thumbnail(path, thumbnail)
        return _clip(path, facts.size, facts, thumbnail), await self._threads.media.run(request_of, path)

    async def save_copy(self, clip: Path, target: Path) -> None:
        """Copy a clip to a place the user chose, whole or not at all; a file that lies there is replaced."""
        await self._threads.disk.run(_copy, clip, target)


class ClipPart(PartFile):
    """A clip on its way; see `PartFile` for the bytes."""

    def __init__(self, folder: Path, thumbnails: Path, job: Job, threads: Threads, media: Media) -> None:
        super().__init__(_part_path(folder, job.id), threads.disk)
        self.folder = folder
        self.only_copy = False
        """Whether the service deletes its copy as it sends the clip that comes next."""
        self._thumbnails = thumbnails
        self._job = job
        self._threads = threads
        self._media = media
        self._promise = Promise(_note_path(folder, job.id))
        self._aside = folder / broken_name(job.request.prompt, self._day, job.id)

    async def has_place(self) -> bool:
        """Whether the clip would surely find room here, whatever its size: asked before the service is told to delete
        its copy. Never raises."""
        return await self._threads.disk.run(surely_takes_a_clip, self.folder)

    async def whole(self) -> bool:
        """Whether the clip lies here whole, because the program was killed, or the disk was full, before it was in
        its place and in the list: `finish` goes on from there."""
        return await self._threads.disk.run(self._lies) is not None

    async def finish(self, tags: Mapping[str, str] | None = None) -> Clip:
        """Check the file, put it in its place and make its thumbnail; `known` is to be called afterwards.

        `tags` are kept inside the clip. Raises `Trouble`: BROKEN_CLIP where it is no whole, playable clip, DISK where
        it cannot be kept. A name is never taken from another file.
        """
        lies = await self._threads.disk.run(self._lies)
        if lies is None:
            await self.complete()
            await self._threads.disk.run(self._note)
            lies = self.path
        facts = await self._media.probe(lies)
        if tags and lies == self.path:
            await self._tag(tags)
        thumbnail = self._thumbnails / f"{self._job.id}.jpg"
        await self._media.thumbnail(lies, thumbnail)
        path, size = await self._threads.disk.run(self._land)
        return _clip(path, size, facts, thumbnail)

    async def lies(self) -> bool:
        """Whether anything lies here that would be missed: a whole clip, or what may be all there is of one."""
        return await self._threads.disk.run(self._would_be_missed)

    async def take_over(self, other: "ClipPart") -> bool:
        """Go on here with what lies in `other`, of another folder, and would be missed. False: it could not be copied,
        and is still there. Never raises."""
        return await self._threads.disk.run(self._take_over, other)

    async def known(self) -> None:
        """The list of jobs knows the clip now. Never raises."""
        await self._threads.disk.run(self._known)

    async def set_aside(self) -> None:
        """Keep what came, under a name of its own, although it is no whole clip: it may be all there is. Of two the
        longer one is kept. Never raises."""
        with suppress(Trouble):
            await self._written_out()
        await self._threads.disk.run(self._set_aside)

    async def leave(self) -> None:
        """Nothing more comes for now. What can be gone on with later stays, anything else is removed. Never raises."""
        with suppress(Trouble):
            await self._flush()
        await self._threads.disk.run(self._leave)

    async def what_came(self) -> Path | None:
        """The broken clip that was set aside, for a job of which no better one is to be had. Never raises."""
        return await self._threads.disk.run(self._what_came)

    async def _tag(self, tags: Mapping[str, str]) -> None:
        tagged = self.path.with_suffix(".tagged.part")
        try:
            await self._media.tag(self.path, tagged, tags)
            await self._threads.disk.run(_replace, tagged, self.path)
        except Trouble as trouble:
            # The clip is whole and paid for: without tags it is still worth keeping.
            log.warning("No tags in the clip of job %s: %s", self._job.id, trouble)
            await self._threads.disk.run(_forget, tagged)

    def _lies(self) -> Path | None:
        """Where the clip lies, if it is whole."""
        if self._file is None and self._promise.alone and self._came_whole():
            return self.path  # the program was killed before it could say so
        name = self._promise.name
        places = () if name is None else (self.path, self.folder / name)
        return next((place for place in places if place.is_file()), None)

    def _note(self) -> None:
        with told(self.folder, Cost.CHARGED):
            self._promise.give()

    def _land(self) -> tuple[Path, int]:
        with told(self.folder, Cost.CHARGED):
            path = self._landed() or land(self.path, self.folder, self._name, self._promise.give)
            return path, path.stat().st_size

    def _take_over(self, other: "ClipPart") -> bool:
        if other.path == self.path or not other._would_be_missed():
            return True
        try:
            copy_whole(other.path, self.path)
            if other._lies() is None:
                self._promise.take_over(other._promise)
            else:
                self._promise.give()
        except OSError as error:
            log.warning("The clip of job %s stays in %s: %s", self._job.id, other.path.parent, error)
            return False
        other._remove()
        return True

    def _landed(self) -> Path | None:
        """Its place, where a run that was killed had begun to put it there."""
        place = self.folder / name if (name := self._promise.name) else None
        if place is None or not place.exists():
            return None
        if self.path.exists():
            if place.samefile(self.path):
                self.path.unlink()
            elif place.stat().st_size == 0:
                self.path.replace(place)  # on a disk without links an empty file keeps the name
            else:
                return None  # somebody else's
        return place

    def _would_be_missed(self) -> bool:
        return self._lies() is not None or (self._promise.alone and self.path.is_file())

    def _came_whole(self) -> bool:
        try:
            check_mp4(self.path, self._promise.announced)
            sync_file(self.path)
        except (OSError, Trouble):
            return False
        return True

    def _open(self) -> None:
        if self._promise.alone:
            self._set_aside()
        self._promise.end()
        super()._open()
        if self.only_copy or self._version is not None:
            with told(self.folder, Cost.CHARGED):
                self._promise.begin_alone(self._announced, self._version)

    def _reopen(self) -> Begun | None:
        size, version = self._promise.announced, self._promise.version
        received = self.path.stat().st_size if self.path.is_file() else 0
        if size is None or version is None or not 0 < received < size:
            return None
        with told(self.folder, Cost.CHARGED):
            self._close()
            self._file = self.path.open("ab")
        return Begun(received=received, size=size, version=version)

    def _leave(self) -> None:
        if self._promise.version is None:
            self._remove()
        with suppress(OSError):
            self._close()

    def _set_aside(self) -> None:
        with suppress(Trouble, OSError):
            self._append(self._gathered)
            self._close()
        self._forget()
        try:
            came = self.path.stat().st_size if self.path.exists() else 0
            before = self._aside.stat().st_size if self._aside.exists() else 0
            if came > before:
                self.path.replace(self._aside)
        except OSError as error:
            log.warning("The broken clip of job %s stays where it is: %s", self._job.id, error)
            return
        self._remove()

    def _what_came(self) -> Path | None:
        if self._promise.alone:
            self._set_aside()
        return self._aside if self._aside.exists() else None

    def _known(self) -> None:
        self._promise.end()
        with suppress(OSError):
            self._aside.unlink()

    def _remove(self) -> None:
        # The note first: without its part it would speak of whatever has that name.
        self._promise.end()
        super()._remove()

    def _name(self, number: int) -> str:
        return clip_name(self._job.request.prompt, self._day, number)

    @property
    def _day(self) -> date:
        return self._job.created_at.astimezone().date()


def _clip(path: Path, size: int, facts: ClipFacts, thumbnail: Path) -> Clip:
    return Clip(
        path=str(path),
        size=size,
        duration_ms=facts.duration_ms,
        width=facts.width,
        height=facts.height,
        fps=facts.fps,
        frames=facts.frames,
        sound=facts.sound,
        thumbnail=str(thumbnail),
    )


def _strays(folder: Path, known: Collection[Path]) -> tuple[Stray, ...]:
    found = []
    with suppress(OSError):
        for path in sorted(folder.iterdir()):
            if path not in known and (prompt := prompt_in(path.name)) and path.is_file():
                at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
                found.append(Stray(path=path, at=at, prompt=prompt))
    return tuple(found)


def _part_path(folder: Path, job_id: str) -> Path:
    # A leading dot keeps half a clip out of sight of whoever looks into the folder.
    return folder / f".{job_id}.part"


def _note_path(folder: Path, job_id: str) -> Path:
    return folder / f".{job_id}.note"


def _replace(tagged: Path, part: Path) -> None:
    with told(part.parent, Cost.CHARGED):
        sync_file(tagged)
        tagged.replace(part)


def _forget(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def _tidy(folder: Path, unsaved: Collection[str], saved: Collection[str]) -> None:
    with suppress(OSError):
        for path in folder.glob(".*"):
            job_id, _, kind = path.name[1:].partition(".")
            whole = _note_path(folder, job_id).exists()
            left = {"tagged.part", "note.part", *(() if whole else ("part",))} if job_id in unsaved else set[str]()
            if kind in left or (job_id in saved and kind in ("part", "tagged.part", "note.part", "note")):
                path.unlink()
        for path in folder.glob(f"*{BROKEN}"):
            if job_of_broken(path.name) in saved:
                path.unlink()


def _copy(clip: Path, target: Path) -> None:
    if not clip.is_file():
        raise Trouble(Problem(kind=Kind.DISK, message=f"The clip is not there any more: {clip}"))
    with told(target.parent), suppress(shutil.SameFileError):
        copy_whole(clip, target)
