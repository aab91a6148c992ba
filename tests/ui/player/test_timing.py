from pathlib import Path

import pytest

from venice_studio.ui.player import Clip, clock


@pytest.mark.parametrize(
    ("ms", "text"), [(0, "0:00.0"), (2083, "0:02.1"), (59_949, "0:59.9"), (59_950, "1:00.0"), (75_000, "1:15.0")]
)
def test_a_time_as_the_player_writes_it(ms: int, text: str) -> None:
    assert clock(ms) == text


@pytest.mark.parametrize("fps", [12, 23.976, 24, 25, 29.97, 30, 60])
def test_the_time_that_shows_a_frame_lies_inside_it(fps: float) -> None:
    clip = Clip(path=Path("a.mp4"), fps=fps, frames=600, duration_ms=round(600_000 / fps))
    for frame in range(600):
        assert frame * 1000 / fps < clip.shows(frame) < (frame + 1) * 1000 / fps
        assert clip.frame_at(round(frame * 1_000_000 / fps)) == frame
