"""The small word in the corner that says where a clip comes from."""

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from venice_studio import assets
from venice_studio.sandbox.render.encode import Picture

_WORD = "practice"
_OPACITY = 0.62


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
        ink = np.asarray(word, np.float32) / 255 * _OPACITY
        shadow = np.roll(ink, (1, 1), (0, 1)) * 0.6
        self._keep = (1 - shadow) * (1 - ink)
        self._add = ink * np.array((235, 128, 128), np.float32)[:, None, None]
        # The shadow darkens; it takes no colour away.
        self._add[1:] += (1 - ink) * shadow * 128
        rows = min(box[1], height)
        columns = min(box[0], width)
        margin = min(size // 2, height - rows, width - columns)
        self._at = (
            slice(None),
            slice(height - rows - margin, height - margin),
            slice(width - columns - margin, width - margin),
        )
        self._keep, self._add = self._keep[:rows, :columns], self._add[:, :rows, :columns]

    def put_on(self, picture: Picture) -> None:
        """Draws the word into `picture`."""
        under = picture[self._at].astype(np.float32)
        picture[self._at] = (under * self._keep + self._add).astype(np.uint8)


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    try:
        return ImageFont.truetype(str(assets.path("fonts", "Inter-Regular.otf")), size)
    except OSError:
        return ImageFont.load_default(size)
