"""A picture brought to the shape of a clip: plain functions with Pillow, for the media thread."""

from typing import TYPE_CHECKING

from venice_studio.domain import choices
from venice_studio.domain.media import Fit
from venice_studio.library.pictures import ENCODED_SIDE, Prepared, encoded, loaded

if TYPE_CHECKING:
    from PIL.Image import Image

_GROUND_SIDE = 96
"""Pixels of the longer side to which the blurred ground is shrunk first: the blur hides it, and it costs nothing."""


def fitted(data: bytes, name: str, ratio: str, fit: Fit) -> Prepared:
    """`data` as a picture of the aspect ratio `ratio`, cropped or padded. Raises `Trouble` (PICTURE)."""
    aspect = choices.ratio(ratio)
    image = loaded(data, name)
    if aspect is None or fit is Fit.LEAVE:
        return encoded(image)
    return encoded(_cropped(image, aspect) if fit is Fit.CROP else _padded(image, aspect))


def _cropped(image: "Image", aspect: float) -> "Image":
    """The largest middle part of that shape."""
    width = min(image.width, max(1, round(image.height * aspect)))
    height = min(image.height, max(1, round(image.width / aspect)))
    left, top = (image.width - width) // 2, (image.height - height) // 2
    return image.crop((left, top, left + width, top + height))


def _padded(image: "Image", aspect: float) -> "Image":
    """The whole picture before a blurred and darkened enlargement of itself."""
    from PIL import Image

    width = max(image.width, round(image.height * aspect))
    height = max(image.height, round(image.width / aspect))
    ground = _ground(image.convert("RGB"), width, height)
    at = ((width - image.width) // 2, (height - image.height) // 2)
    ground.paste(image, at, image if image.mode == "RGBA" else None)
    ground.thumbnail((ENCODED_SIDE, ENCODED_SIDE), Image.Resampling.LANCZOS)
    return ground


def _ground(image: "Image", width: int, height: int) -> "Image":
    from PIL import Image, ImageEnhance, ImageFilter

    small = _cropped(image, width / height)
    small.thumbnail((_GROUND_SIDE, _GROUND_SIDE))
    small = small.filter(ImageFilter.GaussianBlur(max(1, max(small.size) / 16)))
    small = ImageEnhance.Brightness(small).enhance(0.8)
    return small.resize((width, height), Image.Resampling.BICUBIC)
