"""What becomes of jobs: submit, watch, collect, resume, fetch again, remove."""

from dataclasses import replace
from pathlib import Path

from venice_studio.domain.job import Failed, Held, Intended, Job, Rendering, Saved
from venice_studio.domain.quote import Quote
from venice_studio.domain.request import GenerationRequest
from venice_studio.studio.collector import Collector
from venice_studio.studio.connection import Connection
from venice_studio.studio.ledger import Ledger
from venice_studio.studio.ports import Clock, Service
from venice_studio.studio.signals import Signal
from venice_studio.studio.submitter import Submitter
from venice_studio.studio.tasks import Tasks
from venice_studio.studio.watcher import Watcher


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
    ) -> None:
        self.ledger = ledger
        self.saved: Signal[Job] = Signal()
        self._connection = connection
        self._collector = collector
        self._tasks = tasks
        self._clock = clock
        self._submitter = Submitter(ledger=ledger, connection=connection, tasks=tasks, clock=clock)
        self._watcher = Watcher(ledger=ledger, connection=connection, collector=collector, tasks=tasks, clock=clock)

    async def start(self) -> str | None:
        """Go on with everything the last run left; what the user should know of how the list was found."""
        notice = await self.ledger.load()
        jobs = tuple(self.ledger.jobs.values())
        await self._collector.tidy(jobs)
        for job in jobs:
            match job.state:
                case Intended() | Held():
                    await self._submitter.own_up(job)
                case Rendering():
                    self._follow(job)
                case _:
                    pass
        return notice

    async def submit(
        self, service: Service, request: GenerationRequest, quote: Quote, takes: int = 1
    ) -> tuple[Job, ...]:
        """Write the intents down, send them, and watch what was taken. Returns the jobs as the posts left them."""
        await self._collector.check_room(service.account)
        jobs = await self._submitter.intend(service, request, quote, takes)
        sent = await self._submitter.send_all(jobs)
        for job in sent:
            if isinstance(job.state, Rendering):
                self._follow(job)
        return sent

    async def fetch_again(self, job_id: str) -> None:
        """Look again for the clip of a job that was taken but could not be had, or is not there any more. Costs
        nothing."""
        job = self.ledger.jobs[job_id]
        if isinstance(job.state, Failed | Saved):
            state = Rendering(ticket=job.state.ticket, queued_at=job.created_at)
            self._follow(await self.ledger.put(job.to(state)))

    async def delete_copy(self, job_id: str) -> None:
        """Delete the service's copy of a saved clip. Raises `Trouble`."""
        job = self.ledger.jobs[job_id]
        if isinstance(job.state, Saved) and not job.state.copy_deleted:
            reach = await self._connection.reach(job.account)
            await reach.service.complete(job.state.ticket)
            await self.ledger.put(job.to(replace(job.state, copy_deleted=True)))

    async def remove(self, job_id: str) -> None:
        """Take a finished job from the list; its clip goes to the trash. Raises `Trouble` (DISK) where it cannot."""
        job = self.ledger.jobs[job_id]
        if isinstance(job.state, Saved):
            await self._collector.throw_away(job.state.clip)
        await self.ledger.drop(job_id)

    async def save_copy(self, job_id: str, target: Path) -> None:
        """Copy a saved clip to a place the user chose. Raises `Trouble` (DISK)."""
        job = self.ledger.jobs[job_id]
        if isinstance(job.state, Saved):
            await self._collector.save_copy(job.state.clip, target)

    def _follow(self, job: Job) -> None:
        self._tasks.start(self._watch(job), f"watch {job.id}")

    async def _watch(self, job: Job) -> None:
        job = await self._watcher.watch(job)
        if isinstance(job.state, Saved):
            self.saved.emit(job)
