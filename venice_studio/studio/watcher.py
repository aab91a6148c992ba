"""From a ticket to a clip on disk: look from time to time, fetch, check, keep. Nothing here costs anything."""

import logging
import math
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace

from venice_studio.domain.job import Account, CopyAtVenice, Failed, Job, Rendering, Saved
from venice_studio.domain.polling import Pace, urgency, wait_before_look
from venice_studio.domain.problem import Cost, Kind, Problem, Trouble
from venice_studio.domain.render_time import render_time
from venice_studio.library.clips import ClipPart
from venice_studio.library.tags import tags_of
from venice_studio.studio.collector import Collector
from venice_studio.studio.connection import Connection
from venice_studio.studio.ledger import Ledger
from venice_studio.studio.passage import Passage
from venice_studio.studio.ports import Clock
from venice_studio.studio.reach import Reach
from venice_studio.studio.render_times import RenderTimes
from venice_studio.studio.tasks import Tasks

log = logging.getLogger(__name__)

WAITS_FOR_KEY = Problem(
    kind=Kind.NO_KEY, message="Waits for the key it was made with. It goes on at Venice.", cost=Cost.CHARGED
)
UNTHOUGHT_OF = Problem(
    kind=Kind.GARBLED, message="Something went wrong here that should not. It is looked for again.", cost=Cost.CHARGED
)
PATIENCE: dict[Kind, int] = {
    Kind.FAILED: 1,
    Kind.CONTENT: 1,
    Kind.INVALID: 2,
    Kind.GONE: 3,
    Kind.BROKEN_CLIP: 3,
}
"""After how many times in a row a problem of this kind is believed; kinds not named are waited out."""
PATIENCE_WITH_500 = 10
"""The reference page says of 500 both "generation failed" and "retry with backoff": so do, then believe it."""

NOT_YOURS = frozenset({Kind.GONE, Kind.INVALID, Kind.FORBIDDEN, Kind.KEY})
"""What the service says of another account's job."""

DISK_AGAIN_S = 5.0
"""How long to wait before a disk that refused a whole clip is asked again; longer from time to time."""

PRACTICE_AGAIN_S = 5.0
"""How long to wait before practice is started again after it did not come up; longer from time to time."""

_SURE = 6.5
"""Intervals between two looks beyond which nobody knows when in between a render ended."""


