"""Playing, seeking and stepping real clips, checked by the number drawn in each frame."""

import asyncio
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QTransform
from PySide6.QtTest import QTest

from tests.support.clips import make_clip, number_in
from tests.support.patience import PATIENCE_MS, PATIENCE_S
from tests.ui.player.driver import Driver


def test_loading_shows_the_first_frame_and_waits(driver: Driver, clip: Path) -> None:
    driver.load(clip)
    assert not driver.player.playing
    assert driver.player.position_ms == 0
    assert driver.player.current_frame().size().toTuple() == (320, 180)


def test_playing_shows_every_frame_once_and_the_last_one_stays(driver: Driver, clip: Path) -> None:
    driver.load(clip)
    seen: list[int] = []
    driver.player.surface.sink.videoFrameChanged.connect(
        lambda frame: seen.append(number_in(frame.toImage())) if frame.isValid() else None
    )
    driver.play_to_end()
    assert len(set(seen)) >= 40
    assert seen == sorted(seen)
    assert driver.number() == 47
    assert not driver.player.playing


def test_the_window_paints_the_frame_under_the_playhead(driver: Driver, clip: Path) -> None:
    driver.load(clip)
    driver.player.seek(21)
    driver.wait_for(21)
    surface = driver.player.surface
    target = surface.target().toRect()
    assert number_in(surface.grab(target).toImage()) == 21


@pytest.mark.parametrize("frame", [0, 1, 7, 23, 24, 46, 47])
def test_seeking_to_a_frame_shows_that_frame(driver: Driver, clip: Path, frame: int) -> None:
    driver.load(clip)
    driver.player.seek(12)
    driver.wait_for(12)
    driver.player.seek(frame)
    driver.wait_for(frame)
    assert driver.player.frame == frame


@pytest.mark.parametrize("fps", [12, 25, 30])
def test_frames_are_found_at_other_frame_rates(driver: Driver, tmp_path: Path, fps: int) -> None:
    driver.load(make_clip(tmp_path / "clip.mp4", frames=40, fps=fps), frames=40, fps=fps)
    for frame in (13, 14, 39, 38):
        driver.player.seek(frame)
        driver.wait_for(frame)
        assert driver.player.frame == frame


def test_steps_go_exactly_one_frame(driver: Driver, clip: Path) -> None:
    driver.load(clip)
    for expected in (1, 2, 3):
        driver.press("frameStepButton")
        driver.wait_for(expected)
    driver.press("frameStepBackButton")
    driver.wait_for(2)


def test_steps_faster_than_frames_add_up(driver: Driver, clip: Path) -> None:
    driver.load(clip)
    for _ in range(9):
        driver.press("frameStepButton")
    driver.wait_for(9)


def test_stepping_back_from_the_end(driver: Driver, clip: Path) -> None:
    driver.load(clip)
    driver.play_to_end()
    driver.press("frameStepBackButton")
    driver.wait_for(46)


def test_play_at_the_end_starts_again(driver: Driver, clip: Path) -> None:
    driver.load(clip)
    driver.play_to_end()
    with driver.qtbot.waitSignal(driver.player.frame_shown, check_params_cb=lambda n: n < 10, timeout=PATIENCE_MS):
        driver.press("playButton")


def test_a_looping_clip_starts_again_by_itself(driver: Driver, tmp_path: Path) -> None:
    driver.load(make_clip(tmp_path / "short.mp4", frames=8), frames=8)
    driver.press("loopButton")
    seen: list[int] = []
    driver.player.frame_shown.connect(seen.append)
    driver.player.play()
    driver.qtbot.waitUntil(lambda: seen.count(7) >= 2, timeout=PATIENCE_MS)
    assert driver.player.playing
    driver.player.pause()


def test_the_seek_slider_goes_where_it_is_clicked(driver: Driver, clip: Path) -> None:
    driver.load(clip)
    slider = driver.slider("seekSlider")
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() - 2, slider.height() // 2))
    driver.wait_for(47)
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() // 2, slider.height() // 2))
    driver.qtbot.waitUntil(lambda: driver.number() in (23, 24), timeout=PATIENCE_MS)


