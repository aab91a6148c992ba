"""A city in the rain: rows of lit windows, signs in neon, everything again in the wet street."""

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter

from venice_studio.sandbox.render.canvas import Enlarger, gradient, grain, noise, paint, rgb
from venice_studio.sandbox.render.picture import Bytes, Floats, Picture
from venice_studio.sandbox.render.strip import Strip
from venice_studio.sandbox.render.weather import Weather

_SKIES = (("0a0e2a", "2b2260", "a04a86"), ("08131f", "154058", "4aa0a6"), ("120a22", "45194e", "d0586a"))
_NEON = ("ff3d81", "31e1f7", "ffd23f", "9d5cff", "4dff9e", "ff7a3d")
_WINDOWS = ("ffd89a", "ffe9c4", "a9d4ff", "ffb86b")
# From far to near: how much of the height, building width, pixels a frame, darkness.
_ROWS = ((0.60, 0.06, 0.5, 0.12), (0.50, 0.085, 1.0, 0.5), (0.42, 0.13, 2.0, 0.92))
_STREET = 0.72
_HEADLIGHT = np.array((235, 108, 146), np.float32)
_TAILLIGHT = np.array((190, 104, 202), np.float32)


class City:
    """For cities, streets, neon, rain at night."""

    def __init__(self, size: tuple[int, int], chance: np.random.Generator, prompt: str) -> None:
        self._size = size
        self._enlarge = Enlarger(size)
        width, height = size[0] // 2, size[1] // 2
        sky = _SKIES[int(chance.integers(len(_SKIES)))]
        self._haze = rgb(sky[2])
        stops = [(at, _triple(rgb(text))) for at, text in zip((0, 0.4, 0.75), sky, strict=True)]
        clouds = noise(chance, height, width, 4, 5)[..., None] * 0.25 + 0.85
        self._back = paint(gradient(height, stops) * clouds, grain(chance, height, width))
        self._street = round(size[1] * _STREET / 2) * 2
        self._layers = [(_buildings(chance, size, self._street, self._haze, *row), row[2]) for row in _ROWS]
        self._way = int(chance.choice((-1, 1)))
        self._cars = chance.random((9, 3))
        self._glow = _glow(round(size[1] * 0.05))
        self._weather = Weather.of(prompt, size, chance, usual="rain")

    def frame(self, number: int) -> Picture:
        """One moment of the drive past."""
        picture = self._enlarge(self._back)
        for strip, pace in self._layers:
            strip.put(picture, self._way * pace * number, 0)
        self._drive(picture, number)
        self._mirror(picture, number / 24)
        self._weather.put_on(picture, number)
        return picture

    def _drive(self, picture: Picture, number: int) -> None:
        """Lamps of cars along the kerb."""
        width = self._size[0]
        rows = len(self._glow)
        for start, speed, kind in self._cars:
            way = 1 if kind > 0.5 else -1
            x = round((start * 1.4 + way * number / 24 * (0.12 + 0.16 * speed)) % 1.4 * width - 0.2 * width)
            y = self._street - rows // 2 - round(rows * 0.12 * (1 + kind))
            picture.stamp(self._glow, _HEADLIGHT if way > 0 else _TAILLIGHT, x, y)

    def _mirror(self, picture: Picture, time: float) -> None:
        """The wet street: what stands above it upside down, drawn long and torn sideways by ripples."""
        height = self._size[1]
        rows = np.arange(height - self._street)
        wave = np.sin(rows * 0.31 - time * 3) + 0.6 * np.sin(rows * 0.83 + time * 4.1)
        source = np.clip(self._street - 1 - rows * 1.75 - wave * (1 + rows * 0.03), 0, self._street - 1)
        aside = np.round(wave * (1 + rows * 0.02)).astype(np.intp)
        light = _torn(picture.luma[None], source.astype(np.intp), aside)[0]
        fade = (np.linspace(0.72, 0.3, len(rows)) * 256).astype(np.uint16)[:, None]
        picture.luma[self._street :] = ((np.maximum(light, 16) - 16) * fade >> 8) + 16
        colour = _torn(picture.chroma, source[::2].astype(np.intp) // 2, aside[::2] // 2)
        picture.chroma[:, self._street // 2 :] = colour


def _torn(planes: Bytes, source: npt.NDArray[np.intp], aside: npt.NDArray[np.intp]) -> npt.NDArray[np.uint16]:
    """Rows of `planes` picked by `source`, each moved `aside`; three heights at once, as wet asphalt smears light."""
    picked = [planes[:, np.maximum(source - step, 0)].astype(np.uint16) for step in (0, 3, 7)]
    seen = np.asarray(np.add.reduce(picked) // 3, np.uint16)
    for row, by in enumerate(aside):
        seen[:, row] = np.roll(seen[:, row], by, -1)
    return seen


def _buildings(
    chance: np.random.Generator,
    size: tuple[int, int],
    street: int,
    haze: Floats,
    tall: float,
    broad: float,
    pace: float,
    dark: float,
) -> Strip:
    width, height = size
    wide = round(width * 1.6)
    wall = tuple(int(v * 255) for v in haze * (1 - dark) * 0.62 + rgb("06070f") * dark)
    sheet = Image.new("RGB", (wide, street), wall)
    shape = Image.new("L", (wide, street))
    pen, cut = ImageDraw.Draw(sheet), ImageDraw.Draw(shape)
    signs = Image.new("RGB", (wide, street))
    x = 0
    while x < wide:
        across = round(height * broad * float(chance.uniform(0.7, 1.7)))
        top = street - round(height * tall * float(chance.uniform(0.45, 1.0)))
        cut.rectangle((x, top, min(x + across, wide), street), fill=255)
        if chance.random() < 0.35:
            cut.rectangle((x + across // 2 - 1, top - height // 24, x + across // 2, top), fill=255)
        _windows(chance, pen, (x, top, min(x + across, wide), street), height, dark)
        if chance.random() < 0.25 + 0.6 * dark:
            _sign(chance, ImageDraw.Draw(signs), x, top, across, street)
        x += across + int(chance.integers(0, 3))
    halo = np.asarray(signs.filter(ImageFilter.GaussianBlur(height * 0.022)), np.float32)
    # The glow of the street fills the lower floors with haze.
    fog = np.linspace(0, 1, street, dtype=np.float32)[:, None, None] ** 4 * haze * 150 * (1 - 0.65 * dark)
    lit = np.asarray(sheet, np.float32) + np.asarray(signs, np.float32) + halo * 2.4 + fog
    return Strip(np.clip(lit / 255, 0, 1), np.asarray(shape, np.float32) / 255, width)


def _windows(
    chance: np.random.Generator, pen: ImageDraw.ImageDraw, box: tuple[int, int, int, int], height: int, dark: float
) -> None:
    step = max(4, round(height * (0.009 + 0.008 * dark)))
    lit = 0.10 + 0.2 * float(chance.random())
    for y in range(box[1] + step, box[3] - step, round(step * 1.6)):
        for x in range(box[0] + step // 2, box[2] - step, step):
            if chance.random() < lit:
                bright = float(chance.uniform(0.25, 0.95)) * (0.45 + 0.5 * dark)
                colour = rgb(str(chance.choice(_WINDOWS))) * bright * 255
                pen.rectangle((x, y, x + step // 2, y + round(step * 0.8)), fill=tuple(int(v) for v in colour))


def _sign(chance: np.random.Generator, pen: ImageDraw.ImageDraw, x: int, top: int, across: int, street: int) -> None:
    colour = "#" + str(chance.choice(_NEON))
    left = x + round(across * float(chance.uniform(0.15, 0.6)))
    y = round(top + (street - top) * float(chance.uniform(0.25, 0.6)))
    if chance.random() < 0.6:
        for number in range(int(chance.integers(3, 7))):
            side = max(4, across // 7)
            at = y + number * (side + 3)
            pen.rectangle((left, at, left + side, at + side), outline=colour, width=2)
            pen.line((left, at + side * int(chance.integers(0, 3)) // 2, left + side, at + side // 2), fill=colour)
    else:
        pen.rounded_rectangle((left, y, left + across // 2, y + across // 8), 3, outline=colour, width=2)
        pen.line((left + 6, y + across // 16, left + across // 2 - 6, y + across // 16), fill=colour, width=2)


def _glow(side: int) -> Floats:
    """A soft round light, rows × columns."""
    line = np.linspace(-1, 1, side, dtype=np.float32)
    away = np.hypot(line[:, None] * 1.3, line[None, :])
    return np.asarray(np.clip(1 - away, 0, 1) ** 2.5, np.float32)


def _triple(colour: Floats) -> tuple[float, float, float]:
    return float(colour[0]), float(colour[1]), float(colour[2])
