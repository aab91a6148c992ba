"""Every job there is, in memory for the window and on disk for the next start."""

import asyncio
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from venice_studio.domain.job import Job
from venice_studio.library.store import Store
from venice_studio.studio.signals import Signal


class Ledger:
    """The one place through which a job changes: first on disk, then in sight."""

    def __init__(self, store: Store) -> None:
        self.changed: Signal[Job] = Signal()
        self.removed: Signal[str] = Signal()
        self._store = store
        self._jobs: dict[str, Job] = {}

    @property
    def jobs(self) -> Mapping[str, Job]:
        """Every job by id, oldest first."""
        return MappingProxyType(self._jobs)

    async def load(self) -> None:
        """Read what the last run left."""
        for job in sorted(await self._store.jobs(), key=lambda job: job.id):
            self.show(job)

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

    def show(self, job: Job) -> None:
        """Tell of a change that need not outlive the program, such as progress."""
        self._jobs[job.id] = job
        self.changed.emit(job)

    async def drop(self, job_id: str) -> None:
        """Forget a job."""
        await asyncio.shield(self._store.remove(job_id))
        if self._jobs.pop(job_id, None) is not None:
            self.removed.emit(job_id)
