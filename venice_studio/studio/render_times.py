"""What renders took here: the experience that the next ones are judged by."""

from collections import defaultdict
from itertools import islice

from venice_studio.domain.job import Job, Rendering, Saved
from venice_studio.domain.render_time import Experience, experience
from venice_studio.domain.request import GenerationRequest
from venice_studio.studio.ledger import Ledger

_RECENT = 20
"""So many of the latest renders of a kind count; models become faster and slower."""

_Kind = tuple[str, str, str | None, str | None]


class RenderTimes:
    """Remembers how long the latest clips of each model, duration and resolution took; follows the ledger.

    What was queued after one that still renders does not count yet: of many that render at once those that end first
    are the quick ones, and would make all of them seem quick.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._times_s: defaultdict[_Kind, dict[str, float]] = defaultdict(dict)
        self._rendering: defaultdict[_Kind, set[str]] = defaultdict(set)
        ledger.changed.connect(self._learn)

    def known(self, job: Job) -> Experience | None:
        """What is known of jobs like this one."""
        return self.of(job.account.service, job.request)

    def of(self, service: str, request: GenerationRequest) -> Experience | None:
        """What is known of requests like this one to a service."""
        kind = _kind(service, request)
        if (times := self._times_s.get(kind)) is None:
            return None
        # Ids sort by time.
        first = min(self._rendering[kind], default=None)
        ended = (job_id for job_id in sorted(times, reverse=True) if first is None or job_id < first)
        return experience([times[job_id] for job_id in islice(ended, _RECENT)])

    def _learn(self, job: Job) -> None:
        kind = _kind(job.account.service, job.request)
        rendering = self._rendering[kind]
        (rendering.add if isinstance(job.state, Rendering) else rendering.discard)(job.id)
        # Practice renders as fast as it was set to, which may be another speed next time.
        if isinstance(job.state, Saved) and job.state.rendered_ms and not job.account.practice:
            self._times_s[kind][job.id] = job.state.rendered_ms / 1000


def _kind(service: str, request: GenerationRequest) -> _Kind:
    return service, request.model, request.duration, request.resolution
