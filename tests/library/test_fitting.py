"""Pictures cropped and padded to the shape of a clip, and bared of what is written beside them."""

import io
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.library.test_images import BLUE, GREEN, RED, encoded, noise, on_shelf, quarters
from venice_studio.domain import choices
from venice_studio.domain.media import Fit
from venice_studio.domain.problem import Kind, Trouble
from venice_studio.library.fitting import fitted
from venice_studio.library.pictures import prepare
from venice_studio.library.shelf import MediaShelf
from venice_studio.library.threads import Threads

RATIOS = ("16:9", "9:16", "1:1", "21:9", "3:4")


@pytest.fixture
def shelf(tmp_path: Path, threads: Threads) -> MediaShelf:
    return MediaShelf(tmp_path / "shelf", threads.media)


@given(
    width=st.integers(1, 700),
    height=st.integers(1, 700),
    ratio=st.sampled_from(RATIOS),
    fit=st.sampled_from([Fit.CROP, Fit.PAD]),
    mode=st.sampled_from(["RGB", "RGBA"]),
)
def test_what_comes_out_has_the_shape_to_the_pixel(width: int, height: int, ratio: str, fit: Fit, mode: str) -> None:
    made = fitted(encoded(quarters(width, height, mode), "PNG"), "a.png", ratio, fit)
    aspect = choices.ratio(ratio)
    assert aspect is not None
    with Image.open(io.BytesIO(made.data)) as image:
        assert image.size == (made.width, made.height)
    exact = abs(made.width - made.height * aspect) <= max(1, aspect)
    slim = min(made.width, made.height) == 1
    assert exact or slim
    if fit is Fit.CROP:
        assert made.width <= width
        assert made.height <= height
    else:
        assert made.width >= width
        assert made.height >= height


async def test_cropping_keeps_the_middle(shelf: MediaShelf) -> None:
    stripes = Image.new("RGB", (90, 160), BLUE)
    stripes.paste(RED, (0, 0, 90, 50))
    stripes.paste(GREEN, (0, 110, 90, 160))
    original = await shelf.take_bytes(encoded(stripes, "PNG"), "stripes.png")
    cropped = on_shelf(shelf, await shelf.fitted(original, "16:9", Fit.CROP))
    assert cropped.size == (90, 51)
    assert {colour for _, colour in cropped.getcolors() or ()} == {BLUE}


async def test_padding_keeps_all_of_it_on_a_ground_of_its_own_colours(shelf: MediaShelf) -> None:
    original = await shelf.take_bytes(encoded(quarters(90, 160), "PNG"), "a.png")
    padded = on_shelf(shelf, await shelf.fitted(original, "16:9", Fit.PAD)).convert("RGB")
    assert padded.size == (284, 160)
    middle = padded.crop((97, 0, 97 + 90, 160))
    assert middle.tobytes() == quarters(90, 160).tobytes()
    left, right = padded.getpixel((20, 20)), padded.getpixel((270, 20))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert left[0] > left[1]
    assert right[1] > right[0]


async def test_a_photo_stays_one_and_its_original_lies_where_it_was(shelf: MediaShelf) -> None:
    data = encoded(noise(900, 1600), "JPEG", quality=80)
    original = await shelf.take_bytes(data, "canal.jpg")
    cropped = await shelf.fitted(original, "16:9", Fit.CROP)
    assert (cropped.mime, cropped.as_is, cropped.fitted_to) == ("image/jpeg", False, "16:9")
    assert cropped.original == original
    assert cropped.name == "canal.jpg"
    assert shelf.file(original).read_bytes() == data


async def test_a_vanished_original_is_trouble(shelf: MediaShelf) -> None:
    original = await shelf.take_bytes(encoded(quarters(90, 160), "PNG"), "a.png")
    shelf.file(original).unlink()
    with pytest.raises(Trouble) as caught:
        await shelf.fitted(original, "16:9", Fit.CROP)
    assert caught.value.problem.kind is Kind.PICTURE


def somewhere() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F] = "A maker of cameras"
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (45.0, 26.0, 0.0), "E", (12.0, 20.0, 0.0)
    return exif


WITH_A_PLACE = encoded(quarters(90, 60), "JPEG", exif=somewhere())
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf exif:GPSLatitude="45,26N"/></x:xmpmeta>'


@pytest.mark.parametrize(
    ("kind", "beside"),
    [
        ("JPEG", {"exif": somewhere()}),
        ("PNG", {"exif": somewhere()}),
        ("WEBP", {"exif": somewhere()}),
        ("JPEG", {"xmp": XMP}),
        ("WEBP", {"xmp": XMP}),
    ],
)
async def test_a_place_is_found_and_removed(shelf: MediaShelf, kind: str, beside: dict[str, object]) -> None:
    picture = await shelf.take_bytes(encoded(noise(90, 60), kind, **beside), "holiday")
    assert picture.located
    assert picture.as_is
    clean = await shelf.without_metadata(picture)
    assert not clean.located
    assert not clean.as_is
    assert (clean.width, clean.height) == (90, 60)
    assert not (await shelf.take_file(str(shelf.file(clean)))).located
    assert b"GPS" not in shelf.file(clean).read_bytes()
    assert len(on_shelf(shelf, clean).getexif()) == 0


async def test_what_is_encoded_again_tells_no_place(shelf: MediaShelf) -> None:
    exif = somewhere()
    exif[0x0112] = 6
    picture = await shelf.take_bytes(encoded(noise(90, 60), "JPEG", exif=exif), "phone.jpg")
    assert (picture.width, picture.height, picture.located) == (60, 90, False)
    assert not (await shelf.take_file(str(shelf.file(picture)))).located


async def test_other_metadata_is_no_place(shelf: MediaShelf) -> None:
    exif = Image.Exif()
    exif[0x010F] = "A maker of cameras"
    assert not (await shelf.take_bytes(encoded(noise(90, 60), "JPEG", exif=exif), "photo.jpg")).located


@given(places=st.lists(st.tuples(st.integers(12, 160), st.integers(0, 255)), min_size=1, max_size=4))
def test_damaged_data_beside_a_picture_is_no_trouble_of_its_own(places: list[tuple[int, int]]) -> None:
    damaged = bytearray(WITH_A_PLACE)
    for at, value in places:
        damaged[at] = value
    with suppress(Trouble):
        assert prepare(bytes(damaged), "photo.jpg").data
