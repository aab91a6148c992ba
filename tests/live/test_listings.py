"""Any listing can be served and read: the practice service judges by it, and the picker offers what can be used."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from tests.sandbox.api import Api
from tests.support.sandbox import Sandbox
from tests.venice.strategies import junk, pictures
from venice_studio.domain.checks import check
from venice_studio.domain.choices import lines, ratio, seconds
from venice_studio.domain.fitting import fit_to
from venice_studio.domain.inputs import RULES, Material, Role
from venice_studio.domain.media import Element, Keyframe, Medium, Picture, Sound, Video
from venice_studio.domain.model import Dialect, VideoModel
from venice_studio.domain.request import GenerationRequest
from venice_studio.sandbox import prices, rules, shape
from venice_studio.sandbox.dialects.live import LiveDialect
from venice_studio.sandbox.facts import Models
from venice_studio.sandbox.listed import ListingError, from_listing
from venice_studio.sandbox.listing import listing
from venice_studio.studio.composer import Composer
from venice_studio.venice.body import body_of
from venice_studio.venice.catalog import builtin, listed
from venice_studio.venice.wire.bodies import queue_body

DURATIONS = ("Auto", "auto", "-1", "1 gen", "5s", "4s", "0s", "30s", "99999s", "five", "²s", "10")
RESOLUTIONS = ("768P", "2K", "4K", "4k", "true_1080p", "2x", "720p", "1080p", "99999p", "²p", "HD")
RATIOS = ("16:9", "adaptive", "auto", "1:0", "0:1", "21:9", "9 by 16", "²:³")
KINDS = ("text-to-video", "image-to-video", "video", "hologram", "")
IDS = (
    *("nova-9-text-to-video", "nova-9-image-to-video", "nova-9-transition", "nova-9-first-last-frame-to-video"),
    *("nova-9-reference-to-video", "nova-9-motion-control", "kling-v3-next-image-to-video", "nova-9", "wan-2.6"),
    *("seedance-2-5-reference-to-video-basic", "kling-o3-next-reference-to-video", "wan-3-0-pro-reference-to-video"),
    *("nova-9-text-to-video-private", "nova-9-image-to-video-basic", "nova-video-upscale", "nova-9-keyframes"),
    *("nova-9-video-to-video-fast", "wan-2-7-next-text-to-video"),
    *(model.id for model in builtin(Dialect.LIVE)[:6]),
)

switches = st.booleans() | st.sampled_from(["yes", None, 1])


def some(words: tuple[str, ...]) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.sampled_from(words) | st.sampled_from([5, None, ""]), max_size=4)


def often(right: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(right, right, right, junk)


constraints = st.fixed_dictionaries(
    {},
    optional={
        "model_type": often(st.sampled_from(KINDS)),
        "durations": often(some(DURATIONS)),
        "resolutions": often(some(RESOLUTIONS)),
        "aspect_ratios": often(some(RATIOS)),
        "audio": switches,
        "audio_configurable": switches,
        "audio_input": switches,
        "video_input": switches,
        "prompt_character_limit": often(st.sampled_from([1, 2500, 0, -5, 20000])),
        "surprise": junk,
    },
)
specs = st.fixed_dictionaries(
    {},
    optional={
        "name": often(st.sampled_from(["Nova", "Nova 9", " ", "<b>Nova</b>"])),
        "privacy": often(st.sampled_from(["private", "anonymized", "public"])),
        "offline": often(switches),
        "constraints": often(constraints),
    },
)
entries = st.fixed_dictionaries(
    {"id": often(st.sampled_from(IDS))}, optional={"type": st.sampled_from(["video", "text"]), "model_spec": specs}
)
listings = st.builds(lambda data: {"object": "list", "type": "video", "data": data}, st.lists(often(entries)))

TERMS = LiveDialect.terms


def served(data: object) -> Models:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "models.json"
        file.write_text(json.dumps(data, default=str), "utf-8")
        return from_listing(file)


def fitting(model: VideoModel, shown: Picture) -> GenerationRequest:
    """A draft for `model` with all that it takes, as the form would make it."""
    fitted, _ = fit_to(GenerationRequest(model=model.id, prompt="A"), model, Dialect.LIVE)
    for role in (role for role in Role if model.takes(role)):
        item = {
            Role.ELEMENTS: Element(frontal=shown),
            Role.KEYFRAMES: Keyframe(picture=shown, frame_index=0),
        }.get(role, STAND_INS.get(RULES[role].material, shown))
        given: dict[str, Any] = {role.value: item if RULES[role].single else (item,)}
        fitted = replace(fitted, **given)
    return fitted


STAND_INS: Mapping[Material, Any] = {
    Material.SOUND: Sound(sha256="0" * 64, mime="audio/wav", size=1, name="a.wav", duration_ms=4000),
    Material.VIDEO: Video(
        sha256="1" * 64, mime="video/mp4", size=1, name="a.mp4", duration_ms=4000, width=640, height=360
    ),
}


def sent(request: GenerationRequest) -> dict[str, Any]:
    parts = [b"" if isinstance(part, Medium) else part for part in body_of(queue_body(request, Dialect.LIVE)).parts]
    body: dict[str, Any] = json.loads(b"".join(parts))
    return body


@given(listings, pictures(max_size=1000))
def test_what_can_be_used_of_a_listing_is_offered_and_taken(data: dict[str, Any], shown: Picture) -> None:
    data = json.loads(json.dumps(data, default=str))
    models = served(data)
    found = listed(listing(models, "video"), Dialect.LIVE)
    assert [model.id for model in found] == [model.id for model in listed(data, Dialect.LIVE) if model.id in models]
    composer = Composer()
    composer.set_models(found)
    offered = {variant.id for family in composer.families for variant in family.variants}
    assert offered == {model.id for model in found}
    for model in found:
        if model.offline:
            continue
        request = fitting(model, shown)
        assert check(request, model, Dialect.LIVE) == ()
        order = rules.judge_queue(models, TERMS, sent(request))
        wanted = order.wanted
        length = prices.length_s(wanted.duration)
        price = prices.price(wanted.model, seconds=length, resolution=wanted.resolution, sound=wanted.sound)
        assert price > 0
        assert 1 <= length <= 60
        assert max(shape.size(wanted.resolution, shape.ratio_of(wanted.aspect_ratio or "16:9"))) <= 6 * 2160


@given(st.text(max_size=8) | st.sampled_from(DURATIONS + RESOLUTIONS + RATIOS))
def test_any_word_can_be_a_choice(word: str) -> None:
    for read in (seconds, lines, ratio):
        read(word)
    assert 1 <= prices.length_s(word) <= 60
    assert min(shape.size(word, shape.ratio_of(word))) >= 2


def test_odd_choices_are_judged_over_the_wire(tmp_path: Path) -> None:
    spec = {"durations": ["1 gen", "-1"], "resolutions": ["768P", "4K", "true_1080p"], "aspect_ratios": ["adaptive"]}
    entries = [
        {"id": "nova-9-text-to-video", "model_spec": {"constraints": spec}},
        {"id": "bare-text-to-video"},
        {"id": "strange", "model_spec": {"constraints": {"model_type": "hologram"}}},
        {"id": "chat", "type": "text"},
        None,
    ]
    file = tmp_path / "models.json"
    file.write_text(json.dumps({"data": entries}), "utf-8")
    with Sandbox("--dialect", "live", "--models", str(file)) as sandbox:
        api = Api(sandbox.base_url, id_field="queue_id")
        assert [entry["id"] for entry in api.get("/models?type=video").json()["data"]] == [
            "nova-9-text-to-video",
            "bare-text-to-video",
            "strange",
        ]
        right = {"model": "nova-9-text-to-video", "duration": "1 gen", "resolution": "4k", "aspect_ratio": "adaptive"}
        assert api.quote(**right).json()["quote"] > 0
        assert api.queue(**right, prompt="a [[fail]]").status_code == 200
        assert wrong(api.quote(**{**right, "duration": "5s"})) == {"duration"}
        assert wrong(api.quote(**{**right, "resolution": "720p", "aspect_ratio": "16:9"})) == {
            "resolution",
            "aspect_ratio",
        }
        assert api.queue(model="bare-text-to-video", prompt="a [[fail]]").status_code == 200
        assert wrong(api.queue(model="bare-text-to-video", resolution="720p")) == {"resolution"}
        assert wrong(api.queue(model="chat")) == {"model"}
        api.close()


def wrong(answer: requests.Response) -> set[str]:
    assert answer.status_code == 400, answer.text
    return set(answer.json()["details"]) - {"_errors"}


@pytest.mark.parametrize("content", ["", "{", "7", '{"data": 7}', '"models"', "[" * 100_000, "\udcff"])
def test_a_file_that_is_no_listing_is_said(tmp_path: Path, content: str) -> None:
    file = tmp_path / "models.json"
    file.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(ListingError) as caught:
        from_listing(file)
    assert str(file) in str(caught.value)


def test_a_listing_without_models_is_served() -> None:
    assert served({"data": []}) == {}
    assert served([{"id": "a-text-to-video"}]).keys() == {"a-text-to-video"}
