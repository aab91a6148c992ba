"""Every job there is, in memory for the window and on disk for the next start."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from venice_studio.domain.job import Job, JobState, Saved
from venice_studio.domain.problem import Problem, Trouble
from venice_studio.domain.spending import Attempt, attempt_of
from venice_studio.library.database import Condition
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
        self._coming: dict[str, tuple[Path, ...]] = {}
        self._one_at_a_time = asyncio.Lock()

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
    def read_only(self) -> bool:
        """Whether the file is a newer version's, which is shown and left alone."""
        return self._store.condition is Condition.NEWER

    @property
    def was_damaged(self) -> bool:
        """Whether the file was damaged, and a new one begun with what could be read of it."""
        return self._store.condition is Condition.DAMAGED

    @property
    def is_new(self) -> bool:
        """Whether nothing was ever written down in it: a first start, or the file was lost or emptied."""
        return not self._jobs and not self._attempts and not self.read_only

    def check_writable(self) -> None:
        """Raise `Trouble` (DISK) where nothing may be changed: asked before anything is done to clips."""
        self._store.check_writable()

    @property
    def _store(self) -> Store:
        assert self._opened is not None, "the ledger was not loaded"
        return self._opened

    async def load(self) -> str | None:
        """Read what the last run left; what the user should know of the file's state, if anything."""
        self._opened = await self._open_store()
        self._attempts = {attempt.job_id: attempt for attempt in await self._store.attempts()}
        self._coming = dict(await self._store.coming())
        for job in sorted(await self._store.jobs(), key=lambda job: job.id):
            self.show(job)
        return self._store.notice

    async def history(self, job_id: str) -> tuple[Event, ...]:
        """Everything that was known of a job, oldest first: what a receipt is made of."""
        return await self._store.history(job_id)

    async def pictures(self) -> frozenset[str]:
        """The fingerprint of every picture that any job refers to."""
        return await self._store.pictures()

    async def close(self) -> None:
        """Close the file, once every change that was begun is in it."""
        async with self._one_at_a_time:
            if self._opened is not None:
                await self._opened.close()

    async def intend(self, jobs: Sequence[Job]) -> None:
        """Write new jobs durably, all or none, before anything of them is sent."""
        # A caller that goes away must not leave it open whether the rows are there.
        await asyncio.shield(self._store.add(jobs))
        for job in jobs:
            self.show(job)

    async def change(self, job_id: str, make: Callable[[Job], Job]) -> Job:
        """Write durably what `make` makes of a job, and give it. Raises KeyError for one that is not there any more.

        `make` is given the job as the change before left it: of two at once, neither undoes the other's work.
        """
        return await asyncio.shield(self._change(job_id, make))

    async def become(self, job_id: str, state: JobState) -> Job:
        """`change` of the state alone."""
        return await self.change(job_id, lambda job: job.to(state))

    async def become_surely(self, job_id: str, state: JobState) -> Job:
        """As `become`, for what must not be lost: in sight at once, and tried again for as long as the disk refuses.

        A job that is removed meanwhile is given as it was.
        """
        self.show(shown := self._jobs[job_id].to(state))
        try:
            while job_id in self._jobs:
                try:
                    return await self.become(job_id, state)
                except Trouble as trouble:
                    self._unwritten.add(job_id)
                    self.refused.emit(trouble.problem)
                await asyncio.sleep(RETRY_S)
        finally:
            self._unwritten.discard(job_id)
        return shown

    def coming(self, job_id: str) -> tuple[Path, ...]:
        """The folders in which the clip of a job that is not saved may lie."""
        return self._coming.get(job_id, ())

    async def comes_to(self, job_id: str, folder: Path) -> None:
        """Write down, before the first byte, that a job's clip comes to `folder`."""
        if folder not in self.coming(job_id):
            await asyncio.shield(self._store.comes_to(job_id, folder))
            self._coming[job_id] = (*self.coming(job_id), folder)

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
        await asyncio.shield(self._drop(job_id))

    async def _drop(self, job_id: str) -> None:
        async with self._one_at_a_time:
            await self._store.remove(job_id)
            if self._jobs.pop(job_id, None) is not None:
                self.removed.emit(job_id)

    async def _change(self, job_id: str, make: Callable[[Job], Job]) -> Job:
        async with self._one_at_a_time:
            job = make(self._jobs[job_id])
            await self._store.put(job)
            if isinstance(job.state, Saved):
                self._coming.pop(job_id, None)
            self.show(job)
            return job
