"""Ranges behind ranges in the haze, passing at their own pace, pines in front."""

import numpy as np

from venice_studio.sandbox.render.canvas import Enlarger, grain, paint
from venice_studio.sandbox.render.light import Hour, hour_of
from venice_studio.sandbox.render.picture import Floats, Picture
from venice_studio.sandbox.render.sky import Sky
from venice_studio.sandbox.render.strip import Strip, below, pines, ridge
from venice_studio.sandbox.render.weather import Weather

# From far to near: how high the crest, how tall the range, pixels a frame, lumps, roughness.
_RANGES = (
    (0.30, 0.24, 0.5, 3, 0.75),
    (0.42, 0.20, 1.0, 4, 0.6),
    (0.54, 0.18, 1.5, 4, 0.45),
    (0.66, 0.15, 2.0, 5, 0.3),
    (0.86, 0.08, 3.0, 4, 0.1),
)


class Mountains:
    """For mountains, valleys, hills, deserts, fields."""

    def __init__(self, size: tuple[int, int], chance: np.random.Generator, prompt: str) -> None:
        self._size = size
        self._enlarge = Enlarger(size)
        hour = hour_of(prompt, chance, ("dawn", "golden", "sunset", "day"))
        width, height = size[0] // 2, size[1] // 2
        rows = round(height * 0.72)
        self._sky = Sky(width, rows, hour, chance)
        self._rest = np.zeros((height - rows, width, 3), np.float32)
        self._grain = grain(chance, height, width)
        self._way = float(chance.choice((-1, 1)))
        bare = any(word in prompt.lower() for word in ("desert", "dune", "canyon", "sahara"))
        self._layers = [
            (_range(chance, size, hour, number, bare), round(size[1] * crest) - _above(size), pace)
            for number, (crest, _, pace, _, _) in enumerate(_RANGES)
        ]
        self._weather = Weather.of(prompt, size, chance)

    def frame(self, number: int) -> Picture:
        """One step of the way past."""
        half = np.concatenate((self._sky.at(number / 24), self._rest), 0)
        picture = self._enlarge(paint(half, self._grain))
        for strip, top, pace in self._layers:
            strip.put(picture, self._way * pace * number, top)
        self._weather.put_on(picture, number)
        return picture


def _above(size: tuple[int, int]) -> int:
    """Rows over a crest that its trees reach into."""
    return round(size[1] * 0.2)


def _range(chance: np.random.Generator, size: tuple[int, int], hour: Hour, number: int, bare: bool) -> Strip:
    crest, tall, _, cells, rough = _RANGES[number]
    width, height = size
    wide, rows = width * 2, height - round(height * crest) + _above(size)
    line = (1 - ridge(chance, wide, cells, 0 if bare else rough)) * height * tall + 2 + _above(size)
    last = number == len(_RANGES) - 1
    near = number / (len(_RANGES) - 1)
    cover = below(line, rows)
    if number >= 3 and not bare:
        size_of_tree = height * (0.055 if not last else 0.17)
        cover = pines(chance, line, rows, size_of_tree, 260 if not last else 110, cover)
    return Strip(_colours(hour, near, line, rows), cover, width)


def _colours(hour: Hour, near: float, line: Floats, rows: int) -> Floats:
    """A crest in its own colour that sinks into haze; slopes towards the light are a little brighter."""
    haze = hour.horizon * 0.75 + hour.sky * 0.25
    crest = haze + (hour.shade - haze) * (0.32 + 0.62 * near)
    foot = haze + (hour.shade - haze) * (0.08 + 0.86 * near**2)
    under = np.clip((np.arange(rows, dtype=np.float32)[:, None] - line[None, :]) / (rows * 0.42), 0, 1)[..., None]
    sides = np.clip(np.gradient(line) * 0.5, -1, 1).astype(np.float32)
    kernel = np.hanning(33).astype(np.float32)
    sides = np.convolve(np.pad(sides, 16, mode="wrap"), kernel / kernel.sum(), "valid").astype(np.float32)
    # Facets lean with the slope instead of hanging straight down.
    column = (np.arange(line.size)[None, :] + (np.arange(rows) * 0.8).astype(np.intp)[:, None]) % line.size
    lit = sides[column][..., None] * (1 - under) * 0.14 * (1 - near * 0.7)
    return np.asarray(np.clip(crest + (foot - crest) * under + lit * hour.sun, 0, 1), np.float32)
