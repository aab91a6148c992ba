"""Moves that a power cut leaves whole: a file is either not there or there with all its bytes."""

import itertools
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def land(
    part: Path, folder: Path, name: Callable[[int], str], before: Callable[[str], object] = lambda _name: None
) -> Path:
    """Move `part`, already on disk, to the first of `name(1)`, `name(2)`, … that nobody has. Raises OSError.

    Two programs that do this at once get two names. `before` is told each name that is about to be tried.
    """
    for number in itertools.count(1):
        place = folder / name(number)
        if place.exists():
            continue
        before(place.name)
        with suppress(FileExistsError):
            _take(part, place)
            sync_folder(folder)
            return place
    raise AssertionError("there is always another number")


def write_whole(path: Path, data: bytes) -> None:
    """Write a file in one step, in place of another of that name. Raises OSError."""
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def copy_whole(source: Path, target: Path) -> None:
    """Copy a file in one step, in place of another of that name. Raises OSError."""
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=target.parent)
    os.close(handle)
    part = Path(name)
    try:
        shutil.copyfile(source, part)
        sync_file(part)
        part.chmod(0o666 & ~_umask())
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def sync_file(path: Path) -> None:
    """Return once the file's bytes are on the disk itself."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Return once the folder's names are on the disk itself, where the system offers that."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        # Some network disks refuse it; there is nothing more that could be done.
        with suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)


def _take(part: Path, place: Path) -> None:
    try:
        # A link never replaces what is there, as a rename would.
        os.link(part, place)
    except FileExistsError:
        raise
    except OSError:
        if not part.exists():
            raise
        # No links on this disk (a memory card, say): an empty file keeps the name until ours replaces it.
        os.close(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        part.replace(place)
    else:
        part.unlink()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
