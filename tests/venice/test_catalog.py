"""Models from listings and from the built-in facts."""

import json
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from venice_studio.domain.inputs import Need
from venice_studio.domain.model import Dialect, VideoModel
from venice_studio.domain.problem import Trouble
from venice_studio.venice.catalog import builtin, listed, read
from venice_studio.venice.wire.listing import read_listing


def entry(model_id: str, **constraints: object) -> dict[str, object]:
    return {"id": model_id, "type": "video", "model_spec": {"name": model_id.title(), "constraints": constraints}}


def model(model_id: str, **constraints: object) -> VideoModel:
    (found,) = listed({"data": [entry(model_id, **constraints)]}, Dialect.LIVE)
    return found


def test_the_six_of_the_reference_page() -> None:
    needs = {found.id: found.start_frame for found in builtin(Dialect.REFERENCE)}
    assert needs == {
        "kling-2.5-turbo-pro-text-to-video": Need.NEVER,
        "kling-2.5-turbo-pro-image-to-video": Need.MUST,
        "wan-2.5-preview-image-to-video": Need.MUST,
        "ltx-2-full": Need.MAY,
        "veo3-fast": Need.MAY,
        "sora-2": Need.MUST,
    }
    for found in builtin(Dialect.REFERENCE):
        assert found.durations == ("5s", "10s")
        assert "720p" in found.resolutions
        assert found.sound_configurable


def test_the_live_ones() -> None:
    models = {found.id: found for found in builtin(Dialect.LIVE)}
    assert len(models) == 76
    kling = models["kling-2.5-turbo-pro-text-to-video"]
    assert (kling.resolutions, kling.sound_configurable, kling.start_frame) == ((), False, Need.NEVER)
    assert models["pixverse-v5.6-transition"].end_frame
    assert models["topaz-video-upscale"].start_frame is Need.NEVER


@pytest.mark.parametrize(
    ("model_id", "model_type", "need", "inputs"),
    [
        ("nova-9-text-to-video", "text-to-video", Need.NEVER, ""),
        ("nova-9-image-to-video", "image-to-video", Need.MUST, "image_url"),
        ("kling-2.6-pro-image-to-video", "image-to-video", Need.MUST, "image_url end_image_url"),
        ("nova-9-transition", "image-to-video", Need.MUST, "image_url end_image_url"),
        ("nova-9-reference-to-video", "image-to-video", Need.NEVER, "reference_image_urls"),
        ("nova-9-video-to-video", "image-to-video", Need.NEVER, "video_url"),
        ("nova-9-motion-control", "video", Need.NEVER, "video_url"),
        ("nova-9", "text-to-video", Need.NEVER, ""),
        ("nova-9", "image-to-video", Need.MUST, "image_url"),
        ("nova-9", "video", Need.NEVER, "video_url"),
        ("nova-9", "hologram", Need.NEVER, ""),
    ],
)
def test_an_unknown_model_is_judged_by_its_id_then_by_its_type(
    model_id: str, model_type: str, need: Need, inputs: str
) -> None:
    found = model(model_id, model_type=model_type)
    assert (found.start_frame, found.inputs) == (need, frozenset(inputs.split()))
    assert found.end_frame == ("end_image_url" in inputs)


@pytest.mark.parametrize(
    ("model_id", "says", "inputs"),
    [
        ("nova-edit", {"video_input": True}, "video_url"),
        ("nova-edit", {"video_input": True, "audio_input": True}, "video_url audio_url"),
        ("nova-9-image-to-video", {"video_input": True}, "image_url"),
        ("nova-9-reference-to-video", {"per_reference_audio": True}, "reference_image_urls reference_audio_urls"),
        ("nova-9", {"per_reference_audio": True}, "image_url"),
        ("kling-2.6-pro-image-to-video", {"video_input": True}, "image_url end_image_url"),
    ],
)
def test_what_the_listing_says_of_an_unknown_models_inputs_counts(
    model_id: str, says: dict[str, object], inputs: str
) -> None:
    assert model(model_id, model_type="image-to-video", **says).inputs == frozenset(inputs.split())


def test_the_listing_wins_and_the_facts_fill_up() -> None:
    found = model("veo3-fast-image-to-video", durations=["6s"], audio_configurable=True)
    fact = next(fact for fact in builtin(Dialect.LIVE) if fact.id == found.id)
    assert found.durations == ("6s",)
    assert found.sound_configurable
    assert (found.resolutions, found.model_type, found.inputs) == (fact.resolutions, fact.model_type, fact.inputs)


def test_an_empty_list_is_no_gap() -> None:
    assert model("veo3-fast-image-to-video", resolutions=[]).resolutions == ()


