"""Tables to be read: words on the left, numbers on the right, no grid."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView

from venice_studio.ui.theme import METRICS, tabular

Index = QModelIndex | QPersistentModelIndex
_BROADEST = 0.42
"""No column is broader than this share of the table, however long a name in it is: the numbers stay in sight."""


class Columns(QAbstractTableModel):
    """A table's model as far as its columns go; who fills it says `rowCount` and `data`."""

    def __init__(self, headers: Sequence[str], *, first_number: int, parent: QObject | None = None) -> None:
        """From column `first_number` on there are numbers."""
        super().__init__(parent)
        self._headers = tuple(headers)
        self._first_number = first_number

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._headers)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object | None:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(section)
        return self._headers[section] if role == Qt.ItemDataRole.DisplayRole else None

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """Where the text of a column stands."""
        side = Qt.AlignmentFlag.AlignRight if column >= self._first_number else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter


class _Table(QTableView):
    """Cuts long words with … before it would have to be scrolled sideways."""

    def sizeHintForColumn(self, column: int) -> int:
        return min(super().sizeHintForColumn(column), round(self.viewport().width() * _BROADEST))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.horizontalHeader().resizeSections()


def reading_table(model: QAbstractItemModel, *, name: str, stretch: int, row_height: int) -> QTableView:
    """A table without a grid whose column `stretch` takes the room that is left; `name` is for screen readers."""
    table = _Table()
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setAccessibleName(name)
    table.setModel(model)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(row_height)
    header = table.horizontalHeader()
    header.setSectionsClickable(False)
    header.setHighlightSections(False)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
    tabular(table)
    return table


ROW = METRICS.control_small
"""The height of a row that is only read, px."""
