"""Jobs on disk: every function is one whole transaction in the database's own thread."""

import logging
import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from venice_studio.domain.job import Doubtful, Failed, Held, Job, JobState, Refused, Rendering, Saved
from venice_studio.domain.problem import Kind, Problem, Trouble
from venice_studio.domain.spending import Attempt
from venice_studio.library import records
from venice_studio.library.database import Condition, Database, open_database, transaction, understood
from venice_studio.library.threads import Worker

log = logging.getLogger(__name__)

_FINGERPRINT = re.compile(r'"([0-9a-f]{64})"')

_ATTEMPTS = """
    SELECT id AS job_id, created_at AS at, service, model, amount, currency, cost FROM job
    UNION ALL
    SELECT last.job_id, first.at, last.service, last.model, last.amount, last.currency, last.cost
    FROM (SELECT min(id) AS first, max(id) AS last FROM event GROUP BY job_id) AS span
    JOIN event AS first ON first.id = span.first
    JOIN event AS last ON last.id = span.last
    WHERE last.job_id NOT IN (SELECT id FROM job)
    ORDER BY 2, 1
"""
"""Of a job that is not there any more, its history knows what it cost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What was known of a job from `at` (UTC) on; `state` and `cost` are the words of that time."""

    job_id: str
    at: datetime
    service: str
    model: str
    state: str
    cost: str
    amount: str
    currency: str
    note: str


class Store:
    """The list of jobs. Open it with `Store.open`; every method raises `Trouble` (DISK) where the disk refuses.

    One process at a time: who opens a file that is open elsewhere is told that the program is already running.
    """

    def __init__(self, path: Path, worker: Worker, database: Database) -> None:
        self._path = path
        self._worker = worker
        self._database = database

    @classmethod
    async def open(cls, path: Path, worker: Worker) -> "Store":
        """Open the list at `path`, or begin one. A damaged one is set aside; see `condition`."""
        return cls(path, worker, await worker.run(open_database, path))

    @property
    def condition(self) -> Condition:
        """In what state the file was found; one of a newer version is read only."""
        return self._database.condition

    @property
    def notice(self) -> str | None:
        """What the user should know of how the file was found; None: all is well."""
        match self.condition:
            case Condition.FINE:
                return None
            case Condition.NEWER:
                return "Your list of clips was written by a newer Venice Studio. It is shown, and nothing can be made."
            case Condition.DAMAGED:
                return (
                    f"Your list of clips was damaged. {self._database.rescued} entries could be saved; "
                    f"the old list is kept as {self._database.set_aside}. Your clips are where they were."
                )

    async def add(self, jobs: Sequence[Job]) -> None:
        """Write new jobs, all or none; on return they outlive a power cut."""
        await self._worker.run(self._write, lambda db: _insert(db, jobs))

    async def put(self, job: Job) -> None:
        """Write the new state of a job that was added; on return it outlives a power cut.

        What was asked for stays as it was written, and in the row whatever only a newer version understands.
        """
        await self._worker.run(self._write, lambda db: _update(db, job))

    async def comes_to(self, job_id: str, folder: Path) -> None:
        """Write down that a job's clip may come to lie in `folder`, until it is saved or the job removed."""
        await self._worker.run(self._write, lambda db: _comes_to(db, job_id, folder))

    async def coming(self) -> Mapping[str, tuple[Path, ...]]:
        """Where the clips of jobs may lie that are not saved, by job."""
        return await self._worker.run(self._coming)

    async def remove(self, job_id: str) -> None:
        """Forget a job: prompt, request and state are overwritten; what it cost stays in its history."""
        await self._worker.run(self._write, lambda db: _delete(db, job_id))

    async def jobs(self) -> tuple[Job, ...]:
        """Every job this version can read, newest first."""
        return await self._worker.run(self._jobs)

    async def history(self, job_id: str) -> tuple[Event, ...]:
        """Everything that was known of a job, oldest first, also after it was removed."""
        return await self._worker.run(self._history, job_id)

    async def attempts(self) -> tuple[Attempt, ...]:
        """The last known cost of every job there ever was, oldest first, removed ones too."""
        return await self._worker.run(self._attempts)

    async def pictures(self) -> frozenset[str]:
        """The fingerprint of every picture that any job refers to, also those that this version cannot read."""
        return await self._worker.run(self._pictures)

    async def close(self) -> None:
        """Close the file; nothing may be asked of the store after this."""
        await self._worker.run(self._database.connection.close)

    def check_writable(self) -> None:
        """Raise `Trouble` (DISK) for a file that is only shown."""
        if self.condition is Condition.NEWER:
            message = (
                "Your list of clips was written by a newer Venice Studio. Update this one to make clips or change them."
            )
            raise Trouble(Problem(kind=Kind.DISK, message=message))

    def _write(self, change: Callable[[sqlite3.Connection], object]) -> None:
        self.check_writable()
        with self._reach() as db, transaction(db):
            change(db)

    def _jobs(self) -> tuple[Job, ...]:
        with self._reach() as db:
            return tuple(_readable(db.execute("SELECT * FROM job ORDER BY created_at DESC, id DESC")))

    def _pictures(self) -> frozenset[str]:
        with self._reach() as db:
            requests = db.execute("SELECT request FROM job")
            return frozenset(mark for (request,) in requests for mark in _FINGERPRINT.findall(request))

    def _coming(self) -> Mapping[str, tuple[Path, ...]]:
        found: defaultdict[str, tuple[Path, ...]] = defaultdict(tuple)
        with self._reach() as db:
            for job_id, folder in db.execute("SELECT job_id, folder FROM coming"):
                found[job_id] += (Path(folder),)
        return dict(found)

    def _attempts(self) -> tuple[Attempt, ...]:
        with self._reach() as db:
            return tuple(records.to_attempt(dict(row)) for row in db.execute(_ATTEMPTS))

    def _history(self, job_id: str) -> tuple[Event, ...]:
        query = f"SELECT {', '.join(records.EVENT_COLUMNS)} FROM event WHERE job_id = ? ORDER BY id"
        with self._reach() as db:
            rows = db.execute(query, (job_id,)).fetchall()
        return tuple(Event(**{**row, "at": datetime.fromisoformat(row["at"])}) for row in map(dict, rows))

    @contextmanager
    def _reach(self) -> Iterator[sqlite3.Connection]:
        with understood(self._path):
            yield self._database.connection


