"""What lies one step beside a draft."""

from dataclasses import replace

import pytest

from venice_studio.domain.alternatives import alternatives, beside
from venice_studio.domain.media import Video
from venice_studio.domain.model import VideoModel
from venice_studio.domain.request import GenerationRequest

MODEL = VideoModel(
    id="m", name="M", durations=("5s", "10s"), resolutions=("1080p", "720p"), sound=True, sound_configurable=True
)
DRAFT = GenerationRequest(model="m", duration="5s", resolution="720p", aspect_ratio="16:9", sound=True)


def test_one_value_is_another_at_a_time_sound_first() -> None:
    found = [(one.sound, one.duration, one.resolution) for one in alternatives(DRAFT, MODEL)]
    assert found == [(False, "5s", "720p"), (True, "10s", "720p"), (True, "5s", "1080p")]


def test_sound_that_is_no_choice_is_not_compared() -> None:
    model = VideoModel(id="m", name="M", durations=("5s", "10s"), sound=True)
    draft = GenerationRequest(model="m", duration="5s")
    assert [one.duration for one in alternatives(draft, model)] == ["10s"]


def test_where_each_price_would_take_a_whole_video_nothing_is_compared() -> None:
    film = Video(sha256="f", mime="video/mp4", size=1, name="f.mp4", duration_ms=9000, width=64, height=36)
    assert alternatives(replace(DRAFT, source_video=film), MODEL) != ()
    assert alternatives(replace(DRAFT, source_video=film, upscale_factor=2), MODEL) == ()


@pytest.mark.parametrize(
    ("value", "offered", "found"),
    [
        ("8s", ("4s", "6s", "8s"), ("4s", "6s")),
        ("6s", ("3s", "4s", "5s", "6s", "7s"), ("7s", "5s")),
        ("3s", ("3s", "4s", "5s", "6s", "7s"), ("4s",)),
        ("7s", ("7s", "6s", "5s", "4s", "3s"), ("6s",)),
        ("720p", ("480p", "1080p", "720p", "4k", "540p"), ("1080p", "540p")),
        ("Auto", ("Auto", "4s", "5s", "6s", "7s"), ()),
        ("9s", ("4s", "6s"), ()),
        (None, ("4s", "6s"), ()),
        ("5s", ("5s",), ()),
    ],
)
def test_few_values_are_all_compared_of_many_only_the_next(
    value: str | None, offered: tuple[str, ...], found: tuple[str, ...]
) -> None:
    assert beside(value, offered) == found
