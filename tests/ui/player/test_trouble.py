"""Clips that cannot be played: plain words on the surface, and a way out."""

from pathlib import Path

import pytest

from tests.support.clips import make_clip
from tests.support.patience import PATIENCE_MS
from tests.ui.player.driver import Driver


def test_a_vanished_file_is_said_and_not_offered_to_another_player(driver: Driver, tmp_path: Path) -> None:
    words = driver.fail_to_load(tmp_path / "gone.mp4")
    assert words == f"gone.mp4 is no longer in {tmp_path}."
    assert driver.player.message.text == words
    assert not driver.button("openExternallyButton").isVisible()


@pytest.mark.parametrize("content", [b"", b"this is no clip at all" * 500])
def test_a_file_that_is_no_clip_is_said_and_the_system_player_offered(
    driver: Driver, tmp_path: Path, content: bytes
) -> None:
    wrong = tmp_path / "wrong.mp4"
    wrong.write_bytes(content)
    driver.fail_to_load(tmp_path / "gone.mp4")
    assert "wrong.mp4" in driver.fail_to_load(wrong)
    with driver.qtbot.waitSignal(driver.player.open_externally, timeout=PATIENCE_MS) as offered:
        driver.press("openExternallyButton")
    assert offered.args == [wrong]


def test_a_clip_cut_before_its_index_is_said(driver: Driver, tmp_path: Path) -> None:
    whole = make_clip(tmp_path / "whole.mp4", faststart=False).read_bytes()
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(whole[: len(whole) // 2])
    assert "cut.mp4" in driver.fail_to_load(cut)


def test_a_clip_that_breaks_off_plays_as_far_as_it_goes(driver: Driver, tmp_path: Path) -> None:
    whole = make_clip(tmp_path / "whole.mp4").read_bytes()
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(whole[: len(whole) * 6 // 10])
    driver.load(cut)
    with driver.qtbot.waitSignal(driver.player.failed, timeout=PATIENCE_MS) as failed:
        driver.player.play()
    assert failed.args is not None
    assert "breaks off" in str(failed.args[0])
    assert "of 0:02.0" in str(failed.args[0])
    assert not driver.player.surface.image().isNull()


def test_after_trouble_the_next_clip_plays(driver: Driver, clip: Path, tmp_path: Path) -> None:
    driver.fail_to_load(tmp_path / "gone.mp4")
    driver.load(clip)
    assert driver.player.message.text == ""
    assert driver.button("playButton").isEnabled()
    driver.play_to_end()


def test_a_released_file_is_no_longer_open(driver: Driver, clip: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.mp4"
    mine.write_bytes(clip.read_bytes())
    driver.load(mine)
    driver.player.play()
    assert mine in _open_files()
    driver.player.release(mine)
    driver.qtbot.waitUntil(lambda: mine not in _open_files(), timeout=PATIENCE_MS)
    assert driver.player.surface.image().isNull()
    assert driver.player.path is None


def test_releasing_another_file_changes_nothing(driver: Driver, clip: Path) -> None:
    driver.load(clip)
    driver.player.release(Path("other.mp4"))
    assert driver.number() == 0


def _open_files() -> set[Path]:
    files = set()
    for link in Path("/proc/self/fd").iterdir():
        try:
            files.add(link.readlink())
        except OSError:  # closed meanwhile
            continue
    return files
