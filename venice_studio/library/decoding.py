"""PyAV, for the media thread: plain functions that take their time.

PyAV is imported inside them: its 84 ms belong to this thread and not to the start of the program.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from venice_studio.domain.problem import Kind, Problem, Trouble
from venice_studio.library.container import broken
from venice_studio.library.trouble import told

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream
    from PIL.Image import Image


HIGH_DEFINITION = 720
"""Lines from which on a film that does not say how its colours were made means ITU 709, by custom; below, ITU 601."""

_UNSPECIFIED = 2  # what FFmpeg calls such a film's colours


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipFacts:
    """What a clip is: measured, not what was asked for. `fps` is the mean over the clip."""

    size: int
    """Bytes."""
    duration_ms: int
    width: int
    height: int
    fps: float
    frames: int
    sound: bool


def facts(path: Path) -> ClipFacts:
    """The facts of a clip, once its first frame could be decoded."""
    with _opened(path) as container:
        video = _video(container)
        first = next(container.decode(video), None)
        if first is None:
            raise broken("The clip holds no picture.")
        container.seek(0)
        times = [(packet.pts, packet.duration or 0) for packet in container.demux(video) if packet.pts is not None]
        begin, end = min(start for start, _ in times), max(start + length for start, length in times)
        seconds = (end - begin) * (video.time_base or Fraction(0))
        return ClipFacts(
            size=path.stat().st_size,
            duration_ms=round(seconds * 1000),
            width=first.width,
            height=first.height,
            fps=round(float(len(times) / seconds), 3) if seconds else 0.0,
            frames=len(times),
            sound=bool(container.streams.audio),
        )


def thumbnail(path: Path, out: Path, max_px: int) -> None:
    """A JPEG of the frame a third into the clip, in `max_px` at most."""
    still = _image(_frame_at(path, facts(path).duration_ms / 3))
    still.thumbnail((max_px, max_px))
    with told(out.parent):
        out.parent.mkdir(parents=True, exist_ok=True)
        still.save(out, "JPEG", quality=88)


def tags(path: Path) -> dict[str, str]:
    """What a clip says of itself in words."""
    with _opened(path) as container:
        return dict(container.metadata)


def copy_with_tags(path: Path, out: Path, tags: Mapping[str, str]) -> None:
    """The same streams in a new file that can be played while it is read, with tags of any name."""
    import av

    options = {"movflags": "use_metadata_tags+faststart"}
    with _opened(path) as source, told(out.parent), av.open(str(out), "w", format="mp4", options=options) as target:
        target.metadata.update(source.metadata | dict(tags))
        copies = {
            stream.index: target.add_stream_from_template(stream)
            for stream in (*source.streams.video, *source.streams.audio)
        }
        for packet in source.demux(*(source.streams[index] for index in copies)):
            # The last packet of each stream only says that it ends.
            if packet.dts is not None:
                packet.stream = copies[packet.stream.index]
                target.mux(packet)


@contextmanager
def _opened(path: Path) -> Iterator["InputContainer"]:
    import av

    if not path.is_file():
        raise Trouble(Problem(kind=Kind.DISK, message=f"The clip is not there any more: {path}"))
    try:
        # Tags in another encoding are no reason to refuse a clip.
        with av.open(str(path), metadata_errors="replace") as container:
            yield container
    except (av.FFmpegError, ValueError, ArithmeticError, LookupError) as error:
        # Damaged numbers inside a clip surface as all of these.
        raise broken(f"The clip cannot be played: {getattr(error, 'strerror', None) or error}.") from error


def _video(container: "InputContainer") -> "VideoStream":
    if not container.streams.video:
        raise broken("The clip holds no picture.")
    stream = container.streams.video[0]
    # PyAV's stubs do not say it, but a stream that nothing here can decode has none.
    context: object = stream.codec_context
    if context is None:
        raise broken("The clip is made in a way that cannot be played here.")
    stream.thread_type = "AUTO"
    return stream


def _frame_at(path: Path, at_ms: float) -> "VideoFrame":
    """The frame on screen at a time. Read from the start: exact for every clip, and clips are short."""
    with _opened(path) as container:
        frames = container.decode(_video(container))
        first = next(frames, None)
        if first is None:
            raise broken("The clip holds no picture.")
        return _on_screen(chain((first,), frames), at_ms)


def _on_screen(frames: Iterator["VideoFrame"], at_ms: float) -> "VideoFrame":
    """The last frame whose time has come at `at_ms` after the first one's."""
    shown = next(frames)
    begin = shown.time or 0.0
    for frame in frames:
        if ((frame.time or 0.0) - begin) * 1000 > at_ms:
            break
        shown = frame
    return shown


def _image(frame: "VideoFrame") -> "Image":
    from av.video.reformatter import Colorspace

    if frame.colorspace == _UNSPECIFIED and frame.height >= HIGH_DEFINITION:
        frame.colorspace = Colorspace.ITU709
    image: Image = frame.to_image()  # type: ignore[no-untyped-call]
    return image
