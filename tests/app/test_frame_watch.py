"""What counts frames may be gone before the last is delivered: frames are told from the thread that draws them."""

import asyncio
import subprocess
import sys

from tests.app.test_gui_thread import REPOSITORY
from tests.support.patience import PATIENCE_S

# In a process of its own: delivered to nobody, a frame ends the process.
_PROGRAM = """
import threading
from PySide6.QtCore import QSize
from PySide6.QtMultimedia import QVideoFrame, QVideoFrameFormat, QVideoSink
from PySide6.QtWidgets import QApplication
from venice_studio.app.frame_watch import FrameWatch

app = QApplication([])
sink = QVideoSink()
frame = QVideoFrame(QVideoFrameFormat(QSize(64, 64), QVideoFrameFormat.PixelFormat.Format_BGRA8888))
for _ in range(200):
    watch = FrameWatch(sink)
    drawing = threading.Thread(target=lambda: [sink.setVideoFrame(QVideoFrame(frame)) for _ in range(5)])
    drawing.start()
    drawing.join()
    watch.stop()
    del watch
    elsewhere = [bytes(200) for _ in range(50)]
    app.processEvents()
print("all delivered or dropped")
"""


async def test_frames_on_their_way_are_dropped_with_it() -> None:
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", _PROGRAM],
        cwd=REPOSITORY,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "all delivered or dropped"), done.stderr
