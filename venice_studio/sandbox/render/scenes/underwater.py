"""Under the surface: light from above, rays that sway, a school of fish, bubbles, weeds on the ground."""

import numpy as np
from PIL import Image, ImageDraw

from venice_studio.sandbox.render.canvas import Enlarger, gradient, grain, noise, paint, rgb, window, wrapped
from venice_studio.sandbox.render.picture import Floats, Picture, yuv
from venice_studio.sandbox.render.strip import Strip, below, ridge
from venice_studio.sandbox.render.weather import Weather

_WATERS = (("c8fff2", "1fa3b8", "0a4a73", "031a33"), ("e2fbff", "3f8fd0", "123f7d", "050f2e"))
_FISH = 34


class Underwater:
    """For reefs, fish, whales, divers."""

    def __init__(self, size: tuple[int, int], chance: np.random.Generator, prompt: str) -> None:
        self._size = size
        self._enlarge = Enlarger(size)
        width, height = size[0] // 2, size[1] // 2
        top, light, mid, deep = (rgb(text) for text in _WATERS[int(chance.integers(len(_WATERS)))])
        stops = [(0.0, top * 0.9), (0.1, light), (0.5, mid), (1.0, deep)]
        self._back = gradient(height, [(at, _triple(colour)) for at, colour in stops])
        self._grain = grain(chance, height, width)
        x = np.arange(width, dtype=np.float32)[None, :] / width - float(chance.uniform(0.35, 0.65))
        y = np.arange(height, dtype=np.float32)[:, None] / height + 0.35
        # Rays fan out from a sun above the surface: every pixel knows its angle.
        self._angle = ((x / y * 0.5 + 0.5).clip(0, 0.999) * width).astype(np.intp)
        self._depth = np.clip(1.05 - (y - 0.35) * 1.15, 0, 1) ** 1.4
        self._sun = np.exp(-((x * 3.2) ** 2) - (y - 0.35) * 4.5)[..., None] * top * 0.6
        self._rays = [wrapped(noise(chance, 4, width * 2, cells, 3)[:1], width) for cells in (18, 29)]
        self._light = light * 0.6 + top * 0.4
        self._ground = [_ground(chance, size, deep * dim, tall) for dim, tall in ((0.75, 0.2), (0.35, 0.13))]
        self._fish = _school(chance)
        self._ink = yuv(deep * 0.55)
        self._weather = Weather("bubbles", size, chance)

    def frame(self, number: int) -> Picture:
        """One moment of the drift."""
        time = number / 24
        width = self._angle.shape[1]
        ray = window(self._rays[0], time * 11, width)[0] * window(self._rays[1], -time * 14, width)[0]
        beam = np.clip(ray * 2.4 - 0.35, 0, 1).astype(np.float32)[self._angle] * self._depth
        picture = self._enlarge(paint(self._back + self._sun + beam[..., None] * self._light * 0.6, self._grain))
        self._ground[0].put(picture, number * 0.5, self._size[1] - self._ground[0].height)
        self._swim(picture, time)
        self._ground[1].put(picture, number * 1.5, self._size[1] - self._ground[1].height)
        self._weather.put_on(picture, number)
        return picture

    def _swim(self, picture: Picture, time: float) -> None:
        width, height = self._size
        for x, y, size, phase in self._fish:
            length = max(10, round(height * 0.055 * size))
            wag = np.sin(time * 9 + phase * 6.28)
            cover = _fish(length, float(wag))
            left = round((x + time * 0.055 * (0.8 + 0.4 * size)) % 1.3 * width - 0.15 * width)
            top = round((y + 0.02 * np.sin(time * 1.1 + phase * 6)) * height)
            picture.stamp(cover * (0.45 + 0.5 * size / 1.6), self._ink, left, top)


def _school(chance: np.random.Generator) -> list[tuple[float, float, float, float]]:
    """Position (0 to 1), size and phase of each fish, far ones first."""
    heart_x, heart_y = chance.uniform(0.2, 0.5), chance.uniform(0.36, 0.5)
    fish = [
        (
            float(chance.normal(heart_x, 0.14)),
            float(np.clip(chance.normal(heart_y, 0.09), 0.15, 0.75)),
            float(chance.uniform(0.5, 1.5)),
            float(chance.random()),
        )
        for _ in range(_FISH)
    ]
    return sorted(fish, key=lambda one: one[2])


def _fish(length: int, wag: float) -> Floats:
    """A fish in outline that swims to the right, its tail bent by `wag` (-1 to 1)."""
    size = (length * 2, length)
    sheet = Image.new("L", size)
    pen = ImageDraw.Draw(sheet)
    middle = length / 2
    pen.ellipse((length * 0.55, middle - length * 0.24, length * 1.9, middle + length * 0.24), fill=255)
    tip = middle + wag * length * 0.1
    reach = length * (0.24 - 0.08 * abs(wag))
    pen.polygon(
        [(length * 0.75, middle), (length * 0.12, tip - reach), (length * 0.3, tip), (length * 0.12, tip + reach)],
        fill=255,
    )
    pen.polygon(
        [
            (length * 1.0, middle - length * 0.2),
            (length * 1.25, middle - length * 0.42),
            (length * 1.5, middle - length * 0.18),
        ],
        fill=255,
    )
    small = sheet.resize((length, length // 2), Image.Resampling.BOX)
    return np.asarray(small, np.float32) / 255


def _ground(chance: np.random.Generator, size: tuple[int, int], colour: Floats, tall: float) -> Strip:
    width, height = size
    wide, rows = width * 2, round(height * (tall + 0.16))
    line = rows - height * tall * (0.35 + 0.65 * ridge(chance, wide, 5, 0.2))
    sheet = Image.new("L", (wide, rows))
    pen = ImageDraw.Draw(sheet)
    for at in chance.integers(0, wide, 70):
        reach, bend = height * float(chance.uniform(0.04, 0.16)), float(chance.uniform(-1, 1))
        points = [
            (at + bend * reach * 0.3 * (step / 8) ** 2 + 4 * np.sin(step), line[at] + 4 - reach * step / 8)
            for step in range(9)
        ]
        pen.line([(float(x), float(y)) for x, y in points], fill=255, width=max(2, height // 180), joint="curve")
    cover = np.maximum(below(line, rows), np.asarray(sheet, np.float32) / 255)
    return Strip(np.broadcast_to(colour, (rows, wide, 3)).astype(np.float32), cover, width)


def _triple(colour: Floats) -> tuple[float, float, float]:
    return float(colour[0]), float(colour[1]), float(colour[2])
