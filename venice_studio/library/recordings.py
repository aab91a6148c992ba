"""Sounds and videos that come in: measured, looked at and listened to with PyAV, for the media thread.

PyAV is imported inside the functions: see `decoding`.
"""

import io
import os
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from venice_studio.library.container import ends_early
from venice_studio.library.pictures import unusable

S = TypeVar("S", "AudioStream", "VideoStream")

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.video.stream import VideoStream
    from PIL.Image import Image

MAX_LENGTH_S = 3600
"""Longer than anything a service works on; what says it lasts longer is a mistake or a trick."""
MAX_SIDE = 8192
"""Pixels of the longer side of a video."""
MAX_PACKETS = 2_000_000
MAX_CHANNELS, MAX_RATE = 16, 384_000
LISTEN_HZ = 8000
"""Samples a second that are enough to draw how loud a sound is."""

UNKNOWN_SIZE = 0x7FFFFFFF
"""From here on the length in a WAV's head means that nobody knew it when the head was written."""

_DEMUXERS = ("wav", "mp3", "mov", "matroska")
"""FFmpeg's readers of the formats that are taken. No other one ever sees a file: some open what a file names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Footage:
    """What a video is, upright; sizes in pixels."""

    duration_ms: int
    width: int
    height: int


def sound_length(path: Path, name: str) -> int:
    """The length of a sound in ms. Raises `Trouble` (PICTURE), which speaks of `name`, unless it can be heard."""
    _check_whole(path, name)
    with _opened(path, name) as container:
        stream = _sound(container, name)
        rate, channels = stream.codec_context.sample_rate, stream.codec_context.channels
        if not 0 < rate <= MAX_RATE or not 0 < channels <= MAX_CHANNELS:
            raise unusable(f"{name} is a sound that nothing can play: {rate:,} Hz, {channels} channels.")
        if next(container.decode(stream), None) is None:
            raise unusable(f"{name} holds no sound.")
        container.seek(0)
        return _length_ms(container, [stream], name)


def footage(path: Path, name: str) -> Footage:
    """What a video is. Raises `Trouble` (PICTURE), which speaks of `name`, unless its first frame can be seen."""
    _check_whole(path, name)
    with _opened(path, name) as container:
        stream = _video(container, name)
        image = _first_frame(container, stream, name)
        container.seek(0)
        length_ms = _length_ms(container, [*container.streams.video, *container.streams.audio], name)
        return Footage(duration_ms=length_ms, width=image.width, height=image.height)


def first_frame(path: Path, name: str, max_px: int) -> bytes:
    """PNG of a video's first frame, upright, of `max_px` at most on its longer side."""
    with _opened(path, name) as container:
        image = _first_frame(container, _video(container, name), name)
    image.thumbnail((max_px, max_px))
    return _png(image)


