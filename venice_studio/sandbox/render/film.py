"""A video as the matter of a clip: frame after frame as it runs, never more than two of them in memory."""

from collections.abc import Iterator

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter

from venice_studio.sandbox.render.canvas import random_for
from venice_studio.sandbox.render.picture import Bytes, Picture
from venice_studio.sandbox.render.plan import Plan

_LEVELS = 5
# A frame counts as shown when it is due within this.
_NEAR_S = 0.001


class Film:
    """The video of `plan`, drawn at `size`: as it is where it is only enlarged, else in another style.

    Its frames have to be asked for in their order.
    """

    def __init__(self, plan: Plan, size: tuple[int, int]) -> None:
        self._plan = plan
        self._size = size
        self._scaler = VideoReformatter()
        self._style = None if plan.enlarges else _Style(plan)
        self._frames = self._run()
        self._shown = next(self._frames)
        self._coming = next(self._frames, None)

    def frame(self, number: int) -> Picture:
        """The frame with this number."""
        due = float(number / self._plan.fps) + _NEAR_S
        while self._coming is not None and self._coming[0] <= due:
            self._shown, self._coming = self._coming, next(self._frames, None)
        picture = self._fitted(self._shown[1])
        return self._style(picture) if self._style else picture

    def _run(self) -> Iterator[tuple[float, av.VideoFrame]]:
        """All frames with their times in s; a video that is too short for its clip begins anew."""
        begins = 0.0
        while True:
            time = begins
            with av.open(self._plan.film or "", "r") as container:
                stream = container.streams.video[0]
                stream.thread_type = "AUTO"
                first: float | None = None
                length = 1 / float(stream.average_rate or 24)
                for frame in container.decode(stream):
                    first = frame.time if first is None else first
                    time = begins + (frame.time or 0.0) - (first or 0.0)
                    yield time, frame
            if self._plan.enlarges or first is None:
                return
            begins = time + length

    def _fitted(self, frame: av.VideoFrame) -> Picture:
        """Upright, as large as the clip is drawn, cropped where its shape is another."""
        turned = frame.rotation // 90 % 4
        width, height = self._size if turned % 2 == 0 else self._size[::-1]
        scale = max(width / frame.width, height / frame.height)
        covering = max(width, _even(frame.width * scale)), max(height, _even(frame.height * scale))
        scaled = self._scaler.reformat(
            frame,
            *covering,
            "yuv420p",
            dst_colorspace=Colorspace.ITU601,
            dst_color_range=ColorRange.MPEG,
            interpolation=Interpolation.BICUBIC,
        )
        whole = Picture.over(np.ascontiguousarray(scaled.to_ndarray(), np.uint8))
        if not turned and covering == (width, height):
            return whole
        left, top = (covering[0] - width) // 4 * 2, (covering[1] - height) // 4 * 2
        picture = Picture.black(*self._size)
        picture.luma[:] = np.rot90(whole.luma[top : top + height, left : left + width], turned)
        half = slice(top // 2, (top + height) // 2), slice(left // 2, (left + width) // 2)
        picture.chroma[:] = np.rot90(whole.chroma[:, *half], turned, axes=(1, 2))
        return picture


class _Style:
    """Like a print: few tones, and colours that the prompt and the seed choose."""

    def __init__(self, plan: Plan) -> None:
        chance = random_for("style", plan.prompt, plan.seed)
        angle = float(chance.uniform(0.35, 0.65)) * 2 * np.pi
        self._turn = np.array(((np.cos(angle), -np.sin(angle)), (np.sin(angle), np.cos(angle))), np.float32) * 1.15
        self._tint = np.array((np.cos(angle), np.sin(angle)), np.float32)[:, None, None] * 14 + 128
        light = np.arange(256, dtype=np.float32)
        steps = np.round((light - 16) / 219 * _LEVELS) / _LEVELS * 219 + 16
        self._tones: Bytes = np.clip(steps * 0.8 + light * 0.2, 16, 235).astype(np.uint8)

    def __call__(self, picture: Picture) -> Picture:
        picture.luma[:] = self._tones[picture.luma]
        colours = picture.chroma.astype(np.float32) - 128
        turned = np.tensordot(self._turn, colours, 1) + self._tint
        picture.chroma[:] = np.clip(turned, 16, 240).astype(np.uint8)
        return picture


def _even(pixels: float) -> int:
    return round(pixels / 2) * 2
