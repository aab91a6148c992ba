"""The signals that ask the service to end, which it does in good order: nothing said, status 0, no file left behind."""

import signal
import sys
from collections.abc import Callable


def _those_there_are(*names: str) -> tuple[signal.Signals, ...]:
    return tuple(getattr(signal, name) for name in names if hasattr(signal, name))


_BY_TERMINAL = _those_there_are("SIGINT", "SIGHUP", "SIGBREAK")


def at_signal(end: Callable[[], None]) -> None:
    """Has `end` called from now on, in place of what was called so far; a signal ignored from outside stays so."""
    for one in (*_BY_TERMINAL, signal.SIGTERM):
        if signal.getsignal(one) is not signal.SIG_IGN:
            signal.signal(one, lambda number, frame: end())


def keep_from_children() -> None:
    """Processes that this thread starts do not see what a terminal sends to all: they end with their parent."""
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_BLOCK, _BY_TERMINAL)
