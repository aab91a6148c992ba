"""The SQLite file: opened by one process at a time, migrated, and set aside where it is damaged."""

import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from venice_studio.domain.problem import Kind, Problem, Trouble
from venice_studio.library.landing import sync_folder
from venice_studio.library.records import COLUMNS, COMING_COLUMNS, EVENT_COLUMNS
from venice_studio.library.trouble import told

log = logging.getLogger(__name__)

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE job (
            id TEXT PRIMARY KEY, press TEXT NOT NULL, take INTEGER NOT NULL, created_at TEXT NOT NULL,
            service TEXT NOT NULL, fingerprint TEXT NOT NULL, model TEXT NOT NULL, prompt TEXT NOT NULL,
            state TEXT NOT NULL, cost TEXT NOT NULL, amount TEXT NOT NULL, currency TEXT NOT NULL,
            request TEXT NOT NULL, payload TEXT NOT NULL, outcome TEXT NOT NULL, hidden INTEGER NOT NULL
        ) STRICT""",
        """CREATE TABLE event (
            id INTEGER PRIMARY KEY AUTOINCREMENT, job_id TEXT NOT NULL,
            at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
            service TEXT NOT NULL, model TEXT NOT NULL, state TEXT NOT NULL,
            cost TEXT NOT NULL, amount TEXT NOT NULL, currency TEXT NOT NULL, note TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX event_of_job ON event (job_id)",
    ),
    (
        """CREATE TABLE coming (
            job_id TEXT NOT NULL, folder TEXT NOT NULL, PRIMARY KEY (job_id, folder)
        ) STRICT, WITHOUT ROWID""",
    ),
)
"""Statements that lead from one schema version to the next; `PRAGMA user_version` says how many a file has had.

1  Jobs, and the history of each.
2  The folders into which the clip of a job may have come so far, so that it is found where the user chose another one.
"""


class Condition(StrEnum):
    """In what state the file was found."""

    FINE = "fine"
    NEWER = "written by a newer version"
    DAMAGED = "damaged"


_WHOLE = ".rescued"
"""The ending of a new file that holds all that could be read of a damaged one and is not in its place yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """An open file. `set_aside`: where a damaged one lies now; `rescued`: how many jobs could be read out of it."""

    connection: sqlite3.Connection
    condition: Condition = Condition.FINE
    set_aside: Path | None = None
    rescued: int = 0


def open_database(path: Path) -> Database:
    """Open or begin the file at `path`. Raises `Trouble` (DISK) where that cannot be, or another program has it."""
    with told(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        whole = next(path.parent.glob(f"{path.stem} (damaged *){_WHOLE}"), None)
        if whole is None:
            _touch(path)
    with told(path.parent), understood(path):
        if whole is None:
            try:
                return _open(path)
            except sqlite3.DatabaseError as error:
                if not _damaged(error):
                    raise
                log.warning("%s is damaged: %s", path, error)
        return _put_in_its_place(whole or _rescue(path), path)


def _open(path: Path, journal: str = "WAL") -> Database:
    connection = sqlite3.connect(path, isolation_level=None, timeout=1.0)
    try:
        connection.row_factory = sqlite3.Row
        # A second process would take the first one's running posts for interrupted ones.
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute(f"PRAGMA journal_mode = {journal}")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA fullfsync = ON")  # without it fsync promises little on macOS
        connection.execute("PRAGMA secure_delete = ON")
        if (verdict := connection.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
            raise _Damage(verdict)
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > len(MIGRATIONS):
            connection.execute("PRAGMA query_only = ON")
            return Database(connection=connection, condition=Condition.NEWER)
        with transaction(connection):
            for statements in MIGRATIONS[version:]:
                for statement in statements:
                    connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    except BaseException:
        connection.close()
        raise
    return Database(connection=connection)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing of what is executed inside."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def understood(path: Path) -> Iterator[None]:
    """Raise `Trouble` (DISK) where SQLite refuses something."""
    try:
        yield
    except sqlite3.Error as error:
        raise Trouble(Problem(kind=Kind.DISK, message=_advice(error, path))) from error


def _advice(error: sqlite3.Error, path: Path) -> str:
    match _code(error):
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return "Venice Studio is already running. Use the window that is open, or close it first."
        case sqlite3.SQLITE_FULL:
            return f"The disk is full: your list of clips in {path.parent} cannot be written. Free some space."
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return f"Your list of clips cannot be written: you may not write to {path}. Give yourself the right to."
        case sqlite3.SQLITE_IOERR:
            return f"The disk with your list of clips, {path}, does not work as it should. Check it, then start again."
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return "Your list of clips is damaged. Start Venice Studio again: it saves whatever can still be read."
        case _:
            return (
                f"Your list of clips cannot be read or written ({error}). Start Venice Studio again. If this comes "
                f"back, move {path} to another folder: a new list is begun, and your clips stay where they are."
            )


class _Damage(sqlite3.DatabaseError):
    """The file's own check found it broken."""


def _damaged(error: sqlite3.DatabaseError) -> bool:
    return isinstance(error, _Damage) or _code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _rescue(path: Path) -> Path:
    """Take over whatever can still be read into a new file: some of the jobs may be paid for and on their way.

    It bears its name once it is whole and on the disk; until then a kill leaves everything as it was.
    """
    whole = _free_name(path).with_suffix(_WHOLE)
    part = whole.with_suffix(".part")
    for left in (part, Path(f"{part}-journal")):
        left.unlink(missing_ok=True)
    _touch(part)
    # Closing a log of changes (WAL) could fail without a word.
    with closing(_open(part, "DELETE").connection) as into, closing(sqlite3.connect(path)) as source:
        for table, columns in (("event", EVENT_COLUMNS), ("coming", COMING_COLUMNS), ("job", COLUMNS)):
            _copy(source, into, table, columns)
    part.replace(whole)
    sync_folder(path.parent)
    return whole


def _put_in_its_place(whole: Path, path: Path) -> Database:
    """Set the damaged file aside and open the rescued one instead; after a kill the next start goes on here."""
    aside = whole.with_suffix(path.suffix)
    for suffix in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            Path(f"{path}{suffix}").rename(f"{aside}{suffix}")
    whole.rename(path)
    sync_folder(path.parent)
    connection = _open(path).connection
    rescued: int = connection.execute("SELECT count(*) FROM job").fetchone()[0]
    return Database(connection=connection, condition=Condition.DAMAGED, set_aside=aside, rescued=rescued)


def _touch(path: Path) -> None:
    # Prompts and download links are nobody else's business.
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _free_name(path: Path) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.stem} (damaged {number}){path.suffix}")).exists():
        number += 1
    return aside


def _copy(source: sqlite3.Connection, into: sqlite3.Connection, table: str, columns: tuple[str, ...]) -> None:
    names, places = ", ".join(columns), ", ".join("?" * len(columns))
    with transaction(into):
        for row in _readable(source, f"SELECT {names} FROM {table}"):
            # A row that holds what no row may hold is not one any more; that the disk is full is another matter.
            with suppress(sqlite3.IntegrityError):
                into.execute(f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({places})", row)


def _readable(source: sqlite3.Connection, query: str) -> Iterator[tuple[object, ...]]:
    # Reading ends where the damage begins; what was read until then is kept.
    with suppress(sqlite3.Error):
        yield from source.execute(query)
