"""What the disk says, in the user's terms."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from venice_studio.domain.problem import Cost, Kind, Problem, Trouble

_FREE_SOME, _ANOTHER = "Free some space or choose another folder.", "Choose another folder."
_WHY = {
    errno.ENOSPC: ("The disk is full", _FREE_SOME),
    errno.EDQUOT: ("Your share of the disk is used up", _FREE_SOME),
    errno.ENOENT: ("The folder is not there any more", "Bring it back or choose another folder."),
    errno.ENOTDIR: ("This is not a folder", _ANOTHER),
    errno.EEXIST: ("This is not a folder", _ANOTHER),
    errno.EACCES: ("You may not write there", _ANOTHER),
    errno.EPERM: ("You may not write there", _ANOTHER),
    errno.EROFS: ("This disk can only be read", _ANOTHER),
    errno.EIO: ("The disk does not work as it should", "Choose a folder on another one."),
}
"""Why nothing can be saved, and what to do. The why stands first: a path may be longer than there is room for."""


def disk_trouble(error: OSError, place: Path, cost: Cost = Cost.NOT_CHARGED) -> Trouble:
    """`Trouble` (DISK) that says what happened at `place` and what to do."""
    why, advice = _WHY.get(error.errno or 0, (error.strerror or str(error), _ANOTHER))
    return Trouble(Problem(kind=Kind.DISK, message=f"{why}, so nothing can be saved to {place}. {advice}", cost=cost))


@contextmanager
def told(place: Path, cost: Cost = Cost.NOT_CHARGED) -> Iterator[None]:
    """Raise `Trouble` (DISK) where the system refuses something at `place`; `cost`: what was paid by then."""
    try:
        yield
    except OSError as error:
        raise disk_trouble(error, place, cost) from error
