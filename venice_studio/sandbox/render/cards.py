"""Pictures that a clip follows, shown in front of what happens: cards with a white edge that slide in one by one."""

import numpy as np
from PIL import Image, ImageFilter, ImageOps

from venice_studio.sandbox.render.canvas import Enlarger
from venice_studio.sandbox.render.passage import load
from venice_studio.sandbox.render.picture import Floats, Picture
from venice_studio.sandbox.render.plan import FPS

_BLACK = np.array((16, 128, 128), np.float32)
# Parts of the frame: the highest card, all cards in a row, the room below them.
_HEIGHT, _WIDTH, _BELOW = 0.24, 0.92, 0.08
_SLIDES_S = 0.5
_LATER_S = 0.08


class Cards:
    """The pictures at `paths` in a row at the lower edge of a frame of `size`."""

    def __init__(self, paths: tuple[str, ...], size: tuple[int, int]) -> None:
        self._size = width, height = size
        step = width * _WIDTH / len(paths)
        side = max(8, min(_even(height * _HEIGHT), _even(step * 0.9)))
        step = min(step, side * 1.12)
        left = (width - step * len(paths)) / 2 + (step - side) / 2
        self._side = side
        self._cards = [_card(path, side) for path in paths]
        self._places = [_even(left + step * number) for number in range(len(paths))]
        self._top = _even(height * (1 - _BELOW)) - side
        self._shadow = _shadow(side)

    def put_on(self, picture: Picture, number: int) -> None:
        """Draws the cards into the frame with this number."""
        for place, (card, left) in enumerate(zip(self._cards, self._places, strict=True)):
            come = np.clip((number / FPS - place * _LATER_S) / _SLIDES_S, 0, 1)
            away = float((1 - come) ** 3) * (self._size[1] - self._top)
            top = self._top + _even(away)
            rows = min(self._side, _even(self._size[1] - top))
            if rows <= 0:
                continue
            pad = (self._shadow.shape[0] - self._side) // 2
            picture.stamp(self._shadow, _BLACK, left - pad, top - pad // 2, coloured=False)
            picture.luma[top : top + rows, left : left + self._side] = card.luma[:rows]
            half = slice(top // 2, (top + rows) // 2), slice(left // 2, (left + self._side) // 2)
            picture.chroma[:, *half] = card.chroma[:, : rows // 2]


def _card(path: str, side: int) -> Picture:
    edge = max(1, side // 24)
    inner = load(path, (side - 2 * edge, side - 2 * edge))
    return Enlarger((side, side))(np.asarray(ImageOps.expand(inner, edge, "white")))


def _shadow(side: int) -> Floats:
    pad = max(2, side // 12)
    cover = Image.new("L", (side + 2 * pad, side + 2 * pad))
    cover.paste(110, (pad, pad, pad + side, pad + side))
    return np.asarray(cover.filter(ImageFilter.GaussianBlur(pad / 2)), np.float32) / 255


def _even(pixels: float) -> int:
    return round(pixels / 2) * 2
