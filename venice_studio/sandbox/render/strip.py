"""Layers that pass by: wide pictures with transparency that repeat from side to side."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from venice_studio.sandbox.render.canvas import Floats, noise, yuv
from venice_studio.sandbox.render.encode import Picture


class Strip:
    """`colour` (height × wide × 3, 0 to 1) with `cover` (height × wide, 0 to 1), shown `width` pixels at a time.

    Moves in steps of half a pixel. Mixing is done in 16-bit integers, several times faster than in floats.
    """

    def __init__(self, colour: Floats, cover: Floats, width: int) -> None:
        self._wide = cover.shape[1]
        self._width = width
        self.height = len(cover)
        paint = np.moveaxis(yuv(colour) * cover[..., None], -1, 0)
        self._steps = [self._step(paint, cover), self._step(_between(paint), _between(cover))]

    def put(self, picture: Picture, x: float, y: int) -> None:
        """Mixes the part from `x` on (any number, it wraps) into `picture`, its top at row `y` (0 or more)."""
        halves = round(x * 2)
        whole = halves // 2 % self._wide
        step = self._steps[halves % 2]
        view = slice(whole, whole + self._width)
        rows = max(0, min(len(step.keep), picture.shape[1] - y))
        band = picture[:, y : y + rows]
        band[:] = (band * step.keep[:rows, view] + step.paint[:, :rows, view]) >> 8
        rest = picture[:, y + rows : y + rows + step.solid.shape[1]]
        rest[:] = step.solid[:, : rest.shape[1], view]

    def _step(self, paint: Floats, cover: Floats) -> "_Step":
        paint = np.concatenate((paint, paint[..., : self._width]), -1)
        cover = np.concatenate((cover, cover[:, : self._width]), 1)
        part = np.round(cover * 256)
        through = np.flatnonzero((part < 256).any(axis=1))
        # Below the last row that lets anything through, rows are copied, which is faster still.
        edge = int(through[-1]) + 1 if through.size else 0
        return _Step(
            keep=(256 - part[:edge]).astype(np.uint16),
            paint=np.minimum(paint[:, :edge] * 256, part[:edge] * 255).astype(np.uint16),
            solid=np.clip(paint[:, edge:], 0, 255).astype(np.uint8),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    keep: npt.NDArray[np.uint16]
    paint: npt.NDArray[np.uint16]
    solid: npt.NDArray[np.uint8]


def _between(values: Floats) -> Floats:
    return (values + np.roll(values, -1, -1)) / 2


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
