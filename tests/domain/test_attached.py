"""What a request brings along, as a whole."""

from dataclasses import replace

from venice_studio.domain.attached import attached, differing, on_shelf, without
from venice_studio.domain.media import Element, Fit, Keyframe, Picture, Sound, Video
from venice_studio.domain.request import GenerationRequest


def picture(name: str) -> Picture:
    return Picture(sha256=name, mime="image/png", size=1, name=f"{name}.png", width=1, height=1, as_is=True)


MARIA, SIDE, DOG, STREET, BAR, PARK = map(picture, ("maria", "side", "dog", "street", "bar", "park"))
ORIGINAL = picture("canal")
FITTED = replace(ORIGINAL, sha256="fitted", fit=Fit.CROP, fitted_to="16:9", original=ORIGINAL)
TONE = Sound(sha256="tone", mime="audio/wav", size=1, name="tone.wav", duration_ms=1)
FILM = Video(sha256="film", mime="video/mp4", size=1, name="film.mp4", duration_ms=1, width=1, height=1)
FULL = GenerationRequest(
    model="m",
    prompt="@Image1 @Image2 @Image3 @Element1 @Element2",
    start_frame=FITTED,
    elements=(Element(frontal=MARIA, references=(SIDE,)), Element(frontal=DOG)),
    scenes=(STREET, BAR, PARK),
    keyframes=(Keyframe(picture=PARK, frame_index=24),),
    source_video=FILM,
    soundtrack=TONE,
)


def test_it_is_told_kind_by_kind_with_the_names_of_the_files() -> None:
    assert attached(FULL) == (
        "start frame: canal.png",
        "2 elements: maria.png + side.png, dog.png",
        "3 scene pictures: street.png, bar.png, park.png",
        "1 keyframe: park.png at frame 24",
        "source video: film.mp4",
        "sound file: tone.wav",
    )
    assert attached(GenerationRequest(model="m")) == ()
    assert attached(GenerationRequest(model="m", elements=(Element(),))) == ("1 element: empty",)


def test_two_requests_differ_by_their_files_and_not_by_names() -> None:
    assert differing(FULL, replace(FULL, soundtrack=replace(TONE, name="other.wav"))) == ()
    other = replace(
        FULL,
        soundtrack=None,
        elements=(Element(frontal=MARIA), Element(frontal=DOG)),
        keyframes=(Keyframe(picture=PARK, frame_index=25),),
        scenes=(BAR, STREET, PARK),
    )
    assert differing(FULL, other) == ("elements", "scene pictures", "keyframes", "sound file")


def test_it_lives_on_what_is_sent_and_on_what_that_was_made_from() -> None:
    assert on_shelf(FULL) == (*FULL.media, ORIGINAL)


def test_what_is_gone_is_left_out_and_the_rest_stays() -> None:
    left = without(FULL, {"maria", "street", "film", "fitted", "park"})
    assert left == replace(
        FULL,
        prompt="@Image3 @Image1 @Image2 @Element1 @Element2",
        start_frame=ORIGINAL,
        elements=(Element(references=(SIDE,)), Element(frontal=DOG)),
        scenes=(BAR,),
        keyframes=(),
        source_video=None,
    )
    assert without(FULL, {"fitted", "canal"}).start_frame is None
    assert without(FULL, ()) == FULL


def test_the_prompt_never_comes_to_mean_another_picture() -> None:
    assert without(FULL, {"street", "bar"}).prompt == "@Image3 @Image2 @Image1 @Element1 @Element2"
    twice = replace(FULL, scenes=(BAR, BAR, STREET))
    assert without(twice, {"bar"}).prompt == "@Image3 @Image2 @Image1 @Element1 @Element2"
    assert without(FULL, {"bar"}).prompt == "@Image1 @Image3 @Image2 @Element1 @Element2"
