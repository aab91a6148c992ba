"""Sky with sun or moon, drifting clouds and stars, drawn at half size."""

import numpy as np

from venice_studio.sandbox.render.canvas import gradient, noise, smooth, window, wrapped
from venice_studio.sandbox.render.light import Hour
from venice_studio.sandbox.render.picture import Floats

_CLOUD_SPEED = 7.0  # pixels a second at half size


class Sky:
    """`height` × `width` × 3 floats; the horizon lies at its lower edge."""

    def __init__(self, width: int, height: int, hour: Hour, chance: np.random.Generator) -> None:
        self.hour = hour
        self.sun_x = float(chance.uniform(0.28, 0.72)) * width
        self.sun_y = height * (1 - hour.sun_height)
        self._speed = _CLOUD_SPEED * float(chance.choice((-1, 1)) * chance.uniform(0.7, 1.3))
        x = np.arange(width, dtype=np.float32)[None, :] - np.float32(self.sun_x)
        y = np.arange(height, dtype=np.float32)[:, None] - np.float32(self.sun_y)
        away = np.hypot(x, y) / np.float32(min(width, height * 1.6))
        base = gradient(height, ((0, _c(hour.zenith)), (0.62, _c(hour.sky)), (1, _c(hour.horizon))))
        glow = np.exp(-away * 5)[..., None] * 0.55 + np.exp(-away * 15)[..., None] * 0.5
        disk = smooth(0.062, 0.052, away)[..., None]
        lit = np.broadcast_to(base, (height, width, 3)) + (hour.sun - base) * np.clip(glow, 0, 1)
        self._base = (lit * (1 - disk) + hour.sun * disk + disk * 0.1).astype(np.float32)
        self._base += stars(chance, height, width, hour.stars)
        near_sun = np.exp(-away * 3).astype(np.float32)
        self._lit = (hour.cloud + (hour.sun - hour.cloud) * near_sun[..., None]).astype(np.float32)
        self._dim = 0.3 * (1 - near_sun)
        self._clouds = wrapped(noise(chance, height, width * 2, 6, 5), width)
        # Clouds lie in flat banks towards the horizon.
        banks = np.interp(np.linspace(0, 1, height), (0, 0.35, 0.9, 1), (0.5, 1, 0.75, 0.2))
        self._where = banks.astype(np.float32)[:, None]

    def at(self, time: float) -> Floats:
        """The sky `time` seconds into the clip."""
        width = self._base.shape[1]
        cover = window(self._clouds, self._speed * time, width)
        veil = smooth(0.42, 0.82, cover) * self._where * 0.8
        dark = 1 - smooth(0.55, 0.95, cover) * self._dim
        out: Floats = self._lit * dark[..., None]
        out -= self._base
        out *= veil[..., None]
        out += self._base
        return out


def stars(chance: np.random.Generator, height: int, width: int, many: float) -> Floats:
    """Height × width × 1: points of light, fewer towards the horizon; `many` from 0 to 1."""
    out = np.zeros((height, width, 1), np.float32)
    count = int(width * height / 700 * many)
    y = (chance.random(count) ** 1.3 * height * 0.85).astype(np.intp)
    x = chance.integers(0, width, count)
    out[y, x, 0] = chance.random(count) ** 3 * 0.9
    return out


def _c(colour: Floats) -> tuple[float, float, float]:
    return float(colour[0]), float(colour[1]), float(colour[2])
