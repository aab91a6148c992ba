"""Silk: folds of colour that slide through each other."""

import numpy as np

from venice_studio.sandbox.render.canvas import Enlarger, grain, paint, rgb
from venice_studio.sandbox.render.picture import Floats, Picture

_PALETTES = (
    ("0b1026", "1f3c88", "5893d4", "f7b633", "fff3d6"),
    ("140a26", "5b1a6e", "c2336b", "ff8a5c", "ffe8c2"),
    ("03191e", "0b5563", "3fa796", "c8e6a0", "fff8e0"),
    ("1a0f14", "6b2737", "d1495b", "edae49", "fff1d0"),
    ("0a1128", "1c3f60", "6a7fb0", "d5a6d8", "ffeef2"),
)
_WORDS = ("gold blue", "pink red magenta fire", "green teal mint", "orange red warm", "purple violet lilac")
_SHADES = 1024


class Flow:
    """For prompts that name no place."""

    def __init__(self, size: tuple[int, int], chance: np.random.Generator, prompt: str) -> None:
        self._enlarge = Enlarger(size)
        width, height = size[0] // 2, size[1] // 2
        unit = min(width, height)
        self._x = (np.arange(width, dtype=np.float32)[None, :] - width / 2) / unit
        self._y = (np.arange(height, dtype=np.float32)[:, None] - height / 2) / unit
        self._phase = [float(phase) for phase in chance.uniform(0, 2 * np.pi, 6)]
        self._turn = float(chance.uniform(0.9, 1.5))
        self._shades = _shades(prompt, chance)
        self._grain = grain(chance, height, width)

    def frame(self, number: int) -> Picture:
        """One moment of the folding."""
        time = number / 24 * 0.45
        a, b, c, d, e, f = self._phase
        bend = 0.42 * np.sin(self._turn * 1.9 * self._y + a + time) + 0.18 * np.sin(4.3 * self._y + e - time * 1.4)
        lift = 0.36 * np.sin(self._turn * 1.5 * self._x + b - time * 0.8) + 0.12 * np.sin(5.1 * self._x + f + time)
        x, y = self._x + bend, self._y + lift
        fold = np.sin(2.1 * x + 3.3 * y + c + time) + 0.5 * np.sin(5.6 * y - 2.7 * x + d - time * 1.2)
        crease = np.gradient(fold, axis=0) * 26
        tone = np.clip(0.4 + 0.21 * fold + 0.2 * np.tanh(crease) + 0.06 * np.sin(9 * fold + time), 0, 1)
        light = self._shades[(tone * (_SHADES - 1)).astype(np.intp)]
        return self._enlarge(paint(light, self._grain))


def _shades(prompt: str, chance: np.random.Generator) -> Floats:
    words = prompt.lower()
    chosen = int(chance.integers(len(_PALETTES)))
    named = (number for number, names in enumerate(_WORDS) if any(name in words.split() for name in names.split()))
    colours = np.stack([rgb(text) for text in _PALETTES[next(named, chosen)]])
    at = np.linspace(0, 1, _SHADES)
    places = (0, 0.3, 0.58, 0.84, 1)
    return np.stack([np.interp(at, places, colours[:, band]) for band in range(3)], -1).astype(np.float32)
