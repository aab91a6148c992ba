"""What is to be drawn, as plain values that travel to the drawing process and onto disk."""

from dataclasses import dataclass

FPS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One clip: its size in pixels, its length in seconds, and all that decides its content.

    `picture` is the path of the start frame, `fault` one of black, truncated, short.
    """

    width: int
    height: int
    seconds: int
    sound: bool
    prompt: str
    seed: int
    picture: str | None = None
    fault: str | None = None

    @property
    def frames(self) -> int:
        """How many frames the clip has at 24 a second."""
        return FPS * (1 if self.fault == "short" else self.seconds)
