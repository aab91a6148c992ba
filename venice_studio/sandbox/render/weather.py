"""What falls or floats in front of a scene: snow, rain, sparks of light."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from venice_studio.sandbox.render.canvas import rgb
from venice_studio.sandbox.render.picture import Floats, Picture, yuv

_KINDS = {
    "snow": ("snow", "winter", "blizzard", "frost"),
    "rain": ("rain", "storm", "monsoon", "drizzle"),
    "motes": ("firefl", "magic", "dust", "sparkl", "fairy", "pollen"),
}


@dataclass(frozen=True, slots=True)
class _Fall:
    """`count` soft dots or streaks: pixels a frame down and aside, radius, streak length, strength."""

    count: int
    down: float
    aside: float
    radius: float
    length: float
    strength: float


_FALLS = {
    "snow": (_Fall(260, 2.2, 0.7, 1.5, 0, 0.55), _Fall(110, 4.2, 1.3, 2.8, 0, 0.8)),
    "rain": (_Fall(260, 24, -3, 0.7, 26, 0.22), _Fall(120, 38, -5, 0.9, 44, 0.3)),
    "bubbles": (_Fall(60, -1.6, 0.1, 1.8, 0, 0.4), _Fall(26, -2.8, 0.2, 3.4, 0, 0.35)),
    "motes": (_Fall(90, -0.35, 0.3, 2.2, 0, 0.55), _Fall(40, -0.6, -0.5, 3.6, 0, 0.5)),
}


class Weather:
    """Falls through a frame of `size` and comes back on the other side."""

    def __init__(self, kind: str | None, size: tuple[int, int], chance: np.random.Generator) -> None:
        self._size = size
        unit = min(size) / 720
        self._tint = yuv(rgb("ffe296" if kind == "motes" else "e1e8f5"))
        self._glow = kind == "motes"
        self._falls = [
            (fall, chance.random((fall.count, 4)).astype(np.float32), _stamp(fall, unit))
            for fall in _FALLS.get(kind or "", ())
        ]
        self._unit = unit

    @classmethod
    def of(cls, prompt: str, size: tuple[int, int], chance: np.random.Generator, usual: str | None = None) -> Self:
        """The weather a prompt speaks of, else the usual one of the scene."""
        words = prompt.lower()
        named = next((kind for kind, names in _KINDS.items() if any(name in words for name in names)), usual)
        return cls(named, size, chance)

    def put_on(self, picture: Picture, number: int) -> None:
        """Draws what falls into the frame with this number."""
        width, height = self._size
        for fall, dots, stamp in self._falls:
            rows, columns = stamp.shape
            sway = np.sin(number / 24 * (0.6 + dots[:, 3]) + dots[:, 2] * 6.28) * 10 * self._unit * (fall.length == 0)
            speed = (0.75 + 0.5 * dots[:, 2]) * self._unit * number
            x = (dots[:, 0] * width + fall.aside * speed + sway) % (width - columns)
            y = (dots[:, 1] * height + fall.down * speed) % (height - rows)
            flicker = 0.5 + 0.5 * np.sin(number / 24 * 3 * (0.4 + dots[:, 3]) + dots[:, 0] * 40) if self._glow else 1.0
            strength = np.broadcast_to((0.5 + 0.5 * dots[:, 3]) * flicker, x.shape)
            for left, top, much in zip(x.astype(int), y.astype(int), strength, strict=True):
                picture.stamp(stamp * np.float32(much), self._tint, int(left), int(top), coloured=self._glow)


def _stamp(fall: _Fall, unit: float) -> Floats:
    """One dot or streak, rows × columns."""
    radius = max(0.8, fall.radius * unit)
    half = int(np.ceil(radius * 1.6))
    across = np.arange(-half, half + 1, dtype=np.float32)
    if not fall.length:
        away = np.hypot(across[:, None], across[None, :])
        return np.clip(1 - away / (radius * 1.6), 0, 1) ** 1.5 * fall.strength
    rows = max(4, round(fall.length * unit))
    lean = fall.aside / fall.down
    columns = int(abs(lean) * rows) + 2 * half + 1
    y = np.arange(rows, dtype=np.float32)[:, None]
    centre = (y if lean > 0 else y - rows) * lean + half
    line = np.clip(radius + 0.5 - np.abs(np.arange(columns)[None, :] - centre), 0, 1)
    return (line * np.sin(np.pi * (y + 0.5) / rows) * fall.strength).astype(np.float32)
