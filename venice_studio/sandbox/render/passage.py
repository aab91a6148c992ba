"""Pictures in motion: a slow push with a little drift, as if a camera moved, from one picture over to the next."""

from bisect import bisect_right

import numpy as np
from PIL import Image, ImageOps

from venice_studio.sandbox.render.canvas import Enlarger, random_for
from venice_studio.sandbox.render.picture import Picture
from venice_studio.sandbox.render.plan import Plan

_PUSH = 0.12
# How much of the way between two pictures shows one alone, at either end.
_ALONE = 0.2


class Passage:
    """The pictures of `plan.stations`, drawn at `size` frame by frame; each is whole at its own frame."""

    def __init__(self, plan: Plan, size: tuple[int, int]) -> None:
        chance = random_for("still", plan.prompt, plan.seed)
        self._size = size
        self._planes = Enlarger(size)
        # Larger than a frame by what the push will take away, so that the last frame is as sharp as the first.
        width, height = size
        larger = (round(width / (1 - _PUSH)), round(height / (1 - _PUSH)))
        self._stations = [(frame, load(path, larger)) for frame, path in plan.stations]
        self._last = max(1, plan.frames - 1)
        reach, angle = float(chance.uniform(0.3, 0.5)), float(chance.uniform(0, 2 * np.pi))
        # Where the push heads for; the drift never leaves what the push has freed, so no edge ever shows.
        self._towards = (0.5 + reach * float(np.cos(angle)), 0.5 + reach * float(np.sin(angle)))

    def frame(self, number: int) -> Picture:
        """The frame with this number."""
        after = bisect_right([frame for frame, _ in self._stations], number)
        shown = self._moved(max(0, after - 1), number)
        if 0 < after < len(self._stations):
            start, end = self._stations[after - 1][0], self._stations[after][0]
            gone = ((number - start) / (end - start) - _ALONE) / (1 - 2 * _ALONE)
            if gone > 0:
                shown = Image.blend(shown, self._moved(after, number), _eased(min(1.0, gone)))
        return self._planes(np.asarray(shown))

    def _moved(self, station: int, number: int) -> Image.Image:
        """A station's picture, pushed by how far away its own frame is."""
        frame, source = self._stations[station]
        gone = min(1.0, abs(number - frame) / self._last)
        push = _PUSH * (0.5 * gone + 0.5 * gone * _eased(gone))
        x, y = source.width * push * self._towards[0], source.height * push * self._towards[1]
        box = (x, y, x + source.width * (1 - push), y + source.height * (1 - push))
        return source.resize(self._size, Image.Resampling.BICUBIC, box=box)


def load(path: str, size: tuple[int, int]) -> Image.Image:
    """A picture file as RGB, upright, cropped to `size`; what is transparent is white."""
    with Image.open(path) as image:
        upright = ImageOps.exif_transpose(image)
        if upright.mode in ("RGBA", "LA", "PA", "P"):
            upright = upright.convert("RGBA")
            ground = Image.new("RGBA", upright.size, "white")
            upright = Image.alpha_composite(ground, upright)
        return ImageOps.fit(upright.convert("RGB"), size, Image.Resampling.LANCZOS)


def _eased(part: float) -> float:
    return part * part * (3 - 2 * part)
