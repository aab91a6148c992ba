"""What is there first: the application, its colours and its window, while the rest is still being imported."""

import importlib
from typing import cast

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from venice_studio.app.folders import Folders
from venice_studio.app.glance import glance
from venice_studio.app.single import OneProgram
from venice_studio.ui.theme import Theme, app_icon
from venice_studio.ui.window import Window

PATIENCE_MS = 1000
"""A window that comes up minimised or on another desktop is not painted."""

IN_SLICES = (
    "asyncio",
    "venice_studio.studio.studio",
    "venice_studio.ui.widgets",
    "venice_studio.ui.compose",
    "venice_studio.ui.stage.director",
    "venice_studio.app.program",
)
"""What to import in this order, so that the window is never left alone for long."""


class Opening:
    """Makes a window that can be shown before there is a program behind it.

    Whatever is imported here delays the first paint: nothing that brings asyncio or the parts of the window along.
    """

    def __init__(self, places: Folders) -> None:
        self.app = _application()
        remembered = glance(places.settings)
        self.theme = Theme(self.app, remembered.theme)
        self.window = Window()
        self.window.restore(remembered.geometry)
        self.one = OneProgram(places.data)
        self.one.another_start.connect(self.window.come_forward)
        self.shown = False
        self.close_asked = False
        self.window.close_asked.connect(self._note_close)

    def show(self) -> None:
        """Show the window and return once it is painted."""
        self.shown = True
        painted = QEventLoop()
        # Queued, so that the paint reaches the screen first.
        self.window.ground.painted.connect(painted.quit, Qt.ConnectionType.QueuedConnection)
        QTimer.singleShot(PATIENCE_MS, painted, painted.quit)
        self.window.show()
        painted.exec()

    def import_the_rest(self) -> None:
        """Import all of the program; between the slices the window answers."""
        for module in IN_SLICES:
            importlib.import_module(module)
            self.breathe()

    def breathe(self) -> None:
        """Let the window answer, if it is shown already. What is typed meanwhile waits for somewhere to go."""
        if self.shown:
            self.app.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def _note_close(self) -> None:
        self.close_asked = True


def _application() -> QApplication:
    app = cast(QApplication, QApplication.instance() or QApplication(["venice-studio"]))
    app.setApplicationName("Venice Studio")
    app.setDesktopFileName("venice-studio")
    # The window ends what runs behind it first; only then does the loop end.
    app.setQuitOnLastWindowClosed(False)
    app.setWindowIcon(app_icon())
    return app
