"""What is measured of pictures, sounds and videos, and what is refused of them, in the live dialect."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.api import data_uri, picture
from tests.support.recordings import make_sound, make_video, make_wav
from venice_studio.sandbox import materials, prices, rules
from venice_studio.sandbox.dialects.live import LiveDialect
from venice_studio.sandbox.facts import Models
from venice_studio.sandbox.refusal import Refusal

MODELS: Models = LiveDialect().models()
TERMS = LiveDialect.terms
SMALL = (64, 48)
PICTURE = data_uri(picture())


def wrong(model: str, **fields: Any) -> set[str]:
    """The fields that are refused of a request that is right otherwise."""
    one = MODELS[model]
    body = {"model": model, "prompt": "a", "duration": (one.durations or ("Auto",))[0], **fields}
    order, problems = rules.read_queue(MODELS, TERMS, body)
    _, more = materials.collect(one, order.media)
    return {problem.field for problem in [*problems, *more]}


def sound(folder: Path, seconds: float, rate: int = 1000) -> str:
    return data_uri(make_wav(folder / "a.wav", seconds=seconds, rate=rate).read_bytes(), "audio/wav")


def video(folder: Path, seconds: float, name: str = "a.mp4", codec: str = "libx264") -> str:
    made = make_video(folder / name, codec, frames=round(seconds * 24), size=SMALL)
    return data_uri(made.read_bytes(), "video/mp4")


@pytest.mark.parametrize(
    ("model", "seconds", "taken"),
    [
        ("wan-2-7-text-to-video", 2.5, False),
        ("wan-2-7-text-to-video", 3, True),
        ("wan-2.5-preview-text-to-video", 2.5, False),
        ("wan-2-7-text-to-video", 30, True),
        ("wan-2-7-text-to-video", 31, False),
    ],
)
def test_how_long_a_sound_is(tmp_path: Path, model: str, seconds: float, taken: bool) -> None:
    assert wrong(model, audio_url=sound(tmp_path, seconds)) == (set() if taken else {"audio_url"})


def test_what_kind_of_sound_it_is(tmp_path: Path) -> None:
    taken = make_sound(tmp_path / "a.mp3", "libmp3lame").read_bytes()
    other = make_sound(tmp_path / "a.m4a", "aac", kind="mp4").read_bytes()
    for data, fields in ((taken, set()), (other, {"audio_url"}), (b"RIFF\0\0\0\0WAVE", {"audio_url"})):
        assert wrong("wan-2-7-text-to-video", audio_url=data_uri(data, "audio/mpeg")) == fields
    assert wrong("wan-2-7-text-to-video", audio_url=PICTURE) == {"audio_url"}


def test_how_many_bytes_a_sound_has(tmp_path: Path) -> None:
    assert wrong("wan-2-7-text-to-video", audio_url=sound(tmp_path, 25, 96_000)) == set()
    assert wrong("wan-2-7-text-to-video", audio_url=sound(tmp_path, 29, 290_000)) == {"audio_url"}


@pytest.mark.parametrize(
    ("lengths", "taken"), [((2.0,), True), ((1.5,), False), ((15.0,), True), ((16.0,), False), ((8.0, 8.0), False)]
)
def test_how_long_references_are(tmp_path: Path, lengths: tuple[float, ...], taken: bool) -> None:
    model = "seedance-2-0-reference-to-video"
    videos, sounds = [video(tmp_path, one) for one in lengths], [sound(tmp_path, one) for one in lengths]
    assert wrong(model, reference_video_urls=videos) == (set() if taken else {"reference_video_urls"})
    heard = wrong(model, reference_audio_urls=sounds, reference_image_urls=[PICTURE])
    assert heard == (set() if taken else {"reference_audio_urls"})


def test_a_reference_sound_has_something_to_go_with(tmp_path: Path) -> None:
    model, heard, seen = "seedance-2-0-reference-to-video", [sound(tmp_path, 3)], [video(tmp_path, 3)]
    assert wrong(model, reference_audio_urls=heard) == {"reference_audio_urls", "reference_image_urls"}
    assert wrong(model, reference_audio_urls=heard, reference_video_urls=seen) == set()


def test_what_kind_of_video_it_is(tmp_path: Path) -> None:
    enlarger, follower = "topaz-video-upscale", "seedance-2-0-reference-to-video"
    for name, codec in (("a.mp4", "libx264"), ("a.mov", "libx264"), ("a.webm", "libvpx")):
        made = video(tmp_path, 2, name, codec)
        assert wrong(enlarger, video_url=made) == set()
        assert wrong(follower, reference_video_urls=[made]) == ({"reference_video_urls"} if "webm" in name else set())
    for name, codec in (("a.mkv", "libx264"), ("a.avi", "mpeg4")):
        assert wrong(enlarger, video_url=video(tmp_path, 2, name, codec)) == {"video_url"}
    whole = make_video(tmp_path / "a.mp4", frames=24, size=SMALL).read_bytes()
    assert wrong(enlarger, video_url=data_uri(whole[: len(whole) // 2], "video/mp4")) == {"video_url"}
    assert wrong(enlarger, video_url=data_uri(b"no video at all", "video/mp4")) == {"video_url"}


def test_how_long_a_video_to_enlarge_is(tmp_path: Path) -> None:
    assert wrong("topaz-video-upscale", video_url=video(tmp_path, 299)) == set()
    assert wrong("topaz-video-upscale", video_url=video(tmp_path, 302)) == {"video_url"}


@pytest.mark.parametrize(
    ("model", "most"),
    [
        ("grok-imagine-reference-to-video", 7),
        ("kling-v3-4k-reference-to-video", 7),
        ("seedance-2-0-reference-to-video", 9),
        ("pixverse-c1-reference-to-video", 30),
    ],
)
def test_how_many_reference_pictures_a_family_takes(model: str, most: int) -> None:
    assert wrong(model, reference_image_urls=[PICTURE] * most) == set()
    assert wrong(model, reference_image_urls=[PICTURE] * (most + 1)) == {"reference_image_urls"}


def test_elements_have_a_front_and_seven_pictures_with_all_else(tmp_path: Path) -> None:
    model = "kling-o3-standard-reference-to-video"
    whole = {"frontal_image_url": PICTURE, "reference_image_urls": [PICTURE] * 3}
    assert wrong(model, elements=[whole], scene_image_urls=[PICTURE] * 3) == set()
    assert wrong(model, elements=[whole], scene_image_urls=[PICTURE] * 4) == {"scene_image_urls"}
    assert wrong(model, elements=[whole, whole]) == {"elements"}
    assert wrong(model, elements=[{"reference_image_urls": [PICTURE]}]) == {"elements"}
    assert wrong(model, elements=[{"video_url": video(tmp_path, 2)}]) == set()
    assert wrong(model, elements=[{}]) == {"elements"}


@pytest.mark.parametrize(
    ("model", "field"),
    [
        ("minimax-h3-reference-to-video", "image_url"),
        ("longcat-distilled-text-to-video", "image_url"),
        ("pixverse-c1-reference-to-video", "end_image_url"),
    ],
)
def test_what_a_model_does_not_take_is_named(model: str, field: str) -> None:
    given = {"reference_image_urls": [PICTURE]} if "reference_image_urls" in MODELS[model].inputs else {}
    assert wrong(model, **given) == set()
    assert wrong(model, **given, **{field: PICTURE}) == {field}


def test_pictures_and_sounds_together_have_25_megabytes() -> None:
    noise = "data:image/bmp;base64," + data_uri(picture((2000, 1500), kind="BMP")).partition(",")[2]
    assert wrong("pixverse-c1-reference-to-video", reference_image_urls=[noise] * 2) == set()
    with pytest.raises(Refusal) as refused:
        wrong("pixverse-c1-reference-to-video", reference_image_urls=[noise] * 3)
    assert refused.value.status == 413


def test_what_is_enlarged_costs_by_its_length_its_lines_and_its_pace() -> None:
    assert prices.upscale(Decimal(10), 720, 30) == Decimal("0.13")
    assert prices.upscale(Decimal(10), 960, 30) == Decimal("0.25")
    assert prices.upscale(Decimal(10), 1440, 30) == Decimal("1.00")
    assert prices.upscale(Decimal(10), 960, 60) == Decimal("0.50")
