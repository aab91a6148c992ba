"""What becomes of jobs: submit, watch, collect, resume, fetch again, remove."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from venice_studio.domain.job import (
    PRACTICE_ACCOUNT,
    Account,
    CopyAtVenice,
    Failed,
    Held,
    Intended,
    Job,
    Rendering,
    Saved,
    Stopped,
)
from venice_studio.domain.problem import Kind, Problem, Trouble
from venice_studio.domain.quote import Quote
from venice_studio.domain.request import GenerationRequest
from venice_studio.studio.collector import Collector
from venice_studio.studio.connection import Connection
from venice_studio.studio.ledger import Ledger
from venice_studio.studio.outlooks import Outlooks
from venice_studio.studio.ports import Clock, Service
from venice_studio.studio.render_times import RenderTimes
from venice_studio.studio.signals import Signal
from venice_studio.studio.submitter import Order, Submitter
from venice_studio.studio.tasks import Tasks
from venice_studio.studio.watcher import Watcher

log = logging.getLogger(__name__)

COPIES_APART_S = 1.0
"""Between two deletions that the last run left."""


class Runner:
    """Everything the window may ask to be done with jobs."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        connection: Connection,
        collector: Collector,
        tasks: Tasks,
        clock: Clock,
        copy_at_venice: Callable[[], CopyAtVenice] = lambda: CopyAtVenice.KEEP,
        tag_clips: Callable[[], bool] = lambda: False,
    ) -> None:
        self.ledger = ledger
        self.saved: Signal[Job] = Signal()
        self._connection = connection
        self._collector = collector
        self._tasks = tasks
        self.clock = clock
        self._submitter = Submitter(ledger=ledger, connection=connection, tasks=tasks, clock=clock)
        self._copy_at_venice = copy_at_venice
        self._following: dict[str, asyncio.Task[None]] = {}
        self.times = RenderTimes(ledger)
        self.outlooks = Outlooks(ledger=ledger, clock=clock, times=self.times)
        self._watcher = Watcher(
            ledger=ledger,
            connection=connection,
            collector=collector,
            tasks=tasks,
            clock=clock,
            times=self.times,
            copy_at_venice=copy_at_venice,
            tag_clips=tag_clips,
        )

    async def start(self) -> str | None:
        """Go on with everything the last run left; what the user should know of how the list was found."""
        notice = await self.ledger.load()
        if not self.ledger.read_only:
            await self._resume(tuple(self.ledger.jobs.values()))
        if (self.ledger.was_damaged or self.ledger.is_new) and (count := await self._take_in_clips()):
            clips = "1 clip that was not in it is" if count == 1 else f"{count} clips that were not in it are"
            notice = f"{notice or 'Your list of clips was empty.'} {clips} listed again."
        return notice

    async def _take_in_clips(self) -> int:
        """List the clips again that lie in their folders and of which nothing could be read; how many these are."""
        count = 0
        for account in (Account(service=self._connection.base_url, fingerprint=""), PRACTICE_ACCOUNT):
            saved = (job.state for job in self.ledger.jobs.values())
            known = {Path(state.clip.path) for state in saved if isinstance(state, Saved)}
            jobs = await self._collector.take_in(account, known)
            await self.ledger.intend(jobs)
            count += len(jobs)
        return count

    async def _resume(self, jobs: tuple[Job, ...]) -> None:
        await self._collector.tidy(jobs, self.ledger.coming)
        due: defaultdict[Account, list[Job]] = defaultdict(list)
        for job in jobs:
            match job.state:
                case Intended() | Held():
                    await self._submitter.own_up(job)
                case Rendering():
                    self._follow(job)
                case Saved(copy_due=True):
                    due[job.account].append(job)
                case _:
                    pass
        for account, mine in due.items():
            self._tasks.start(self._delete_due_copies(mine), f"delete copies of {account.fingerprint}")

    async def look_for_room(self, account: Account) -> int:
        """Bytes free for clips of an account; makes nothing. Raises `Trouble` (DISK) where none could be saved."""
        return await self._collector.look_for_room(account)

    async def submit(
        self, service: Service, request: GenerationRequest, quote: Quote, takes: int = 1
    ) -> tuple[Job, ...]:
        """Write the intents down, send them, and watch what was taken. Returns the jobs as the posts left them."""
        await self._collector.check_room(service.account)
        jobs = await self._submitter.intend(service, request, quote, takes)
        return await self._submitter.send_all(jobs, self._follow)

    async def submit_each(self, service: Service, orders: Sequence[Order]) -> tuple[Job, ...]:
        """As `submit`, for several requests that are one press."""
        await self._collector.check_room(service.account)
        jobs = await self._submitter.intend_each(service, orders)
        return await self._submitter.send_all(jobs, self._follow)

    async def take_back(self, job_id: str) -> bool:
        """Do not send a job that is still to be sent, nor the takes of its press behind it. False: too late, it is
        being sent or was. Raises KeyError for a job that is not there."""
        return await self._submitter.take_back(job_id)

    async def fetch_again(self, job_id: str, *, given_up: bool = False) -> None:
        """Look again for the clip of a job that was taken but could not be had, or is not there any more. Costs
        nothing.

        Raises `Trouble` (DISK) where the whole folder of a saved clip is missing, as on a disk that is not plugged in,
        unless the user has `given_up` what is in it: the job would forget where its clip lies.
        """
        job = self.ledger.jobs[job_id]
        if not given_up and (folder := await self.missing_folder(job_id)):
            message = f"The folder with this clip is not there just now: {folder}. Plug in its disk or bring it back."
            raise Trouble(Problem(kind=Kind.DISK, message=message, cost=job.cost))
        if isinstance(job.state, Failed | Saved):
            await self._take_up(job, Rendering(ticket=job.state.ticket, queued_at=job.created_at))

    async def stop_watching(self, job_id: str) -> None:
        """Look no more for a job's clip. Nothing is cancelled: the service may render and charge on."""
        if (task := self._following.pop(job_id, None)) is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            # A clip that is here already is kept. Who watched again before it is would put it in its place twice.
            await self._tasks.seen_through(f"take {job_id}", f"keep {job_id}")
        job = self.ledger.jobs[job_id]
        if isinstance(job.state, Rendering):
            state = Stopped(ticket=job.state.ticket, queued_at=job.state.queued_at)
            await self.ledger.become(job_id, state)

    async def watch_again(self, job_id: str) -> None:
        """Take back `stop_watching`."""
        job = self.ledger.jobs[job_id]
        if isinstance(job.state, Stopped):
            await self._take_up(job, Rendering(ticket=job.state.ticket, queued_at=job.state.queued_at))

    async def hide(self, job_id: str, *, hidden: bool = True) -> None:
        """Put a job out of sight, or back; what renders is watched and saved all the same."""
        await self.ledger.change(job_id, lambda job: replace(job, hidden=hidden))

    async def delete_copy(self, job_id: str) -> None:
        """Delete the service's copy of a saved clip. Raises `Trouble`, also where the key is not at hand: another one
        would be told that there is no such clip."""
        job = self.ledger.jobs[job_id]
        if isinstance(job.state, Saved) and not job.state.copy_deleted:
            self.ledger.check_writable()
            if not (job.account.practice or self._connection.has_key_of(job.account)):
                message = "The copy at Venice can only be deleted with the key it was made with."
                raise Trouble(Problem(kind=Kind.NO_KEY, message=message))
            reach = await self._connection.reach(job.account)
            await reach.service.complete(job.state.ticket)
            if job_id in self.ledger.jobs:
                await self.ledger.change(job_id, _without_copy)

    async def remove(self, job_id: str, *, copy_too: bool = False) -> None:
        """Take a finished job from the list; its clip goes to the trash, then with `copy_too` the service's copy goes.

        Raises `Trouble` where one of the two cannot be: the job then stays in the list. The clip here goes first,
        since it comes back from the trash.
        """
        self.ledger.check_writable()
        job = self.ledger.jobs[job_id]
        if isinstance(job.state, Saved) and not self._shared(job.state.clip.path, job_id):
            await self._collector.throw_away(job.state.clip)
        for folder in self.ledger.coming(job_id):
            await self._collector.part(job, folder).discard()
        if copy_too:
            try:
                await self.delete_copy(job_id)
            except Trouble as trouble:
                message = f"The clip is in the trash, but there is still a copy at Venice. {trouble.problem.message}"
                raise Trouble(replace(trouble.problem, message=message)) from None
        await self.ledger.drop(job_id)

    async def missing_folder(self, job_id: str) -> Path | None:
        """The folder of a saved clip, if it is not there just now."""
        state = self.ledger.jobs[job_id].state
        return await self._collector.missing_folder(state.clip) if isinstance(state, Saved) else None

    async def save_copy(self, job_id: str, target: Path) -> None:
        """Copy a saved clip to a place the user chose. Raises `Trouble` (DISK)."""
        job = self.ledger.jobs[job_id]
        if isinstance(job.state, Saved):
            await self._collector.save_copy(job.state.clip, target)

    async def _take_up(self, job: Job, state: Rendering) -> None:
        self._follow(await self.ledger.become(job.id, state))

    def _shared(self, path: str, job_id: str) -> bool:
        """Whether another job's clip lies at `path`: it got the name after this one's file was moved or deleted."""
        others = (job.state for job in self.ledger.jobs.values() if job.id != job_id)
        return any(isinstance(state, Saved) and state.clip.path == path for state in others)

    def _follow(self, job: Job) -> None:
        if job.id in self._following:
            return  # two at once would write into one file
        task = self._tasks.start(self._watch(job), f"watch {job.id}")
        self._following[job.id] = task
        task.add_done_callback(lambda ended: self._unfollow(job.id, ended))

    def _unfollow(self, job_id: str, task: asyncio.Task[None]) -> None:
        if self._following.get(job_id) is task:
            del self._following[job_id]

    async def _watch(self, job: Job) -> None:
        job = await self._watcher.watch(job)
        if not isinstance(job.state, Saved):
            return
        self.saved.emit(job)
        if job.state.copy_due:
            await self._delete_due_copy(job)

    async def _delete_due_copies(self, jobs: Sequence[Job]) -> None:
        """Delete copies that are due of one account, one after the other: there may be hundreds. Where they are
        refused, ever more slowly."""
        refused = 0
        for job in jobs:
            refused = 0 if await self._delete_due_copy(job) else refused + 1
            await self.clock.sleep(COPIES_APART_S * 2.0 ** min(refused, 5))

    async def _delete_due_copy(self, job: Job) -> bool:
        """Delete the service's copy, as the user chose when the clip was saved and has not taken back since. False: it
        would not."""
        await self._connection.reach(job.account)
        now = self.ledger.jobs.get(job.id)
        if now is None or self._copy_at_venice() is CopyAtVenice.KEEP:
            return True
        if not isinstance(now.state, Saved) or not await self._collector.is_here(now.state.clip):
            return True  # the service's copy may be the only one by now
        try:
            await self.delete_copy(job.id)
        except Trouble as trouble:
            # The clip is here; the copy can still be deleted by hand, and is tried at the next start.
            log.info("The copy of job %s stays at the service: %s", job.id, trouble.problem.kind)
            return False
        return True


def _without_copy(job: Job) -> Job:
    return job.to(replace(job.state, copy_deleted=True, copy_due=False)) if isinstance(job.state, Saved) else job
