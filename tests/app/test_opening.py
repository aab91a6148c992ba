"""A start as users make it: the window is painted first, then filled, and nothing in it moves."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

_START = """
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

def end():
    window().grab().save(out + "/whole.png")
    print("focus=" + qt.focusWidget().objectName())
    window().close()

watch = Watch()
qt.installEventFilter(watch)
print("code=" + str(app.main(arguments)))
"""


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_first_frame_is_the_ground_of_the_whole_window(tmp_path: Path, theme: str) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "settings.json").write_text(f'{{"theme": "{theme}"}}')
    command = [sys.executable, "-c", _START, str(tmp_path), "--sandbox", "--data-dir", str(tmp_path / "data")]

    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=dict(os.environ))

    assert done.stdout.split() == ["imported=[]", "focus=promptEdit", "code=0"], done.stderr
    first, whole = _pixels(tmp_path / "first.png"), _pixels(tmp_path / "whole.png")
    assert first == whole


def _pixels(file: Path) -> list[str]:
    """The size, and the colours where grounds and hairlines lie, as far as nothing else does."""
    from PySide6.QtGui import QImage

    image = QImage(str(file))
    width, height = image.width(), image.height()
    columns, rows = (4, 368, 376, width - 4), (2, 30, 33, height - 34, height - 33, height - 3)
    title = [(x, y) for x in range(16, 104, 3) for y in range(8, 22)]
    places = [(x, y) for x in columns for y in rows] + title
    return [f"{width} x {height}", *(image.pixelColor(x, y).name() for x, y in places)]
