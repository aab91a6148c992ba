"""Which variant of a family suits what is attached."""

from dataclasses import replace

from venice_studio.domain.family import Family
from venice_studio.domain.inputs import Need
from venice_studio.domain.media import Picture, Sound, Video
from venice_studio.domain.model import VideoModel
from venice_studio.domain.request import GenerationRequest
from venice_studio.domain.variants import following, suiting

PICTURE = Picture(sha256="p", mime="image/png", size=1, name="p.png", width=1, height=1, as_is=True)
VIDEO = Video(sha256="v", mime="video/mp4", size=1, name="v.mp4", duration_ms=5000, width=1, height=1)
SOUND = Sound(sha256="s", mime="audio/wav", size=1, name="s.wav", duration_ms=5000)

TEXT = VideoModel(id="w-t2v", name="W", inputs=frozenset({"audio_url"}))
IMAGE = replace(TEXT, id="w-i2v", start_frame=Need.MUST, end_frame=True, inputs=frozenset({"image_url", "audio_url"}))
FOLLOWING = VideoModel(id="w-r2v", name="W R2V", inputs=frozenset({"reference_image_urls", "reference_video_urls"}))
EDITING = VideoModel(id="w-v2v", name="W V2V", inputs=frozenset({"video_url"}))
FAMILY = Family(name="W", variants=(EDITING, FOLLOWING, IMAGE, TEXT))
EMPTY = GenerationRequest(model="w")


def test_the_variant_that_takes_what_there_is_suits() -> None:
    for attached, variant in (
        ({}, TEXT),
        ({"soundtrack": SOUND}, TEXT),
        ({"start_frame": PICTURE}, IMAGE),
        ({"start_frame": PICTURE, "soundtrack": SOUND}, IMAGE),
        ({"references": (PICTURE,)}, FOLLOWING),
        ({"reference_videos": (VIDEO,)}, FOLLOWING),
        ({"source_video": VIDEO}, EDITING),
    ):
        assert suiting(FAMILY, replace(EMPTY, **attached)) == variant, attached
    assert suiting(Family(name="none"), EMPTY) is None


def test_it_follows_the_first_of_a_new_kind_and_nothing_else() -> None:
    framed = replace(EMPTY, start_frame=PICTURE)
    assert following(FAMILY, TEXT, EMPTY, framed) == IMAGE
    assert following(FAMILY, TEXT, EMPTY, replace(EMPTY, source_video=VIDEO)) == EDITING
    assert following(FAMILY, IMAGE, framed, replace(framed, references=(PICTURE,))) == FOLLOWING
    assert following(FAMILY, TEXT, EMPTY, replace(EMPTY, soundtrack=SOUND)) is None
    assert following(FAMILY, IMAGE, framed, replace(framed, prompt="x")) is None
    # Something else was there that does not fit: the user knows, and is told.
    strange = replace(framed, references=(PICTURE,))
    assert following(FAMILY, IMAGE, strange, replace(strange, references=(PICTURE, PICTURE))) is None


def test_it_stays_where_no_variant_takes_what_came() -> None:
    small = Family(name="W", variants=(TEXT, IMAGE))
    assert following(small, TEXT, EMPTY, replace(EMPTY, source_video=VIDEO)) is None


def test_without_the_start_frame_it_needs_it_makes_room_for_one_that_does_without() -> None:
    framed = replace(EMPTY, start_frame=PICTURE)
    assert following(FAMILY, IMAGE, framed, EMPTY) == TEXT
    assert following(Family(name="W", variants=(IMAGE, FOLLOWING)), IMAGE, framed, EMPTY) is None
    assert following(FAMILY, FOLLOWING, replace(EMPTY, references=(PICTURE,)), EMPTY) is None
