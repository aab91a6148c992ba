"""The list that the model picker unfolds: type to find, arrows to choose, Enter to take."""

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from venice_studio.ui.theme import METRICS, colour, weighted
from venice_studio.ui.widgets import PlainLabel, rounded

NOTE = int(Qt.ItemDataRole.UserRole) + 1
"""What an entry says beside its name."""
_ROW = 34
_MOST_ROWS = 10
_SEARCH_FROM = 8
"""With fewer entries than this there is nothing to search for."""


class ModelList(QFrame):
    """A popup over the entries of a combo box."""

    chosen = Signal(str)

    def __init__(self, owner: QComboBox) -> None:
        super().__init__(owner, Qt.WindowType.Popup)
        self._owner = owner
        self.setObjectName("modelList")
        self.setProperty("surface", "popup")
        self._search = QLineEdit()
        self._search.setPlaceholderText("Find a model")
        self._search.setAccessibleName("Find a model")
        self._search.installEventFilter(self)
        self._found = QSortFilterProxyModel(self)
        self._found.setSourceModel(owner.model())
        self._found.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._view = QListView()
        self._view.setModel(self._found)
        self._view.setItemDelegate(_Entry(self._view))
        self._view.setUniformItemSizes(True)
        self._view.setMouseTracking(True)
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.setAccessibleName("Models")
        self._view.clicked.connect(self._take)
        self._view.entered.connect(self._view.setCurrentIndex)
        self._none = PlainLabel("No model of that name", "hint")
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(METRICS.space_1, METRICS.space_1, METRICS.space_1, METRICS.space_1)
        column.setSpacing(METRICS.space_1)
        for widget in (self._search, self._view, self._none):
            column.addWidget(widget)
        self._search.textChanged.connect(self._filter)

    def unfold(self, at: QPoint, width: int) -> None:
        """Show everything, the chosen entry in sight, at a place on the screen."""
        self._search.clear()
        self._filter("")
        self._search.setVisible(self._owner.count() >= _SEARCH_FROM)
        rows = max(1, min(self._owner.count(), _MOST_ROWS))
        height = rows * _ROW + 10 + (40 if not self._search.isHidden() else 0)
        screen = QGuiApplication.screenAt(at) or self._owner.screen()
        if at.y() + height > screen.availableGeometry().bottom():
            at.setY(max(screen.availableGeometry().top(), at.y() - height - self._owner.height() - 4))
        self.setGeometry(at.x(), at.y(), width, height)
        self.show()
        (self if self._search.isHidden() else self._search).setFocus()
        chosen = self._found.mapFromSource(self._owner.model().index(self._owner.currentIndex(), 0))
        self._view.setCurrentIndex(chosen)
        self._view.scrollTo(chosen, QListView.ScrollHint.PositionAtCenter)

    def search_for(self, text: str) -> None:
        """Begin the search with some letters."""
        self._search.setText(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and Enter work while the search has the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._steer(event):
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._steer(event):
            super().keyPressEvent(event)

    def _steer(self, event: QKeyEvent) -> bool:
        match event.key():
            case Qt.Key.Key_Down:
                self._move(1)
            case Qt.Key.Key_Up:
                self._move(-1)
            case Qt.Key.Key_PageDown:
                self._move(_MOST_ROWS - 1)
            case Qt.Key.Key_PageUp:
                self._move(1 - _MOST_ROWS)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._take(self._view.currentIndex())
            case Qt.Key.Key_Escape | Qt.Key.Key_Tab:
                self.hide()
            case _:
                return False
        return True

    def _move(self, step: int) -> None:
        row = max(0, min(self._view.currentIndex().row() + step, self._found.rowCount() - 1))
        self._view.setCurrentIndex(self._found.index(row, 0))

    def _filter(self, text: str) -> None:
        self._found.setFilterFixedString(text.strip())
        empty = self._found.rowCount() == 0
        self._view.setVisible(not empty)
        self._none.setVisible(empty)
        if not empty:
            # Who types "ve" rather means Veo than PixVerse, though both are found.
            names = [str(self._found.index(row, 0).data()) for row in range(self._found.rowCount())]
            begins = (row for row, name in enumerate(names) if name.casefold().startswith(text.strip().casefold()))
            self._view.setCurrentIndex(self._found.index(next(begins, 0), 0))

    def _take(self, index: QModelIndex) -> None:
        if index.isValid():
            self.hide()
            self.chosen.emit(str(index.data(Qt.ItemDataRole.UserRole)))


class _Entry(QStyledItemDelegate):
    """A name, and what it starts from at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, _ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        area = option.rect
        current = bool(option.state & QStyle.StateFlag.State_Selected)
        if current:
            rounded(painter, area.adjusted(0, 1, 0, -1), METRICS.radius_segment, colour("raised"))
        inner = area.adjusted(METRICS.space_2, 0, -METRICS.space_2, 0)
        small = painter.font()
        small.setPixelSize(METRICS.badge_size)
        name_font = weighted(painter.font(), METRICS.medium if current else 400)
        painter.setFont(small)
        painter.setPen(colour("hint"))
        note = str(index.data(NOTE) or "")
        note_width = painter.fontMetrics().horizontalAdvance(note)
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, note)
        painter.setFont(name_font)
        painter.setPen(colour("text"))
        room = inner.width() - note_width - METRICS.space_2
        name = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        painter.restore()
