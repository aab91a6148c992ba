"""Which model takes the place of one that is gone."""

from dataclasses import replace

import pytest

from venice_studio.domain.inputs import Need
from venice_studio.domain.listing import Gone
from venice_studio.domain.media import Picture
from venice_studio.domain.model import Dialect, VideoModel
from venice_studio.domain.request import GenerationRequest
from venice_studio.domain.succession import successor
from venice_studio.venice.catalog import builtin

LIVE = builtin(Dialect.LIVE)
TEXT = GenerationRequest(model="", prompt="A")
PICTURE = replace(
    TEXT,
    start_frame=Picture(sha256="ab" * 32, mime="image/png", width=16, height=9, size=9, name="a.png", as_is=True),
)
FOLLOWING = replace(TEXT, references=PICTURE.pictures)


def after(model_id: str, request: GenerationRequest, replacement: str | None = None) -> str | None:
    found = successor(request, Gone(id=model_id, name=model_id, replacement=replacement), LIVE)
    return found.id if found else None


def test_the_service_names_the_replacement() -> None:
    assert after("sora-9-text-to-video", TEXT, "veo3-fast-text-to-video") == "veo3-fast-text-to-video"


def test_a_replacement_that_is_not_listed_itself_helps_nobody() -> None:
    assert after("wan-2.6-text-to-video", TEXT, "nova") == "wan-2-7-text-to-video"


@pytest.mark.parametrize(
    ("gone", "request_", "expected"),
    [
        ("kling-2.6-pro-text-to-video", TEXT, "kling-v3-pro-text-to-video"),
        ("kling-v3-pro-turbo-image-to-video", PICTURE, "kling-v3-pro-image-to-video"),
        ("ltx-2-full", TEXT, "ltx-2-full-text-to-video"),
        ("ltx-2-full", PICTURE, "ltx-2-full-image-to-video"),
        ("veo3-fast", TEXT, "veo3-fast-text-to-video"),
        ("seedance-1-5-reference-to-video", FOLLOWING, "seedance-2-0-reference-to-video"),
        ("nova-9-text-to-video", TEXT, None),
        ("longcat-text-to-video", TEXT, "longcat-distilled-text-to-video"),
        ("ovi-text-to-video", TEXT, None),
        ("???", TEXT, None),
    ],
)
def test_else_the_one_most_like_it_that_takes_the_same_inputs(
    gone: str, request_: GenerationRequest, expected: str | None
) -> None:
    assert after(gone, request_) == expected


def test_neither_one_that_is_offline_nor_one_that_goes_away_itself() -> None:
    gone = Gone(id="nova-1", name="Nova 1")
    offline = VideoModel(id="nova-2", name="Nova 2", offline=True)
    ending = VideoModel(id="nova-3", name="Nova 3", replacement="nova-9")
    needing = VideoModel(id="nova-4", name="Nova 4", start_frame=Need.MUST)
    assert successor(TEXT, gone, (offline, ending, needing)) is None
    last = VideoModel(id="nova-0", name="Nova 0")
    assert successor(TEXT, gone, (offline, ending, needing, last)) == last
