"""The drawing itself, without the service: repeatable, different by prompt and seed, marked, at any size."""

from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from tests.sandbox.probing import boxes, ffmpeg_says, fingerprint, frames, probe
from venice_studio.sandbox.render import clip
from venice_studio.sandbox.render.plan import Plan
from venice_studio.sandbox.render.scenes import choose
from venice_studio.sandbox.render.sound import compose

_PLAN = Plan(width=320, height=180, seconds=1, sound=True, prompt="boat on the sea at sunset", seed=7)
_PROMPTS = (
    "boat on the sea",
    "mountains in the snow",
    "forest path",
    "neon city",
    "aurora",
    "fish and coral",
    "planet in space",
    "abstract silk",
)


def _drawn(plan: Plan, folder: Path) -> bytes:
    target = folder / "clip.mp4"
    clip.draw(plan, target)
    return target.read_bytes()


def test_the_same_request_and_seed_give_the_same_frames(tmp_path: Path) -> None:
    first, second = _drawn(_PLAN, tmp_path), _drawn(_PLAN, tmp_path)
    assert fingerprint(first) == fingerprint(second)


@pytest.mark.parametrize("other", [replace(_PLAN, seed=8), replace(_PLAN, prompt="boat on the sea at dawn")])
def test_another_seed_or_prompt_gives_other_frames(tmp_path: Path, other: Plan) -> None:
    assert fingerprint(_drawn(_PLAN, tmp_path)) != fingerprint(_drawn(other, tmp_path))


@pytest.mark.parametrize("prompt", _PROMPTS)
@pytest.mark.parametrize("size", [(320, 180), (180, 320), (240, 240), (420, 180)])
def test_every_scene_fills_frames_of_every_shape_and_moves(prompt: str, size: tuple[int, int]) -> None:
    plan = Plan(width=size[0], height=size[1], seconds=1, sound=False, prompt=prompt, seed=1)
    drawn = list(clip.frames(plan))
    assert len(drawn) == 24
    assert {picture.luma.shape for picture in drawn} == {(size[1], size[0])}
    assert np.abs(drawn[0].luma.astype(int) - drawn[-1].luma).mean() > 0.3
    assert drawn[0].luma.std() > 8


def test_the_words_of_a_prompt_choose_the_scene() -> None:
    assert len({choose(prompt) for prompt in _PROMPTS}) == len(_PROMPTS)
    assert choose("a neon city at night in the rain") is choose("streets of Tokyo")
    assert choose("a city at night in the snow") is choose("city")
    assert choose("an astronaut in a forest") is choose("astronaut")
    assert choose("a forest under a planet") is choose("forest")
    assert choose("a planet over the sea, a boat, waves") is choose("sea")
    assert choose("qwerty") is choose("qwerty")


def test_the_mark_is_in_the_corner_and_nowhere_else() -> None:
    plan = replace(_PLAN, sound=False)
    from venice_studio.sandbox.render.scenes import scene_of

    bare = scene_of(plan, (320, 180)).frame(0)
    marked = next(iter(islice(clip.frames(plan), 1)))
    changed = np.argwhere(bare.luma != marked.luma)
    assert len(changed) > 50
    assert changed.min(axis=0)[0] > 150
    assert changed.min(axis=0)[1] > 240


def test_sound_is_stereo_audible_and_differs_by_prompt() -> None:
    first, second = compose(_PLAN), compose(replace(_PLAN, prompt="forest"))
    assert first.shape == (2, 48_000)
    assert 0.05 < float(np.abs(first).max()) < 1
    assert not np.array_equal(first, second)
    assert not np.array_equal(first[0], first[1])


def test_black_is_black(tmp_path: Path) -> None:
    data = _drawn(replace(_PLAN, fault="black"), tmp_path)
    assert max(int(frame.max()) for frame in frames(data)) <= 2
    assert probe(data).frames == 24


def test_truncated_breaks_off(tmp_path: Path) -> None:
    data = _drawn(replace(_PLAN, fault="truncated"), tmp_path)
    assert "mdat" in boxes(data)
    assert ffmpeg_says(data) != ""


def test_short_is_one_second(tmp_path: Path) -> None:
    data = _drawn(replace(_PLAN, seconds=5, fault="short"), tmp_path)
    assert probe(data).frames == 24
    assert ffmpeg_says(data) == ""


def test_a_picture_with_transparency_or_few_colours_can_be_drawn(tmp_path: Path) -> None:
    from PIL import Image

    for mode in ("RGBA", "P", "L", "LA", "I;16", "CMYK"):
        path = tmp_path / "picture"
        Image.new("RGB", (40, 30), "teal").convert("L" if mode == "I;16" else mode).save(path, "TIFF")
        first = next(clip.frames(replace(_PLAN, stations=((0, str(path)),))))
        assert first.luma.shape == (180, 320)
