"""The rows as Qt's model: what the ledger says, gathered until the loop is idle, told in as few steps as possible."""

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    QUrl,
    Signal,
)

from venice_studio.domain.job import Job, Saved
from venice_studio.domain.outlook import Outlook
from venice_studio.studio.ledger import Ledger
from venice_studio.ui.jobs.listing import Listing, Row, Sieve
from venice_studio.ui.jobs.offers import Gone, all_there
from venice_studio.ui.jobs.sentences import spoken
from venice_studio.ui.widgets.labels import plain_tip

Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """What a row tells beside Qt's own roles."""

    ROW = int(Qt.ItemDataRole.UserRole)
    """The `Row`."""


class JobModel(QAbstractListModel):
    """One row for each press, newest first."""

    settled = Signal()
    """Everything heard so far is in the rows and counts."""

    def __init__(
        self,
        ledger: Ledger,
        *,
        name: Callable[[str], str],
        now: Callable[[], datetime],
        outlook: Callable[[Job], Outlook],
        gone: Gone = all_there,
        parent: QObject | None = None,
    ) -> None:
        """`name` gives a model's name by its id, `now` the time in UTC, `outlook` what to say of a render, `gone`
        whether a model is not on offer any more."""
        super().__init__(parent)
        self.listing = Listing(name)
        self.now = now
        self.outlook = outlook
        self.name = name
        self.gone = gone
        self.counting: dict[str, str] = {}
        """What the link says that is about to send a job again, by the job's id."""
        self._missing: set[str] = set()
        """Jobs whose clip was looked for and not found."""
        self._shown: list[str] = []
        self._places: dict[str, int] = {}
        self._heard: dict[str, Job] = {}
        self._gone: set[str] = set()
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self.settle)
        self._disconnect = (ledger.changed.connect(self._hear), ledger.removed.connect(self._hear_removed))
        self.listing.put(ledger.jobs.values())
        self._take(self.listing.shown())

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid() or (row := self.row(index.row())) is None:
            return None
        match role:
            case Role.ROW:
                return row
            case Qt.ItemDataRole.DisplayRole:
                return row.jobs[0].request.prompt
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(row.jobs[0].request.prompt)
            case Qt.ItemDataRole.AccessibleTextRole:
                said = spoken(row, self.name, self.now(), self.outlook(row.jobs[0]), self.gone)
                return f"{said}. File missing" if self.is_missing(row.jobs[0]) else said
            case _:
                return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        row = self.row(index.row())
        return flags | Qt.ItemFlag.ItemIsDragEnabled if row and _paths(row) else flags

    def mimeTypes(self) -> list[str]:
        return ["text/uri-list"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The clips of the rows as files, for any program that takes them."""
        rows = [row for index in indexes if (row := self.row(index.row()))]
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(path) for row in rows for path in _paths(row)])
        return data

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction

    def row(self, at: int) -> Row | None:
        """The row at a place; None beyond the last."""
        return self.listing.row(self._shown[at]) if 0 <= at < len(self._shown) else None

    def place_of(self, group: str) -> QModelIndex:
        """Where a press is in sight; an invalid index where the sieve keeps it out."""
        at = self._places.get(group)
        return QModelIndex() if at is None else self.index(at)

    def sift(self, sieve: Sieve) -> None:
        """Show only what is wanted."""
        if sieve != self.listing.sieve:
            self.listing.sieve = sieve
            self._show(self.listing.shown())
            self.settled.emit()

    def tick(self) -> None:
        """Time went on: what rows under way say of it is new."""
        live = [at for at, group in enumerate(self._shown) if (row := self.listing.row(group)) and row.live]
        if live:
            self.dataChanged.emit(self.index(live[0]), self.index(live[-1]))

    def show_counting(self, job_id: str, words: str) -> None:
        """Say on a job's link when it is sent again; empty: what it always says."""
        self.counting[job_id] = words
        self._repaint(job_id)

    def is_missing(self, job: Job) -> bool:
        """Whether the file of a saved clip was not where it was saved when it was last looked at."""
        return job.id in self._missing

    def show_missing(self, job_id: str, missing: bool) -> None:
        """Say in a job's row that the file of its clip is not there, or no longer so."""
        if missing == (job_id in self._missing):
            return
        self._missing ^= {job_id}
        self._repaint(job_id)

    def _repaint(self, job_id: str) -> None:
        rows = ((at, self.listing.row(group)) for at, group in enumerate(self._shown))
        at = next((at for at, row in rows if row and any(job.id == job_id for job in row.jobs)), None)
        if at is not None:
            self.dataChanged.emit(self.index(at), self.index(at))

    def rename(self) -> None:
        """Models have got names: rows show them."""
        if self._shown:
            self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1))

    def disconnect_ledger(self) -> None:
        """Hear no more of the ledger."""
        for disconnect in self._disconnect:
            disconnect()
        self._idle.stop()

    def settle(self) -> None:
        """Take into the rows what was heard since the last time."""
        self._idle.stop()
        heard, self._heard = self._heard, {}
        gone, self._gone = self._gone, set()
        self.listing.put(heard.values())
        for job_id in gone:
            self.listing.remove(job_id)
        self._show(self.listing.shown())
        for group in {job.group for job in heard.values()}:
            if (index := self.place_of(group)).isValid():
                self.dataChanged.emit(index, index)
        self.settled.emit()

    def _hear(self, job: Job) -> None:
        self._gone.discard(job.id)
        self._heard[job.id] = job
        self._idle.start(0)

    def _hear_removed(self, job_id: str) -> None:
        self._heard.pop(job_id, None)
        self._gone.add(job_id)
        self._idle.start(0)

    def _show(self, wanted: list[str]) -> None:
        """Go from the rows in sight to the wanted ones: one row that came or went is told as such, more as a reset."""
        if wanted == self._shown:
            return
        if (at := _one_more(self._shown, wanted)) is not None:
            self.beginInsertRows(QModelIndex(), at, at)
            self._take(wanted)
            self.endInsertRows()
        elif (at := _one_more(wanted, self._shown)) is not None:
            self.beginRemoveRows(QModelIndex(), at, at)
            self._take(wanted)
            self.endRemoveRows()
        else:
            self.beginResetModel()
            self._take(wanted)
            self.endResetModel()

    def _take(self, shown: list[str]) -> None:
        self._shown = shown
        self._places = {group: at for at, group in enumerate(shown)}


def _one_more(shorter: list[str], longer: list[str]) -> int | None:
    """Where `longer` has one more than `shorter`, all else being equal; None where they differ otherwise."""
    if len(longer) != len(shorter) + 1:
        return None
    at = next((at for at, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    return at if shorter[at:] == longer[at + 1 :] else None


def _paths(row: Row) -> list[str]:
    return [job.state.clip.path for job in row.jobs if isinstance(job.state, Saved)]
