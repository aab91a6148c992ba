"""Sizes and small tools that all scenes share.

Colours are RGB floats from 0 to 1 until they are painted. What is painted at full size is a `Picture`: the
scaler is many times faster from RGB to its planes than from RGB to RGB.
"""

import hashlib
import threading
from collections.abc import Sequence

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter
from PIL import Image

from venice_studio.sandbox.render.picture import Bytes, Floats, Picture

Colour = tuple[float, float, float]

_SHORT_SIDE, _FINER_SIDE = 720, 1080


def canvas_size(width: int, height: int, *, finer: bool = False) -> tuple[int, int]:
    """The size a clip is drawn at: its own, or scaled down to a short side of 720 (`finer`: 1080), both sides even."""
    scale = min(1.0, (_FINER_SIDE if finer else _SHORT_SIDE) / min(width, height))
    return round(width * scale / 2) * 2, round(height * scale / 2) * 2


def random_for(*parts: object) -> np.random.Generator:
    """Chance that is the same for the same parts, on every computer."""
    digest = hashlib.sha256("\x1f".join(map(str, parts)).encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:8], "big"))


class Enlarger:
    """Scales RGB bytes (height × width × 3) smoothly to a picture of `size` (width, height)."""

    def __init__(self, size: tuple[int, int]) -> None:
        self._size = size
        # A reformatter keeps what it has worked out for these sizes, and serves one thread only.
        self._own = threading.local()

    def __call__(self, rgb_bytes: Bytes) -> Picture:
        """Scales one."""
        if not hasattr(self._own, "reformatter"):
            self._own.reformatter = VideoReformatter()
        larger = self._own.reformatter.reformat(
            av.VideoFrame.from_ndarray(rgb_bytes, format="rgb24"),
            *self._size,
            "yuv420p",
            dst_colorspace=Colorspace.ITU601,
            dst_color_range=ColorRange.MPEG,
            interpolation=Interpolation.BICUBIC,
        )
        return Picture.over(np.ascontiguousarray(larger.to_ndarray(), np.uint8))


def paint(light: Floats, grain: Floats) -> Bytes:
    """Colours to bytes; `grain` (0 to 1) keeps soft gradients from breaking into bands."""
    return (np.clip(light, 0, 1) * 254 + grain).astype(np.uint8)


def grain(chance: np.random.Generator, height: int, width: int) -> Floats:
    """Noise for `paint`."""
    return chance.random((height, width, 1), np.float32)


def noise(chance: np.random.Generator, height: int, width: int, cells: int, octaves: int = 4) -> Floats:
    """Cloudy noise from 0 to 1 that repeats seamlessly in both directions; `cells` lumps across its width."""
    total = np.zeros((height, width), np.float32)
    weight = 1.0
    for octave in range(octaves):
        across = cells * 2**octave
        down = max(2, round(across * height / width))
        lattice = np.pad(chance.random((down, across), np.float32), 3, mode="wrap")
        box = (3, 3, 3 + across, 3 + down)
        total += weight * np.asarray(
            Image.fromarray(lattice).resize((width, height), Image.Resampling.BICUBIC, box=box)
        )
        weight *= 0.5
    total -= total.min()
    return np.asarray(total / max(float(total.max()), 1e-6), np.float32)


def wrapped(texture: Floats, width: int) -> Floats:
    """`texture` lengthened for `window`."""
    return np.concatenate((texture, texture[:, : width + 1]), 1)


def window(texture: Floats, x: float, width: int) -> Floats:
    """`width` columns of a wrapped texture from `x` on, which is any number of pixels, fractions too."""
    whole = int(np.floor(x)) % (texture.shape[1] - width - 1)
    part = np.float32(x - np.floor(x))
    return texture[:, whole : whole + width] * (1 - part) + texture[:, whole + 1 : whole + 1 + width] * part


def gradient(height: int, stops: Sequence[tuple[float, Colour]]) -> Floats:
    """Height × 1 × 3: colours from top to bottom, each stop at its part of the height."""
    at = np.linspace(0, 1, height)
    places = [place for place, _ in stops]
    bands = [np.interp(at, places, [colour[band] for _, colour in stops]) for band in range(3)]
    return np.stack(bands, -1).astype(np.float32)[:, None, :]


def rgb(text: str) -> Floats:
    """A colour such as "f0b64a"."""
    return np.array([int(text[i : i + 2], 16) / 255 for i in (0, 2, 4)], np.float32)


def smooth(low: float, high: float, value: Floats) -> Floats:
    """0 below `low`, 1 above `high`, without an edge between."""
    part = np.clip((value - low) / (high - low), 0, 1)
    return np.asarray(part * part * (3 - 2 * part), np.float32)
