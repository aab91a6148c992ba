"""Which event loop the program works on: the one that runs, the one that is set, or one of its own."""

import asyncio
import atexit
import time
from collections.abc import Callable
from concurrent.futures import Executor
from typing import TypeVar, TypeVarTuple

import qasync
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

_Ts = TypeVarTuple("_Ts")
_T = TypeVar("_T")

BREATH_MS = 5
"""How often threads get their turn while somebody else processes Qt's events: as often as Python changes threads."""
BREATH_S = 0.001


class LoopAtHand:
    """Decides when the first work starts, so that whoever built the program may run Qt in any way.

    It is the asyncio loop that runs, else the one that the caller has set, else one that is made: all of them Qt's.
    """

    def __init__(self, app: QApplication) -> None:
        """Raises RuntimeError inside a running loop in which no window could ever answer."""
        self._app = app
        self._loop: asyncio.AbstractEventLoop | None = None
        self._working = False
        _running()

    def __call__(self) -> asyncio.AbstractEventLoop:
        """The loop to start work on."""
        if not self._working:
            self._working = True
            # Whichever loop was spoken of before: this one is at work.
            self._loop = _running() or self._loop
            self._put_to_work(self.own)
        return self.own

    @property
    def own(self) -> asyncio.AbstractEventLoop:
        """The loop to run, made if there is none yet."""
        if self._loop is None:
            self._loop = _running() or _set() or _made(self._app)
        return self._loop

    def _put_to_work(self, loop: asyncio.AbstractEventLoop) -> None:
        if isinstance(loop, QtLoop):
            loop.join()
        elif not loop.is_running():
            # The caller's, who has Qt's events processed before he runs it: they are its turns too.
            asyncio._set_running_loop(loop)

    def end(self) -> None:
        """Give the loop back; end Qt's event processing where nobody waits for anything else to end."""
        if self._loop is None:
            return
        if isinstance(self._loop, QtLoop) and self._working:
            self._loop.leave()
        if not self._loop.is_running():
            self._app.exit()


class QtLoop(qasync.QEventLoop):  # type: ignore[misc]
    """Qt's loop, at work for as long as a program is, whoever processes Qt's events meanwhile.

    That may be the loop itself, `QApplication.exec()`, or the wait of a test; it may change from one to another.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._programs = 0
        self._lent = False
        self._in_threads = 0
        self._breath = QTimer(interval=BREATH_MS)
        self._breath.timeout.connect(lambda: time.sleep(BREATH_S))

    def join(self) -> None:
        """A program starts to work on this loop."""
        self._programs += 1
        self._lend()

    def leave(self) -> None:
        """A program ends."""
        self._programs -= 1
        if not self._programs:
            self._take_back()

    def run_forever(self) -> int:
        """Process Qt's events here, until `stop`."""
        self._take_back()
        try:
            return int(super().run_forever())
        finally:
            if self._programs:
                self._lend()

    def run_in_executor(self, executor: Executor | None, func: Callable[[*_Ts], _T], *args: *_Ts) -> asyncio.Future[_T]:
        """Run `func` in a thread."""
        work: asyncio.Future[_T] = super().run_in_executor(executor, func, *args)
        self._in_threads += 1
        work.add_done_callback(lambda _: self._done_in_thread())
        self._let_threads_work()
        return work

    def _done_in_thread(self) -> None:
        self._in_threads -= 1
        self._let_threads_work()

    def _let_threads_work(self) -> None:
        """`QTest.qWait` holds Python's lock for as long as it waits: no thread would get on with anything."""
        if not (self._lent and self._in_threads):
            self._breath.stop()
        elif not self._breath.isActive():
            self._breath.start()

    def close(self) -> None:
        """Work no more."""
        self._take_back()
        super().close()

    def _lend(self) -> None:
        """Be the running loop of whatever processes Qt's events."""
        if not self._lent and asyncio._get_running_loop() is None:
            self._lent = True
            self._before_run_forever()
            asyncio._set_running_loop(self)
            self._let_threads_work()

    def _take_back(self) -> None:
        if self._lent:
            self._lent = False
            self._let_threads_work()
            asyncio._set_running_loop(None)
            self._after_run_forever()


def _running() -> asyncio.AbstractEventLoop | None:
    loop = asyncio._get_running_loop()
    if loop is None or isinstance(loop, qasync.QEventLoop):
        return loop
    raise RuntimeError(
        "Venice Studio was built inside an asyncio loop that is not Qt's, in which its window would never answer. "
        "Run your code by qasync.run(...), or build the program outside and run it by program.loop."
    )


def _set() -> asyncio.AbstractEventLoop | None:
    """The loop that is set for this thread, if it is Qt's; to ask asyncio for it would make one."""
    loop = getattr(getattr(asyncio.get_event_loop_policy(), "_local", None), "_loop", None)
    return loop if isinstance(loop, qasync.QEventLoop) and not loop.is_closed() else None


def _made(app: QApplication) -> QtLoop:
    loop = QtLoop(app)
    asyncio.set_event_loop(loop)
    # Whoever built the program need not know that there is something to close.
    atexit.register(loop.close)
    return loop