def _readable(rows: sqlite3.Cursor) -> Iterator[Job]:
    for row in rows:
        try:
            yield records.from_row(dict(row))
        except Exception as error:
            # It stays on disk for a version that can read it.
            log.warning("Job %s cannot be read by this version: %r", row[0], error)


def _insert(db: sqlite3.Connection, jobs: Sequence[Job]) -> None:
    places = ", ".join(f":{name}" for name in records.COLUMNS)
    for job in jobs:
        row = records.to_row(job)
        db.execute(f"INSERT INTO job ({', '.join(records.COLUMNS)}) VALUES ({places})", row)
        _note(db, row, _words(job.state))


def _update(db: sqlite3.Connection, job: Job) -> None:
    before = db.execute("SELECT state, outcome FROM job WHERE id = ?", (job.id,)).fetchone()
    if before is None:
        raise KeyError(f"No job {job.id} was added")
    row = records.to_row(job)
    row = {**row, "outcome": records.with_the_unknown(row, before)}
    changes = ", ".join(f"{name} = :{name}" for name in records.CHANGING)
    db.execute(f"UPDATE job SET {changes} WHERE id = :id", row)
    if isinstance(job.state, Saved):
        _forget_places(db, job.id)
    _note(db, row, _words(job.state))


def _comes_to(db: sqlite3.Connection, job_id: str, folder: Path) -> None:
    db.execute("INSERT OR IGNORE INTO coming (job_id, folder) VALUES (?, ?)", (job_id, str(folder)))


def _forget_places(db: sqlite3.Connection, job_id: str) -> None:
    db.execute("DELETE FROM coming WHERE job_id = ?", (job_id,))


def _delete(db: sqlite3.Connection, job_id: str) -> None:
    _forget_places(db, job_id)
    db.execute(
        "INSERT INTO event (job_id, service, model, state, cost, amount, currency, note) "
        "SELECT id, service, model, 'removed', cost, amount, currency, '' FROM job WHERE id = ?",
        (job_id,),
    )
    # Notes hold the service's words, which may repeat the prompt.
    db.execute("UPDATE event SET note = '' WHERE job_id = ?", (job_id,))
    db.execute("DELETE FROM job WHERE id = ?", (job_id,))


def _note(db: sqlite3.Connection, row: records.Row, note: str) -> None:
    db.execute(
        "INSERT INTO event (job_id, service, model, state, cost, amount, currency, note) "
        "VALUES (:id, :service, :model, :state, :cost, :amount, :currency, :note)",
        {**row, "note": note},
    )


def _words(state: JobState) -> str:
    match state:
        case Doubtful(evidence=str() as found) if found:
            return found
        case Held(problem=problem) | Refused(problem=problem) | Doubtful(problem=problem) | Failed(problem=problem):
            return _evidence(problem)
        case Rendering(trouble=Problem() as problem):
            return _evidence(problem)
        case _:
            return ""


def _evidence(problem: Problem) -> str:
    status = "" if problem.status is None else f" (HTTP {problem.status})"
    return f"{problem.kind}{status}: {problem.message}"
