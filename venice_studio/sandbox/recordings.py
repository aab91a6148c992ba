"""Videos and sounds that come with a request: really decoded, measured, and a video's first frame taken out."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction

import av
import numpy as np
from PIL import Image

from venice_studio.sandbox.inputs import BadMediaError

# A sound is decoded as far as it can matter.
_FAR_ENOUGH_S = 60
_SLOWEST, _FASTEST = Fraction(1), Fraction(60)
_USUAL_RATE = Fraction(24)
_MOST_PIXELS = 8192 * 4352
# FFmpeg reads far more, some of it from wherever a file points to.
ONLY_THESE = {"format_whitelist": "wav,mp3,mov,matroska"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """A video: length in s, upright size in pixels, frames a second, its first frame (PNG), whether it has sound."""

    length_s: float
    width: int
    height: int
    rate: Fraction
    webm: bool
    first_frame: bytes
    sound: bool


def film(data: bytes) -> Film:
    """Reads a video, MP4, MOV or WebM; raises BadMediaError."""
    with _opened(data, "video") as container:
        webm = container.format.name == "matroska,webm"
        if not webm and "mp4" not in container.format.name.split(","):
            raise BadMediaError("Only MP4, MOV and WebM are taken")
        if webm and b"webm" not in data[:128]:
            raise BadMediaError("Only MP4, MOV and WebM are taken")
        if not container.streams.video:
            raise BadMediaError("The video has no frames")
        stream = container.streams.video[0]
        if stream.width * stream.height > _MOST_PIXELS:
            raise BadMediaError("The video has too many pixels")
        rate = stream.average_rate or stream.guessed_rate or _USUAL_RATE
        frame = next(container.decode(stream), None)
        if frame is None:
            raise BadMediaError("The video has no frames")
        image = Image.fromarray(np.rot90(frame.to_ndarray(format="rgb24"), frame.rotation // 90))
        return Film(
            length_s=_length_s(container),
            width=image.width,
            height=image.height,
            rate=min(max(rate, _SLOWEST), _FASTEST).limit_denominator(1001),
            webm=webm,
            first_frame=_png(image),
            sound=bool(container.streams.audio),
        )


def sound_length_s(data: bytes) -> float:
    """How long a sound is in s, WAV or MP3, decoded to its end; raises BadMediaError."""
    with _opened(data, "sound") as container:
        if container.format.name not in ("wav", "mp3"):
            raise BadMediaError("Only WAV and MP3 are taken")
        length_s = 0.0
        for frame in container.decode(audio=0):
            length_s += frame.samples / frame.sample_rate
            if length_s > _FAR_ENOUGH_S:
                break
    if not length_s:
        raise BadMediaError("The sound is empty")
    return length_s


@contextmanager
def _opened(data: bytes, what: str) -> Iterator[av.container.InputContainer]:
    try:
        with av.open(io.BytesIO(data), "r", options=ONLY_THESE, metadata_errors="replace") as container:
            yield container
    except BadMediaError:
        raise
    except (av.FFmpegError, ValueError, ArithmeticError, LookupError, MemoryError) as error:
        # Damaged numbers inside a file surface as all of these.
        raise BadMediaError(f"The {what} could not be decoded") from error


def _length_s(container: av.container.InputContainer) -> float:
    """From the begin of its first frame to the end of its last, whatever the file says of itself."""
    container.seek(0)
    begin, end = float("inf"), 0.0
    for packet in container.demux(*container.streams.video, *container.streams.audio):
        if packet.pts is not None and packet.time_base:
            begin = min(begin, float(packet.pts * packet.time_base))
            end = max(end, float((packet.pts + (packet.duration or 0)) * packet.time_base))
    return max(0.0, end - max(begin, 0.0))


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=1)
    return out.getvalue()