class Watcher:
    """Looks at rendering jobs until each is saved or given up by the service, never by impatience."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        connection: Connection,
        collector: Collector,
        tasks: Tasks,
        clock: Clock,
        times: RenderTimes,
        copy_at_venice: Callable[[], CopyAtVenice],
        tag_clips: Callable[[], bool],
    ) -> None:
        self._ledger = ledger
        self._connection = connection
        self._collector = collector
        self._tasks = tasks
        self._clock = clock
        self._times = times
        self._copy_at_venice = copy_at_venice
        self._tag_clips = tag_clips
        self._strangers: dict[str, set[Account]] = defaultdict(set)
        """Accounts, by job, that the service does not answer to for it."""

    async def watch(self, job: Job) -> Job:
        """Follow one job to its end; returns it saved or failed."""
        in_a_row: list[Kind] = []
        passage = Passage(self._clock, job.state.queued_at) if isinstance(job.state, Rendering) else None
        if isinstance(job.state, Rendering) and job.state.trouble and job.state.trouble.kind is Kind.KEY:
            self._connection.was_refused(job.account)
        part: ClipPart | None = None
        while passage is not None and isinstance(job.state, Rendering):
            part = await self._part(job, part)
            try:
                if await part.whole():
                    job = await self._keep_at_last(job, part, len(in_a_row))
                else:
                    job = await self._once(job, part, passage, len(in_a_row))
                in_a_row.clear()
            except Exception as error:
                problem = self._problem(job, error)
                in_a_row = [*(k for k in in_a_row if k is problem.kind), problem.kind]
                job = await self._after(job, part, problem, len(in_a_row))
        return job

    async def _part(self, job: Job, before: ClipPart | None) -> ClipPart:
        """Where the clip is to come; the user may have chosen another folder since it came to `before`."""
        part = self._collector.part(job)
        before = before or await self._elsewhere(job)
        return part if before is None or await part.take_over(before) else before

    async def _elsewhere(self, job: Job) -> ClipPart | None:
        """Where the clip, or what came of it, lies since an earlier run, which could not take it to its place."""
        for folder in self._ledger.coming(job.id):
            if await (part := self._collector.part(job, folder)).lies():
                return part
        return None

    def _problem(self, job: Job, error: Exception) -> Problem:
        if isinstance(error, Trouble):
            return error.problem
        # The clip is paid for: whatever this is, it is no reason to look no more.
        log.error("A look at job %s ended unexpectedly", job.id, exc_info=error)
        return UNTHOUGHT_OF

    async def _keep_at_last(self, job: Job, part: ClipPart, failures: int) -> Job:
        """The clip came before, and the program was killed or the disk was full before it was in its place."""
        await self._clock.sleep(DISK_AGAIN_S * _backoff(failures) if failures else 0.0)
        # Whether the service deleted its copy is not known any more.
        return await self._see_kept(job, part, None, deleted=False)

    async def _once(self, job: Job, part: ClipPart, passage: Passage, failures: int) -> Job:
        assert isinstance(job.state, Rendering)
        strangers = self._strangers[job.id]
        if not self._connection.in_reach(job.account, strangers):
            job = self._show(job, replace(job.state, trouble=WAITS_FOR_KEY))
        try:
            reach = await self._connection.reach(job.account, strangers)
        except Trouble:
            # Practice does not start: the next try is a process too.
            await self._clock.sleep(PRACTICE_AGAIN_S * _backoff(failures + 1))
            raise
        await self._clock.sleep(self._wait(job, passage, reach.pace, failures))
        if not self._connection.in_reach(job.account, strangers):
            return job  # the key was refused meanwhile
        if reach.service.account != job.account:
            return await self._look_with_another_key(job, part, passage, reach)
        try:
            return await self._look(job, part, passage, reach)
        except Trouble as trouble:
            if trouble.problem.kind is Kind.KEY:
                await self._without_key(job, trouble.problem)
            raise

    async def _without_key(self, job: Job, problem: Problem) -> None:
        assert isinstance(job.state, Rendering)
        await self._connection.key_refused(job.account, problem)
        if not self._connection.in_reach(job.account):
            # The next start is to know as well that another key may take this over.
            await self._ledger.become(job.id, replace(job.state, trouble=problem))

    async def _look_with_another_key(self, job: Job, part: ClipPart, passage: Passage, reach: Reach) -> Job:
        """The job's own key was refused. If the service answers to this one, both are of the same account."""
        try:
            job = await self._look(job, part, passage, reach)
        except Trouble as trouble:
            if trouble.problem.kind not in NOT_YOURS:
                raise
            self._strangers[job.id].add(reach.service.account)
            return job
        return await self._ledger.change(job.id, lambda job: replace(job, account=reach.service.account))

    def _wait(self, job: Job, passage: Passage, pace: Pace, failures: int) -> float:
        assert isinstance(job.state, Rendering)
        if failures:
            asked = job.state.trouble.retry_after_s if job.state.trouble else None
            return max(asked or 0.0, pace.interval_s * _backoff(failures))
        if not passage.looked:
            # What went on while the program was closed may have been ready for long.
            return max(0.0, pace.interval_s - passage.elapsed_s)
        return wait_before_look(
            elapsed_s=passage.elapsed_s, estimate_s=_estimate_s(job.state), pace=pace, known=self._times.known(job)
        )

    async def _look(self, job: Job, part: ClipPart, passage: Passage, reach: Reach) -> Job:
        assert isinstance(job.state, Rendering)
        # Where it comes from an address of its own, or might find no place, the service's copy goes once ours is saved.
        alone = job.state.ticket.download_url is None and self._copy_at_venice() is CopyAtVenice.WITH_DOWNLOAD
        delete = alone and await part.has_place()
        look = self._take(job, part, passage, reach, delete=delete)
        # What comes may be the only copy there is: quitting waits for it.
        return await (self._tasks.see_through(look, f"take {job.id}") if delete else look)

    async def _take(self, job: Job, part: ClipPart, passage: Passage, reach: Reach, *, delete: bool) -> Job:
        assert isinstance(job.state, Rendering)
        likely = render_time(_estimate_s(job.state), self._times.known(job))

        def worth() -> float:
            return urgency(seen_s=passage.seen_s, elapsed_s=passage.elapsed_s, likely=likely, pace=reach.pace)

        # At the next start the user may have chosen another folder.
        await self._ledger.comes_to(job.id, part.folder)
        part.only_copy = delete
        asked_s = passage.elapsed_s
        try:
            progress = await reach.service.retrieve(job.state.ticket, part, delete=delete, worth=worth)
            if progress is not None:
                passage.seen(progress)
                return self._show(job, replace(job.state, progress=progress, trouble=None))
        except BaseException:
            await (part.set_aside() if delete else part.leave())
            raise
        took_s = passage.ended_s(asked_s, sure_within_s=_SURE * reach.pace.interval_s)
        return await self._see_kept(job, part, took_s, deleted=delete)

    async def _see_kept(self, job: Job, part: ClipPart, took_s: float | None, *, deleted: bool) -> Job:
        # A clip in its place and the row that knows it are one piece of work: quitting comes before or after it.
        return await self._tasks.see_through(self._keep(job, part, took_s, deleted=deleted), f"keep {job.id}")

    async def _keep(self, job: Job, part: ClipPart, took_s: float | None, *, deleted: bool) -> Job:
        assert isinstance(job.state, Rendering)
        try:
            clip = await part.finish(tags_of(job.request) if self._tag_clips() else None)
        except Trouble as trouble:
            # What came is kept, also where the disk has no place for it: it may be all there is.
            if trouble.problem.kind is Kind.BROKEN_CLIP:
                await part.set_aside()
            elif not await part.whole():
                await part.leave()
            raise
        saved = Saved(
            ticket=job.state.ticket,
            clip=clip,
            saved_at=self._clock.now(),
            rendered_ms=None if took_s is None else round(took_s * 1000),
            copy_deleted=deleted,
            copy_due=not deleted and self._copy_at_venice() is not CopyAtVenice.KEEP,
        )
        job = await self._ledger.become_surely(job.id, saved)
        await part.known()
        return job

    async def _after(self, job: Job, part: ClipPart, problem: Problem, in_a_row: int) -> Job:
        assert isinstance(job.state, Rendering)
        log.info("Job %s: %s (%s in a row)", job.id, problem.kind, in_a_row)
        if in_a_row < _patience(problem):
            return self._show(job, replace(job.state, trouble=problem))
        if (kept := await part.what_came()) is not None:
            problem = replace(problem, message=f"{problem.message} What came of it is kept: {kept}")
        try:
            return await self._ledger.become(job.id, Failed(ticket=job.state.ticket, problem=problem))
        except Trouble as refused:
            # Nobody would know of the end at the next start: it is found out again.
            return self._show(job, replace(job.state, trouble=refused.problem))

    def _show(self, job: Job, state: Rendering) -> Job:
        job = self._now(job).to(state)
        self._ledger.show(job)
        return job

    def _now(self, job: Job) -> Job:
        """The job with what the user changed of it meanwhile, such as hiding it."""
        return self._ledger.jobs.get(job.id, job)


def _estimate_s(state: Rendering) -> float | None:
    progress = state.progress
    return progress.estimate_ms / 1000 if progress and progress.estimate_ms else None


def _backoff(failures: int) -> float:
    return min(2.0 ** (failures - 1), 6.0)


def _patience(problem: Problem) -> float:
    """How many times in a row a problem must come to be believed."""
    if problem.kind is Kind.SERVICE and problem.status == 500:
        return PATIENCE_WITH_500
    return PATIENCE.get(problem.kind, math.inf)
