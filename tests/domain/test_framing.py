"""Pictures and the shape of the clip."""

from dataclasses import replace

import pytest

from venice_studio.domain.checks import BODY_LIMIT, check
from venice_studio.domain.framing import fit_of, goal, makers, misfits, ratio_of
from venice_studio.domain.inputs import Need
from venice_studio.domain.media import Fit, Picture
from venice_studio.domain.model import VideoModel
from venice_studio.domain.request import GenerationRequest

PORTRAIT = Picture(sha256="ab", mime="image/jpeg", width=1080, height=1920, size=9, name="canal.jpg", as_is=True)


def sized(width: int, height: int) -> Picture:
    return replace(PORTRAIT, width=width, height=height)


@pytest.mark.parametrize(
    ("width", "height", "ratio", "off"),
    [
        (1080, 1920, "16:9", True),
        (1080, 1920, "9:16", False),
        (832, 480, "16:9", False),
        (1280, 704, "16:9", False),
        (800, 600, "16:9", True),
        (1080, 1920, "auto", False),
        (1080, 1920, None, False),
    ],
)
def test_a_picture_misfits_where_the_clip_has_a_shape_of_its_own(
    width: int, height: int, ratio: str | None, off: bool
) -> None:
    assert misfits(sized(width, height), ratio) is off
    padded = replace(sized(width, height), fit=Fit.PAD)
    assert goal(padded, ratio) == ((ratio, Fit.PAD) if off else None)


@pytest.mark.parametrize(
    ("width", "height", "ratio", "cropped"),
    [
        (1080, 1920, "16:9", True),
        (800, 800, "16:9", True),
        (1920, 1080, "9:16", True),
        (800, 600, "16:9", False),
        (1500, 1000, "16:9", False),
        (900, 1200, "9:16", False),
    ],
)
def test_by_itself_a_picture_is_cropped_only_to_a_shape_far_from_its_own(
    width: int, height: int, ratio: str, cropped: bool
) -> None:
    assert fit_of(sized(width, height), ratio) is (Fit.CROP if cropped else Fit.LEAVE)
    assert fit_of(replace(sized(width, height), fit=Fit.CROP), ratio) is Fit.CROP
    assert fit_of(replace(sized(width, height), fit=Fit.LEAVE), ratio) is Fit.LEAVE


def test_what_was_fitted_is_judged_by_the_picture_it_was_made_from() -> None:
    fitted = replace(sized(1080, 608), original=PORTRAIT, fitted_to="16:9")
    assert misfits(fitted, "16:9")
    assert goal(fitted, "9:16") is None
    assert goal(fitted, "1:1") == ("1:1", Fit.CROP)


def test_nothing_is_fitted_that_the_user_leaves_to_the_service_or_that_goes_out_as_an_address() -> None:
    assert goal(replace(PORTRAIT, fit=Fit.LEAVE), "16:9") is None
    assert goal(replace(PORTRAIT, link=True, address="https://example.org/a.jpg"), "16:9") is None


@pytest.mark.parametrize(
    ("width", "height", "name"),
    [(1080, 1920, "9:16"), (4032, 3024, "4:3"), (512, 512, "1:1"), (832, 480, "16:9"), (1000, 100, None)],
)
def test_shapes_have_names(width: int, height: int, name: str | None) -> None:
    assert ratio_of(sized(width, height)) == name


def test_who_makes_a_shape() -> None:
    portrait = VideoModel(id="p", name="P", aspect_ratios=("9:16", "16:9"), start_frame=Need.MUST)
    free = VideoModel(id="f", name="F", start_frame=Need.MAY)
    others = (
        VideoModel(id="l", name="L", aspect_ratios=("16:9",), start_frame=Need.MUST),
        VideoModel(id="t", name="T", aspect_ratios=("9:16",), start_frame=Need.NEVER),
        replace(portrait, id="o", offline=True),
    )
    assert makers((*others, portrait, free), "9:16") == (portrait, free)


MODEL = VideoModel(id="m", name="M", durations=("5s",), start_frame=Need.MAY, end_frame=True)
REQUEST = GenerationRequest(model="m", prompt="A canal", duration="5s")


def test_pictures_together_have_a_limit() -> None:
    half = replace(PORTRAIT, size=BODY_LIMIT * 3 // 8 - 2000)
    assert check(replace(REQUEST, start_frame=half, end_frame=half), MODEL) == ()
    whole = replace(half, size=half.size + 400_000)
    (fault,) = check(replace(REQUEST, start_frame=half, end_frame=whole), MODEL)
    assert fault.field == "image_url"
    assert "together" in fault.message
    assert "0.4 MB" in fault.message
    (fault,) = check(replace(REQUEST, end_frame=replace(half, size=16_000_000)), MODEL)
    assert fault.field == "end_image_url"
    assert "1.0 MB" in fault.message


def test_an_address_weighs_nothing() -> None:
    heavy = replace(PORTRAIT, size=10 * BODY_LIMIT, address="https://example.org/a.jpg", link=True)
    assert check(replace(REQUEST, start_frame=heavy), MODEL) == ()
