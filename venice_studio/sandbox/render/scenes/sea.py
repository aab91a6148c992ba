"""Open water under a wide sky: waves that mirror it, a glittering path of light, a sailing boat."""

import numpy as np
from PIL import Image, ImageDraw

from venice_studio.sandbox.render.canvas import Enlarger, grain, paint
from venice_studio.sandbox.render.light import hour_of
from venice_studio.sandbox.render.picture import Floats, Picture, yuv
from venice_studio.sandbox.render.sky import Sky
from venice_studio.sandbox.render.strip import Strip, below, ridge

_WAVES = 9


class Sea:
    """For seas, lakes, beaches and boats."""

    def __init__(self, size: tuple[int, int], chance: np.random.Generator, prompt: str) -> None:
        self._size = size
        self._enlarge = Enlarger(size)
        hour = hour_of(prompt, chance, ("sunset", "golden", "dawn", "dusk"))
        width, height = size[0] // 2, size[1] // 2
        self._horizon = round(height * float(chance.uniform(0.48, 0.56)))
        self._sky = Sky(width, self._horizon, hour, chance)
        self._grain = grain(chance, height, width)
        rows = height - self._horizon
        depth = 1 / (np.arange(rows, dtype=np.float32)[:, None] / rows + 0.018)
        across = (np.arange(width, dtype=np.float32)[None, :] - width / 2) / height
        self._near = (1 / depth).astype(np.float32)
        self._speeds, self._waves = _waves(chance, depth * 1.1, across * depth * 1.1)
        self._sun = np.float32(self._sky.sun_x)
        self._column = np.arange(width, dtype=np.float32)[None, :]
        self._deep = (hour.zenith * 0.32 + hour.shade * 0.3).astype(np.float32)
        self._light = hour.sun
        self._land = _land(chance, size, self._horizon * 2, hour.horizon * 0.45 + hour.shade * 0.55)
        self._boat = _Boat(size, self._horizon * 2, chance, hour.shade)

    def frame(self, number: int) -> Picture:
        """One moment of the swell."""
        time = number / 24
        sky = self._sky.at(time)
        half = np.concatenate((sky, self._water(sky, time)), 0)
        picture = self._enlarge(paint(half, self._grain))
        self._land.put(picture, 0, self._horizon * 2 - self._land_rows)
        self._boat.put_on(picture, time)
        return picture

    @property
    def _land_rows(self) -> int:
        return round(self._size[1] * 0.08)

    def _water(self, sky: Floats, time: float) -> Floats:
        turned = np.concatenate((np.cos(self._speeds * time), np.sin(self._speeds * time))).astype(np.float32)
        slope = np.tensordot(turned, self._waves, 1)
        rows = len(slope)
        mirrored = (np.arange(rows)[:, None] * 0.85 + slope * rows * (0.1 + 0.25 * self._near)).astype(np.intp)
        row = np.clip(len(sky) - 1 - np.abs(mirrored), 0, len(sky) - 1)
        wide = sky.shape[1]
        column = np.clip(self._column + slope * 26, 0, wide - 1).astype(np.intp)
        steep = np.clip(0.3 + 0.5 * self._near + 0.35 * slope, 0.12, 0.9)[..., None]
        water: Floats = sky.reshape(-1, 3).take(row * wide + column, 0)
        water *= 0.92 * (1 - steep)
        water += self._deep * steep
        aside = (self._column - self._sun + slope * 30) / (10 + 90 * self._near)
        glint = np.exp(-aside * aside) * np.clip(slope * 1.7 - 0.35 * self._near, 0, 1)
        water += self._light * glint[..., None]
        return water


