"""What a picture becomes before it is sent: plain functions over bytes, with Pillow, for the media thread.

An upright PNG, JPEG or WebP within the limits stays as it is, byte for byte, unless it moves or has colours that
others may read as other colours. Everything else is encoded again: as PNG where it is transparent, small or flat, else
as JPEG.
"""

import io
import math
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from venice_studio.domain.media import Remade
from venice_studio.domain.problem import Kind, Problem, Trouble

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_BYTES = 14_000_000
"""Of a picture as it is sent. As base64 it becomes a third more; requests over 20 MB may be refused (live service)."""
MAX_SIDE = 8192
"""Pixels of the longer side of a picture that stays as it is."""
ENCODED_SIDE = 4096
"""Pixels of the longer side of one that is encoded again; no model makes more than 3840 of it."""
MAX_PIXELS = 120_000_000
"""More than any camera in a phone; unpacked it would take half a gigabyte."""

MIMES = {"PNG": "image/png", "JPEG": "image/jpeg", "MPO": "image/jpeg", "WEBP": "image/webp"}
"""Formats that are sent as they are. MPO: a JPEG that carries a second picture behind it, as phones make them."""
_MAY_MOVE = ("PNG", "WEBP", "GIF")
"""The second picture behind a JPEG is no movement."""
_ODD_COLOURS = {"CMYK": Remade.PRINT, "I;16": Remade.DEEP_GREY, "I": Remade.DEEP_GREY}
"""By Pillow's name for how pixels are stored: what others may read as other colours."""
READABLE = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "HEIF", "AVIF")
"""Only these decoders ever see a file: others are old, and some run programs."""
ORIENTATION = 0x0112
"""The EXIF tag that says which way up a camera was held; 1 is upright."""
GPS, LATITUDE = 0x8825, 2
"""The EXIF tags of the part that says where a camera was, and of the one entry there that no place is without."""
SMALL_PIXELS, FLAT_COLOURS = 300_000, 4096
"""Up to so many pixels or colours a PNG is small enough, and exact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A picture as it will be sent; sizes in pixels."""

    data: bytes
    mime: str
    width: int
    height: int
    as_is: bool
    remade: Remade | None = None
    """Why `data` is not what it was made from."""
    located: bool = False
    """Whether `data` tells where the picture was taken."""


def prepare(data: bytes, name: str) -> Prepared:
    """`data` itself or what it must become. Raises `Trouble` (PICTURE), which speaks of `name`."""
    if not data:
        raise unusable(f"{name} is empty.")
    image = _opened(data, name)
    if image.width * image.height > MAX_PIXELS:
        raise unusable(f"{name} is enormous: {image.width:,} × {image.height:,} pixels. Make it smaller first.")
    try:
        remade = _reason_to_remake(image, data)
        if remade:
            # A huge JPEG is read at a half or a quarter of its size at once.
            image.draft("RGB", (ENCODED_SIDE, ENCODED_SIDE))
        image.load()
    except Exception as error:
        # Decoders raise all sorts of things over damaged files.
        raise unusable(f"{name} is damaged and cannot be read to its end.") from error
    if remade:
        return replace(encoded(_upright(image)), remade=remade)
    return Prepared(
        data=data,
        mime=MIMES[image.format or ""],
        width=image.width,
        height=image.height,
        as_is=True,
        located=_located(image),
    )


def bare(data: bytes, name: str) -> Prepared:
    """The picture alone, without anything that is written beside it. Raises `Trouble` as `prepare` does."""
    return encoded(loaded(data, name))


def loaded(data: bytes, name: str) -> "Image":
    """The picture that is sent as `data`, upright, in RGB or RGBA. Raises `Trouble` (PICTURE)."""
    image = _opened(data, name)
    try:
        return _upright(image)
    except Exception as error:
        raise unusable(f"{name} is damaged. Choose it again.") from error


def preview(data: bytes, max_px: int) -> bytes:
    """A PNG of `max_px` at most on its longer side, to be looked at."""
    image = _opened(data, "The picture")
    try:
        image.draft("RGB", (max_px, max_px))
        small = _rgb(image)
    except Exception as error:
        raise unusable("The picture is damaged. Choose it again.") from error
    small.thumbnail((max_px, max_px))
    memory = io.BytesIO()
    small.save(memory, "PNG", compress_level=1)
    return memory.getvalue()


