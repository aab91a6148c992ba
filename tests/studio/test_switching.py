"""Every change of model is told and undone; what a picture's coming displaced comes back when it goes."""

from dataclasses import replace

import pytest

from tests.support.fake_service import MODELS
from venice_studio.domain.inputs import Need
from venice_studio.domain.media import Picture
from venice_studio.domain.model import Dialect, VideoModel
from venice_studio.domain.request import GenerationRequest
from venice_studio.studio.composer import Composer

PICTURE = Picture(sha256="ab" * 32, mime="image/png", width=1600, height=900, size=1000, name="gondola.png", as_is=True)
SHORT = VideoModel(
    id="short", name="Fast", durations=("4s", "8s"), resolutions=("720p", "1080p"), aspect_ratios=("16:9", "9:16")
)
SHORT_IMAGE = replace(
    SHORT, id="short-image", durations=("8s",), resolutions=(), aspect_ratios=("9:16",), start_frame=Need.MUST
)
PORTRAIT = replace(PICTURE, width=900, height=1600)
SQUARE = replace(PICTURE, width=900)


@pytest.fixture
def composer() -> Composer:
    composer = Composer()
    composer.set_dialect(Dialect.REFERENCE)
    composer.set_models(MODELS)
    return composer


@pytest.fixture
def fast(composer: Composer) -> Composer:
    """4 s in 1080p of a model whose variant for pictures has neither."""
    composer.set_models((*MODELS, SHORT, SHORT_IMAGE))
    composer.choose_model("short")
    composer.edit(prompt="A gondola", duration="4s", resolution="1080p")
    return composer


def told(composer: Composer) -> list[tuple[str | None, str | None]]:
    assert composer.switched.value is not None
    return [(change.before, change.after) for change in composer.switched.value.changes]


def test_what_a_picture_displaced_comes_back_when_it_goes_and_each_way_is_told_and_can_be_undone(
    fast: Composer,
) -> None:
    before = fast.draft.value
    fast.set_start_frame(PICTURE)
    with_picture = fast.draft.value
    assert told(fast) == [("4s", "8s"), ("1080p", None), ("16:9", "9:16")]
    fast.undo()
    assert fast.draft.value == before
    fast.set_start_frame(PICTURE)
    fast.set_start_frame(None)
    assert fast.draft.value == before
    assert told(fast) == [("8s", "4s"), (None, "1080p"), ("9:16", "16:9")]
    fast.undo()
    assert fast.draft.value == with_picture
    fast.set_start_frame(None)
    assert fast.draft.value == before


def test_what_the_user_changed_beside_the_picture_stays_when_it_goes(fast: Composer) -> None:
    fast.set_models((*MODELS, SHORT, replace(SHORT_IMAGE, durations=("6s", "8s"))))
    fast.set_start_frame(PICTURE)
    assert fast.draft.value.duration == "6s"
    fast.edit(duration="8s", prompt="Two gondolas")
    fast.set_start_frame(None)
    after = fast.draft.value
    assert (after.duration, after.resolution, after.prompt) == ("8s", "1080p", "Two gondolas")


def test_the_shape_that_followed_a_picture_goes_with_it(composer: Composer) -> None:
    composer.choose_model("ltx")
    composer.set_start_frame(PORTRAIT)
    composer.follow_start_frame()
    assert composer.draft.value.aspect_ratio == "9:16"
    composer.set_start_frame(None)
    assert composer.draft.value.aspect_ratio == "16:9"
    assert told(composer) == [("9:16", "16:9")]


def test_a_shape_that_the_user_chose_stays_whatever_pictures_come_and_go(composer: Composer) -> None:
    composer.choose_model("ltx")
    for picture in (PORTRAIT, PICTURE):
        composer.set_start_frame(picture)
        composer.follow_start_frame()
    composer.edit(aspect_ratio="1:1")
    composer.set_start_frame(None)
    assert composer.draft.value.aspect_ratio == "1:1"


@pytest.mark.parametrize("shape", ["16:9", "9:16"])
def test_a_square_picture_is_no_reason_to_turn_the_clip(composer: Composer, shape: str) -> None:
    wide = replace(SHORT, id="wide", name="Wide", aspect_ratios=("9:16", "16:9"), start_frame=Need.MAY)
    composer.set_models((*MODELS, wide))
    composer.choose_model("wide")
    composer.edit(aspect_ratio=shape)
    composer.set_start_frame(SQUARE)
    composer.follow_start_frame()
    assert composer.draft.value.aspect_ratio == shape


def test_what_a_picture_displaced_does_not_come_back_in_another_draft(fast: Composer) -> None:
    fast.set_start_frame(PICTURE)
    fast.replace(fast.draft.value)
    fast.set_start_frame(None)
    assert (fast.draft.value.model, fast.draft.value.duration) == ("short", "8s")


def test_a_change_of_model_alone_can_be_undone(composer: Composer) -> None:
    before = composer.draft.value
    composer.choose_model("ltx")
    assert told(composer) == []
    composer.undo()
    assert composer.draft.value == before


def test_a_value_that_only_the_new_model_has_is_told(composer: Composer) -> None:
    composer.choose_model("wan-image")
    composer.choose_model("ltx")
    assert told(composer) == [("4s", "5s"), (None, "720p"), (None, "16:9"), (None, "on")]


def test_choosing_what_is_chosen_changes_nothing_that_could_be_undone(composer: Composer) -> None:
    composer.choose_model("ltx")
    switch = composer.switched.value
    composer.choose_model("ltx")
    assert composer.switched.value is switch


@pytest.mark.parametrize("as_it_is", [True, False])
def test_undoing_a_reuse_brings_the_takes_back(composer: Composer, as_it_is: bool) -> None:
    composer.edit(prompt="Mine")
    composer.set_takes(4)
    mine = composer.now
    composer.replace(mine.request if as_it_is else replace(mine.request, prompt="An old one"), said="It is there.")
    assert composer.takes.value == 1
    assert composer.switched.value is not None
    assert composer.switched.value.said == "It is there."
    composer.undo()
    assert composer.now == mine
    assert not composer.can_undo


def test_the_takes_come_back_after_the_note_is_gone(composer: Composer) -> None:
    composer.set_takes(3)
    mine = composer.now
    composer.replace(GenerationRequest(model="ltx", prompt="An old one"))
    composer.edit(prompt="An old one, changed")
    assert composer.switched.value is None
    composer.undo()
    assert composer.now == mine


def test_a_change_is_settled_by_other_takes_and_by_sending_it(composer: Composer) -> None:
    composer.choose_model("ltx")
    composer.set_takes(2)
    assert composer.switched.value is None
    composer.choose_model("kling-text")
    composer.sent(replace(composer.draft.value, model="ltx"))
    assert composer.switched.value is not None
    composer.sent(composer.draft.value)
    assert composer.switched.value is None


def test_old_settings_of_which_only_the_words_are_known_leave_the_values_alone(composer: Composer) -> None:
    composer.choose_model("ltx")
    composer.edit(duration="10s", resolution="1080p", aspect_ratio="1:1", sound=False)
    before = composer.draft.value
    composer.replace(GenerationRequest(model="", prompt="Found in a folder"))
    assert composer.draft.value == replace(before, prompt="Found in a folder")
