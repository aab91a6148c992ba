"""What the disk says, in the user's terms."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from venice_studio.domain.problem import Cost, Kind, Problem, Trouble

_ADVICE = {
    errno.ENOSPC: "The disk is full. Free some space or choose another folder.",
    errno.EDQUOT: "Your share of the disk is used up. Free some space or choose another folder.",
    errno.ENOENT: "The folder is not there any more. Bring it back or choose another folder.",
    errno.ENOTDIR: "This is not a folder. Choose another one.",
    errno.EEXIST: "This is not a folder. Choose another one.",
    errno.EACCES: "You may not write there. Choose another folder.",
    errno.EPERM: "You may not write there. Choose another folder.",
    errno.EROFS: "This disk can only be read. Choose another folder.",
    errno.EIO: "The disk does not work as it should. Choose a folder on another one.",
}


def disk_trouble(error: OSError, place: Path, cost: Cost = Cost.NOT_CHARGED) -> Trouble:
    """`Trouble` (DISK) that says what happened at `place` and what to do."""
    advice = _ADVICE.get(error.errno or 0, f"{error.strerror or error}. Choose another folder.")
    return Trouble(Problem(kind=Kind.DISK, message=f"Cannot save to {place}. {advice}", cost=cost))


@contextmanager
def told(place: Path, cost: Cost = Cost.NOT_CHARGED) -> Iterator[None]:
    """Raise `Trouble` (DISK) where the system refuses something at `place`; `cost`: what was paid by then."""
    try:
        yield
    except OSError as error:
        raise disk_trouble(error, place, cost) from error
