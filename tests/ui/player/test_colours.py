"""The colours of a clip on the screen, and in the frame that the next clip goes on from."""

from pathlib import Path

import pytest
from av.video.reformatter import Colorspace
from PySide6.QtGui import QColor, QImage
from PySide6.QtMultimedia import QVideoFrame, QVideoFrameFormat

from tests.support.clips import BRICK, LEAF, make_coloured
from tests.support.patience import PATIENCE_MS
from tests.ui.player.driver import Driver
from venice_studio.ui.player.picture import Pictures


@pytest.mark.parametrize(
    ("layout", "matrix", "size", "tagged", "full"),
    [
        ("yuv420p", Colorspace.ITU709, (1280, 720), True, False),
        ("yuv420p", Colorspace.ITU601, (1280, 720), True, False),
        ("yuv420p", Colorspace.ITU709, (1280, 720), False, False),
        ("yuv420p", Colorspace.ITU601, (640, 360), False, False),
        ("yuv420p", Colorspace.ITU709, (720, 1280), True, False),
        ("yuv420p", Colorspace.ITU709, (854, 480), True, False),
        ("yuv420p", Colorspace.ITU709, (1280, 720), True, True),
        ("yuv422p", Colorspace.ITU709, (1280, 720), True, False),
        ("yuv420p10le", Colorspace.ITU709, (1280, 720), True, False),
    ],
)
def test_colours_are_those_that_were_filmed(
    driver: Driver, tmp_path: Path, layout: str, matrix: Colorspace, size: tuple[int, int], tagged: bool, full: bool
) -> None:
    path = make_coloured(tmp_path / "film.mp4", layout=layout, matrix=matrix, size=size, tagged=tagged, full=full)
    driver.player.load(path, 24, 12, 500)
    driver.qtbot.waitUntil(lambda: not driver.player.current_frame().isNull(), timeout=PATIENCE_MS)
    image = driver.player.current_frame()
    assert image.size().toTuple() == size
    for part, colour in ((0.25, BRICK), (0.75, LEAF)):
        seen = image.pixelColor(int(size[0] * part), size[1] // 2)
        apart = (abs(seen.red() - colour[0]), abs(seen.green() - colour[1]), abs(seen.blue() - colour[2]))
        assert max(apart) <= 4, seen.name()


def test_a_frame_of_a_kind_that_we_do_not_read_is_left_to_qt() -> None:
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(QColor(*BRICK))
    frame = QVideoFrame(image)
    assert frame.pixelFormat() is QVideoFrameFormat.PixelFormat.Format_BGRX8888
    assert Pictures().of(frame).pixelColor(5, 5) == QColor(*BRICK)
