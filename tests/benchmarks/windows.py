"""Programs to be measured as whole processes: `python -m tests.benchmarks.windows ours|bare FOLDER`.

Each prints the seconds from the process's beginning to the first paint, those of the processor until then (ours then
both until it can be used), and, once it rests, its memory in bytes.
"""

import os
import sys
import time
from pathlib import Path

REST_S = 8.0
"""After the first paint, until memory is looked at."""


def bare() -> None:
    """A PySide6 window with a player as Qt's own examples have it, and nothing else: no asyncio, no settings."""
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtMultimedia import QAudioOutput, QMediaPlayer
    from PySide6.QtMultimediaWidgets import QVideoWidget
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Window(QMainWindow):
        painted = False

        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            if not self.painted:
                self.painted = True
                told_age()

    app = QApplication([])
    window = Window()
    player, video, sound = QMediaPlayer(window), QVideoWidget(window), QAudioOutput(window)
    window.setCentralWidget(video)
    player.setVideoOutput(video)
    player.setAudioOutput(sound)
    window.resize(1280, 800)
    window.show()

    def rest() -> None:
        told_memory()
        app.quit()

    QTimer.singleShot(round(REST_S * 1000), rest)
    app.exec()


def ours(folder: str) -> None:
    """The program as users start it, practising over a folder of its own."""
    from venice_studio import __main__
    from venice_studio.app import lean_imports

    # The program does so itself, before it imports Qt; here Qt is imported first, to watch it.
    lean_imports.spare()
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

    class Watch(QObject):
        """Sees the window painted first, and its prompt, once it is there to be written in."""

        painted = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() is not QEvent.Type.Paint:
                return False
            if not self.painted:
                self.painted = True
                # Everything paints in the same pass, before any timer.
                QTimer.singleShot(0, told_age)
                QTimer.singleShot(round(REST_S * 1000), rest)
            if watched.objectName() == "window" and window().findChild(QPlainTextEdit, "promptEdit") is not None:
                app.removeEventFilter(self)
                QTimer.singleShot(0, told_age)
            return False

    def window() -> QWidget:
        return next(widget for widget in QApplication.topLevelWidgets() if widget.objectName() == "window")

    def rest() -> None:
        told_memory()
        window().close()

    app = QApplication([])
    watch = Watch()
    app.installEventFilter(watch)
    __main__.main(["--sandbox", "--data-dir", folder])


def told_age() -> None:
    """Print how long this process has lived, and for how much of that it had a processor."""
    cpu = time.process_time()
    ticks = float(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19])
    began = ticks / os.sysconf("SC_CLK_TCK")
    print(time.clock_gettime(time.CLOCK_BOOTTIME) - began, cpu, flush=True)


def told_memory() -> None:
    """Print how much memory this process holds. Nothing is imported for it: the bare window is to stay bare."""
    print(int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE"), flush=True)


if __name__ == "__main__":
    bare() if sys.argv[1] == "bare" else ours(sys.argv[2])
