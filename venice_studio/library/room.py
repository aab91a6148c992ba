"""Whether a clip could be saved in a folder now, as far as anybody can know beforehand."""

import shutil
import sys
import tempfile
from pathlib import Path

from venice_studio.domain.problem import Kind, Problem, Trouble
from venice_studio.library.trouble import told

ROOM_FOR_A_CLIP = 200_000_000
"""Bytes that should be free before a clip is paid for: more than any model makes in one go, twice."""


def check_room(folder: Path, size: int, *, within: Path | None = None, make: bool = True) -> int:
    """Bytes free in `folder`. Raises `Trouble` (DISK) unless it is there or, below `within`, may be made, can be
    written and has `size` bytes free. With `make` it is there afterwards."""
    with told(folder):
        if within is not None:
            within.stat()
        if make:
            folder.mkdir(parents=True, exist_ok=True)
        place = next(place for place in (folder, *folder.parents) if place.exists())
        # The only question systems answer truly is an attempt.
        with tempfile.TemporaryFile(dir=place):
            pass
        free = shutil.disk_usage(place).free
    if free < size:
        message = f"Only {free // 1_000_000} MB are free in {folder}. Free some space or choose another folder."
        raise Trouble(Problem(kind=Kind.DISK, message=message))
    return free


def surely_takes_a_clip(folder: Path) -> bool:
    """Whether any clip could be saved in `folder` itself, which nothing is done for."""
    try:
        check_room(folder, ROOM_FOR_A_CLIP, within=folder, make=False)
    except Trouble:
        return False
    return _longest_file() >= ROOM_FOR_A_CLIP


def _longest_file() -> float:
    """How many bytes the system lets a file of this program's grow to."""
    if sys.platform == "win32":
        return float("inf")
    import resource

    longest, _ = resource.getrlimit(resource.RLIMIT_FSIZE)
    return float("inf") if longest == resource.RLIM_INFINITY else longest