def _waves(chance: np.random.Generator, along: Floats, beside: Floats) -> tuple[Floats, Floats]:
    """Speeds (n, radians a second) and 2n fields: weighted by cosine and sine of the angle they sum to slopes."""
    length = 5 * 1.5 ** np.arange(_WAVES) * chance.uniform(0.85, 1.15, _WAVES)
    lean = length * chance.uniform(-0.9, 0.9, _WAVES)
    phase = chance.uniform(0, 2 * np.pi, _WAVES)
    angle = length[:, None, None] * along + lean[:, None, None] * beside + phase[:, None, None]
    # Far waves are smaller than a pixel and would only flicker.
    seen = np.minimum(1, 66 / (length[:, None, None] * along)) * 0.34 * 0.9 ** np.arange(_WAVES)[:, None, None]
    fields = np.concatenate((seen * np.sin(angle), seen * np.cos(angle))).astype(np.float32)
    return (1.1 * length**0.5).astype(np.float32), fields


def _land(chance: np.random.Generator, size: tuple[int, int], horizon: int, colour: Floats) -> Strip:
    wide, rows = size[0] * 2, round(size[1] * 0.08)
    line = ridge(chance, wide, 3, 0.25)
    cover = below(rows - np.clip(line - 0.45, 0, 1) * rows * 1.7 - 1, rows)
    return Strip(np.broadcast_to(colour, (rows, wide, 3)).astype(np.float32), cover, size[0])


class _Boat:
    """A sailing boat that crosses slowly, bobs and throws a broken mirror image."""

    def __init__(self, size: tuple[int, int], horizon: int, chance: np.random.Generator, colour: Floats) -> None:
        self._tall = round(min(size) * float(chance.uniform(0.17, 0.24)))
        self._x = float(chance.uniform(0.25, 0.7)) * size[0]
        self._speed = float(chance.choice((-1, 1)) * chance.uniform(5, 11)) * size[0] / 1280
        self._foot = horizon + round(size[1] * float(chance.uniform(0.05, 0.1)))
        self._colour = yuv(colour)
        self._sheet = _boat(self._tall * 2)
        if self._speed < 0:
            self._sheet = self._sheet.transpose(Image.Transpose.FLIP_LEFT_RIGHT)

    def put_on(self, picture: Picture, time: float) -> None:
        tilt = 2.6 * np.sin(time * 1.25) + 1.1 * np.sin(time * 2.1 + 1)
        turned = self._sheet.rotate(tilt, Image.Resampling.BICUBIC, center=(self._tall, self._tall * 1.85))
        cover = np.asarray(turned.resize((self._tall, self._tall), Image.Resampling.BOX), np.float32) / 255
        x = round(self._x + self._speed * time - self._tall / 2)
        y = round(self._foot - self._tall * 0.93 + 2.2 * np.sin(time * 1.6))
        picture.stamp(cover, self._colour, x, y)
        mirror = cover[::-1][: self._tall // 2 * 2 : 2] * np.linspace(0.62, 0.05, self._tall // 2)[:, None]
        ripple = 3.5 * np.sin(np.arange(len(mirror)) * 0.55 - time * 5) * np.linspace(0.3, 1.6, len(mirror))
        mirror = np.stack([np.roll(row, round(float(by))) for row, by in zip(mirror, ripple, strict=True)])
        picture.stamp(mirror.astype(np.float32), self._colour, x, y + round(self._tall * 0.96))


def _boat(side: int) -> Image.Image:
    """A boat in outline, `side` pixels square, its waterline at 93 %."""
    sheet = Image.new("L", (side, side))
    pen = ImageDraw.Draw(sheet)

    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [(x * side, y * side) for x, y in points]

    pen.polygon(at((0.16, 0.83), (0.86, 0.83), (0.78, 0.93), (0.26, 0.93)), fill=255)
    pen.polygon(at((0.485, 0.06), (0.485, 0.79), (0.17, 0.79), (0.3, 0.5)), fill=235)
    pen.polygon(at((0.52, 0.1), (0.62, 0.42), (0.83, 0.78), (0.52, 0.78)), fill=225)
    pen.line(at((0.5, 0.03), (0.5, 0.85)), fill=255, width=max(2, side // 90))
    pen.polygon(at((0.5, 0.03), (0.56, 0.05), (0.5, 0.07)), fill=255)
    return sheet
