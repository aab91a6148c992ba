"""Small MP4 files whose every frame says its own number, so that a test can tell which frame it sees."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace
from PySide6.QtGui import QImage, qGray

BITS = 10
"""The number is drawn as ten fields from left to right, the highest bit first: white for one, black for zero."""

_GREY = 96

BRICK = (200, 60, 40)
LEAF = (60, 160, 50)


def frame_pixels(number: int, width: int, height: int) -> np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]:
    """One frame, height × width × RGB: the number in the upper half, a grey field with a moving bar below."""
    pixels = np.full((height, width, 3), _GREY, dtype=np.uint8)
    cell = width // BITS
    for bit in range(BITS):
        on = number >> (BITS - 1 - bit) & 1
        pixels[: height // 2, bit * cell : (bit + 1) * cell] = 255 if on else 0
    left = number * 7 % (width - 12)
    pixels[height // 2 :, left : left + 12] = (220, 120, 40)
    return pixels


def number_in(image: QImage) -> int:
    """The number of the frame a picture shows; of the whole frame, at any size."""
    cell = image.width() / BITS
    height = image.height() // 4
    bits = [qGray(image.pixel(int((bit + 0.5) * cell), height)) > 128 for bit in range(BITS)]
    return sum(1 << (BITS - 1 - bit) for bit, on in enumerate(bits) if on)


def make_clip(
    path: Path,
    *,
    frames: int = 48,
    fps: int = 24,
    size: tuple[int, int] = (320, 180),
    sound: bool = False,
    faststart: bool = True,
    rotation: int = 0,
) -> Path:
    """Write an H.264 clip of numbered frames (0, 1, 2 …), with a 440 Hz tone as AAC if `sound`; gives the path back.

    With `rotation` (degrees, anticlockwise) the file asks to be shown turned, as the clips of telephones do.
    """
    options = {"movflags": "faststart"} if faststart else {}
    with av.open(str(path), "w", options=options) as out:
        video = out.add_stream("libx264", rate=fps, options={"preset": "ultrafast", "g": "12", "bf": "0"})
        video.width, video.height = size
        video.pix_fmt = "yuv420p"
        video.time_base = Fraction(1, fps)
        if rotation:
            video.set_display_rotation(rotation)
        tone = out.add_stream("aac", rate=48000, layout="mono") if sound else None
        for number in range(frames):
            frame = av.VideoFrame.from_ndarray(frame_pixels(number, *size), format="rgb24")
            frame.pts = number
            out.mux(video.encode(frame))
        out.mux(video.encode(None))
        if tone is not None:
            samples = np.sin(np.arange(48000 * frames // fps) * (2 * np.pi * 440 / 48000)).astype(np.float32) * 0.2
            for start in range(0, len(samples), 1024):
                block = av.AudioFrame.from_ndarray(samples[None, start : start + 1024], format="fltp", layout="mono")
                block.sample_rate = 48000
                block.pts = start
                out.mux(tone.encode(block))
            out.mux(tone.encode(None))
    return path


def make_noise(path: Path, *, frames: int = 7, size: tuple[int, int] = (640, 360)) -> Path:
    """Write an H.264 clip that nothing can make smaller, of some 550 kB a frame; gives the path back."""
    chance = np.random.default_rng(1)
    with av.open(str(path), "w", options={"movflags": "faststart"}) as out:
        video = out.add_stream("libx264", rate=24, options={"preset": "ultrafast", "qp": "0"})
        video.width, video.height = size
        video.pix_fmt = "yuv420p"
        for number in range(frames):
            pixels = chance.integers(256, size=(size[1] * 3 // 2, size[0]), dtype=np.uint8)
            frame = av.VideoFrame.from_ndarray(pixels, format="yuv420p")
            frame.pts = number
            out.mux(video.encode(frame))
        out.mux(video.encode(None))
    return path


def make_coloured(
    path: Path, *, layout: str, matrix: Colorspace, size: tuple[int, int], tagged: bool, full: bool
) -> Path:
    """Half a second in two colours, `BRICK` left of the middle and `LEAF` right of it; gives the path back.

    The colours are coded by `matrix`, in `full` range or the usual one; only where it is `tagged` the film says so.
    """
    picture = av.VideoFrame(*size, "rgb24")
    row = bytes(BRICK) * (size[0] // 2) + bytes(LEAF) * (size[0] - size[0] // 2)
    picture.planes[0].update(row.ljust(picture.planes[0].line_size) * size[1])
    levels = ColorRange.JPEG if full else ColorRange.MPEG
    with av.open(str(path), "w") as out:
        video = out.add_stream("libx264", rate=24, options={"preset": "ultrafast", "crf": "5"})
        video.width, video.height = size
        video.pix_fmt = layout
        video.time_base = Fraction(1, 24)
        if tagged:
            video.codec_context.colorspace = matrix.value
        video.codec_context.color_range = levels.value
        for number in range(12):
            frame = picture.reformat(
                format=layout,
                src_colorspace=matrix,
                dst_colorspace=matrix,
                src_color_range=ColorRange.JPEG,
                dst_color_range=levels,
            )
            frame.pts = number
            out.mux(video.encode(frame))
        out.mux(video.encode())
    return path
