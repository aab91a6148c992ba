"""Layers that pass by: wide pictures with transparency that repeat from side to side."""

import numpy as np
from PIL import Image, ImageDraw

from venice_studio.sandbox.render.canvas import noise
from venice_studio.sandbox.render.picture import Bytes, Floats, Picture, yuv


class Strip:
    """`colour` (height × wide × 3, 0 to 1) with `cover` (height × wide, 0 to 1), shown `width` pixels at a time.

    Moves in steps of half a pixel. Mixing is done in 16-bit integers, several times faster than in floats.
    """

    def __init__(self, colour: Floats, cover: Floats, width: int) -> None:
        self._wide = cover.shape[1]
        self._width = width
        self.height = len(cover)
        paint = np.moveaxis(yuv(colour) * cover[..., None], -1, 0)
        self._light = [_Layer(paint[:1], cover, width), _Layer(_between(paint[:1]), _between(cover), width)]
        # Colour is half as fine: one layer for even pixels, one for odd ones.
        shifted = np.roll(paint[1:], -1, -1), np.roll(cover, -1, -1)
        self._colour = [
            _Layer(_halved(paint[1:]), _halved(cover), width // 2),
            _Layer(_halved(shifted[0]), _halved(shifted[1]), width // 2),
        ]

    def put(self, picture: Picture, x: float, y: int) -> None:
        """Mixes the part from `x` on (any number, it wraps) into `picture`, its top at row `y` (0 or more)."""
        halves = round(x * 2)
        whole = halves // 2 % self._wide
        y += y % 2  # colour lies on even rows
        self._light[halves % 2].put(picture.luma[None], whole, y)
        self._colour[whole % 2].put(picture.chroma, whole // 2, y // 2)


class _Layer:
    """Planes that share one cover (planes × height × wide), ready to be mixed."""

    def __init__(self, paint: Floats, cover: Floats, width: int) -> None:
        paint = np.concatenate((paint, paint[..., :width]), -1)
        part = np.round(np.concatenate((cover, cover[:, :width]), 1) * 256)
        self._width = width
        shown = np.flatnonzero(part.any(axis=1))
        through = np.flatnonzero((part < 256).any(axis=1))
        # Nothing to do above the first row with any cover; below the last that lets anything through, rows are copied.
        self._first = int(shown[0]) if shown.size else len(part)
        edge = max(self._first, int(through[-1]) + 1 if through.size else 0)
        band = slice(self._first, edge)
        self._keep = (256 - part[band]).astype(np.uint16)
        self._paint = np.minimum(paint[:, band] * 256, part[band] * 255).astype(np.uint16)
        self._solid = np.clip(paint[:, edge:], 0, 255).astype(np.uint8)

    def put(self, planes: Bytes, x: int, y: int) -> None:
        view = slice(x, x + self._width)
        top = min(y + self._first, planes.shape[1])
        band = planes[:, top : top + len(self._keep)]
        rows = band.shape[1]
        band[:] = (band * self._keep[:rows, view] + self._paint[:, :rows, view]) >> 8
        rest = planes[:, top + rows : top + rows + self._solid.shape[1]]
        rest[:] = self._solid[:, : rest.shape[1], view]


def _between(values: Floats) -> Floats:
    return (values + np.roll(values, -1, -1)) / 2


def _halved(values: Floats) -> Floats:
    """Half as wide and high, each value the mean of four; an odd last row stands for itself."""
    if values.shape[-2] % 2:
        values = np.concatenate((values, values[..., -1:, :]), -2)
    return (values[..., ::2, ::2] + values[..., 1::2, ::2] + values[..., ::2, 1::2] + values[..., 1::2, 1::2]) / 4


def ridge(chance: np.random.Generator, wide: int, cells: int, rough: float) -> Floats:
    """The outline of hills: heights from 0 to 1 along `wide` pixels, repeating; `rough` above 0 adds jags."""
    line = noise(chance, 4, wide, cells, 7)[0]
    jags = 1 - np.abs(noise(chance, 4, wide, cells * 2, 5)[0] * 2 - 1)
    mixed = line * (1 - rough) + jags * rough
    mixed -= mixed.min()
    return np.asarray(mixed / max(float(mixed.max()), 1e-6), np.float32)


def below(line: Floats, height: int) -> Floats:
    """Cover of everything under a line of row numbers, `height` rows, with a soft edge."""
    return np.clip(np.arange(height, dtype=np.float32)[:, None] - line[None, :] + 0.5, 0, 1)


def pines(chance: np.random.Generator, line: Floats, height: int, size: float, count: int, cover: Floats) -> Floats:
    """`cover` with pine trees of about `size` pixels standing on `line`."""
    wide = line.size
    sheet = Image.new("L", (wide * 2, height * 2))
    pen = ImageDraw.Draw(sheet)
    for at in chance.integers(0, wide, count):
        tall = size * float(chance.uniform(0.55, 1.25))
        foot = float(line[at]) + size * 0.08
        _pine(pen, float(at) * 2, foot * 2, tall * 2, chance)
    small = np.asarray(sheet.resize((wide, height), Image.Resampling.BOX), np.float32) / 255
    return np.maximum(cover, small)


def _pine(pen: ImageDraw.ImageDraw, x: float, foot: float, tall: float, chance: np.random.Generator) -> None:
    half = tall * float(chance.uniform(0.16, 0.22))
    left: list[tuple[float, float]] = [(x, foot - tall)]
    right: list[tuple[float, float]] = []
    tiers = 7
    for tier in range(1, tiers + 1):
        y = foot - tall + tall * 0.93 * tier / tiers
        reach = half * (tier / tiers) ** 0.85 * float(chance.uniform(0.85, 1.1))
        left += [(x - reach, y), (x - reach * 0.55, y - tall * 0.015)]
        right += [(x + reach, y), (x + reach * 0.55, y - tall * 0.015)]
    pen.polygon([*left, *reversed(right)], fill=255)
    pen.rectangle((x - tall * 0.018, foot - tall * 0.1, x + tall * 0.018, foot + tall * 0.06), fill=255)
