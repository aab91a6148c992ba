"""Pictures of a film as a screen shows them: from brightness and colour difference to red, green and blue.

Qt does this on the graphics card, which takes 18 ms for 720p where the card is a make-believe one, or by itself in
4 ms with the matrix of standard definition whatever the clip says: reds and greens are then wrong, and more so with
each clip that goes on from a frame of the last. PyAV takes 1 ms, with the right matrix.

PyAV is imported inside the functions: see `decoding`.
"""

import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from venice_studio.library.decoding import HIGH_DEFINITION

if TYPE_CHECKING:
    from av import VideoFrame
    from av.video.plane import VideoPlane
    from av.video.reformatter import VideoReformatter

Layout = Literal["yuv420p", "yuv422p", "nv12", "yuv420p10le", "p010le"]
"""How pixels lie in the planes, in FFmpeg's words."""
Matrix = Literal["ITU601", "ITU709", "BT2020"]
"""How colour was made into differences, in PyAV's words."""

_loaded = threading.Event()


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """One picture as a decoder gives it, in px and bytes."""

    width: int
    height: int
    layout: Layout
    planes: Sequence[memoryview]
    strides: Sequence[int]
    """From one line to the next, by plane."""
    matrix: Matrix | None
    """None where the film does not say."""
    full_range: bool


@cache
def load() -> None:
    """Import what `Developer` needs, once, in a thread of its own: it reads files and takes a moment."""
    threading.Thread(target=_load, name="colours", daemon=True).start()


def loaded() -> bool:
    """Whether a `Developer` can do its work."""
    return _loaded.is_set()


class Developer:
    """Makes pictures of one film, one after the other."""

    def __init__(self) -> None:
        # Memory that was just let go is not had again without the system's help, page by page: 7 ms for 720p.
        self._kept: deque[tuple[VideoFrame, VideoFrame]] = deque(maxlen=2)

    def to_bgra(self, coded: Coded) -> "VideoPlane":
        """The picture as rows of blue, green, red and 255; the plane is a buffer and knows its `line_size` in bytes.

        Raises ValueError where the planes are shorter than they should be.
        """
        from av import VideoFrame
        from av.video.reformatter import ColorRange, Colorspace

        frame = VideoFrame(coded.width, coded.height, coded.layout)
        for plane, lines, stride in zip(frame.planes, coded.planes, coded.strides, strict=True):
            # PyAV takes any buffer; its stubs know only bytes.
            plane.update(_aligned(lines, stride, plane.line_size, plane.height))  # type: ignore[arg-type]
        matrix = Colorspace[coded.matrix or ("ITU709" if coded.height >= HIGH_DEFINITION else "ITU601")]
        made = _reformatter().reformat(
            frame,
            format="bgra",
            src_colorspace=matrix,
            dst_colorspace=matrix,
            src_color_range=ColorRange.JPEG if coded.full_range else ColorRange.MPEG,
            dst_color_range=ColorRange.JPEG,
        )
        self._kept.append((frame, made))
        return made.planes[0]


def _aligned(lines: memoryview, stride: int, wanted: int, count: int) -> memoryview | bytes:
    """The lines of a plane at the distance that is wanted."""
    if stride == wanted:
        return lines[: wanted * count]
    used = min(stride, wanted)
    gap = bytes(wanted - used)
    return gap.join(lines[at * stride : at * stride + used] for at in range(count)) + gap


@cache
def _reformatter() -> "VideoReformatter":
    from av.video.reformatter import VideoReformatter

    return VideoReformatter()


def _load() -> None:
    try:
        _reformatter()
    finally:
        _loaded.set()
