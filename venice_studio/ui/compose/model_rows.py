"""The picker's rows as Qt sees them, and how they are painted: no widget for any of them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from venice_studio.ui.compose.model_entries import Entry, Heading, Row
from venice_studio.ui.theme import METRICS, colour, icon, weighted
from venice_studio.ui.widgets import plain_tip, rounded

NAME = int(Qt.ItemDataRole.UserRole)
"""The family's name; empty for a heading."""
ROW = NAME + 1
"""The `Row` itself."""
ROW_HEIGHT = 46
HEADING_HEIGHT = 26
STAR_WIDTH = 30
"""At the left of a row; what is pressed there is the star."""
_STAR = 15
_GAP = 6

Index = QModelIndex | QPersistentModelIndex


class ModelRows(QAbstractListModel):
    """Rows, and beside them what changes while they are shown: prices and stars."""

    def __init__(self, parent: QObject, price: Callable[[Entry], str], starred: Callable[[str], bool]) -> None:
        super().__init__(parent)
        self._price = price
        self._starred = starred
        self.rows: list[Row] = []

    def show(self, rows: Sequence[Row]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def entry(self, at: int) -> Entry | None:
        """The entry of a row; None for a heading, and where there is no such row."""
        row = self.rows[at] if 0 <= at < len(self.rows) else None
        return row if isinstance(row, Entry) else None

    def row_of(self, name: str | None) -> int:
        """The row of a family; -1 where it is not shown."""
        return next((at for at, row in enumerate(self.rows) if isinstance(row, Entry) and row.name == name), -1)

    def next_entry(self, at: int, step: int) -> int:
        """The row `step` entries further on, or the last one that way."""
        entries = [number for number, row in enumerate(self.rows) if isinstance(row, Entry)]
        if not entries:
            return -1
        position = entries.index(at) if at in entries else -1 if step > 0 else len(entries)
        return entries[max(0, min(position + step, len(entries) - 1))]

    def price(self, entry: Entry) -> str:
        """What it costs from, as shown."""
        return self._price(entry)

    def starred(self, entry: Entry) -> bool:
        """Whether it is a favourite."""
        return self._starred(entry.name)

    def spoken(self, entry: Entry) -> str:
        """A row as one sentence."""
        parts = (
            entry.name,
            "favourite" if self.starred(entry) else "",
            *(words for words, _ in entry.marks),
            entry.facts.replace(" · ", ", "),
            entry.privacy,
            self.price(entry),
        )
        return ", ".join(part for part in parts if part)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.entry(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        row = self.rows[index.row()] if index.isValid() else None
        if row is None:
            return None
        entry = row if isinstance(row, Entry) else None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry.name if entry else row.title if isinstance(row, Heading) else None
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.spoken(entry) if entry else None
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(entry.details) if entry else None
            case Qt.ItemDataRole.SizeHintRole:
                return QSize(200, ROW_HEIGHT if entry else HEADING_HEIGHT)
            case _ if role == NAME:
                return entry.name if entry else ""
            case _ if role == ROW:
                return row
            case _:
                return None


class RowPainter(QStyledItemDelegate):
    """A star, the name with its marks over the facts, at the right the price over who gets to see what is sent."""

    def __init__(self, rows: ModelRows) -> None:
        super().__init__(rows)
        self._rows = rows

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, ROW_HEIGHT if self._rows.entry(index.row()) else HEADING_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._rows.rows[index.row()]
        painter.save()
        if isinstance(row, Heading):
            self._heading(painter, option.rect, row)
        else:
            self._entry(painter, option.rect, row, current=bool(option.state & QStyle.StateFlag.State_Selected))
        painter.restore()

    def _heading(self, painter: QPainter, area: QRect, row: Heading) -> None:
        painter.setFont(_small(painter.font(), METRICS.medium))
        painter.setPen(colour("hint"))
        inner = area.adjusted(METRICS.space_2, 0, 0, -3)
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, row.title)

    def _entry(self, painter: QPainter, area: QRect, entry: Entry, *, current: bool) -> None:
        if current:
            rounded(painter, area.adjusted(0, 1, 0, -1), METRICS.radius_segment, colour("raised"))
        self._star(painter, area, entry, current=current)
        normal, small = painter.font(), _small(painter.font(), 400)
        inner = area.adjusted(STAR_WIDTH, 5, -METRICS.space_2, -5)
        upper, lower = QRect(inner), QRect(inner)
        upper.setBottom(inner.top() + inner.height() // 2)
        lower.setTop(upper.bottom() + 1)
        painter.setFont(small)
        price_width = _at_right(painter, upper, self._rows.price(entry), "secondary")
        privacy_width = _at_right(painter, lower, entry.privacy, "good" if entry.privacy == "private" else "hint")
        _at_left(painter, lower, entry.facts, "secondary", lower.width() - privacy_width - METRICS.space_2)
        painter.setFont(weighted(normal, METRICS.medium))
        room = upper.width() - price_width - METRICS.space_2
        marks_width = sum(_mark_width(painter, small, words) for words, _ in entry.marks)
        offline = any(words == "offline" for words, _ in entry.marks)
        left = _at_left(painter, upper, entry.name, "hint" if offline else "text", max(60, room - marks_width))
        painter.setFont(small)
        for words, role in entry.marks:
            left = _mark(painter, upper, upper.left() + left + _GAP, words, role) - upper.left()

    def _star(self, painter: QPainter, area: QRect, entry: Entry, *, current: bool) -> None:
        starred = self._rows.starred(entry)
        if starred or current:
            place = QRect(area.left() + (STAR_WIDTH - _STAR) // 2, area.top() + 8, _STAR, _STAR)
            icon("star-filled" if starred else "star", "accent_text" if starred else "hint").paint(painter, place)


def _small(font: QFont, weight: int) -> QFont:
    made = weighted(font, weight)
    made.setPixelSize(METRICS.badge_size)
    return made


def _at_left(painter: QPainter, area: QRect, text: str, role: str, room: int) -> int:
    painter.setPen(colour(role))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
    painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
    return painter.fontMetrics().horizontalAdvance(shown)


def _at_right(painter: QPainter, area: QRect, text: str, role: str) -> int:
    painter.setPen(colour(role))
    painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
    return painter.fontMetrics().horizontalAdvance(text)


def _mark_width(painter: QPainter, font: QFont, words: str) -> int:
    before = painter.font()
    painter.setFont(font)
    width = painter.fontMetrics().horizontalAdvance(words) + 10 + _GAP
    painter.setFont(before)
    return width


def _mark(painter: QPainter, area: QRect, left: int, words: str, role: str) -> int:
    width = painter.fontMetrics().horizontalAdvance(words) + 10
    box = QRect(left, area.top() + (area.height() - 16) // 2, width, 16)
    rounded(painter, box, METRICS.radius_picture, colour("pane"), colour("line"))
    painter.setPen(colour(role))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
    return left + width
