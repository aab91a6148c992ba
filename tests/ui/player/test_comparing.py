"""Two clips under one bar, told apart by the number drawn in each frame."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from tests.support.clips import make_clip, number_in
from tests.support.patience import PATIENCE_MS
from tests.ui.driving import seen_texts
from tests.ui.player.driver import Driver
from venice_studio.ui.player import Clip


@pytest.fixture(scope="session")
def second(tmp_path_factory: pytest.TempPathFactory) -> Clip:
    """One second at half the frame rate: 12 numbered frames."""
    path = make_clip(tmp_path_factory.mktemp("second") / "second.mp4", frames=12, fps=12, size=(160, 90))
    return Clip(path=path, fps=12, frames=12, duration_ms=1000)


def image_of(driver: Driver, clip: Clip) -> QImage:
    return driver.player.frame_of(clip.path)[0]


def wait_for(driver: Driver, clip: Clip, number: int) -> None:
    def there() -> bool:
        image = image_of(driver, clip)
        return not image.isNull() and number_in(image) == number

    driver.qtbot.waitUntil(there, timeout=PATIENCE_MS)


def test_the_second_clip_comes_at_the_time_of_the_first(driver: Driver, clip: Path, second: Clip) -> None:
    driver.load(clip)
    driver.player.seek(10)
    driver.wait_for(10)

    driver.player.compare(second, ("left", "right"))

    wait_for(driver, second, 5)
    assert driver.player.compared == second.path
    assert driver.player.frame_of(second.path)[1] == 5
    assert driver.number() == 10
    assert {"left", "right"} <= seen_texts(driver.player)


def test_both_follow_the_bar_and_the_shorter_one_keeps_its_last_frame(driver: Driver, clip: Path, second: Clip) -> None:
    driver.load(clip)
    driver.player.compare(second, ("left", "right"))
    wait_for(driver, second, 0)

    driver.slider("seekSlider").setValue(16)
    driver.wait_for(16)
    wait_for(driver, second, 8)
    driver.press("frameStepButton")
    driver.press("frameStepButton")
    driver.wait_for(18)
    wait_for(driver, second, 9)
    driver.slider("seekSlider").setValue(40)
    driver.wait_for(40)
    wait_for(driver, second, 11)
    driver.slider("seekSlider").setValue(4)
    wait_for(driver, second, 2)


def test_both_play_and_stop_together(driver: Driver, clip: Path, second: Clip) -> None:
    driver.load(clip)
    driver.player.compare(second, ("left", "right"))
    wait_for(driver, second, 0)
    seen: list[int] = []
    companion = driver.player._companion
    assert companion is not None
    companion.engine.frame_shown.connect(seen.append)

    driver.play_to_end()

    wait_for(driver, second, 11)
    assert seen == sorted(seen)
    assert len(set(seen)) >= 6
    assert driver.number() == 47
    driver.press("playButton")
    driver.qtbot.waitUntil(lambda: (driver.number() or 0) in range(2, 12), timeout=PATIENCE_MS)
    driver.press("playButton")
    driver.qtbot.waitUntil(
        lambda: abs(number_in(image_of(driver, second)) * 2 - (driver.number() or 0)) <= 1, timeout=PATIENCE_MS
    )
    assert not companion.engine.playing


def test_the_second_makes_no_sound_and_keeps_the_pace(driver: Driver, clip: Path) -> None:
    loud = Clip(path=clip, fps=24, frames=48, duration_ms=2000)
    driver.load(clip)
    driver.player.speed = 2.0
    driver.player.compare(loud, ("left", "right"))
    companion = driver.player._companion
    assert companion is not None
    assert companion.engine.speed == 2.0
    driver.player.speed = 0.5
    driver.play_to_end()
    assert companion.engine.speed == 0.5
    assert companion.engine.sound._devices is None


@pytest.mark.parametrize("way", ["stop", "another clip", "the file is let go", "nothing is shown"])
def test_what_ends_it(driver: Driver, clip: Path, second: Clip, way: str) -> None:
    driver.load(clip)
    driver.player.compare(second, ("left", "right"))
    wait_for(driver, second, 0)
    heard: list[bool] = []
    driver.player.comparing_changed.connect(heard.append)
    match way:
        case "stop":
            driver.player.stop_comparing()
        case "another clip":
            driver.load(second.path, frames=12, fps=12)
        case "the file is let go":
            driver.player.release(second.path)
        case _:
            driver.player.show_still(None)
    assert heard == [False]
    assert driver.player.compared is None
    assert "right" not in seen_texts(driver.player)
    driver.player.stop_comparing()
    assert heard == [False]


def test_full_screen_shows_both(driver: Driver, clip: Path, second: Clip) -> None:
    driver.load(clip)
    driver.player.compare(second, ("left", "right"))
    wait_for(driver, second, 0)
    driver.player.enter_full_screen()
    full = driver.player.full_screen
    assert full is not None
    driver.qtbot.waitUntil(lambda: {"left", "right"} <= seen_texts(full), timeout=PATIENCE_MS)
    driver.key(Qt.Key.Key_Right)
    driver.key(Qt.Key.Key_Right)
    wait_for(driver, second, 1)
    driver.player.leave_full_screen()
    assert {"left", "right"} <= seen_texts(driver.player)


def test_two_wide_clips_stand_above_one_another_where_that_shows_them_larger(
    driver: Driver, clip: Path, second: Clip
) -> None:
    driver.load(clip)
    driver.player.compare(second, ("left", "right"))
    wait_for(driver, second, 0)
    companion = driver.player._companion
    assert companion is not None
    first, other = driver.player.surface, companion.surface

    driver.player.resize(1400, 400)
    driver.qtbot.waitUntil(lambda: other.mapTo(driver.player, other.pos()).x() > 600, timeout=PATIENCE_MS)
    driver.player.resize(420, 700)
    driver.qtbot.waitUntil(
        lambda: other.mapTo(driver.player, other.rect().topLeft()).y() > 250 and first.width() == other.width(),
        timeout=PATIENCE_MS,
    )


def test_a_second_clip_that_is_gone_is_said_on_it_and_the_first_goes_on(driver: Driver, clip: Path) -> None:
    driver.load(clip)
    gone = Clip(path=clip.with_name("gone.mp4"), fps=24, frames=48, duration_ms=2000)
    driver.player.compare(gone, ("left", "right"))
    driver.qtbot.waitUntil(
        lambda: any("gone.mp4 is no longer in" in text for text in seen_texts(driver.player)), timeout=PATIENCE_MS
    )
    driver.player.seek(7)
    driver.wait_for(7)
