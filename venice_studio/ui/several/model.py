"""The rows of the table: the models that could make the clip, with a box to choose each."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal

from venice_studio.domain.problem import Problem
from venice_studio.domain.quote import Quote
from venice_studio.studio.several import MOST, Contender, Several
from venice_studio.ui.several import words
from venice_studio.ui.theme import colour
from venice_studio.ui.widgets.labels import plain_tip
from venice_studio.ui.widgets.table import Columns, Index

HEADERS = ("Model", "Clip", "Usual time", "Price")
_CHECK = Qt.ItemDataRole.CheckStateRole


class SeveralModel(Columns):
    """Shows contenders; those with a fault cannot be chosen, and not more than a press may make."""

    chosen = Signal()
    """Others are chosen than before."""

    def __init__(self, several: Several, contenders: Sequence[Contender]) -> None:
        super().__init__(HEADERS, first_number=HEADERS.index("Usual time"))
        self._several = several
        self._rows = tuple(contenders)
        self._chosen: list[str] = []

    @property
    def contenders(self) -> tuple[Contender, ...]:
        """What is chosen, in the order in which it was."""
        by_id = {row.model.id: row for row in self._rows}
        return tuple(by_id[model_id] for model_id in self._chosen)

    @property
    def knows_times(self) -> bool:
        """Whether any of them made a clip like this before."""
        return any(row.usual_s is not None for row in self._rows)

    def begin_with(self, model_id: str) -> None:
        """Choose one without anybody's asking, if it can be."""
        if any(row.model.id == model_id and not row.faults for row in self._rows):
            self._chosen = [model_id]

    def toggle(self, at: int) -> None:
        """Choose a row, or no more."""
        index = self.index(at, 0)
        on = self._rows[at].model.id in self._chosen
        self.setData(index, Qt.CheckState.Unchecked if on else Qt.CheckState.Checked, _CHECK)

    def priced(self, model_id: str) -> None:
        """The price of a model is new."""
        for at, row in enumerate(self._rows):
            if row.model.id == model_id:
                self.dataChanged.emit(self.index(at, 0), self.index(at, len(HEADERS) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self._rows[index.row()]
        full = len(self._chosen) == MOST and row.model.id not in self._chosen
        if row.faults or full:
            return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object | None:
        row, column = self._rows[index.row()], index.column()
        known = self._several.price(row)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._cell(row, column, known)
            case Qt.ItemDataRole.CheckStateRole if column == 0:
                return Qt.CheckState.Checked if row.model.id in self._chosen else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.TextAlignmentRole:
                return self.alignment(column)
            case Qt.ItemDataRole.ToolTipRole:
                said = known.message if isinstance(known, Problem) else words.remark(row)
                return plain_tip(said) if said else None
            case Qt.ItemDataRole.AccessibleTextRole:
                return words.spoken(row, known)
            case Qt.ItemDataRole.ForegroundRole:
                return self._ink(row, column, known)
            case _:
                return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != _CHECK or not self.flags(index) & Qt.ItemFlag.ItemIsUserCheckable:
            return False
        model_id = self._rows[index.row()].model.id
        checked = Qt.CheckState(value) == Qt.CheckState.Checked
        if checked == (model_id in self._chosen):
            return False
        self._chosen = [*self._chosen, model_id] if checked else [one for one in self._chosen if one != model_id]
        # Whether the other rows can be chosen may have changed with it.
        self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(HEADERS) - 1))
        self.chosen.emit()
        return True

    def _cell(self, row: Contender, column: int, known: Quote | Problem | None) -> str:
        if column == 1:
            said = words.remark(row)
            return said if row.faults else f"{words.clip(row.request)} ({said})" if said else words.clip(row.request)
        return (row.model.name, "", words.usual_time(row), words.price(known))[column]

    def _ink(self, row: Contender, column: int, known: Quote | Problem | None) -> object | None:
        if row.faults:
            return colour("hint")
        if column == len(HEADERS) - 1 and isinstance(known, Problem):
            return colour("warn")
        return colour("text" if column in (0, len(HEADERS) - 1) else "secondary")
