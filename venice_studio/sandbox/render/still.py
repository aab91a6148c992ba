"""A picture in motion: a slow push towards it with a little drift, as if a camera moved; its colours stay."""

import numpy as np
from PIL import Image, ImageOps

from venice_studio.sandbox.render.canvas import Enlarger, random_for
from venice_studio.sandbox.render.picture import Picture
from venice_studio.sandbox.render.plan import Plan

_PUSH = 0.12


class Still:
    """The picture of `plan`, drawn at `size` frame by frame."""

    def __init__(self, plan: Plan, size: tuple[int, int]) -> None:
        chance = random_for("still", plan.prompt, plan.seed)
        self._size = size
        self._planes = Enlarger(size)
        # Larger than a frame by what the push will take away, so that the last frame is as sharp as the first.
        width, height = size
        self._source = _load(plan.picture or "", (round(width / (1 - _PUSH)), round(height / (1 - _PUSH))))
        self._last = max(1, plan.frames - 1)
        reach, angle = float(chance.uniform(0.3, 0.5)), float(chance.uniform(0, 2 * np.pi))
        # Where the push heads for; the drift never leaves what the push has freed, so no edge ever shows.
        self._towards = (0.5 + reach * float(np.cos(angle)), 0.5 + reach * float(np.sin(angle)))

    def frame(self, number: int) -> Picture:
        """The frame with this number."""
        gone = number / self._last
        push = _PUSH * (0.5 * gone + 0.5 * gone * gone * (3 - 2 * gone))
        x, y = self._source.width * push * self._towards[0], self._source.height * push * self._towards[1]
        box = (x, y, x + self._source.width * (1 - push), y + self._source.height * (1 - push))
        moved = self._source.resize(self._size, Image.Resampling.BICUBIC, box=box)
        return self._planes(np.asarray(moved))


def _load(path: str, size: tuple[int, int]) -> Image.Image:
    with Image.open(path) as image:
        upright = ImageOps.exif_transpose(image)
        if upright.mode in ("RGBA", "LA", "PA", "P"):
            upright = upright.convert("RGBA")
            ground = Image.new("RGBA", upright.size, "white")
            upright = Image.alpha_composite(ground, upright)
        return ImageOps.fit(upright.convert("RGB"), size, Image.Resampling.LANCZOS)
