"""Frames and times: which frame is on at a time, which time shows a frame, and how a time is written."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """What the player must know of a clip before it opens it."""

    path: Path
    fps: float  # frames per second
    frames: int  # how many there are
    duration_ms: int

    def frame_at(self, micros: int) -> int:
        """The number (from 0) of the frame that starts at a time in µs."""
        return min(max(round(micros * self.fps / 1_000_000), 0), self.last)

    def shows(self, frame: int) -> int:
        """A time in ms at which the frame is on: 1 ms past its start, as a seek to the start shows the one before."""
        return int(frame * 1000 / self.fps) + 1

    def starts(self, frame: int) -> int:
        """The time in ms at which the frame starts, rounded."""
        return round(frame * 1000 / self.fps)

    @property
    def last(self) -> int:
        """The number of the last frame."""
        return max(self.frames - 1, 0)


def clock(ms: int) -> str:
    """A time to the nearest tenth of a second: "0:02.1", "1:15.0"."""
    tenths = (ms + 50) // 100
    return f"{tenths // 600}:{tenths // 10 % 60:02}.{tenths % 10}"
