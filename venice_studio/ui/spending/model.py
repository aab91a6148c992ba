"""The lines of the table: a model on a day."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, Qt

from venice_studio.domain.quote import money
from venice_studio.domain.spending import Line
from venice_studio.ui.spending import words
from venice_studio.ui.theme import colour
from venice_studio.ui.widgets.table import Columns, Index

HEADERS = ("Day", "Model", "Attempts", "Charged", "Refunded", "May have been charged")
_NUMBERS = 2
"""From this column on there are numbers."""
_UNKNOWN = HEADERS.index("May have been charged")


class SpendingModel(Columns):
    """Shows lines, newest first."""

    def __init__(self, name: Callable[[str], str]) -> None:
        """`name` gives a model's name by its id."""
        super().__init__(HEADERS, first_number=_NUMBERS)
        self._name = name
        self._lines: Sequence[Line] = ()
        self._today = date.min

    def show_lines(self, lines: Sequence[Line], today: date) -> None:
        """Show these instead."""
        self.beginResetModel()
        self._lines, self._today = lines, today
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object | None:
        column = index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._cells(self._lines[index.row()])[column]
            case Qt.ItemDataRole.TextAlignmentRole:
                return self.alignment(column)
            case Qt.ItemDataRole.ForegroundRole if column == _UNKNOWN and self._lines[index.row()].spent.unknown:
                return colour("warn")
            case _:
                return None

    def _cells(self, line: Line) -> tuple[str, ...]:
        spent = line.spent
        sums = (spent.charged, spent.refunded, spent.unknown)
        amounts = (money(amount, line.currency) if amount else "–" for amount in sums)
        return (words.day(line.day, self._today), self._name(line.model), str(line.attempts), *amounts)
