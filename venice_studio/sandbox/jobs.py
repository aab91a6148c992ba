"""Jobs by wall clock, and where they are kept: one SQLite file, so that a kill at any moment leaves whole jobs only."""

import json
import shutil
import sqlite3
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Self

from venice_studio.sandbox.render.plan import Plan

_VERSION = 1
"""Of the schema, kept in the file; it goes up with each change. A file without one (0) is of the first."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS job (
    id TEXT PRIMARY KEY, account TEXT NOT NULL, model TEXT NOT NULL, price_usd TEXT NOT NULL,
    queued_at REAL NOT NULL, render_s REAL NOT NULL, trigger TEXT, broken INTEGER NOT NULL,
    deleted INTEGER NOT NULL, plan TEXT NOT NULL, download TEXT, gets INTEGER NOT NULL
) STRICT
"""
_PATIENCE_S = 10.0
"""Longer than an earlier sandbox takes to end."""
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)


class StateError(Exception):
    """The folder cannot be used; the message says why in a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One queued clip. `queued_at` is Unix time in s, `render_s` the drawn-up render time in s before any speed.

    `trigger` is what the prompt provoked, `broken` that the clip could not be drawn; both give the money back.
    `download` is the secret part of a private model's download address, `gets` how often it was fetched whole.
    """

    id: str
    account: str
    model: str
    price_usd: Decimal
    queued_at: float
    render_s: float
    plan: Plan
    trigger: str | None = None
    broken: bool = False
    deleted: bool = False
    download: str | None = None
    gets: int = 0

    def due(self, speed: float) -> float:
        """When the render time is over, Unix time in s."""
        return self.queued_at + self.render_s / speed


class Jobs:
    """All jobs, in memory and on disk under `folder`, with their clips and what they are drawn from.

    Raises StateError where the folder cannot be used, or another sandbox uses it.
    """

    def __init__(self, folder: Path) -> None:
        self._clips = folder / "clips"
        self._materials = folder / "materials"
        try:
            for place in (self._clips, self._materials):
                place.mkdir(parents=True, exist_ok=True)
            self._file, self._jobs = _opened(folder / "jobs.sqlite3")
        except (OSError, sqlite3.Error) as error:
            if _code(error) == sqlite3.SQLITE_BUSY:
                raise StateError(f"Another sandbox works in {folder}: end it, or name another folder.") from error
            raise StateError(f"{folder} cannot be used as the sandbox's folder: {error}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def __len__(self) -> int:
        return len(self._jobs)

    def get(self, job_id: str) -> Job | None:
        """The job with this id, deleted ones too."""
        return self._jobs.get(job_id)

    def by_download(self, secret: str) -> Job | None:
        """The job whose clip is fetched under this secret."""
        return next((job for job in self._jobs.values() if job.download == secret), None)

    def of(self, account: str) -> Iterable[Job]:
        """All jobs of one account."""
        return [job for job in self._jobs.values() if job.account == account]

    def unfinished(self) -> Iterable[Job]:
        """The jobs that have no clip, and may get one."""
        return [job for job in self._jobs.values() if not (job.deleted or job.broken or self.clip(job.id).exists())]

    def put(self, job: Job) -> None:
        """Adds or replaces a job; it is on disk when this returns."""
        plan = json.dumps(asdict(job.plan))
        row = (job.id, job.account, job.model, str(job.price_usd), job.queued_at, job.render_s, job.trigger)
        row += (job.broken, job.deleted, plan, job.download, job.gets)  # type: ignore[assignment]
        self._file.execute("INSERT OR REPLACE INTO job VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", row)
        self._jobs[job.id] = job

    def delete(self, job: Job) -> None:
        """Forgets the media; the job itself stays, because it was paid for."""
        self.put(replace(job, deleted=True))
        self.drop_media(job.id)

    def drop_media(self, job_id: str) -> None:
        """Removes the files of a job."""
        self.clip(job_id).unlink(missing_ok=True)
        shutil.rmtree(self.materials(job_id), ignore_errors=True)

    def clip(self, job_id: str) -> Path:
        """Where the clip lies once it is whole."""
        return self._clips / f"{job_id}.mp4"

    def keep(self, job_id: str, files: Mapping[str, bytes]) -> None:
        """Writes what a clip is drawn from."""
        if not files:
            return
        folder = self.materials(job_id)
        folder.mkdir()
        for name, data in files.items():
            (folder / name).write_bytes(data)

    def materials(self, job_id: str) -> Path:
        """The folder of what a clip is drawn from."""
        return self._materials / job_id


def _opened(path: Path) -> tuple[sqlite3.Connection, dict[str, Job]]:
    """The file and the jobs in it. One that cannot be understood is set aside for a new one: it is play money."""
    try:
        return _read(path)
    except sqlite3.Error as error:
        if _code(error) not in _DAMAGED:
            raise
    except (ArithmeticError, LookupError, TypeError, ValueError):
        pass
    aside = path.with_stem(f"{path.stem} (damaged)")
    path.replace(aside)
    for more in ("-wal", "-shm"):
        path.with_name(path.name + more).unlink(missing_ok=True)
    print(f"The jobs could not be read. They lie in {aside} now, and all begins anew.", file=sys.stderr)
    return _read(path)


def _read(path: Path) -> tuple[sqlite3.Connection, dict[str, Job]]:
    file = sqlite3.connect(path, isolation_level=None, timeout=_PATIENCE_S)
    try:
        # Two would not know of each other's jobs, and both draw them.
        file.execute("PRAGMA locking_mode=EXCLUSIVE")
        file.execute("PRAGMA journal_mode=WAL")
        file.execute("PRAGMA synchronous=NORMAL")
        if file.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise ValueError("damaged")
        if file.execute("PRAGMA user_version").fetchone()[0] not in (0, _VERSION):
            raise ValueError("of another version")
        file.execute(_SCHEMA)
        file.execute(f"PRAGMA user_version={_VERSION}")
        return file, {job.id: job for job in map(_from_row, file.execute("SELECT * FROM job"))}
    except BaseException:
        file.close()
        raise


def _code(error: Exception) -> int:
    """SQLite's primary result code; 0 for errors of others."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _from_row(row: tuple[str, str, str, str, float, float, str | None, int, int, str, str | None, int]) -> Job:
    job_id, account, model, price, queued_at, render_s, trigger, broken, deleted, plan, download, gets = row
    return Job(
        id=job_id,
        account=account,
        model=model,
        price_usd=Decimal(price),
        queued_at=queued_at,
        render_s=render_s,
        plan=Plan.read(json.loads(plan)),
        trigger=trigger,
        broken=bool(broken),
        deleted=bool(deleted),
        download=download,
        gets=gets,
    )
