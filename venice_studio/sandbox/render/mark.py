"""The small word in the corner that says where a clip comes from."""

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from venice_studio import assets
from venice_studio.sandbox.render.picture import Picture

_WORD = "practice"
_OPACITY = 0.62
_WHITE = np.array((235, 128, 128), np.float32)
_BLACK = np.array((16, 128, 128), np.float32)


class Mark:
    """The word, drawn once for a size of frame; bottom right, white with a soft shadow so that it shows on anything."""

    def __init__(self, width: int, height: int) -> None:
        size = max(9, round(min(width, height) * 0.026))
        font = _font(size)
        left, top, right, bottom = font.getbbox(_WORD)
        pad = size // 2
        box = (round(right - left) + 2 * pad, round(bottom - top) + 2 * pad)
        word = Image.new("L", box)
        ImageDraw.Draw(word).text((pad - left, pad - top), _WORD, fill=255, font=font)
        self._ink = np.asarray(word, np.float32) / 255 * _OPACITY
        self._shadow = np.roll(self._ink, (1, 1), (0, 1)) * 0.6
        self._at = (width - box[0] - size // 2, height - box[1] - size // 2)

    def put_on(self, picture: Picture) -> None:
        """Draws the word into `picture`."""
        picture.stamp(self._shadow, _BLACK, *self._at, coloured=False)
        picture.stamp(self._ink, _WHITE, *self._at)


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    try:
        return ImageFont.truetype(str(assets.path("fonts", "Inter-Regular.otf")), size)
    except OSError:
        return ImageFont.load_default(size)
