"""The main job under watch: what the window's thread does to files, databases, processes and codecs.

    python -m tests.app.gui_thread FOLDER PICTURE

From the first paint on everything of that kind on the window's thread is noted, with its stack. Prints each once; ends
with 1 if there was any.
"""

import sys
import threading
import traceback
from collections.abc import Mapping
from pathlib import Path
from types import BuiltinFunctionType, FrameType
from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractButton, QDialog, QWidget

from tests.app.sitting import Sitting, open_program
from tests.ui.driving import click, part, until
from venice_studio.app import gestures
from venice_studio.domain.job import Saved
from venice_studio.ui.player import Player
from venice_studio.ui.widgets import Segments

HEAVY = ("av", "PIL", "sqlite3", "keyring", "secretstorage", "numpy")
"""Packages that read, write or decode."""

_EVENTS = ("open", "import", "os.", "shutil.", "sqlite3.", "subprocess.", "tempfile.", "glob.", "socket.getaddrinfo")
_POSIX = frozenset(
    (
        *("open", "stat", "lstat", "listdir", "scandir", "access", "statvfs", "readlink", "truncate", "chmod", "utime"),
        *("mkdir", "rmdir", "unlink", "remove", "rename", "replace", "link", "symlink", "fsync", "fdatasync", "system"),
    )
)
_QT = ("QImageReader.", "QImageWriter.", "QImage.load", "QImage.save", "QPixmap.load", "QPixmap.save", "QFile.")


class Watch(QObject):
    """Notes what happens on this thread from the first paint of a window on."""

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self.noted: dict[str, str] = {}
        self._on = False
        self._noting = False
        self._thread = threading.get_ident()
        self._window = window
        window.installEventFilter(self)
        sys.addaudithook(self._audit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and watched is self._window and not self._on:
            self._on = True
            sys.setprofile(self._profile)
        return False

    def stop(self) -> None:
        """Note nothing more."""
        self._on = False
        sys.setprofile(None)

    def _audit(self, event: str, details: tuple[object, ...]) -> None:
        if not self._on or threading.get_ident() != self._thread or not event.startswith(_EVENTS):
            return
        # A None there means that it is known to be missing: nothing is looked for.
        known_missing = event == "import" and details[0] in sys.modules
        if not known_missing:
            self._note(f"{event} {details[:1]}")

    def _profile(self, frame: FrameType, event: str, what: Any) -> None:
        if event == "c_call" and isinstance(what, BuiltinFunctionType):
            module, name = what.__module__ or "", what.__name__
            if module in ("posix", "nt") and name in _POSIX:
                self._note(f"{module}.{name}")
            elif module.split(".")[0] in ("_sqlite3", "PIL", "av") or what.__qualname__.startswith(_QT):
                self._note(f"{module}.{what.__qualname__}")
        elif event == "call":
            module = str(frame.f_globals.get("__name__", ""))
            if module.split(".")[0] in HEAVY:
                self._note(f"{module}.{frame.f_code.co_qualname}")

    def _note(self, what: str) -> None:
        if self._noting:
            return
        self._noting = True
        stack = "".join(traceback.format_stack(limit=14)[:-2])
        # Reading the lines of a stack opens files itself, which is no fault of the program's.
        self.noted.setdefault(what, stack)
        self._noting = False


async def main_job(sitting: Sitting, picture: Path) -> None:
    """Prompt, price, clip, playing; a dropped picture; settings; deleting."""
    sitting.window.show()
    await sitting.sit_down()
    await sitting.generate_clip("A gondola drifts by")
    saved = await sitting.until_state(Saved)
    await sitting.watch_playing(saved)
    sitting.find(Player, "player").pause()
    click(sitting.find(QAbstractButton, "continueFromFrameButton"))
    await until(lambda: sitting.studio.composer.draft.value.start_frame is not None)
    first = sitting.studio.composer.draft.value.start_frame
    gestures.drop_file(sitting.find(QWidget, "startFrameSlot"), picture)
    await until(lambda: sitting.studio.composer.draft.value.start_frame not in (None, first))
    await sitting.generate_clip("It blinks")
    await sitting.until_state(Saved)
    click(sitting.find(QAbstractButton, "settingsButton"))
    await until(lambda: sitting.window.findChild(QDialog, "settingsDialog") is not None)
    part(sitting.window, Segments, "themeField").select("light")
    click(part(sitting.window, QAbstractButton, "settingsDoneButton"))
    await until(lambda: sitting.find(QWidget, "deleteClipButton").isVisible())
    click(sitting.find(QAbstractButton, "deleteClipButton"))
    await until(lambda: sitting.window.findChild(QDialog, "deleteDialog") is not None)
    click(sitting.find(QAbstractButton, "deleteChoice"))
    await until(lambda: len(sitting.jobs) == 1)


async def watched(sitting: Sitting, picture: Path) -> Mapping[str, str]:
    """What was noted during the main job, by kind, each with the first stack."""
    watch = Watch(sitting.window)
    try:
        await main_job(sitting, picture)
    finally:
        watch.stop()
    await sitting.leave()
    return watch.noted


def main() -> int:
    folder, picture = map(Path, sys.argv[1:])
    program = open_program(folder / "data")
    noted = program.loop.run_until_complete(watched(Sitting(program), picture))
    program.loop.close()
    for what, stack in noted.items():
        print(f"--- {what}\n{stack}")
    print(f"{len(noted)} kinds of work on the window's thread")
    return 1 if noted else 0


if __name__ == "__main__":
    sys.exit(main())
