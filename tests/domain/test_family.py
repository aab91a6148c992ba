"""Every model that is listed can be chosen, also where two have one name and ask for the same."""

from collections.abc import Sequence

import pytest

from venice_studio.domain.family import families, family_name
from venice_studio.domain.inputs import Need
from venice_studio.domain.media import Picture
from venice_studio.domain.model import Dialect, VideoModel
from venice_studio.domain.request import GenerationRequest
from venice_studio.domain.variants import suiting
from venice_studio.venice.catalog import builtin

PICTURE = Picture(sha256="ab" * 32, mime="image/png", width=1600, height=900, size=1000, name="gondola.png", as_is=True)

ATTACHED = [
    GenerationRequest(model="", duration="5s"),
    GenerationRequest(model="", duration="5s", start_frame=PICTURE),
    GenerationRequest(model="", duration="5s", start_frame=PICTURE, end_frame=PICTURE),
]
CLASHING = [
    VideoModel(id="seedance-2-0-text-to-video", name="Seedance 2.0"),
    VideoModel(id="seedance-2-0-text-to-video-basic", name="Seedance 2.0"),
    VideoModel(id="seedance-2-0-image-to-video", name="Seedance 2.0", start_frame=Need.MUST),
    VideoModel(
        id="seedance-2-0-transition", name="Seedance 2.0", start_frame=Need.MUST, end_frame=True, needs_end_frame=True
    ),
    VideoModel(id="wan-9-image-to-video", name="Wan 9", start_frame=Need.MUST, end_frame=True),
    VideoModel(
        id="wan-9-first-last-frame-to-video", name="Wan 9", start_frame=Need.MUST, end_frame=True, needs_end_frame=True
    ),
    VideoModel(id="veo-9-text-to-video", name="Veo 9"),
    VideoModel(id="veo-9-image-to-video", name="Veo 9", start_frame=Need.MUST),
    VideoModel(id="veo-9", name="Veo 9", start_frame=Need.MAY),
    VideoModel(id="kling-v3-video-to-video", name="Kling V3", inputs=frozenset({"video_url"})),
    VideoModel(id="kling-v3-motion-control", name="Kling V3", inputs=frozenset({"video_url"})),
    VideoModel(id="kling-v3-motion-control-2", name="Kling V3", inputs=frozenset({"video_url"})),
]


def test_two_that_ask_for_the_same_are_told_apart_by_what_their_ids_have_more() -> None:
    assert {family.name: [model.id for model in family.variants] for family in families(CLASHING)} == {
        "Seedance 2.0": ["seedance-2-0-text-to-video", "seedance-2-0-image-to-video", "seedance-2-0-transition"],
        "Seedance 2.0 · basic": ["seedance-2-0-text-to-video-basic"],
        "Wan 9": ["wan-9-image-to-video", "wan-9-first-last-frame-to-video"],
        "Veo 9": ["veo-9-text-to-video", "veo-9-image-to-video"],
        "Veo 9 · veo-9": ["veo-9"],
        "Kling V3": ["kling-v3-video-to-video"],
        "Kling V3 · motion control": ["kling-v3-motion-control"],
        "Kling V3 · motion control 2": ["kling-v3-motion-control-2"],
    }


@pytest.mark.parametrize("listing", [CLASHING, *map(builtin, Dialect)])
def test_every_model_can_be_chosen(listing: Sequence[VideoModel]) -> None:
    reached = {
        model.id
        for family in families(listing)
        for request in ATTACHED
        for model in (
            suiting(family, request),
            *(family.variant(basis=basis, with_picture=request.start_frame is not None) for basis in family.bases),
        )
        if model is not None
    }
    assert reached == {model.id for model in listing}


def test_names_without_a_clash_are_what_they_are_listed_as() -> None:
    for dialect in Dialect:
        assert {family.name for family in families(builtin(dialect))} == {family_name(m) for m in builtin(dialect)}
