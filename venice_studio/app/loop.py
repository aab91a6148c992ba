"""Which event loop the program works on: the one that runs, or Qt's."""

import asyncio

import qasync
from PySide6.QtWidgets import QApplication


class LoopAtHand:
    """Decides when the first work starts, so that whoever built the program may run Qt in any way.

    Inside a running asyncio loop (which must be Qt's) it is that one; if `own` was asked for, that; and where only
    Qt's events are processed, as by `QApplication.exec()`, a loop that lives on them.
    """

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._loop: asyncio.AbstractEventLoop | None = None
        self._borrowed = False

    def __call__(self) -> asyncio.AbstractEventLoop:
        """The loop to start work on."""
        if self._loop is None:
            try:
                self._loop = asyncio.get_running_loop()
            except RuntimeError:
                self._loop = self._made(already_running=True)
                self._borrowed = True
        return self._loop

    @property
    def own(self) -> asyncio.AbstractEventLoop:
        """A loop to run, made if there is none yet."""
        if self._loop is None:
            self._loop = self._made(already_running=False)
        return self._loop

    def end(self) -> None:
        """End Qt's event processing where nobody waits for anything else to end."""
        if self._borrowed:
            self._app.exit()

    def _made(self, *, already_running: bool) -> asyncio.AbstractEventLoop:
        loop: asyncio.AbstractEventLoop = qasync.QEventLoop(self._app, already_running=already_running)
        asyncio.set_event_loop(loop)
        return loop
