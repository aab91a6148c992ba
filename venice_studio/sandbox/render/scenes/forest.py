"""A forest in the morning: trunks that pass in the mist, slanting light, specks that float in it."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from venice_studio.sandbox.render.canvas import Enlarger, gradient, grain, noise, paint, rgb, window, wrapped
from venice_studio.sandbox.render.picture import Floats, Picture
from venice_studio.sandbox.render.strip import Strip
from venice_studio.sandbox.render.weather import Weather

# Light above, mist, ground, shadow.
_MOODS = (
    ("f4f0b8", "9fc08a", "3d5a34", "0e1a10"),
    ("ffe3a3", "d9a860", "6b4a22", "1d120a"),
    ("d6f0e4", "7fb0a4", "2c5550", "081714"),
)
# From far to near: pixels a frame, trunks, trunk width, how dark.
_ROWS = ((0.5, 26, 0.016, 0.22), (1.0, 17, 0.028, 0.48), (2.0, 10, 0.048, 0.74), (3.5, 5, 0.085, 1.0))


class Forest:
    """For forests, trees, gardens, jungles."""

    def __init__(self, size: tuple[int, int], chance: np.random.Generator, prompt: str) -> None:
        self._enlarge = Enlarger(size)
        width, height = size[0] // 2, size[1] // 2
        words = prompt.lower()
        mood = 1 if "autumn" in words or "fall" in words.split() else int(chance.choice((0, 0, 2)))
        light, mist, ground, shade = (rgb(text) for text in _MOODS[mood])
        stops = [(0.0, mist * 0.75), (0.3, light), (0.62, mist), (0.8, ground), (1.0, shade * 1.4)]
        self._back = np.broadcast_to(gradient(height, [(at, _triple(c)) for at, c in stops]), (height, width, 3))
        self._back = self._back * (0.8 + 0.35 * noise(chance, height, width, 5, 4)[..., None])
        self._grain = grain(chance, height, width)
        self._light = light
        self._shafts = [wrapped(noise(chance, 4, width * 3, cells, 3)[:1], width * 2) for cells in (16, 31)]
        self._lean = (np.arange(height)[:, None] * 0.55 + np.arange(width)[None, :]).astype(np.intp)
        self._fall = np.interp(np.arange(height) / height, (0, 0.25, 0.85, 1), (0.9, 1, 0.12, 0))[:, None]
        self._way = int(chance.choice((-1, 1)))
        self._layers = [(_trees(chance, size, mist, shade, *row[1:]), row[0]) for row in _ROWS]
        self._weather = Weather.of(prompt, size, chance, usual="motes")

    def frame(self, number: int) -> Picture:
        """One step of the walk."""
        time = number / 24
        wide = self._lean.shape[1] * 2
        ray = window(self._shafts[0], time * 5, wide)[0] * window(self._shafts[1], -time * 8, wide)[0]
        beam = np.clip(ray * 2.6 - 0.42, 0, 1).astype(np.float32)[self._lean % wide] * self._fall
        picture = self._enlarge(paint(self._back + beam[..., None] * self._light * 0.55, self._grain))
        for strip, pace in self._layers[:2]:
            strip.put(picture, self._way * pace * number, 0)
        self._shine(picture, beam)
        for strip, pace in self._layers[2:]:
            strip.put(picture, self._way * pace * number, 0)
        self._weather.put_on(picture, number)
        return picture

    @staticmethod
    def _shine(picture: Picture, beam: Floats) -> None:
        """The light falls in front of the far trees too."""
        bright = (np.repeat(np.repeat(beam, 2, 0), 2, 1) * 46).astype(np.uint8)
        rows, columns = min(bright.shape[0], picture.luma.shape[0]), min(bright.shape[1], picture.luma.shape[1])
        luma = picture.luma[:rows, :columns]
        luma[:] = np.minimum(luma, 235 - bright[:rows, :columns]) + bright[:rows, :columns]


def _trees(
    chance: np.random.Generator,
    size: tuple[int, int],
    mist: Floats,
    shade: Floats,
    count: int,
    broad: float,
    dark: float,
) -> Strip:
    width, height = size
    wide = width * 2
    shape = Image.new("L", (wide, height))
    pen = ImageDraw.Draw(shape)
    ground = height * (0.66 + 0.26 * dark)
    bumps = noise(chance, 4, wide, 9, 6)[0]
    line = ground + (bumps - 0.5) * height * 0.07
    pen.polygon([(0, height), *enumerate(line.tolist()), (wide, height)], fill=255)
    for number in range(count):
        x = (number + float(chance.uniform(0.15, 0.85))) * wide / count
        _trunk(pen, chance, x, float(line[int(x) % wide]) + 6, height * broad * float(chance.uniform(0.6, 1.3)), height)
    _leaves(pen, chance, wide, height, dark)
    soft = shape.filter(ImageFilter.GaussianBlur(2.2 if dark == 1.0 else 0.7))
    colour = mist * 0.9 + (shade - mist * 0.9) * dark
    down = np.linspace(1.12, 0.86, height, dtype=np.float32)[:, None, None]
    paint_ = np.broadcast_to(np.clip(colour * down, 0, 1), (height, wide, 3))
    return Strip(np.asarray(paint_, np.float32), np.asarray(soft, np.float32) / 255, width)


def _trunk(
    pen: ImageDraw.ImageDraw, chance: np.random.Generator, x: float, foot: float, broad: float, height: int
) -> None:
    lean = float(chance.uniform(-0.05, 0.05)) * height
    half = broad / 2
    pen.polygon(
        [
            (x - half * 1.9, foot),
            (x - half * 1.05, foot - height * 0.06),
            (x - half * 0.7 + lean, -10),
            (x + half * 0.7 + lean, -10),
            (x + half * 1.05, foot - height * 0.06),
            (x + half * 1.9, foot),
        ],
        fill=255,
    )
    for _ in range(int(chance.integers(2, 5))):
        at = float(chance.uniform(0.02, 0.5))
        side = int(chance.choice((-1, 1)))
        reach = side * broad * float(chance.uniform(2.5, 5))
        start = (x + lean * (1 - at), foot * at)
        pen.line((*start, start[0] + reach, start[1] - abs(reach) * 0.5), fill=255, width=max(1, round(broad * 0.16)))


def _leaves(pen: ImageDraw.ImageDraw, chance: np.random.Generator, wide: int, height: int, dark: float) -> None:
    for _ in range(round(1700 * (0.4 + dark))):
        x = float(chance.uniform(0, wide))
        y = float(chance.exponential(0.055)) * height * (0.7 + 0.6 * dark) * (0.6 + 0.4 * np.sin(x / height * 5))
        size = height * float(chance.uniform(0.003, 0.008)) * (0.6 + dark)
        pen.ellipse((x - size * 1.6, y - size, x + size * 1.6, y + size), fill=255)


def _triple(colour: Floats) -> tuple[float, float, float]:
    return float(colour[0]), float(colour[1]), float(colour[2])
