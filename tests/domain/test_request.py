"""What may be sent, and what becomes of a draft when the model changes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.strategies import drafts, models
from venice_studio.domain.checks import check
from venice_studio.domain.fitting import Change, Displacement, differences, filled, fit_to
from venice_studio.domain.inputs import Need
from venice_studio.domain.media import Picture, Video
from venice_studio.domain.model import Dialect, VideoModel
from venice_studio.domain.request import SEED_MAX, GenerationRequest

FREE_TEXT_AND_PICTURES = {"model", "prompt", "negative_prompt", "image_url", "end_image_url"}
DIALECTS = st.none() | st.sampled_from(Dialect)

MODEL = VideoModel(
    id="m",
    name="M",
    durations=("5s", "10s"),
    resolutions=("720p",),
    aspect_ratios=("16:9", "9:16"),
    sound=True,
    sound_configurable=True,
    start_frame=Need.MAY,
)
REQUEST = GenerationRequest(model="m", prompt="A cat", duration="5s", resolution="720p", aspect_ratio="16:9")
FRAME = Picture(sha256="ab", mime="image/png", width=4, height=3, size=9, name="cat.png", as_is=True)


@given(draft=drafts, model=models, dialect=DIALECTS)
def test_what_was_fitted_passes_but_for_words_and_pictures(
    draft: GenerationRequest, model: VideoModel, dialect: Dialect | None
) -> None:
    fitted, _ = fit_to(draft, model, dialect)
    assert {fault.field for fault in check(fitted, model, dialect)} <= FREE_TEXT_AND_PICTURES


@given(draft=drafts, model=models, dialect=DIALECTS)
def test_fitting_keeps_words_and_pictures(draft: GenerationRequest, model: VideoModel, dialect: Dialect | None) -> None:
    fitted, _ = fit_to(draft, model, dialect)
    assert fitted.model == model.id
    for name in ("prompt", "negative_prompt", "start_frame", "end_frame"):
        assert getattr(fitted, name) == getattr(draft, name)


@given(draft=drafts, model=models, dialect=DIALECTS)
def test_fitting_twice_changes_nothing_more(
    draft: GenerationRequest, model: VideoModel, dialect: Dialect | None
) -> None:
    fitted, _ = fit_to(draft, model, dialect)
    assert fit_to(fitted, model, dialect) == (fitted, ())


@given(draft=drafts, model=models, dialect=DIALECTS)
def test_what_already_fits_stays(draft: GenerationRequest, model: VideoModel, dialect: Dialect | None) -> None:
    faulty = {fault.field for fault in check(draft, model, dialect)}
    fitted, changes = fit_to(draft, model, dialect)
    for name, wire in (("duration", "duration"), ("resolution", "resolution"), ("aspect_ratio", "aspect_ratio")):
        if wire not in faulty and getattr(draft, name) is not None:
            assert getattr(fitted, name) == getattr(draft, name)
    assert {change.field for change in changes} <= faulty


@given(draft=drafts, model=models)
def test_every_change_is_told(draft: GenerationRequest, model: VideoModel) -> None:
    fitted, changes = fit_to(draft, model)
    for change in changes:
        name = "sound" if change.field == "audio" else change.field
        assert getattr(draft, name) is not None
        assert getattr(draft, name) != getattr(fitted, name)
        assert change.before != change.after


def test_a_sound_request_has_no_faults() -> None:
    assert check(REQUEST, MODEL) == ()
    assert check(replace(REQUEST, seed=7, start_frame=FRAME, sound=True), MODEL, Dialect.REFERENCE) == ()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"prompt": " \n"}, "prompt"),
        ({"prompt": "x" * 2501}, "prompt"),
        ({"negative_prompt": "x" * 2501}, "negative_prompt"),
        ({"duration": "7s"}, "duration"),
        ({"duration": None}, "duration"),
        ({"resolution": "1080p"}, "resolution"),
        ({"aspect_ratio": "1:1"}, "aspect_ratio"),
        ({"seed": -1}, "seed"),
        ({"seed": SEED_MAX + 1}, "seed"),
        ({"end_frame": FRAME}, "end_image_url"),
    ],
)
def test_a_fault_is_told_at_its_field(change: dict[str, object], field: str) -> None:
    (fault,) = check(replace(REQUEST, **change), MODEL, Dialect.REFERENCE)  # type: ignore[arg-type]
    assert fault.field == field
    assert fault.message


@pytest.mark.parametrize(
    ("change", "request_change", "field"),
    [
        ({"start_frame": Need.MUST}, {}, "image_url"),
        ({"start_frame": Need.NEVER}, {"start_frame": FRAME}, "image_url"),
        ({"sound_configurable": False}, {"sound": True}, "audio"),
        ({"durations": ()}, {}, "duration"),
        ({"resolutions": ()}, {}, "resolution"),
        ({"offline": True}, {}, "model"),
        ({"prompt_limit": 3}, {}, "prompt"),
    ],
)
def test_what_a_model_does_not_have(change: dict[str, object], request_change: dict[str, object], field: str) -> None:
    model = replace(MODEL, **change)  # type: ignore[arg-type]
    (fault,) = check(replace(REQUEST, **request_change), model)  # type: ignore[arg-type]
    assert fault.field == field
    assert "M" in fault.message or field == "prompt"


@pytest.mark.parametrize("dialect", [None, Dialect.LIVE])
def test_only_the_reference_page_has_seeds(dialect: Dialect | None) -> None:
    request = replace(REQUEST, seed=7)
    assert [fault.field for fault in check(request, MODEL, dialect)] == ["seed"]
    assert fit_to(request, MODEL, dialect)[0].seed is None
    assert fit_to(request, MODEL, Dialect.REFERENCE)[0].seed == 7


def test_a_fresh_draft_gets_five_seconds_of_720p() -> None:
    model = replace(
        MODEL, durations=("10s", "5s"), resolutions=("1080p", "720p", "480p"), aspect_ratios=("1:1", "16:9")
    )
    fitted, changes = fit_to(GenerationRequest(model=""), model)
    assert (fitted.duration, fitted.resolution, fitted.aspect_ratio, fitted.sound) == ("5s", "720p", "16:9", True)
    assert changes == ()


@given(draft=drafts, words=st.text(), other=st.text())
def test_words_never_change_what_a_price_depends_on(draft: GenerationRequest, words: str, other: str) -> None:
    assert replace(draft, prompt=words, negative_prompt=other, seed=1).quote_key == draft.quote_key
    assert replace(draft, model="another").quote_key != draft.quote_key


def test_a_video_too_large_for_a_request_is_said_at_the_video() -> None:
    upscaler = VideoModel(
        id="u", name="Up", start_frame=Need.NEVER, inputs=frozenset({"video_url"}), upscale_factors=(1, 2, 4)
    )

    def faults(size: int) -> list[str]:
        video = Video(
            sha256="ab" * 32, mime="video/mp4", size=size, name="a.mp4", duration_ms=9000, width=1280, height=720
        )
        asked = GenerationRequest(model="u", upscale_factor=2, source_video=video)
        return [f"{fault.field}: {fault.message}" for fault in check(asked, upscaler)]

    assert faults(26_000_000) == []
    assert faults(30_000_000) == [
        "video_url: This is 3.8 MB too large for one request. Shorten the video or make it smaller."
    ]


def test_values_that_only_one_of_two_has_are_differences_too() -> None:
    other = replace(REQUEST, duration="8s", resolution=None, sound=True)
    assert differences(REQUEST, other) == (
        Change(field="duration", before="5s", after="8s"),
        Change(field="resolution", before="720p", after=None),
        Change(field="audio", before=None, after="on"),
    )
    assert differences(REQUEST, replace(REQUEST, prompt="A dog", start_frame=FRAME)) == ()


@given(draft=drafts, model=models)
def test_what_a_model_did_to_a_draft_can_be_taken_back(draft: GenerationRequest, model: VideoModel) -> None:
    fitted, _ = fit_to(draft, model)
    taken_back = Displacement(before=draft, after=fitted).taken_back(fitted)
    assert differences(draft, taken_back) == ()
    assert taken_back.model == model.id


def test_what_was_changed_since_is_not_taken_back() -> None:
    done = Displacement(before=REQUEST, after=replace(REQUEST, duration="10s", aspect_ratio="9:16"))
    since = replace(done.after, duration="8s", prompt="A dog")
    assert done.taken_back(since) == replace(since, aspect_ratio="16:9")


def test_values_left_open_are_filled_from_another() -> None:
    open_ = GenerationRequest(model="m", prompt="A dog", duration="10s")
    assert filled(open_, REQUEST) == replace(REQUEST, prompt="A dog", duration="10s")
