"""A start as users make it: the window is painted first, then filled, and nothing in it moves."""

import subprocess
import sys
from pathlib import Path

import pytest

_START = """
import linecache
import sys
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from venice_studio import app

out, arguments = sys.argv[1], sys.argv[2:]
qt = QApplication([])

def window():
    return next(widget for widget in qt.topLevelWidgets() if widget.objectName() == "window")

class Watch(QObject):
    first = True
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint and watched.objectName() == "window":
            if self.first:
                self.first = False
                QTimer.singleShot(0, shoot_first)
            elif window().findChild(QWidget, "promptEdit") is not None:
                qt.removeEventFilter(self)
                QTimer.singleShot(0, end)
        return False

def shoot_first():
    heavy = sorted({"asyncio", "httpx", "sqlite3", "PySide6.QtMultimedia"} & set(sys.modules))
    print(f"imported={heavy}")
    window().grab().save(out + "/first.png")
    if out == "close":
        qt.removeEventFilter(watch)
        window().close()

def end():
    window().grab().save(out + "/whole.png")
    print("focus=" + qt.focusWidget().objectName())
    print(f"sources={len(linecache.cache)}")
    window().close()

watch = Watch()
qt.installEventFilter(watch)
print("code=" + str(app.main(arguments)))
"""


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_first_frame_is_the_ground_of_the_whole_window(tmp_path: Path, theme: str) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "settings.json").write_text(f'{{"theme": "{theme}"}}')

    # No source is kept: PySide was spared the reading of them all.
    assert _start(str(tmp_path), tmp_path) == ["imported=[]", "focus=promptEdit", "sources=0", "code=0"]
    first, whole = _pixels(tmp_path / "first.png"), _pixels(tmp_path / "whole.png")
    assert first == whole


def test_a_window_that_is_closed_before_it_is_filled_ends_the_program(tmp_path: Path) -> None:
    assert _start("close", tmp_path) == ["imported=[]", "code=0"]


def _start(out: str, folder: Path) -> list[str]:
    """What a start says of itself."""
    command = [sys.executable, "-c", _START, out, "--sandbox", "--data-dir", str(folder / "data")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def _pixels(file: Path) -> list[str]:
    """The size, and the colours where grounds and hairlines lie, as far as nothing else does."""
    from PySide6.QtGui import QImage

    image = QImage(str(file))
    width, height = image.width(), image.height()
    columns, rows = (4, 368, 376, width - 4), (2, 30, 33, height - 34, height - 33, height - 3)
    title = [(x, y) for x in range(16, 104, 3) for y in range(8, 22)]
    places = [(x, y) for x in columns for y in rows] + title
    return [f"{width} x {height}", *(image.pixelColor(x, y).name() for x, y in places)]
