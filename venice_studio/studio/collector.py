"""Where a job's bytes go: the folder for its account's clips."""

from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from venice_studio.domain.job import Account, Clip, Job, Saved
from venice_studio.domain.problem import Kind, Problem, Trouble
from venice_studio.library.clips import ClipFolder, ClipPart
from venice_studio.library.threads import Threads
from venice_studio.studio.found import take_in


class Collector:
    """Takes clips in and throws them away. `folder_for` names the folder of an account's clips at this moment."""

    def __init__(
        self, *, folder_for: Callable[[Account], ClipFolder], trash: Callable[[Path], bool], threads: Threads
    ) -> None:
        self._folder_for = folder_for
        self._trash = trash
        self._threads = threads

    async def check_room(self, account: Account) -> None:
        """Raise `Trouble` (DISK) unless a clip could be saved now: asked before anything is paid for."""
        await self._folder_for(account).check_room()

    async def look_for_room(self, account: Account) -> int:
        """Bytes free for clips of an account; makes nothing. Raises `Trouble` (DISK) where none could be saved."""
        return await self._folder_for(account).look_for_room()

    def part(self, job: Job, folder: Path | None = None) -> ClipPart:
        """A sink for a job's clip, in the folder for such clips or in another one where it began to come."""
        return self._folder_for(job.account).part(job, folder)

    async def take_in(self, account: Account, known: Collection[Path]) -> list[Job]:
        """Jobs for the clips in an account's folder that are not among `known`."""
        return await take_in(self._folder_for(account), account, known)

    async def is_here(self, clip: Clip) -> bool:
        """Whether a saved clip lies where it was put, with all its bytes."""
        return await self._threads.disk.run(_is_here, clip)

    async def missing_folder(self, clip: Clip) -> Path | None:
        """The clip's folder, if it is not there just now, as on a disk that is not plugged in."""
        folder = Path(clip.path).parent
        return None if await self._threads.disk.run(folder.is_dir) else folder

    async def tidy(self, jobs: Iterable[Job], coming: Callable[[str], Collection[Path]]) -> None:
        """Remove what a killed run left half-written of these jobs. `coming` names the other folders of each where
        something of it may lie."""
        by_account: dict[Account, list[Job]] = {}
        for job in jobs:
            by_account.setdefault(job.account, []).append(job)
        for account, mine in by_account.items():
            saved = {job.id for job in mine if isinstance(job.state, Saved)}
            folder = self._folder_for(account)
            await folder.tidy({job.id for job in mine} - saved, saved)
            for place in {place for job in mine for place in coming(job.id)} - {folder.path}:
                await folder.tidy({job.id for job in mine} - saved, folder=place)

    async def save_copy(self, clip: Clip, target: Path) -> None:
        """Copy a clip to a place the user chose. Raises `Trouble` (DISK)."""
        folder = ClipFolder(target.parent, thumbnails=target.parent, threads=self._threads)
        await folder.save_copy(Path(clip.path), target)

    async def throw_away(self, clip: Clip) -> None:
        """Move a clip to the trash; one that is not there any more is gone already. Raises `Trouble` (DISK)."""
        await self._threads.disk.run(self._throw_away, Path(clip.path), Path(clip.thumbnail))

    def _throw_away(self, clip: Path, thumbnail: Path) -> None:
        if clip.exists() and not self._trash(clip):
            message = f"The clip could not be moved to the trash: {clip}"
            raise Trouble(Problem(kind=Kind.DISK, message=message))
        thumbnail.unlink(missing_ok=True)


def _is_here(clip: Clip) -> bool:
    try:
        return Path(clip.path).stat().st_size == clip.size
    except OSError:
        return False
