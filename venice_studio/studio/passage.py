"""How long a job has been rendering, whatever the wall clock does."""

from datetime import datetime

from venice_studio.domain.job import Progress
from venice_studio.studio.ports import Clock


class Passage:
    """The time since a job was queued, and when it was last seen at work.

    The service's own count is believed; between its words only the clock that never jumps counts, so that a changed
    wall clock matters before the first look at most.
    """

    def __init__(self, clock: Clock, queued_at: datetime) -> None:
        self._clock = clock
        self._from_s = max(0.0, (clock.now() - queued_at).total_seconds())
        self._since = clock.monotonic()
        self.looked = False
        """Whether it was seen at work at all."""
        self.seen_s = 0.0
        """How long it had been rendering when it was last seen at work."""

    @property
    def elapsed_s(self) -> float:
        """Seconds since the service took the job."""
        return self._from_s + self._clock.monotonic() - self._since

    def seen(self, progress: Progress) -> None:
        """The service said that it is at work."""
        if progress.elapsed_ms > 0:
            self._from_s, self._since = progress.elapsed_ms / 1000, self._clock.monotonic()
        self.looked, self.seen_s = True, self.elapsed_s

    def ended_s(self, asked_s: float, *, sure_within_s: float) -> float | None:
        """How long the render took, if a look at `asked_s` found it done: half way to when it was last seen at work.

        None where more than `sure_within_s` lies between the two, as after a night with the program closed.
        """
        return (self.seen_s + asked_s) / 2 if asked_s - self.seen_s <= sure_within_s else None
