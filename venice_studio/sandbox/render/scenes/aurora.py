"""Northern lights over a frozen lake: curtains of light that wave, stars, pines, the mirror image below."""

import numpy as np

from venice_studio.sandbox.render.canvas import Enlarger, gradient, grain, noise, paint, rgb, window, wrapped
from venice_studio.sandbox.render.picture import Floats, Picture
from venice_studio.sandbox.render.sky import stars
from venice_studio.sandbox.render.strip import Strip, below, pines, ridge
from venice_studio.sandbox.render.weather import Weather

_COLOURS = (("2bff9a", "7a5cff"), ("3affc8", "ff4fa3"), ("6dff6a", "2f9bff"))


class Aurora:
    """For northern lights, arctic nights, starry skies."""

    def __init__(self, size: tuple[int, int], chance: np.random.Generator, prompt: str) -> None:
        self._size = size
        self._enlarge = Enlarger(size)
        width, height = size[0] // 2, size[1] // 2
        self._shore = round(height * 0.72)
        stops = [(0.0, (0.008, 0.016, 0.06)), (0.6, (0.03, 0.07, 0.16)), (1.0, (0.07, 0.16, 0.24))]
        self._still = gradient(self._shore, stops) + stars(chance, self._shore, width, 1.0)
        self._grain = grain(chance, height, width)
        low, high = _COLOURS[int(chance.integers(len(_COLOURS)))]
        self._low, self._high = rgb(low), rgb(high)
        self._rays = [wrapped(noise(chance, 4, width * 2, cells, 4)[:1], width) for cells in (7, 12, 26)]
        self._path = chance.uniform(0, 2 * np.pi, 8)
        self._x = np.arange(width, dtype=np.float32) / width
        self._y = np.arange(self._shore, dtype=np.float32)[:, None] / height
        self._hills, self._rows = _hills(chance, size)
        self._weather = Weather.of(prompt, size, chance)

    def frame(self, number: int) -> Picture:
        """One moment of the dance."""
        time = number / 24
        sky = self._still + self._curtains(time)
        rows = self._grain.shape[0] - self._shore
        down = np.arange(rows)
        ripple = np.sin(down * 0.9 - time * 2.5) * (1 + down * 0.05)
        source = np.clip(self._shore - 1 - down * 1.9 - ripple, 0, self._shore - 1).astype(np.intp)
        lake = sky[source] * np.linspace(0.5, 0.28, rows, dtype=np.float32)[:, None, None] + rgb("020812") * 0.8
        picture = self._enlarge(paint(np.concatenate((sky, lake), 0), self._grain))
        self._hills.put(picture, number * 0.5, self._shore * 2 - self._rows)
        self._weather.put_on(picture, number)
        return picture

    def _curtains(self, time: float) -> Floats:
        width = self._x.size
        total = np.zeros((self._shore, width, 3), np.float32)
        for number, (rays, depth) in enumerate(zip(self._rays, (1.0, 0.8, 0.55), strict=True)):
            a, b = self._path[number * 2 : number * 2 + 2]
            foot = 0.52 - 0.1 * number + 0.07 * np.sin(self._x * 5 + a + time * 0.35)
            foot = foot + 0.03 * np.sin(self._x * 13 + b - time * 0.6)
            bright = window(rays, time * (9 + 7 * number), width)[0]
            bright = np.clip(bright * 1.9 - 0.45, 0, 1) * (0.65 + 0.35 * np.sin(self._x * 4 + b + time * 0.9))
            over = foot[None, :] - self._y
            tall = 0.13 + 0.24 * bright[None, :]
            body = np.exp(-np.clip(over, 0, 9) / tall) * np.clip(over / 0.02 + 1, 0, 1) * bright * depth
            turn = np.clip(over / 0.3, 0, 1)[..., None]
            total += body[..., None] * (self._low + (self._high - self._low) * turn)
        return total * np.float32(1.05)


def _hills(chance: np.random.Generator, size: tuple[int, int]) -> tuple[Strip, int]:
    """Dark shore with pines, and how many rows it has; its foot melts into the lake."""
    width, height = size
    wide, rows = width * 2, round(height * 0.26)
    line = rows * (0.97 - 0.42 * ridge(chance, wide, 3, 0.3))
    cover = pines(chance, line, rows, height * 0.09, 190, below(line, rows))
    return Strip(np.broadcast_to(rgb("02050b"), (rows, wide, 3)), cover, width), rows
