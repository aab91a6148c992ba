"""Every job there is, in memory for the window and on disk for the next start."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from types import MappingProxyType

from venice_studio.domain.job import Job
from venice_studio.domain.problem import Problem, Trouble
from venice_studio.domain.spending import Attempt, attempt_of
from venice_studio.library.store import Event, Store
from venice_studio.studio.signals import Signal

RETRY_S = 2.0
"""Between two tries to write what must not be lost."""


class Ledger:
    """The one place through which a job changes: first on disk, then in sight."""

    def __init__(self, open_store: Callable[[], Awaitable[Store]]) -> None:
        self.changed: Signal[Job] = Signal()
        self.cost_changed: Signal[Attempt] = Signal()
        self.removed: Signal[str] = Signal()
        self.refused: Signal[Problem] = Signal()
        self._open_store = open_store
        self._opened: Store | None = None
        self._unwritten: set[str] = set()
        self._jobs: dict[str, Job] = {}
        self._attempts: dict[str, Attempt] = {}

    @property
    def jobs(self) -> Mapping[str, Job]:
        """Every job by id, oldest first."""
        return MappingProxyType(self._jobs)

    @property
    def attempts(self) -> Mapping[str, Attempt]:
        """What every job cost, by its id, those that were removed too."""
        return MappingProxyType(self._attempts)

    @property
    def unwritten(self) -> frozenset[str]:
        """The jobs of which the disk refuses what must not be lost: if the program ended now, it would be."""
        return frozenset(self._unwritten)

    @property
    def _store(self) -> Store:
        assert self._opened is not None, "the ledger was not loaded"
        return self._opened

    async def load(self) -> str | None:
        """Read what the last run left; what the user should know of the file's state, if anything."""
        self._opened = await self._open_store()
        self._attempts = {attempt.job_id: attempt for attempt in await self._store.attempts()}
        for job in sorted(await self._store.jobs(), key=lambda job: job.id):
            self.show(job)
        return self._store.notice

    async def history(self, job_id: str) -> tuple[Event, ...]:
        """Everything that was known of a job, oldest first: what a receipt is made of."""
        return await self._store.history(job_id)

    async def note(self, job_id: str, words: str) -> None:
        """Add a line to a job's history."""
        await asyncio.shield(self._store.note(job_id, words))

    async def pictures(self) -> frozenset[str]:
        """The fingerprint of every picture that any job refers to."""
        return await self._store.pictures()

    async def close(self) -> None:
        """Close the file."""
        if self._opened is not None:
            await self._opened.close()

    async def intend(self, jobs: Sequence[Job]) -> None:
        """Write new jobs durably, all or none, before anything of them is sent."""
        # A caller that goes away must not leave it open whether the rows are there.
        await asyncio.shield(self._store.add(jobs))
        for job in jobs:
            self.show(job)

    async def put(self, job: Job) -> Job:
        """Write a job's new state durably; returns the job."""
        await asyncio.shield(self._store.put(job))
        self.show(job)
        return job

    async def put_surely(self, job: Job) -> Job:
        """As `put`, for what must not be lost: in sight at once, and tried again for as long as the disk refuses."""
        self.show(job)
        try:
            while True:
                try:
                    return await self.put(job)
                except Trouble as trouble:
                    self._unwritten.add(job.id)
                    self.refused.emit(trouble.problem)
                await asyncio.sleep(RETRY_S)
        finally:
            self._unwritten.discard(job.id)

    def show(self, job: Job) -> None:
        """Tell of a change that need not outlive the program, such as progress."""
        self._jobs[job.id] = job
        before = self._attempts.get(job.id)
        attempt = self._attempts[job.id] = attempt_of(job)
        self.changed.emit(job)
        if attempt != before:
            self.cost_changed.emit(attempt)

    async def drop(self, job_id: str) -> None:
        """Forget a job."""
        await asyncio.shield(self._store.remove(job_id))
        if self._jobs.pop(job_id, None) is not None:
            self.removed.emit(job_id)
