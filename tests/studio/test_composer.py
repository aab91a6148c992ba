"""The draft keeps what the user gave it while models come and go."""

from dataclasses import replace

import pytest

from tests.support.fake_service import MODELS
from venice_studio.domain.fitting import Change
from venice_studio.domain.inputs import Need
from venice_studio.domain.listing import Gone
from venice_studio.domain.media import Picture
from venice_studio.domain.model import Dialect, VideoModel
from venice_studio.domain.request import GenerationRequest
from venice_studio.studio.composer import Composer

PICTURE = Picture(sha256="ab" * 32, mime="image/png", width=1600, height=900, size=1000, name="gondola.png", as_is=True)
WAN = MODELS[3]


@pytest.fixture
def composer() -> Composer:
    composer = Composer()
    composer.set_dialect(Dialect.REFERENCE)
    composer.set_models(MODELS)
    return composer


def test_first_listing_gives_a_model_that_needs_no_picture(composer: Composer) -> None:
    assert composer.draft.value.model == "kling-text"
    assert composer.draft.value.duration == "5s"
    assert composer.draft.value.resolution == "720p"


def test_prompt_survives_every_change_of_model(composer: Composer) -> None:
    composer.edit(prompt="A gondola", seed=7)
    for model in MODELS:
        composer.choose_model(model.id)
        assert composer.draft.value.prompt == "A gondola"
        assert composer.draft.value.model == model.id


def test_picture_switches_to_the_variant_that_takes_it_and_back(composer: Composer) -> None:
    composer.set_start_frame(PICTURE)
    assert composer.draft.value.model == "kling-image"
    composer.set_start_frame(None)
    assert composer.draft.value.model == "kling-text"


def test_picture_stays_with_a_model_that_may_take_one(composer: Composer) -> None:
    composer.choose_model("ltx")
    composer.set_start_frame(PICTURE)
    assert composer.draft.value.model == "ltx"


def test_family_is_entered_by_the_variant_that_suits_the_picture(composer: Composer) -> None:
    composer.choose_model("ltx")
    composer.set_start_frame(PICTURE)
    composer.choose_family("Kling")
    assert composer.draft.value.model == "kling-image"


def test_change_of_model_says_what_else_changed_and_can_be_undone(composer: Composer) -> None:
    composer.edit(prompt="A gondola", duration="10s")
    before = composer.draft.value
    composer.choose_model("wan-image")
    switch = composer.switched.value
    assert switch is not None
    assert Change(field="duration", before="10s", after="8s") in switch.changes
    composer.undo()
    assert composer.draft.value == before


def test_reuse_is_one_undo_step(composer: Composer) -> None:
    composer.edit(prompt="Mine, half written")
    mine = composer.draft.value
    composer.replace(GenerationRequest(model="ltx", prompt="An old one", duration="10s"))
    assert composer.draft.value.prompt == "An old one"
    assert composer.can_undo
    composer.undo()
    assert composer.draft.value == mine
    assert not composer.can_undo


def test_reuse_fits_the_request_to_what_the_model_has_now(composer: Composer) -> None:
    composer.edit(prompt="Mine")
    mine = composer.draft.value
    composer.replace(GenerationRequest(model="wan-image", prompt="An old one", duration="10s", resolution="720p"))
    assert composer.draft.value.duration == "8s"
    assert composer.switched.value is not None
    composer.undo()
    assert composer.draft.value == mine
    assert not composer.can_undo


def test_a_form_begins_with_a_model_that_needs_no_more_than_a_prompt() -> None:
    composer = Composer()
    needs_references = VideoModel(id="grok-r2v", name="Grok R2V", inputs=frozenset({"reference_image_urls"}))
    composer.set_models((needs_references, *MODELS))
    assert composer.draft.value.model == "kling-text"
    assert "Grok" in {family.name for family in composer.families}


def test_faults_name_the_field(composer: Composer) -> None:
    composer.edit(duration="7s", seed=-1)
    assert {fault.field for fault in composer.faults} == {"prompt", "duration", "seed"}


def test_a_model_that_left_the_listing_gives_way_and_the_prompt_stays(composer: Composer) -> None:
    composer.choose_model("ltx")
    composer.edit(prompt="A gondola")
    composer.set_models(MODELS[:2])
    assert composer.draft.value.model == "kling-text"
    assert composer.draft.value.prompt == "A gondola"


def test_leaving_a_model_that_is_listed_no_more_is_told_and_can_be_undone(composer: Composer) -> None:
    composer.choose_model("wan-image")
    composer.edit(prompt="A gondola", duration="8s")
    mine = composer.draft.value
    newer = replace(WAN, id="wan-3-image", name="Wan 3", durations=("4s", "6s"))
    composer.set_models((*MODELS[:3], replace(newer, start_frame=Need.MAY)))
    switch = composer.switched.value
    assert switch is not None
    assert composer.draft.value.model == "wan-3-image"
    assert switch.changes[0] == Change(field="model", before="Wan (not on offer)", after="Wan 3")
    assert switch.changes[1] == Change(field="duration", before="8s", after="6s")
    composer.undo()
    assert composer.draft.value == mine