def test_dragging_ends_at_the_frame_where_the_button_is_let_go(driver: Driver, clip: Path) -> None:
    driver.load(clip)
    slider = driver.slider("seekSlider")
    middle = slider.height() // 2
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(10, middle))
    for x in range(20, slider.width() // 2, 8):
        QTest.mouseMove(slider, QPoint(x, middle))
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() // 2, middle))
    # On the way there it may show a frame of an earlier move.
    driver.qtbot.waitUntil(lambda: driver.number() == slider.value() in (23, 24), timeout=PATIENCE_MS)


def test_the_next_clip_takes_over(driver: Driver, clip: Path, tmp_path: Path) -> None:
    driver.load(clip)
    driver.player.play()
    driver.load(make_clip(tmp_path / "next.mp4", frames=10, size=(180, 320)), frames=10)
    assert driver.player.current_frame().size().toTuple() == (180, 320)
    assert not driver.player.playing


def test_a_poster_stands_until_the_first_frame(driver: Driver, clip: Path) -> None:
    poster = QImage(64, 36, QImage.Format.Format_RGB32)
    poster.fill(QColor("#c02040"))
    driver.player.load(clip, 24, 48, 2000, poster)
    grabbed = driver.player.surface.grab().toImage()
    assert grabbed.pixelColor(grabbed.rect().center()) == QColor("#c02040")
    driver.wait_for(0)


async def test_a_clip_can_be_loaded_and_played_from_a_coroutine(driver: Driver, clip: Path) -> None:
    ended = asyncio.get_running_loop().create_future()
    driver.player.ended.connect(lambda: ended.set_result(None))
    driver.player.load(clip, 24, 48, 2000)
    driver.player.play()
    await asyncio.wait_for(ended, PATIENCE_S)
    assert driver.number() == 47


def test_a_clip_that_asks_to_be_turned_is_shown_turned(driver: Driver, tmp_path: Path) -> None:
    turned = make_clip(tmp_path / "turned.mp4", rotation=90)
    with driver.qtbot.waitSignal(driver.player.frame_shown, timeout=PATIENCE_MS):
        driver.player.load(turned, 24, 48, 2000)
    driver.player.seek(21)
    driver.qtbot.waitUntil(lambda: driver.player.frame == 21, timeout=PATIENCE_MS)
    shown = driver.player.current_frame()
    assert shown.size().toTuple() == (180, 320)
    assert number_in(shown.transformed(QTransform().rotate(90))) == 21
    target = driver.player.surface.target()
    assert target.height() == pytest.approx(target.width() * 16 / 9, rel=0.02)


def test_no_frame_of_the_last_clip_comes_after_a_still_was_asked_for(driver: Driver, clip: Path) -> None:
    driver.load(clip)
    driver.player.play()
    driver.qtbot.waitUntil(lambda: driver.player.frame > 4, timeout=PATIENCE_MS)
    still = QImage(64, 36, QImage.Format.Format_RGB32)
    still.fill(QColor("#c02040"))
    driver.player.show_still(still)
    shown: list[int] = []
    driver.player.frame_shown.connect(shown.append)
    driver.qtbot.wait(150)
    assert driver.player.surface.image() == still
    assert shown == []


def test_the_frame_under_the_playhead_can_be_dragged_out_whole(driver: Driver, clip: Path) -> None:
    assert driver.player.surface.frame_to_drag() is None
    driver.load(clip)
    driver.player.seek(21)
    driver.wait_for(21)
    data = driver.player.surface.frame_to_drag()
    assert data is not None
    image = data.imageData()
    assert isinstance(image, QImage)
    assert image.size().toTuple() == (320, 180)
    assert number_in(image) == 21


def test_a_click_counts_when_the_button_is_let_go_where_it_was_pressed(driver: Driver, clip: Path) -> None:
    driver.load(clip)
    surface, left = driver.player.surface, Qt.MouseButton.LeftButton
    clicks: list[bool] = []
    surface.clicked.connect(lambda: clicks.append(True))
    QTest.mousePress(surface, left, pos=QPoint(100, 100))
    assert clicks == []
    QTest.mouseRelease(surface, left, pos=QPoint(101, 100))
    assert clicks == [True]
