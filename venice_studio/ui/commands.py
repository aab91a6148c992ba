"""Every command of the program in one place: menus, keys and the palette are made from it."""

from collections.abc import Callable

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QRegularExpression,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from venice_studio.ui.theme import METRICS, colour
from venice_studio.ui.widgets import PlainLabel, rounded

WIDTH = 480
ROW_HEIGHT = 32
MAX_ROWS = 10
_ACTION = Qt.ItemDataRole.UserRole
_KEYS = Qt.ItemDataRole.UserRole + 1


class Commands:
    """The commands of one window, in the order in which they were added."""

    def __init__(self, owner: QWidget) -> None:
        self._owner = owner
        self.actions: list[QAction] = []

    def add(self, text: str, run: Callable[[], object], keys: str = "", *, listed: bool = True) -> QAction:
        """A command with its words, what it does, and its keys (`"Ctrl+L"`), if it has any.

        Where it is not `listed`, the palette does not offer it.
        """
        action = QAction(text, self._owner)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _checked=False: run())
        self._owner.addAction(action)
        if listed:
            self.adopt(action)
        return action

    def adopt(self, action: QAction) -> None:
        """Let the palette find an action that lives elsewhere."""
        self.actions.append(action)


class Palette(QFrame):
    """Finds a command by parts of its words, in any order; arrows choose, Enter runs, Escape leaves."""

    ran = Signal(str)

    def __init__(self, parent: QWidget, commands: Commands) -> None:
        super().__init__(parent)
        self._over = parent
        self._before: QWidget | None = None
        self._commands = commands
        self.setObjectName("commandPalette")
        self.setProperty("surface", "popup")
        self._words = QLineEdit()
        self._words.setPlaceholderText("Find a command")
        self._words.setAccessibleName("Find a command")
        self._names = QStandardItemModel(self)
        self._found = QSortFilterProxyModel(self)
        self._found.setSourceModel(self._names)
        self._list = QListView()
        self._list.setModel(self._found)
        self._list.setUniformItemSizes(True)
        self._list.setItemDelegate(_Rows(self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setObjectName("commandsFound")
        self._list.setAccessibleName("Commands")
        self._nothing = PlainLabel("No command has these words.", "hint")
        self._nothing.setContentsMargins(METRICS.space_3, METRICS.space_2, 0, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self._words)
        layout.addWidget(self._list)
        layout.addWidget(self._nothing)
        self._words.textChanged.connect(self._filter)
        self._words.installEventFilter(self)
        self._list.clicked.connect(lambda _index: self._run())
        self.hide()

    def ask(self) -> None:
        """Open with an empty search and the focus in it; it goes back to where it was."""
        if self.isHidden():
            self._before = QApplication.focusWidget()
        self._names.clear()
        for action in self._commands.actions:
            if action.isEnabled():
                self._names.appendRow(_row(action))
        self._words.clear()
        width = min(WIDTH, self._over.width() - 48)
        self.setGeometry((self._over.width() - width) // 2, 48, width, 0)
        self._filter("")
        self.show()
        self.raise_()
        self._words.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows, Enter and Escape work while the focus stays in the search."""
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        match event.key():
            case Qt.Key.Key_Escape:
                self._leave()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._run()
            case Qt.Key.Key_Down:
                self._move(1)
            case Qt.Key.Key_Up:
                self._move(-1)
            case _:
                return super().eventFilter(watched, event)
        return True

    def _filter(self, text: str) -> None:
        each_somewhere = "".join(f"(?=.*{QRegularExpression.escape(word)})" for word in text.split())
        self._found.setFilterRegularExpression(
            QRegularExpression(each_somewhere, QRegularExpression.PatternOption.CaseInsensitiveOption)
        )
        self._list.setCurrentIndex(self._found.index(0, 0))
        found = self._found.rowCount()
        self._list.setVisible(found > 0)
        self._nothing.setVisible(not found)
        self._list.setFixedHeight(ROW_HEIGHT * min(found, MAX_ROWS))
        self.resize(self.width(), self.sizeHint().height())

    def _move(self, step: int) -> None:
        row = max(0, min(self._list.currentIndex().row() + step, self._found.rowCount() - 1))
        self._list.setCurrentIndex(self._found.index(row, 0))

    def _leave(self) -> None:
        # Hidden first, Qt would give the focus to whatever is next in the order of Tab.
        before = self._before if self._before is not None and isValid(self._before) else self._over
        before.setFocus()
        self.hide()

    def _run(self) -> None:
        chosen = self._list.currentIndex()
        action = chosen.data(_ACTION)
        self._leave()
        if isinstance(action, QAction):
            self.ran.emit(chosen.data())
            action.trigger()


def _row(action: QAction) -> QStandardItem:
    row = QStandardItem(action.text().replace("&", "").rstrip("…"))
    row.setData(action, _ACTION)
    row.setData(action.shortcut().toString(QKeySequence.SequenceFormat.NativeText), _KEYS)
    return row


class _Rows(QStyledItemDelegate):
    """A command's words on the left, its keys on the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        area = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            rounded(painter, QRectF(area), METRICS.radius_picture, colour("raised"))
        text = area.adjusted(METRICS.space_3, 0, -METRICS.space_3, 0)
        painter.setPen(colour("text"))
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, index.data())
        painter.setPen(colour("hint"))
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, index.data(_KEYS))
