"""One set-up at a time: a lock of the operating system, which goes when its holder does, however that ends."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from venice_studio.bootstrap.say import say


@contextmanager
def locked(path: Path) -> Iterator[int]:
    """Hold the lock at `path`, waiting for it if need be; gives its file descriptor.

    A child process that inherits the descriptor holds the lock on, so that an installer whose parent was killed
    is not joined by a second one.
    """
    descriptor = os.open(str(path), os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if not _try(descriptor):
            say("Another start is setting up; waiting for it.")
            while not _try(descriptor):
                time.sleep(0.2)
        yield descriptor
    finally:
        os.close(descriptor)


def _try(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
