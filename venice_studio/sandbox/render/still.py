"""A picture in motion: a slow push towards it with a little drift, as if a camera moved; its colours stay."""

from collections.abc import Iterator

import numpy as np
from PIL import Image, ImageOps

from venice_studio.sandbox.render.canvas import Enlarger, random_for
from venice_studio.sandbox.render.encode import Picture
from venice_studio.sandbox.render.plan import Plan

_PUSH = 0.12


def frames(plan: Plan, size: tuple[int, int]) -> Iterator[Picture]:
    """Every frame of the picture of `plan`, at `size`."""
    chance = random_for("still", plan.prompt, plan.seed)
    planes = Enlarger(size)
    source = _load(plan.picture or "", size)
    reach = float(chance.uniform(0.3, 0.5))
    angle = float(chance.uniform(0, 2 * np.pi))
    for number in range(plan.frames):
        gone = number / max(1, plan.frames - 1)
        push = _PUSH * _ease(gone)
        width, height = source.width * (1 - push), source.height * (1 - push)
        # The drift never leaves what the push has freed, so no edge ever shows.
        x = (source.width - width) * (0.5 + reach * np.cos(angle))
        y = (source.height - height) * (0.5 + reach * np.sin(angle))
        box = (x, y, x + width, y + height)
        yield planes(np.asarray(source.resize(size, Image.Resampling.BICUBIC, box=box)))


def _load(path: str, size: tuple[int, int]) -> Image.Image:
    with Image.open(path) as image:
        upright = ImageOps.exif_transpose(image)
        if upright.mode in ("RGBA", "LA", "PA", "P"):
            upright = upright.convert("RGBA")
            ground = Image.new("RGBA", upright.size, "white")
            upright = Image.alpha_composite(ground, upright)
        return ImageOps.fit(upright.convert("RGB"), size, Image.Resampling.LANCZOS)


def _ease(gone: float) -> float:
    return gone * gone * (3 - 2 * gone) * 0.5 + gone * 0.5