def test_an_untouched_draft_leaves_without_a_word(composer: Composer) -> None:
    composer.begin_with("wan-image")
    composer.set_models(MODELS[:3])
    assert composer.draft.value.model == "kling-text"
    assert composer.switched.value is None


def test_old_settings_whose_model_is_gone_take_the_one_in_its_place(composer: Composer) -> None:
    composer.edit(prompt="Mine")
    mine = composer.draft.value
    gone = Gone(id="sora-9", name="Sora 9", replacement="ltx")
    composer.set_models(MODELS, {"sora-9": gone})
    composer.replace(GenerationRequest(model="sora-9", prompt="An old one", duration="10s", resolution="720p"))
    assert (composer.draft.value.model, composer.draft.value.prompt) == ("ltx", "An old one")
    switch = composer.switched.value
    assert switch is not None
    assert switch.changes[0] == Change(field="model", before="Sora 9 (not on offer)", after="LTX")
    composer.undo()
    assert composer.draft.value == mine
    assert not composer.can_undo


def test_a_model_keeps_its_name_when_it_is_gone(composer: Composer) -> None:
    composer.set_models(MODELS, {"sora-9": Gone(id="sora-9", name="Sora 9"), "ltx": Gone(id="ltx", name="LTX of old")})
    assert [composer.name(model_id) for model_id in ("sora-9", "ltx", "mystery")] == ["Sora 9", "LTX", "mystery"]


def test_old_settings_of_a_model_that_nothing_follows_go_to_the_first_choice_and_it_is_told(composer: Composer) -> None:
    composer.replace(GenerationRequest(model="mystery", prompt="An old one"))
    assert composer.model is not None
    assert composer.draft.value.prompt == "An old one"
    switch = composer.switched.value
    assert switch is not None
    assert switch.changes[0] == Change(field="model", before="mystery (not on offer)", after=composer.model.name)


def test_old_settings_that_name_no_model_are_for_the_one_that_is_chosen(composer: Composer) -> None:
    composer.choose_model("ltx")
    composer.replace(GenerationRequest(model="", prompt="Found in a folder"))
    assert (composer.draft.value.model, composer.draft.value.prompt) == ("ltx", "Found in a folder")


def test_an_offline_model_can_be_left_in_one_step(composer: Composer) -> None:
    down = replace(WAN, id="down", name="Down", offline=True, start_frame=Need.MAY)
    composer.set_models((*MODELS, down))
    composer.choose_model("down")
    assert composer.advice is not None
    assert not composer.advice.offline
    composer.move_on()
    assert composer.draft.value.model != "down"


def test_a_deprecated_model_is_left_in_one_step(composer: Composer) -> None:
    ending = replace(WAN, id="old", name="Old Wan", replacement="ltx", start_frame=Need.MAY)
    composer.set_models((*MODELS, ending))
    composer.choose_model("old")
    assert composer.advice == MODELS[2]
    composer.move_on()
    assert composer.draft.value.model == "ltx"
    switch = composer.switched.value
    assert switch is not None
    assert switch.changes[0] == Change(field="model", before="Old Wan", after="LTX")
    assert composer.advice is None
    composer.undo()
    assert composer.draft.value.model == "old"


def test_takes_stay_between_one_and_four(composer: Composer) -> None:
    composer.set_takes(9)
    assert composer.takes.value == 4
    composer.set_takes(0)
    assert composer.takes.value == 1


def test_old_settings_that_are_in_the_form_already_still_tell_which_model_took_the_place(composer: Composer) -> None:
    composer.set_models(MODELS, {"sora-9": Gone(id="sora-9", name="Sora 9", replacement="ltx")})
    old = GenerationRequest(model="sora-9", prompt="An old one", duration="10s", resolution="720p")
    composer.replace(old)
    composer.replace(old)
    switch = composer.switched.value
    assert switch is not None
    assert switch.changes[0] == Change(field="model", before="Sora 9 (not on offer)", after="LTX")


def test_a_model_is_gone_once_a_listing_is_there_that_has_it_not() -> None:
    composer = Composer()
    assert not composer.gone("ltx")
    composer.set_models(MODELS, {"sora-9": Gone(id="sora-9", name="Sora 9", replacement="ltx")})
    assert [composer.gone(model_id) for model_id in ("ltx", "sora-9", "")] == [False, True, False]
    follows = [composer.in_place_of(GenerationRequest(model=model_id)) for model_id in ("sora-9", "mystery")]
    assert [model and model.id for model in follows] == ["ltx", None]
