"""What becomes of every kind of picture people drop."""

import asyncio
import hashlib
import io
import struct
import zlib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, JpegImagePlugin, features

from venice_studio.domain.media import Picture, Remade
from venice_studio.domain.problem import Kind, Trouble
from venice_studio.library import pictures
from venice_studio.library.shelf import MediaShelf
from venice_studio.library.threads import Threads

RED, GREEN, BLUE = (210, 30, 40), (20, 180, 60), (30, 60, 200)
ORIENTATION = 0x0112


@pytest.fixture
def shelf(tmp_path: Path, threads: Threads) -> MediaShelf:
    return MediaShelf(tmp_path / "shelf", threads.media)


def quarters(width: int = 600, height: int = 400, mode: str = "RGB") -> Image.Image:
    """Red at the top left, green at the top right, blue below."""
    image = Image.new("RGB", (width, height), BLUE)
    image.paste(RED, (0, 0, width // 2, height // 2))
    image.paste(GREEN, (width // 2, 0, width, height // 2))
    return image.convert(mode)


def noise(width: int, height: int) -> Image.Image:
    """Too many colours for a flat picture, and hard to compress."""
    return Image.merge("RGB", [Image.effect_noise((width, height), 90) for _ in range(3)])


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    memory = io.BytesIO()
    image.save(memory, kind, **options)
    return memory.getvalue()


def png(width: int, height: int, bits: int, rows: bytes) -> bytes:
    """An RGB PNG by hand, whatever its header promises."""
    header = struct.pack(">IIBBBBB", width, height, bits, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def turned(image: Image.Image, orientation: int) -> Image.Exif:
    exif = image.getexif()
    exif[ORIENTATION] = orientation
    return exif


def on_shelf(shelf: MediaShelf, picture: Picture) -> Image.Image:
    image = Image.open(shelf.file(picture))
    image.load()
    return image


def looks_like_quarters(image: Image.Image, tolerance: int = 12) -> bool:
    small = image.convert("RGB")
    places = ((0.2, 0.2), (0.8, 0.2), (0.2, 0.8))
    seen = [small.getpixel((int(x * image.width), int(y * image.height))) for x, y in places]
    pairs = zip(seen, (RED, GREEN, BLUE), strict=True)
    return all(
        isinstance(pixel, tuple) and max(abs(a - b) for a, b in zip(pixel, colour, strict=True)) <= tolerance
        for pixel, colour in pairs
    )


AS_THEY_ARE = {
    "photo.jpg": encoded(noise(300, 200), "JPEG", quality=80, icc_profile=ImageCms.ImageCmsProfile(
        ImageCms.createProfile("sRGB")).tobytes()),
    "grey.jpg": encoded(quarters(mode="L"), "JPEG"),
    "upright.jpg": encoded(quarters(), "JPEG", exif=turned(quarters(), 1)),
    "drawing.png": encoded(quarters(), "PNG"),
    "clear.png": encoded(Image.new("RGBA", (50, 40), (1, 2, 3, 99)), "PNG"),
    "palette.png": encoded(quarters(mode="P"), "PNG"),
    "sticker.png": encoded(quarters(mode="P"), "PNG", transparency=0),
    "faint.png": encoded(Image.new("LA", (50, 40), (120, 99)), "PNG"),
    "ink.png": encoded(quarters(mode="1"), "PNG"),
    "deep.png": png(2, 1, 16, b"\0" + struct.pack(">6H", 65535, 257 * 128, 0, 1, 2, 3)),
    "modern.webp": encoded(quarters(), "WEBP", lossless=True),
}  # fmt: skip


@pytest.mark.parametrize("name", AS_THEY_ARE)
async def test_an_upright_picture_within_the_limits_is_kept_byte_for_byte(
    shelf: MediaShelf, tmp_path: Path, name: str
) -> None:
    data = AS_THEY_ARE[name]
    source = written(tmp_path / name, data)

    picture = await shelf.take_file(str(source))

    assert picture.as_is
    assert read(shelf.file(picture)) == data
    assert (picture.sha256, picture.size, picture.name) == (hashlib.sha256(data).hexdigest(), len(data), name)
    assert picture.mime == {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}[name.split(".")[1]]
    with Image.open(io.BytesIO(data)) as image:
        assert (picture.width, picture.height) == image.size


MOVING = {"save_all": True, "append_images": [Image.new("RGB", (600, 400))]}
ENCODED_AGAIN = {
    "animated.gif": (encoded(quarters(), "GIF", **MOVING), Remade.MOVING),
    "moving.webp": (encoded(quarters(), "WEBP", lossless=True, **MOVING), Remade.MOVING),
    "moving.png": (encoded(quarters(), "PNG", **MOVING), Remade.MOVING),
    "still.gif": (encoded(quarters(), "GIF"), Remade.KIND),
    "old.bmp": (encoded(quarters(), "BMP"), Remade.KIND),
    "scan.tiff": (encoded(quarters(), "TIFF", compression="tiff_lzw"), Remade.KIND),
    "print.jpg": (encoded(quarters(mode="CMYK"), "JPEG", quality=95), Remade.PRINT),
    "new.avif": (encoded(quarters(), "AVIF", quality=95), Remade.KIND),
}


@pytest.mark.parametrize("name", ENCODED_AGAIN)
async def test_other_kinds_are_encoded_again_and_look_the_same(shelf: MediaShelf, name: str) -> None:
    data, why = ENCODED_AGAIN[name]

    picture = await shelf.take_bytes(data, name)

    assert (picture.as_is, picture.remade) == (False, why)
    assert picture.mime == "image/png", "small and flat: exact"
    image = on_shelf(shelf, picture)
    assert (image.size, image.mode, image.format) == ((600, 400), "RGB", "PNG")
    assert looks_like_quarters(image)


@pytest.mark.parametrize("orientation", range(2, 9))
async def test_a_phone_picture_is_turned_upright(shelf: MediaShelf, orientation: int) -> None:
    undo = {
        **{2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM},
        **{5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90},
        **{7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_270},
    }
    lying = quarters().transpose(undo[orientation])

    picture = await shelf.take_bytes(encoded(lying, "JPEG", exif=turned(lying, orientation)), "IMG_1.jpg")

    assert (picture.as_is, picture.remade) == (False, Remade.TURNED)
    assert (picture.width, picture.height) == (600, 400)
    assert looks_like_quarters(on_shelf(shelf, picture))
    assert on_shelf(shelf, picture).getexif().get(ORIENTATION, 1) == 1


async def test_heic_from_a_phone_is_read(shelf: MediaShelf) -> None:
    picture = await shelf.take_file(str(Path(__file__).parent / "quarters.heic"))

    assert (picture.mime, picture.as_is, picture.width, picture.height) == ("image/png", False, 128, 96)
    assert looks_like_quarters(on_shelf(shelf, picture), tolerance=25)


async def test_a_photo_becomes_a_jpeg_and_transparency_stays(shelf: MediaShelf) -> None:
    photo = await shelf.take_bytes(encoded(noise(800, 600), "TIFF"), "photo.tiff")
    clear = await shelf.take_bytes(encoded(quarters(mode="RGBA"), "TIFF"), "opaque.tiff")
    see_through = Image.new("RGBA", (900, 700), (10, 20, 30, 40))
    logo = await shelf.take_bytes(encoded(see_through, "TIFF"), "logo.tiff")

    assert photo.mime == "image/jpeg"
    assert JpegImagePlugin.get_sampling(on_shelf(shelf, photo)) == 0, "colours keep their full sharpness"
    assert on_shelf(shelf, clear).mode == "RGB", "an alpha channel that hides nothing is dropped"
    assert on_shelf(shelf, logo).getpixel((1, 1)) == (10, 20, 30, 40)


async def test_a_palette_with_a_hole_becomes_real_transparency(shelf: MediaShelf) -> None:
    palette = quarters(mode="P")
    data = encoded(palette, "GIF", transparency=palette.getpixel((0, 0)))

    picture = await shelf.take_bytes(data, "sticker.gif")

    image = on_shelf(shelf, picture)
    assert not picture.as_is
    assert (image.mode, image.getchannel("A").getpixel((0, 0)), image.getchannel("A").getpixel((599, 399))) == (
        *("RGBA", 0, 255),
    )


def png_of_16_bits() -> bytes:
    """A grey gradient from black to white, 256 wide, 16 bits a pixel."""
    row = b"\0" + b"".join(struct.pack(">H", value * 257) for value in range(256))
    return encoded(Image.frombytes("I;16B", (256, 1), row[1:]), "PNG")


async def test_sixteen_bits_of_grey_become_eight(shelf: MediaShelf) -> None:
    picture = await shelf.take_bytes(png_of_16_bits(), "deep.png")

    assert (picture.as_is, picture.remade) == (False, Remade.DEEP_GREY)
    grey = on_shelf(shelf, picture)
    assert [grey.getpixel((x, 0)) for x in (0, 128, 255)] == [(0, 0, 0), (128, 128, 128), (255, 255, 255)]


def with_red_and_blue_exchanged(profile: bytes) -> bytes:
    """A colour profile by which a red value means blue and a blue one red."""
    table = 128 + 4 + 12 * int.from_bytes(profile[128:132], "big")
    tags = profile[:table].replace(b"rXYZ", b"hold").replace(b"bXYZ", b"rXYZ").replace(b"hold", b"bXYZ")
    return tags + profile[table:]


@pytest.mark.parametrize(("size", "kind"), [((200, 200), "image/png"), ((900, 900), "image/jpeg")])
async def test_colours_of_other_colour_spaces_become_the_webs(
    shelf: MediaShelf, size: tuple[int, int], kind: str
) -> None:
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    image = noise(*size)
    image.paste((200, 0, 0), (0, 0, 100, 100))
    data = encoded(image, "TIFF", icc_profile=with_red_and_blue_exchanged(plain))

    picture = await shelf.take_bytes(data, "strange.tiff")

    red, green, blue = on_shelf(shelf, picture).convert("RGB").getpixel((50, 50))  # type: ignore[misc]
    assert picture.mime == kind
    assert (red < 20, green < 20, abs(blue - 200) < 20) == (True, True, True)


@settings(max_examples=60)
@given(st.sampled_from([*AS_THEY_ARE.values(), *(data for data, _ in ENCODED_AGAIN.values())]), st.data())
def test_damage_of_any_kind_is_trouble_at_most(whole: bytes, data: st.DataObject) -> None:
    spoilt = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 8))):
        spoilt[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with suppress(Trouble):
        prepared = pictures.prepare(bytes(spoilt), "spoilt")
        assert prepared.width * prepared.height > 0


async def test_a_broad_picture_is_brought_to_a_useful_size(shelf: MediaShelf) -> None:
    picture = await shelf.take_bytes(encoded(quarters(9000, 600), "PNG"), "panorama.png")

    assert (picture.width, picture.height, picture.as_is) == (pictures.ENCODED_SIDE, 273, False)
    assert picture.remade is Remade.LARGE
    assert looks_like_quarters(on_shelf(shelf, picture))


async def test_a_heavy_picture_is_made_light_enough_to_send(shelf: MediaShelf) -> None:
    data = encoded(noise(2600, 2000), "PNG", compress_level=1)
    assert len(data) > pictures.MAX_BYTES

    picture = await shelf.take_bytes(data, "heavy.png")

    assert picture.size <= pictures.MAX_BYTES
    assert (picture.mime, picture.width, picture.as_is) == ("image/jpeg", 2600, False)


async def test_a_small_file_that_unpacks_into_a_giant_is_refused_before_it_is_unpacked(shelf: MediaShelf) -> None:
    for data in (png(60_000, 60_000, 8, b"\0"), png(12_000, 11_000, 8, b"\0")):
        with pytest.raises(Trouble, match="enormous") as caught:
            await shelf.take_bytes(data, "bomb.png")
        assert caught.value.problem.kind is Kind.PICTURE


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
async def test_half_a_picture_is_refused(shelf: MediaShelf, kind: str) -> None:
    whole = encoded(noise(400, 300), kind)
    with pytest.raises(Trouble, match=r"half\.img is (damaged|not a picture)"):
        await shelf.take_bytes(whole[: len(whole) // 2], "half.img")


async def test_what_cannot_be_used_is_explained(shelf: MediaShelf, tmp_path: Path) -> None:
    cases = {
        str(tmp_path): "is a folder. Drop one picture.",
        str(tmp_path / "gone.png"): "gone.png is not there any more.",
        str(written(tmp_path / "empty.png", b"")): "empty.png is empty.",
        str(written(tmp_path / "notes.png", b"Dear diary")): "notes.png is not a picture that can be read.",
        str(written(tmp_path / "page.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")): "not a picture",
        str(sparse(tmp_path / "huge.png")): "huge.png is too large (201 MB).",
        "/dev/zero": "zero is not a file.",
    }
    for path, words in cases.items():
        with pytest.raises(Trouble) as caught:
            await shelf.take_file(path)
        assert caught.value.problem.kind is Kind.PICTURE
        assert words in caught.value.problem.message


async def test_the_same_picture_lies_there_once(shelf: MediaShelf, tmp_path: Path) -> None:
    data = AS_THEY_ARE["drawing.png"]
    first, second = await asyncio.gather(shelf.take_bytes(data, "one.png"), shelf.take_bytes(data, "two.png"))

    assert shelf.file(first) == shelf.file(second)
    assert (first.name, second.name) == ("one.png", "two.png")
    assert names(tmp_path / "shelf") == [shelf.file(first).name]


async def test_tidying_keeps_what_is_in_use_and_what_is_not_ours(
    shelf: MediaShelf, tmp_path: Path, threads: Threads
) -> None:
    used = await shelf.take_bytes(AS_THEY_ARE["drawing.png"], "used.png")
    await shelf.take_bytes(AS_THEY_ARE["photo.jpg"], "unused.jpg")
    written(tmp_path / "shelf" / "notes.txt", b"mine")
    next_start = MediaShelf(tmp_path / "shelf", threads.media)
    taken_meanwhile = await next_start.take_bytes(AS_THEY_ARE["modern.webp"], "new.webp")

    await next_start.tidy({used.sha256})

    left = [shelf.file(used).name, shelf.file(taken_meanwhile).name, "notes.txt"]
    assert names(tmp_path / "shelf") == sorted(left)


async def test_a_preview_is_small_and_looks_the_same(shelf: MediaShelf) -> None:
    picture = await shelf.take_bytes(encoded(quarters(3000, 2000), "JPEG", quality=95), "big.jpg")

    with Image.open(io.BytesIO(await shelf.preview(picture, 240))) as small:
        assert (small.format, small.size) == ("PNG", (240, 160))
        assert looks_like_quarters(small)


async def test_a_preview_of_a_vanished_picture_says_so(shelf: MediaShelf) -> None:
    picture = await shelf.take_bytes(AS_THEY_ARE["drawing.png"], "mine.png")
    shelf.file(picture).unlink()

    with pytest.raises(Trouble, match=r"mine\.png is not there any more"):
        await shelf.preview(picture, 100)


async def test_a_preview_of_a_picture_that_was_damaged_on_the_shelf_says_so(shelf: MediaShelf) -> None:
    picture = await shelf.take_bytes(AS_THEY_ARE["photo.jpg"], "mine.jpg")
    written(shelf.file(picture), AS_THEY_ARE["photo.jpg"][:400])

    with pytest.raises(Trouble) as caught:
        await shelf.preview(picture, 100)
    assert caught.value.problem.kind is Kind.PICTURE


def test_this_pillow_reads_avif() -> None:
    assert features.check("avif")


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def sparse(path: Path) -> Path:
    with path.open("wb") as file:
        file.truncate(201_000_000)
    return path


def read(path: Path) -> bytes:
    return path.read_bytes()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())
