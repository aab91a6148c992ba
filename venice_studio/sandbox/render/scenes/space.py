"""Deep space: clouds of gas, stars at three distances, a planet that turns in the light of its sun."""

import numpy as np

from venice_studio.sandbox.render.canvas import Enlarger, grain, noise, paint, rgb, smooth, window, wrapped
from venice_studio.sandbox.render.picture import Floats, Picture

_GASES = (("ff5c8a", "4a6cff", "06040f"), ("3fd5c8", "7b4dff", "03060f"), ("ffb35c", "b0345e", "090509"))
_PLANETS = (("d9b48f", "8a5a3c"), ("7fc4e0", "2d5f8c"), ("e0d2c0", "a07f6a"), ("9a8fd0", "47407f"))


class Space:
    """For space, planets, stars, galaxies."""

    def __init__(self, size: tuple[int, int], chance: np.random.Generator, prompt: str) -> None:
        self._enlarge = Enlarger(size)
        width, height = size[0] // 2, size[1] // 2
        self._width, self._height = width, height
        self._grain = grain(chance, height, width)
        self._gas = wrapped_colours(_gas(chance, width * 2, height), width)
        self._stars = [_stars(chance, size, count, bright) for count, bright in ((700, 0.45), (240, 0.8), (70, 1.0))]
        self._radius = min(width, height) * float(chance.uniform(0.26, 0.36))
        self._centre = (width * float(chance.uniform(0.3, 0.7)), height * float(chance.uniform(0.45, 0.6)))
        light, dark = (rgb(text) for text in _PLANETS[int(chance.integers(len(_PLANETS)))])
        bands = noise(chance, 256, 512, 3, 5) * 0.35 + noise(chance, 256, 8, 2, 6)[:, :1] * 0.65
        self._skin = wrapped(bands.astype(np.float32), 256)
        self._light, self._dark = light, dark
        self._angle = float(chance.uniform(-0.6, 0.6)) + (np.pi if chance.random() < 0.5 else 0)

    def frame(self, number: int) -> Picture:
        """One moment of the flight."""
        whole = number // 8
        part = np.float32(number % 8 / 8)
        view = self._gas[:, whole : whole + self._width] * (1 - part)
        view += self._gas[:, whole + 1 : whole + 1 + self._width] * part
        self._planet(view, number / 24)
        picture = self._enlarge(paint(view, self._grain))
        return self._twinkle(picture, number)

    def _planet(self, view: Floats, time: float) -> None:
        centre_x, centre_y = self._centre[0] - time * 1.5, self._centre[1]
        radius = self._radius * (1 + 0.006 * time)
        reach = int(radius * 1.25)
        x0, x1 = max(0, int(centre_x) - reach), min(self._width, int(centre_x) + reach)
        y0, y1 = max(0, int(centre_y) - reach), min(self._height, int(centre_y) + reach)
        x = (np.arange(x0, x1, dtype=np.float32)[None, :] - np.float32(centre_x)) / np.float32(radius)
        y = (np.arange(y0, y1, dtype=np.float32)[:, None] - np.float32(centre_y)) / np.float32(radius)
        away = np.hypot(x, y)
        z = np.sqrt(np.clip(1 - away * away, 0, 1))
        lit = np.clip(x * np.cos(self._angle) * 0.85 + y * np.sin(self._angle) - 0.25 * y + z * 0.35, 0, 1)
        turned = window(self._skin, time * 4, 256)
        across = np.clip((np.arctan2(x, z + 1e-3) / np.pi + 0.5) * 255, 0, 255).astype(np.intp)
        down = np.clip((y * 0.5 + 0.5) * 255, 0, 255).astype(np.intp)
        tone = turned[np.broadcast_to(down, across.shape), across][..., None]
        body = (self._dark + (self._light - self._dark) * tone) * (lit[..., None] ** 0.8 * 1.15 + 0.015)
        inside = smooth(1.0 + 1.2 / radius, 1.0 - 1.2 / radius, away)[..., None]
        rim = np.exp(-np.abs(away - 1) * 14)[..., None] * np.clip(lit + 0.25, 0, 1)[..., None] * self._light * 0.55
        place = view[y0:y1, x0:x1]
        place[:] = place * (1 - inside) + body * inside + rim

    def _twinkle(self, picture: Picture, number: int) -> Picture:
        """Stars pass at their own pace, but never in front of the planet."""
        height, width = picture.luma.shape
        time = number / 24
        centre = (self._centre[0] - time * 1.5) * 2, self._centre[1] * 2
        radius = self._radius * (1 + 0.006 * time) * 2
        for (x, y, bright, phase), pace in zip(self._stars, (0.25, 0.5, 1.0), strict=True):
            column = ((x * width - pace * number) % width).astype(np.intp)
            row = (y * height).astype(np.intp)
            free = np.hypot(column - centre[0], row - centre[1]) > radius + 2
            much = bright * (0.7 + 0.3 * np.sin(phase * 6.28 + time * 4))
            size = 2 if pace == 1.0 else 1
            for down in range(size):
                for aside in range(size):
                    at = np.minimum(row[free] + down, height - 1), np.minimum(column[free] + aside, width - 1)
                    luma = picture.luma[at]
                    picture.luma[at] = np.minimum(235, luma + much[free] * 200).astype(np.uint8)
        return picture


def wrapped_colours(texture: Floats, width: int) -> Floats:
    """A coloured texture lengthened so that a view of `width` can pass along it."""
    return np.concatenate((texture, texture[:, : width + 1]), 1)


def _gas(chance: np.random.Generator, wide: int, height: int) -> Floats:
    warm, cold, dark = (rgb(text) for text in _GASES[int(chance.integers(len(_GASES)))])
    first, second = noise(chance, height, wide, 4, 6), noise(chance, height, wide, 6, 6)
    veins = 1 - np.abs(noise(chance, height, wide, 5, 6) * 2 - 1)
    body = smooth(0.35, 0.9, first)[..., None] * warm * 0.55 + smooth(0.4, 0.95, second)[..., None] * cold * 0.6
    glow = (veins**5)[..., None] * (warm * 0.25 + cold * 0.2) * smooth(0.3, 0.8, first)[..., None]
    return (dark + body + glow).astype(np.float32)


def _stars(chance: np.random.Generator, size: tuple[int, int], count: int, bright: float) -> tuple[Floats, ...]:
    table = chance.random((4, round(count * size[0] * size[1] / 921_600))).astype(np.float32)
    return table[0], table[1], table[2] ** 2 * bright, table[3]
