"""What renders took here: the experience that the next ones are judged by."""

from collections import defaultdict
from itertools import islice

from venice_studio.domain.job import Job, Saved
from venice_studio.domain.render_time import Experience, experience
from venice_studio.domain.request import GenerationRequest
from venice_studio.studio.ledger import Ledger

_RECENT = 20
"""So many of the latest renders of a kind count; models become faster and slower."""

_Kind = tuple[str, str, str | None, str | None]


class RenderTimes:
    """Remembers how long the latest clips of each model, duration and resolution took; follows the ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._times_s: defaultdict[_Kind, dict[str, float]] = defaultdict(dict)
        ledger.changed.connect(self._learn)

    def known(self, job: Job) -> Experience | None:
        """What is known of jobs like this one."""
        return self.of(job.account.service, job.request)

    def of(self, service: str, request: GenerationRequest) -> Experience | None:
        """What is known of requests like this one to a service."""
        if (times := self._times_s.get(_kind(service, request))) is None:
            return None
        # Ids sort by time.
        return experience([times[job_id] for job_id in islice(sorted(times, reverse=True), _RECENT)])

    def _learn(self, job: Job) -> None:
        # Practice renders as fast as it was set to, which may be another speed next time.
        if isinstance(job.state, Saved) and job.state.rendered_ms and not job.account.practice:
            self._times_s[_kind(job.account.service, job.request)][job.id] = job.state.rendered_ms / 1000


def _kind(service: str, request: GenerationRequest) -> _Kind:
    return service, request.model, request.duration, request.resolution
