"""Writes frames and sound as an MP4 that plays and scrubs well everywhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter

from venice_studio.sandbox.render.picture import Picture

SAMPLE_RATE = 48_000
_BT601 = 6  # SMPTE 170M, the number of BT.601 in H.264's own tables
_X264 = {
    "preset": "ultrafast",
    "crf": "19",
    # Short groups without B-frames: a seek decodes a dozen frames at most.
    "g": "12",
    "bf": "0",
}
# Fixed, because x264's result depends on the number of threads.
_THREADS = 2


class Encoder:
    """One open file. Frames may be smaller than the clip; they are scaled up."""

    def __init__(
        self, container: av.container.OutputContainer, width: int, height: int, *, rate: Fraction, sound: bool
    ) -> None:
        self._container = container
        self._width, self._height = width, height
        video = container.add_stream("libx264", rate=rate, options=_X264)
        video.width, video.height, video.pix_fmt = width, height, "yuv420p"
        self._tick = 1 / rate
        video.codec_context.time_base = self._tick
        video.codec_context.thread_count = _THREADS
        video.codec_context.color_primaries = _BT601
        video.codec_context.color_trc = _BT601
        video.codec_context.colorspace = _BT601
        video.codec_context.color_range = ColorRange.MPEG
        self._video = video
        self._audio = container.add_stream("aac", rate=SAMPLE_RATE, layout="stereo") if sound else None
        self._reformatter = VideoReformatter()
        self._count = 0
        self._heard = 0

    def picture(self, picture: Picture) -> None:
        """Adds the next frame."""
        frame = self._reformatter.reformat(
            av.VideoFrame.from_ndarray(picture.planes, format="yuv420p"),
            width=self._width,
            height=self._height,
            format="yuv420p",
            src_colorspace=Colorspace.ITU601,
            dst_colorspace=Colorspace.ITU601,
            src_color_range=ColorRange.MPEG,
            dst_color_range=ColorRange.MPEG,
            interpolation=Interpolation.BICUBIC,
        )
        frame.pts, frame.time_base = self._count, self._tick
        self._count += 1
        self._container.mux(self._video.encode(frame))

    def sound(self, samples: npt.NDArray[np.floating[Any]]) -> None:
        """Adds the next piece of sound: 2 × n samples between -1 and 1; n is 1024 for all pieces but the last."""
        if self._audio is None:
            return
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples, np.float32), format="fltp", layout="stereo")
        frame.sample_rate, frame.pts = SAMPLE_RATE, self._heard
        frame.time_base = Fraction(1, SAMPLE_RATE)
        self._heard += samples.shape[1]
        self._container.mux(self._audio.encode(frame))

    def finish(self) -> None:
        """Writes what the encoders still hold."""
        self._container.mux(self._video.encode(None))
        if self._audio is not None:
            self._container.mux(self._audio.encode(None))


@contextmanager
def encoding(path: Path, width: int, height: int, *, rate: Fraction, sound: bool) -> Iterator[Encoder]:
    """An MP4 at `path`: H.264 yuv420p tagged BT.601, AAC-LC where there is sound, index at the front."""
    options = {"movflags": "+faststart"}
    with av.open(str(path), "w", format="mp4", options=options) as container:
        encoder = Encoder(container, width, height, rate=rate, sound=sound)
        yield encoder
        encoder.finish()
