"""The list that the model picker unfolds: type to find, arrows to choose, Enter to take, a star for favourites."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListView, QPushButton, QVBoxLayout, QWidget

from venice_studio.domain.family import Family
from venice_studio.studio.lineup import Lineup
from venice_studio.ui.binding import until_destroyed
from venice_studio.ui.compose import model_words
from venice_studio.ui.compose.model_entries import Entry, Wish, best, rows
from venice_studio.ui.compose.model_rows import HEADING_HEIGHT, NAME, ROW_HEIGHT, STAR_WIDTH, ModelRows, RowPainter
from venice_studio.ui.theme import METRICS
from venice_studio.ui.widgets import Elided, PlainLabel, button, rule

WIDTH = 468
_MOST_HEIGHT = 10 * ROW_HEIGHT
_SEARCH_FROM = 8
"""With fewer entries than this there is nothing to search for."""
_LOOKED_AT_MS = 200
"""How long the list must stay as it is before prices are asked for."""
STAR_KEYS = QKeySequence("Ctrl+D")


class ModelList(QWidget):
    """A popup over families of models. No QFrame: the style sheet passes over those whose parent is a combo box."""

    chosen = Signal(str)

    def __init__(self, owner: QWidget, lineup: Lineup) -> None:
        super().__init__(owner, Qt.WindowType.Popup)
        self._owner = owner
        self._lineup = lineup
        self._families: tuple[Family, ...] = ()
        self._entries: list[Entry] = []
        self._chosen: str | None = None
        self.setObjectName("modelList")
        self.setProperty("surface", "popup")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.search = QLineEdit()
        self.search.setObjectName("modelSearch")
        self.search.setPlaceholderText("Find a model: name, maker, 1080p, sound …")
        self.search.setAccessibleName("Find a model")
        self._rows = ModelRows(self, self._price, self._starred)
        self._view = self._make_view()
        self._chips = {wish: _chip(wish) for wish in Wish}
        self._none = PlainLabel("No model has all of that", "hint")
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._foot = Elided("", "hint")
        self._foot.setObjectName("modelsFoot")
        self._hint = PlainLabel(f"★ {STAR_KEYS.toString(QKeySequence.SequenceFormat.NativeText)}", "hint")
        self._hint.setToolTip("Make the model a favourite, or no favourite any more")
        self._lay_out()
        self.search.textChanged.connect(self._find)
        for chip in self._chips.values():
            chip.toggled.connect(self._find)
        for widget in (self.search, self._view.viewport(), *self._chips.values()):
            widget.installEventFilter(self)
        self._looked_at = QTimer(self)
        self._looked_at.setSingleShot(True)
        self._looked_at.setInterval(_LOOKED_AT_MS)
        self._looked_at.timeout.connect(self._ask_prices)
        self._view.verticalScrollBar().valueChanged.connect(lambda _: self._looked_at.start())
        until_destroyed(
            self,
            lineup.prices.heard.connect(lambda _: self._view.viewport().update()),
            lineup.freshness.bind(lambda _: self._tell_age()),
        )

    def show_families(self, families: Sequence[Family]) -> None:
        """Offer these from the next time on that it unfolds."""
        self._families = tuple(families)
        self._entries = []
        if self.isVisible():
            self._prepare()
            self._find()

    def unfold(self, at: QPoint, current: str | None) -> None:
        """Show everything, the family `current` in sight, below the owner at `at`, on the screen."""
        self._chosen = current
        self._prepare()
        many = len(self._entries) >= _SEARCH_FROM
        for widget in (self.search, *self._chips.values()):
            widget.setVisible(many)
        for wish, chip in self._chips.items():
            # A filter that nothing or everything passes is no choice.
            first = many and self._entries[0].fulfils(wish)
            chip.setVisible(many and any(one.fulfils(wish) is not first for one in self._entries))
            chip.setChecked(False)
        self.search.clear()
        self._find()
        self._tell_age()
        self._place(at)
        self.show()
        (self.search if many else self).setFocus(Qt.FocusReason.PopupFocusReason)
        self._go_to(self._rows.row_of(current))
        self._view.scrollTo(self._view.currentIndex())
        self._looked_at.start()

    def search_for(self, text: str) -> None:
        """Begin the search with some letters."""
        self.search.setText(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows, Enter and the star's keys work wherever the focus is; a press on a star is none on its row."""
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress and self._steer(event):
                return True
            if event.type() == QEvent.Type.ShortcutOverride and _is_star(event):
                event.accept()
                return True
        released = event.type() == QEvent.Type.MouseButtonRelease and watched is self._view.viewport()
        if released and isinstance(event, QMouseEvent) and (at := event.position().toPoint()).x() < STAR_WIDTH:
            self._star(self._view.indexAt(at).row())
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._steer(event):
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._looked_at.stop()
        self._lineup.prices.stop()

    def _make_view(self) -> QListView:
        view = QListView()
        view.setObjectName("models")
        view.setModel(self._rows)
        view.setItemDelegate(RowPainter(self._rows))
        view.setMouseTracking(True)
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.verticalScrollBar().setSingleStep(ROW_HEIGHT // 2)
        view.setAccessibleName("Models")
        view.clicked.connect(self._take)
        view.entered.connect(self._hovered)
        return view

    def _lay_out(self) -> None:
        chips = QHBoxLayout()
        chips.setSpacing(METRICS.space_1)
        for chip in self._chips.values():
            chips.addWidget(chip)
        chips.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(METRICS.space_2, 2, METRICS.space_2, 2)
        foot.addWidget(self._foot, 1)
        foot.addWidget(self._hint)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(METRICS.space_2, METRICS.space_2, METRICS.space_2, METRICS.space_1)
        column.setSpacing(METRICS.space_1 + 2)
        column.addWidget(self.search)
        column.addLayout(chips)
        column.addWidget(self._view, 1)
        column.addWidget(self._none, 1)
        column.addWidget(rule())
        column.addLayout(foot)

    def _place(self, at: QPoint) -> None:
        """Below the owner where there is room, else above it, else wherever the screen has most."""
        screen = (QGuiApplication.screenAt(at) or self._owner.screen()).availableGeometry()
        listed = sum(ROW_HEIGHT if isinstance(row, Entry) else HEADING_HEIGHT for row in self._rows.rows)
        self._column.activate()
        rest = self._column.minimumSize().height() - self._view.minimumSizeHint().height()
        height = min(rest + min(max(listed, ROW_HEIGHT), _MOST_HEIGHT) + 2, screen.height() - 16)
        above = at.y() - height - self._owner.height() - 4
        if at.y() + height > screen.bottom():
            at.setY(above if above >= screen.top() else max(screen.top() + 8, screen.bottom() - height - 8))
        at.setX(max(screen.left(), min(at.x(), screen.right() - WIDTH)))
        self.setGeometry(at.x(), at.y(), WIDTH, height)

    def _prepare(self) -> None:
        if not self._entries and self._families:
            today = self._lineup.now().date()
            self._entries = [Entry(family, today) for family in self._families]

    def _find(self) -> None:
        searched = self.search.text()
        found = rows(
            self._entries,
            searched=searched,
            wishes=[wish for wish, chip in self._chips.items() if chip.isChecked()],
            favourites=self._lineup.favourites,
            recent=self._lineup.recent(self._families),
            chosen=self._chosen if len(self._entries) >= _SEARCH_FROM else None,
        )
        self._rows.show(found)
        self._view.setVisible(bool(found))
        self._none.setVisible(not found)
        self._view.scrollToTop()
        self._go_to(best(found, searched))
        self._looked_at.start()

    def _steer(self, event: QKeyEvent) -> bool:
        if _is_star(event):
            self._star(self._view.currentIndex().row())
            return True
        page = max(1, self._view.viewport().height() // ROW_HEIGHT - 1)
        match event.key():
            case Qt.Key.Key_Down:
                self._move(1)
            case Qt.Key.Key_Up:
                self._move(-1)
            case Qt.Key.Key_PageDown:
                self._move(page)
            case Qt.Key.Key_PageUp:
                self._move(-page)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._take(self._view.currentIndex())
            case Qt.Key.Key_Escape:
                self.hide()
            case Qt.Key.Key_Tab | Qt.Key.Key_Backtab if self.search.isHidden():
                self.hide()
            case _:
                return False
        return True

    def _move(self, step: int) -> None:
        self._go_to(self._rows.next_entry(self._view.currentIndex().row(), step))

    def _go_to(self, row: int) -> None:
        self._view.setCurrentIndex(self._rows.index(row, 0))
        entry = self._rows.entry(row)
        # The keyboard stays in the search: this is how a screen reader learns where the arrows are.
        self.search.setAccessibleDescription(self._rows.spoken(entry) if entry else "")

    def _hovered(self, index: QModelIndex) -> None:
        if self._rows.entry(index.row()) is not None:
            self._go_to(index.row())

    def _take(self, index: QModelIndex) -> None:
        if self._rows.entry(index.row()) is not None:
            self.hide()
            self.chosen.emit(str(index.data(NAME)))

    def _star(self, row: int) -> None:
        entry = self._rows.entry(row)
        if entry is not None:
            # Rows stay where they are until the list unfolds again: nothing moves under the pointer.
            self._lineup.star(entry.name)
            self._view.viewport().update()
            self._go_to(row)

    def _starred(self, name: str) -> bool:
        return name in self._lineup.favourites

    def _price(self, entry: Entry) -> str:
        return model_words.price_from(self._lineup.price_from(entry.family))

    def _ask_prices(self) -> None:
        if not self.isVisible():
            return
        port = self._view.viewport().rect()
        first = self._view.indexAt(port.topLeft()).row()
        last = self._view.indexAt(port.bottomLeft()).row()
        last = last if last >= 0 else len(self._rows.rows) - 1
        seen = (self._rows.entry(at) for at in range(max(0, first), last + 1))
        self._lineup.look_at(entry.family for entry in seen if entry is not None)

    def _tell_age(self) -> None:
        self._foot.setText(model_words.freshness(self._lineup.freshness.value, self._lineup.now()))


def _chip(wish: Wish) -> QPushButton:
    made = button(wish.value, "chip", small=True)
    made.setCheckable(True)
    made.setObjectName(f"wish{wish.name.title()}")
    made.setToolTip(wish.sentence)
    made.setAccessibleDescription(wish.sentence)
    return made


def _is_star(event: QKeyEvent) -> bool:
    return QKeySequence(event.keyCombination()) == STAR_KEYS
