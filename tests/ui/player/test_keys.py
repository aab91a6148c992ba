"""The player's keys, its settings, and the full screen."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from tests.support.patience import PATIENCE_MS
from tests.ui.player.driver import Driver

SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_arrows_step_frames_and_shift_steps_seconds(driver: Driver, clip: Path) -> None:
    driver.load(clip)
    driver.key(Qt.Key.Key_Right)
    driver.wait_for(1)
    driver.key(Qt.Key.Key_Right, SHIFT)
    driver.wait_for(25)
    driver.key(Qt.Key.Key_Left)
    driver.wait_for(24)
    driver.key(Qt.Key.Key_Left, SHIFT)
    driver.wait_for(0)
    driver.key(Qt.Key.Key_End)
    driver.wait_for(47)
    driver.key(Qt.Key.Key_Home)
    driver.wait_for(0)


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_K])
def test_space_and_k_play_and_pause(driver: Driver, clip: Path, key: Qt.Key) -> None:
    driver.load(clip)
    driver.key(key)
    assert driver.player.playing
    assert driver.button("playButton").accessibleName() == "Pause"
    driver.key(key)
    assert not driver.player.playing
    assert driver.button("playButton").accessibleName() == "Play"


def test_keys_on_the_seek_slider_are_the_player_s(driver: Driver, clip: Path) -> None:
    driver.load(clip)
    QTest.keyClick(driver.slider("seekSlider"), Qt.Key.Key_Right, SHIFT)
    driver.wait_for(24)


def test_l_plays_and_plays_faster_and_j_plays_slower(driver: Driver, clip: Path) -> None:
    driver.load(clip)
    driver.player.loop = True
    driver.key(Qt.Key.Key_L)
    assert (driver.player.playing, driver.player.speed) == (True, 1.0)
    driver.key(Qt.Key.Key_L)
    assert (driver.player.playing, driver.player.speed) == (True, 1.5)
    assert driver.button("speedButton").text() == "1.5×"
    for _ in range(9):
        driver.key(Qt.Key.Key_J)
    assert (driver.player.playing, driver.player.speed) == (True, 0.25)
    driver.key(Qt.Key.Key_K)
    assert not driver.player.playing
    driver.key(Qt.Key.Key_J)
    assert (driver.player.playing, driver.player.speed) == (True, 0.5)


def stop_with_k(driver: Driver, _clip: Path) -> None:
    driver.key(Qt.Key.Key_K)


def reach_the_end(driver: Driver, _clip: Path) -> None:
    driver.qtbot.waitUntil(lambda: not driver.player.playing, timeout=PATIENCE_MS)


def open_another(driver: Driver, clip: Path) -> None:
    driver.load(clip)


@pytest.mark.parametrize("stop", [stop_with_k, reach_the_end, open_another])
def test_the_speed_of_j_and_l_is_gone_when_the_clip_stops(
    driver: Driver, clip: Path, stop: Callable[[Driver, Path], None]
) -> None:
    driver.load(clip)
    chosen = next(it for it in driver.button("speedButton").menu().actions() if it.text() == "0.5×")
    chosen.trigger()
    for _ in range(4):
        driver.key(Qt.Key.Key_L)
    assert driver.player.speed == 2.0
    stop(driver, clip)
    assert driver.player.speed == 0.5
    assert driver.button("speedButton").text() == "0.5×"


def test_a_loop_is_no_stop(driver: Driver, clip: Path) -> None:
    driver.load(clip)
    driver.player.loop = True
    seen: list[int] = []
    driver.player.frame_shown.connect(seen.append)
    for _ in range(3):
        driver.key(Qt.Key.Key_L)
    driver.qtbot.waitUntil(lambda: seen != sorted(seen), timeout=PATIENCE_MS)
    assert (driver.player.playing, driver.player.speed) == (True, 2.0)


def test_typing_elsewhere_never_reaches_the_player(driver: Driver, clip: Path) -> None:
    window = QWidget()
    prompt = QPlainTextEdit()
    column = QVBoxLayout(window)
    column.addWidget(driver.player)
    column.addWidget(prompt)
    window.show()
    driver.load(clip)
    prompt.setFocus()
    QTest.keyClicks(prompt, "km jl f")
    assert not driver.player.playing
    assert not driver.player.muted
    assert driver.player.full_screen is None
    assert driver.player.speed == 1.0
    driver.player.setParent(None)
    window.close()


def test_settings_are_announced_and_shown(driver: Driver, clip: Path) -> None:
    driver.load(clip)
    with driver.qtbot.waitSignal(driver.player.settings_changed, timeout=PATIENCE_MS):
        driver.key(Qt.Key.Key_M)
    assert driver.player.muted
    assert driver.button("muteButton").accessibleName() == "Sound on"
    with driver.qtbot.waitSignal(driver.player.settings_changed, timeout=PATIENCE_MS):
        driver.press("loopButton")
    assert driver.player.loop
    driver.player.volume = 0.3
    assert driver.slider("volumeSlider").value() == 30


def test_without_a_sound_device_it_plays_in_silence(driver: Driver, clip: Path) -> None:
    driver.load(clip)
    with driver.qtbot.waitSignal(driver.player.sound_available_changed, timeout=PATIENCE_MS) as told:
        driver.player.play()
    assert told.args is not None
    assert driver.button("muteButton").isEnabled() == told.args[0]
    driver.qtbot.waitUntil(lambda: (driver.number() or 0) > 5, timeout=PATIENCE_MS)


def test_full_screen_and_back(driver: Driver, clip: Path) -> None:
    driver.load(clip)
    driver.key(Qt.Key.Key_F)
    full = driver.player.full_screen
    assert full is not None
    assert full.bar_shown
    assert full.isFullScreen()
    assert driver.player.surface.window() is full
    QTest.keyClick(driver.player.surface, Qt.Key.Key_Right)
    driver.wait_for(1)
    QTest.keyClick(driver.player.surface, Qt.Key.Key_Escape)
    assert driver.player.full_screen is None
    assert driver.player.surface.window() is driver.player.window()
    driver.press("frameStepButton")
    driver.wait_for(2)


def test_in_full_screen_the_controls_go_when_nothing_moves(driver: Driver, clip: Path) -> None:
    driver.load(clip)
    driver.player.enter_full_screen()
    full = driver.player.full_screen
    assert full is not None
    driver.qtbot.waitUntil(lambda: not full.bar_shown, timeout=PATIENCE_MS)
    QTest.keyClick(driver.player.surface, Qt.Key.Key_Right)
    assert full.bar_shown


def test_without_a_clip_the_keys_do_nothing(driver: Driver) -> None:
    driver.key(Qt.Key.Key_Space)
    driver.key(Qt.Key.Key_F)
    assert not driver.player.playing
    assert driver.player.full_screen is None
    assert not driver.button("playButton").isEnabled()
    assert driver.player.current_frame().isNull()


def test_where_it_is_narrow_the_volume_and_the_frame_number_give_way(driver: Driver, clip: Path) -> None:
    driver.load(clip)
    player, volume = driver.player, driver.slider("volumeSlider")
    frame = next(label for label in player.controls.findChildren(QLabel) if label.text() == "frame 0")
    for width, with_volume, with_frame in ((700, True, True), (500, False, True), (340, False, False)):
        driver.resize(width)
        assert (volume.isVisible(), frame.isVisible()) == (with_volume, with_frame)
    player.enter_full_screen()
    driver.qtbot.waitUntil(volume.isVisible, timeout=PATIENCE_MS)
    player.leave_full_screen()
    driver.qtbot.waitUntil(lambda: player.controls.width() == 340, timeout=PATIENCE_MS)
    assert not volume.isVisible()