def test_odd_entries_do_no_harm() -> None:
    odd = [None, 7, {}, {"id": ""}, {"id": "chat", "type": "text"}, {"id": "a"}, entry("a", durations=["1s"]), "b"]
    strange = entry("c", durations=["5s", 5, None, "5s"], resolutions={"a": 1}, prompt_character_limit=-1, audio="yes")
    found = {m.id: m for m in read_listing({"data": [*odd, strange]})}
    assert list(found) == ["a", "c"]
    assert found["a"] == VideoModel(id="a", name="a", durations=("5s",))
    assert (found["c"].durations, found["c"].resolutions, found["c"].sound) == (("5s",), (), False)
    assert found["c"].prompt_limit == 2500


def test_what_else_an_entry_tells() -> None:
    (found,) = read_listing(
        [
            {
                "id": "m",
                "model_spec": {
                    "name": "M\n1",
                    "privacy": "private",
                    "offline": True,
                    "betaModel": True,
                    "uncensored": True,
                    "description": "Quick\nand good.",
                    "regionRestrictions": ["US", "CA", 7],
                    "deprecation": {
                        "replacementModelId": "m2",
                        "startsAt": "2026-11-01T00:00:00.000Z",
                        "date": "2026-12-05T00:00:00Z",
                        "removesAt": "2026-12-01T23:30:00-02:00",
                    },
                    "constraints": {"prompt_character_limit": 20000, "audio_input": True, "audio": True},
                },
            }
        ]
    )
    assert (found.name, found.private, found.offline, found.beta, found.uncensored) == ("M 1", True, True, True, True)
    assert (found.replacement, found.prompt_limit, found.sound) == ("m2", 20000, True)
    assert found.inputs == {"audio_url"}
    assert (found.description, found.regions) == ("Quick and good.", ("US", "CA"))
    assert (found.warned_from, found.goes_away_on) == (date(2026, 11, 1), date(2026, 12, 2))
    assert not found.deprecated(date(2026, 10, 31))
    assert found.deprecated(date(2026, 11, 1))


@pytest.mark.parametrize("deprecation", [None, 7, [], {}, {"date": ""}, {"date": 5, "removesAt": "soon"}])
def test_a_deprecation_that_says_nothing_is_none(deprecation: object) -> None:
    (found,) = read_listing([{"id": "m", "model_spec": {"deprecation": deprecation}}])
    assert not found.deprecated(date.max)


def test_a_model_is_not_its_own_replacement() -> None:
    said = {"replacementModelId": "m", "date": "2026-12-05T00:00:00Z"}
    (found,) = read_listing([{"id": "m", "model_spec": {"deprecation": said}}])
    assert (found.replacement, found.goes_away_on) == (None, date(2026, 12, 5))


def test_the_maker_is_whom_people_look_for() -> None:
    entries = [{"id": "veo9-text-to-video", "owned_by": "venice.ai"}, {"id": "nova", "owned_by": "Nova Labs"}]
    assert [found.maker for found in read_listing([*entries, {"id": "mystery"}])] == ["Google", "Nova Labs", ""]


def test_kept_words_are_understood_like_fresh_ones() -> None:
    text = json.dumps({"data": [entry("nova-9", durations=["5s"], prompt_character_limit=700.5)]}).encode()
    found = read(text, None)
    assert found.dialect is Dialect.LIVE
    assert found.text == text
    assert found.models == listed(json.loads(text, parse_float=Decimal), Dialect.LIVE)
    assert found.models[0].prompt_limit == 700


@pytest.mark.parametrize("text", [b"", b"{", b"\xff\xfe", b"7", b'{"data": 7}', b"[" * 100_000])
def test_words_that_are_no_listing(text: bytes) -> None:
    with pytest.raises(Trouble):
        read(text, None)


@given(st.binary(max_size=60), st.integers(0, 4000), st.sampled_from(Dialect))
def test_damage_anywhere_in_a_listing_is_a_listing_or_trouble(damage: bytes, at: int, dialect: Dialect) -> None:
    entries = [entry("nova-9-text-to-video", durations=["Auto", "-1", "1 gen"], resolutions=["768P", "2K", "2x"])] * 3
    whole = json.dumps({"data": entries}).encode()
    cut = whole[: at % len(whole)]
    for text in (cut + damage, cut + damage + whole[len(cut) + len(damage) :]):
        with suppress(Trouble):
            assert all(model.id and model.name and model.durations for model in read(text, dialect).models)


def test_before_any_answer_the_ids_tell_whose_facts_apply() -> None:
    kling = "kling-2.5-turbo-pro-image-to-video"
    live = {m.id: m for m in listed([entry(kling), entry("veo3-fast-text-to-video")], None)}
    page = {m.id: m for m in listed([entry(kling), entry("veo3-fast")], None)}
    assert live[kling].end_frame
    assert not page[kling].end_frame
    assert page["veo3-fast"].start_frame is Need.MAY


@pytest.mark.parametrize("answer", [None, {}, {"data": {}}, "models", 7])
def test_no_listing(answer: object) -> None:
    with pytest.raises(Trouble):
        listed(answer, None)
