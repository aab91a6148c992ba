"""Sizes and small tools that all scenes share."""

import hashlib

import av
import numpy as np
import numpy.typing as npt
from av.video.reformatter import Interpolation

_SHORT_SIDE = 720


def canvas_size(width: int, height: int) -> tuple[int, int]:
    """The size a clip is drawn at: its own, or scaled down to a short side of 720, both sides even."""
    scale = min(1.0, _SHORT_SIDE / min(width, height))
    return round(width * scale / 2) * 2, round(height * scale / 2) * 2


def random_for(*parts: object) -> np.random.Generator:
    """Chance that is the same for the same parts, on every computer."""
    digest = hashlib.sha256("\x1f".join(map(str, parts)).encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:8], "big"))


def enlarge(picture: npt.NDArray[np.uint8], size: tuple[int, int]) -> npt.NDArray[np.uint8]:
    """Scales an RGB array (height × width × 3) smoothly to `size` (width, height)."""
    frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
    return frame.reformat(*size, format="rgb24", interpolation=Interpolation.BICUBIC).to_ndarray()
