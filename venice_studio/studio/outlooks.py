"""What is said of each render while it goes on: by the service's own count, by experience, and by a clock."""

from dataclasses import dataclass

from venice_studio.domain.job import Job, Progress, Rendering
from venice_studio.domain.outlook import Outlook, outlook
from venice_studio.domain.render_time import render_time
from venice_studio.studio.ledger import Ledger
from venice_studio.studio.passage import Passage
from venice_studio.studio.ports import Clock
from venice_studio.studio.render_times import RenderTimes


@dataclass(slots=True)
class _Seen:
    passage: Passage
    progress: Progress | None
    said: Outlook | None = None


class Outlooks:
    """Follows the ledger, and remembers of each render what was said, so that nothing is taken back."""

    def __init__(self, *, ledger: Ledger, clock: Clock, times: RenderTimes) -> None:
        self._clock = clock
        self._times = times
        self._seen: dict[str, _Seen] = {}
        ledger.changed.connect(self._hear)
        ledger.removed.connect(lambda job_id: self._seen.pop(job_id, None))

    def of(self, job: Job) -> Outlook:
        """What to say of a job now."""
        if not isinstance(job.state, Rendering):
            return Outlook(elapsed_s=0.0)
        seen = self._seen.get(job.id) or self._begin(job, job.state)
        progress = job.state.progress
        estimate_s = progress.estimate_ms / 1000 if progress and progress.estimate_ms else None
        likely = render_time(estimate_s, self._times.known(job))
        seen.said = outlook(elapsed_s=seen.passage.elapsed_s, likely=likely, before=seen.said)
        return seen.said

    def _hear(self, job: Job) -> None:
        if not isinstance(job.state, Rendering):
            self._seen.pop(job.id, None)
            return
        seen = self._seen.get(job.id) or self._begin(job, job.state)
        if job.state.progress is not None and job.state.progress != seen.progress:
            seen.progress = job.state.progress
            seen.passage.seen(job.state.progress)

    def _begin(self, job: Job, state: Rendering) -> _Seen:
        # What an earlier run was told is no news of this moment.
        self._seen[job.id] = _Seen(Passage(self._clock, state.queued_at), state.progress)
        return self._seen[job.id]
