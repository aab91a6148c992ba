"""Silk: folded gradients of colour that flow through each other."""

import numpy as np

from venice_studio.sandbox.render.canvas import enlarge
from venice_studio.sandbox.render.encode import Picture


class Flow:
    """For prompts that name no place."""

    def __init__(self, size: tuple[int, int], chance: np.random.Generator) -> None:
        self._size = size
        width, height = size[0] // 2, size[1] // 2
        unit = min(width, height)
        self._x = (np.arange(width, dtype=np.float32)[None, :] - width / 2) / unit
        self._y = (np.arange(height, dtype=np.float32)[:, None] - height / 2) / unit
        self._phase = chance.uniform(0, 2 * np.pi, 6).astype(np.float32)
        self._turn = float(chance.uniform(1.4, 2.4))
        hue = chance.uniform(0, 1)
        self._hues = np.array([hue, hue + 0.33, hue + 0.62], np.float32) * 2 * np.pi
        self._dither = chance.uniform(0, 1, (height, width, 1)).astype(np.float32)

    def frame(self, number: int) -> Picture:
        time = number / 24 * 0.5
        a, b, c, d, *_ = self._phase
        x = self._x + 0.35 * np.sin(self._turn * self._y * 2 + a + time)
        y = self._y + 0.35 * np.sin(self._turn * self._x * 1.6 + b - time * 0.8)
        fold = np.sin(2.4 * x + 1.7 * y + c + time) + 0.6 * np.sin(3.9 * y - 1.3 * x + d - time * 1.3)
        sheen = np.clip(0.5 + 0.5 * np.sin(2.2 * fold + time), 0, 1) ** 3
        light = (
            0.34
            + 0.16 * np.sin(1.3 * fold[..., None] + self._hues + time * 0.4)
            + 0.42 * sheen[..., None] * (0.6 + 0.4 * np.sin(self._hues + 1.2 * fold[..., None]))
        )
        return enlarge((np.clip(light, 0, 1) * 254 + self._dither).astype(np.uint8), self._size)