def unusable(message: str) -> Trouble:
    """`Trouble` (PICTURE): nothing was sent."""
    return Trouble(Problem(kind=Kind.PICTURE, message=message))


@cache
def _pillow() -> None:
    """Set Pillow up once, in the media thread."""
    import pi_heif
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    pi_heif.register_heif_opener()


def _opened(data: bytes, name: str) -> "Image":
    from PIL import Image

    _pillow()
    try:
        return Image.open(io.BytesIO(data), formats=READABLE)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise unusable(f"{name} is enormous. Make it smaller first.") from error
    except Exception as error:
        message = f"{name} is not a picture that can be read. Use PNG, JPEG, WebP, GIF, BMP, TIFF, HEIC or AVIF."
        raise unusable(message) from error


def _reason_to_remake(image: "Image", data: bytes) -> Remade | None:
    """Why a picture cannot be sent byte for byte; None: it can."""
    if image.format in _MAY_MOVE and getattr(image, "is_animated", False):
        return Remade.MOVING
    if image.format not in MIMES:
        return Remade.KIND
    if image.getexif().get(ORIENTATION, 1) != 1:
        return Remade.TURNED
    if image.mode in _ODD_COLOURS:
        return _ODD_COLOURS[image.mode]
    return Remade.LARGE if len(data) > MAX_BYTES or max(image.size) > MAX_SIDE else None


def _located(image: "Image") -> bool:
    """Whether EXIF or XMP, beside the picture, names a place."""
    texts = (image.info.get("xmp"), image.info.get("XML:com.adobe.xmp"))
    if any("GPSLatitude" in str(text) for text in texts if text):
        return True
    try:
        return LATITUDE in image.getexif().get_ifd(GPS)
    except Exception:
        # Damaged EXIF data raises all sorts of things, and tells nobody anything.
        return False


def _upright(image: "Image") -> "Image":
    from PIL import ImageOps

    image = _rgb(ImageOps.exif_transpose(image))
    image.thumbnail((ENCODED_SIDE, ENCODED_SIDE))
    return image


def _rgb(image: "Image") -> "Image":
    """The picture in 8 bits of RGB, or of RGBA where something of it can be seen through, in the web's colours."""
    if image.mode.startswith(("I", "F")):
        return _eight_bit(image).convert("RGB")
    clear = image.has_transparency_data
    profile = image.info.get("icc_profile")
    if profile and not clear and image.mode in ("RGB", "CMYK", "L"):
        image = _in_web_colours(image, profile)
    image = image.convert("RGBA" if clear else "RGB")
    if clear and image.getchannel("A").getextrema()[0] == 255:
        image = image.convert("RGB")
    return image


def _eight_bit(image: "Image") -> "Image":
    """Grey values of more bits, squeezed into eight."""
    wide = image.convert("F")
    low, high = (0.0, 65535.0) if image.mode.startswith("I;16") else wide.getextrema()
    if not isinstance(low, float) or not isinstance(high, float) or not math.isfinite(high - low):
        return image.convert("L")
    scale = 255 / ((high - low) or 1)
    return wide.point(lambda value: value * scale - low * scale).convert("L")


def _in_web_colours(image: "Image", profile: bytes) -> "Image":
    from PIL import ImageCms

    with suppress(ImageCms.PyCMSError, OSError, ValueError):
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        if converted is not None:
            return converted
    return image


def encoded(image: "Image") -> Prepared:
    """A picture as it is sent, within the limits: a PNG where it is transparent, small or flat, else a JPEG."""
    exact = image.mode == "RGBA" or image.width * image.height <= SMALL_PIXELS or image.getcolors(FLAT_COLOURS)
    while True:
        memory = io.BytesIO()
        if exact:
            image.save(memory, "PNG", optimize=image.width * image.height <= SMALL_PIXELS)
        else:
            image.save(memory, "JPEG", quality=92, subsampling=0)
        data = memory.getvalue()
        if len(data) <= MAX_BYTES:
            mime = "image/png" if exact else "image/jpeg"
            return Prepared(data=data, mime=mime, width=image.width, height=image.height, as_is=False)
        image = image.resize((max(1, image.width * 4 // 5), max(1, image.height * 4 // 5)))