def peaks(path: Path, name: str, count: int) -> tuple[float, ...]:
    """The loudest moment, 0 to 1, of each of `count` equal parts of a sound."""
    samples = _samples(path, name)
    edges = [len(samples) * part // count for part in range(count + 1)]
    parts = (samples[begin : max(end, begin + 1)] for begin, end in pairwise(edges))
    return tuple(min(1.0, max(max(part), -min(part)) / 32767) if part else 0.0 for part in parts)


def waveform(path: Path, name: str, max_px: int) -> bytes:
    """PNG of a sound as a grey wave on nothing, `max_px` wide and a third as high."""
    from PIL import Image, ImageDraw

    width, height = max(3, max_px), max(1, max_px // 3)
    image = Image.new("RGBA", (width, height))
    draw = ImageDraw.Draw(image)
    for number, peak in enumerate(peaks(path, name, width // 3)):
        half = max(0.5, peak * height / 2)
        draw.rectangle((3 * number, height / 2 - half, 3 * number + 1, height / 2 + half - 1), fill="#808080")
    return _png(image)


def _check_whole(path: Path, name: str) -> None:
    """Raise `Trouble` where a file's own words tell that its end is missing."""
    with path.open("rb") as file:
        head, size = file.read(12), file.seek(0, os.SEEK_END)
    if head[8:12] == b"WAVE":
        cut = size - 8 < int.from_bytes(head[4:8], "little") < UNKNOWN_SIZE
    else:
        # An MP4 or MOV begins with a box; of the others only their length tells, see `_length_ms`.
        cut = head[4:8].isalpha() and ends_early(path)
    if cut:
        raise unusable(f"{name} is cut off: its end is missing.")


@contextmanager
def _opened(path: Path, name: str) -> Iterator["InputContainer"]:
    import av

    options = {"format_whitelist": ",".join(_DEMUXERS), "protocol_whitelist": "file"}
    try:
        with av.open(str(path), options=options, metadata_errors="replace") as container:
            yield container
    except FileNotFoundError as error:
        raise unusable(f"{name} is not there any more. Choose it again.") from error
    except (av.FFmpegError, ValueError, ArithmeticError, LookupError, MemoryError) as error:
        # Damaged numbers inside a file surface as all of these.
        raise unusable(f"{name} is damaged or cut off.") from error


def _sound(container: "InputContainer", name: str) -> "AudioStream":
    if not container.streams.audio:
        raise unusable(f"{name} holds no sound.")
    return _known(container.streams.audio[0], name)


def _video(container: "InputContainer", name: str) -> "VideoStream":
    from av.stream import Disposition

    moving = [stream for stream in container.streams.video if not stream.disposition & Disposition.attached_pic]
    if not moving:
        raise unusable(f"{name} holds no moving picture.")
    context = _known(moving[0], name).codec_context
    width, height = context.width, context.height
    if max(width, height) > MAX_SIDE:
        raise unusable(f"{name} is enormous: {width:,} × {height:,} pixels. Make it smaller first.")
    # The frames may be larger than the file says.
    context.options = {"max_pixels": str(MAX_SIDE * MAX_SIDE)}
    return moving[0]


def _known(stream: S, name: str) -> S:
    # PyAV's stubs do not say it, but a stream that nothing here can decode has none.
    context: object = stream.codec_context
    if context is None:
        raise unusable(f"{name} is made in a way that cannot be read here.")
    return stream


def _first_frame(container: "InputContainer", stream: "VideoStream", name: str) -> "Image":
    frame = next(container.decode(stream), None)
    if frame is None:
        raise unusable(f"{name} holds no picture that can be seen.")
    image: Image = frame.to_image()  # type: ignore[no-untyped-call]
    return image.rotate(frame.rotation, expand=True) if frame.rotation else image


def _length_ms(container: "InputContainer", streams: "list[AudioStream | VideoStream]", name: str) -> int:
    """Measured from begin to end, whatever the file says of itself."""
    begin, end = float("inf"), 0.0
    for number, packet in enumerate(container.demux(streams)):
        if packet.pts is not None and packet.time_base:
            at_s = float(packet.pts * packet.time_base)
            begin, end = min(begin, at_s), max(end, at_s + float((packet.duration or 0) * packet.time_base))
        if end - max(begin, 0.0) > MAX_LENGTH_S or number > MAX_PACKETS:
            raise unusable(f"{name} is longer than an hour. Cut out what you need first.")
    length_s = end - max(begin, 0.0)
    said_s = (container.duration or 0) / 1_000_000
    if length_s < 0.001 or (container.format.name != "mp3" and length_s < 0.9 * said_s - 0.5):
        raise unusable(f"{name} is damaged or cut off.")
    return round(length_s * 1000)


def _samples(path: Path, name: str) -> "array[int]":
    from av.audio.resampler import AudioResampler

    heard = array("h")
    resampler = AudioResampler(format="s16", layout="mono", rate=LISTEN_HZ)
    with _opened(path, name) as container:
        for frame in container.decode(_sound(container, name)):
            for piece in resampler.resample(frame):
                heard.frombytes(bytes(piece.planes[0])[: 2 * piece.samples])
    return heard


def _png(image: "Image") -> bytes:
    memory = io.BytesIO()
    image.save(memory, "PNG", compress_level=1)
    return memory.getvalue()
