"""Sound files and videos of every kind people drop, really encoded."""

import io
import wave
from pathlib import Path

import av
import numpy as np
from av.audio.stream import AudioStream
from av.video.stream import VideoStream
from PIL import Image

from tests.support.clips import frame_pixels


def make_wav(path: Path, *, seconds: float = 4.0, rate: int = 8000, loud_from_s: float = 0.0) -> Path:
    """A 440 Hz tone, silent before `loud_from_s`."""
    samples = np.sin(np.arange(int(rate * seconds)) * (2 * np.pi * 440 / rate)) * 16384
    samples[: int(rate * loud_from_s)] = 0
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(samples.astype("<i2").tobytes())
    return path


def make_sound(path: Path, codec: str, *, kind: str | None = None, seconds: float = 4.0, rate: int = 44100) -> Path:
    """A 440 Hz tone in the container of the path's ending, or `kind`, by FFmpeg's encoder `codec`."""
    with av.open(str(path), "w", format=kind) as out:
        stream = out.add_stream(codec, rate=rate, layout="mono")
        assert isinstance(stream, AudioStream)
        samples = (np.sin(np.arange(int(rate * seconds)) * (2 * np.pi * 440 / rate)) * 0.5).astype(np.float32)
        size = stream.codec_context.frame_size or 1024
        for start in range(0, len(samples), size):
            block = av.AudioFrame.from_ndarray(samples[None, start : start + size], format="flt", layout="mono")
            block.sample_rate, block.pts = rate, start
            out.mux(stream.encode(block))
        out.mux(stream.encode(None))
    return path


def make_video(
    path: Path,
    codec: str = "libx264",
    *,
    kind: str | None = None,
    frames: int = 48,
    size: tuple[int, int] = (320, 180),
    colours: str = "yuv420p",
) -> Path:
    """A 24 fps video of numbered frames in the container of the path's ending, or `kind`."""
    with av.open(str(path), "w", format=kind) as out:
        stream = out.add_stream(codec, rate=24)
        assert isinstance(stream, VideoStream)
        (stream.width, stream.height), stream.pix_fmt = size, colours
        for number in range(frames):
            frame = av.VideoFrame.from_ndarray(frame_pixels(number, *size), format="rgb24")
            frame.pts = number
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def size_of(png: bytes) -> tuple[int, int]:
    """The size of a PNG."""
    with Image.open(io.BytesIO(png)) as image:
        return image.size
