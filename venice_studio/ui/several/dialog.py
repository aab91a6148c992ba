"""The dialog: find models, choose some, see the sum, press once."""

from collections.abc import Awaitable, Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSortFilterProxyModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QTableView, QWidget

from venice_studio.domain.job import Job
from venice_studio.domain.problem import Problem, Trouble
from venice_studio.domain.quote import Quote, money
from venice_studio.studio.ports import Service
from venice_studio.studio.several import Contender
from venice_studio.studio.studio import Studio
from venice_studio.ui.binding import until_destroyed
from venice_studio.ui.compose.countdown import Countdown, sending_in
from venice_studio.ui.several import words
from venice_studio.ui.several.model import HEADERS, SeveralModel
from venice_studio.ui.several.rows import BoxRows
from venice_studio.ui.theme import METRICS
from venice_studio.ui.widgets import (
    AsyncDialog,
    Choice,
    Elided,
    PlainLabel,
    PrimaryButton,
    add_clear_button,
    ask,
    button,
)
from venice_studio.ui.widgets.table import ROW, reading_table

MayPass = Callable[[Sequence[Contender]], Awaitable[bool]]
"""Asks, where that is due, whether pictures may go to models that only hide their sender."""


class SeveralDialog(AsyncDialog):
    """Accepted once clips were asked for: `jobs` says what came of each."""

    def __init__(self, parent: QWidget | None, studio: Studio, may_pass: MayPass) -> None:
        super().__init__(parent, "Try several models")
        self.jobs: tuple[Job, ...] = ()
        self.countdown = Countdown()
        self._studio = studio
        self._may_pass = may_pass
        self._under_way = False
        self._service = studio.connection.service.value
        self._shown: Quote | None = None
        """The sum on the button."""
        self.setObjectName("severalDialog")
        self.resize(780, 0)
        draft, service = studio.composer.draft.value, self._service
        self.model = SeveralModel(studio.several, studio.several.contenders(service.account.service) if service else ())
        self.model.begin_with(draft.model)
        self.search = QLineEdit()
        self.search.setObjectName("severalSearch")
        self.search.setPlaceholderText("Find a model")
        self.search.setAccessibleName("Find a model")
        add_clear_button(self.search)
        self.found = QSortFilterProxyModel(self)
        self.found.setSourceModel(self.model)
        self.found.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.table = _table(self.found)
        self.table.setColumnHidden(HEADERS.index("Usual time"), not self.model.knows_times)
        self.said = PlainLabel("", "hint", wrap=True)
        self.said.setObjectName("severalSaid")
        self.cancel = button("Cancel")
        self.cancel.setObjectName("severalCancelButton")
        self.send = PrimaryButton("")
        self.send.setObjectName("severalGenerateButton")
        self._lay_out(draft.prompt)
        self._connect()
        self._choose()
        self.search.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes from the search into the table; Enter and the space bar choose the row there."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if watched is self.search and (event.key() == Qt.Key.Key_Down or enter) and self.found.rowCount():
                self.table.setFocus()
                self.table.setCurrentIndex(self.found.index(max(0, self.table.currentIndex().row()), 0))
                return True
            plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            if watched is self.table and plain and (enter or event.key() == Qt.Key.Key_Space):
                self._toggle(self.table.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def reject(self) -> None:
        """Escape takes back first what is about to be sent; what is being sent is waited for."""
        if self.countdown.counting:
            self.countdown.take_back()
        elif not self._under_way:
            super().reject()

    def _lay_out(self, prompt: str) -> None:
        self.column.addWidget(PlainLabel("Try several models", "title"))
        self.column.addWidget(Elided(" ".join(prompt.split()) or "The prompt is still empty.", "secondary", lines=2))
        self.column.addWidget(self.search)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.said)
        row = QHBoxLayout()
        row.setSpacing(METRICS.space_2)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.send)
        self.send.setMinimumWidth(260)
        self.column.addLayout(row)

    def _connect(self) -> None:
        several = self._studio.several
        self.search.textChanged.connect(self.found.setFilterFixedString)
        self.search.installEventFilter(self)
        self.table.installEventFilter(self)
        self.table.clicked.connect(self._toggle)
        self.model.chosen.connect(self._choose)
        self.cancel.clicked.connect(self.reject)
        self.send.clicked.connect(self._pressed)
        self.finished.connect(lambda _: several.close())
        until_destroyed(
            self,
            several.priced.connect(self._hear),
            self.countdown.left.bind(lambda _: self._refresh()),
            self._studio.press.under_way.bind(lambda _: self._refresh()),
            self._studio.connection.service.bind(self._heed),
        )

    def _toggle(self, index: QModelIndex) -> None:
        if index.isValid():
            self.model.toggle(self.found.mapToSource(index).row())

    def _hear(self, model_id: str) -> None:
        self.model.priced(model_id)
        self._refresh()

    def _heed(self, service: Service | None) -> None:
        """Models and prices are those of one account: with another one nothing of this holds."""
        if service is not self._service:
            self.countdown.take_back()
            super().reject()

    def _choose(self) -> None:
        self._studio.several.choose(self.model.contenders)
        self._refresh()

    def _refresh(self) -> None:
        several, chosen = self._studio.several, self.model.contenders
        total = self._shown = several.total(chosen) if chosen else None
        problems = [price for each in chosen if isinstance(price := several.price(each), Problem)]
        self.said.setText(words.standing(chosen, problems, total))
        self.said.set_role("warn" if problems else "hint")
        counting = self.countdown.left.value
        self.table.setEnabled(not self._under_way)
        self.search.setEnabled(not self._under_way)
        if counting:
            self.send.set_parts(*sending_in(counting))
        elif self._studio.press.under_way.value:
            self.send.set_parts("Sending…")
        else:
            # Whose money it is stands with the price.
            practice = self._service is not None and self._service.account.practice and total is not None
            self.send.set_parts(words.offer(len(chosen), total), "practice money" if practice else "")
        self.send.setEnabled(bool(counting) or (total is not None and not self._under_way))

    def _pressed(self) -> None:
        if self.countdown.counting:
            self.countdown.clicked()
        elif not self._under_way:
            self._studio.tasks.start(self._send(), "press for several models")

    async def _send(self) -> None:
        self._under_way = True
        try:
            chosen, shown = self.model.contenders, self._shown
            meant = shown is not None and await self._may_pass(chosen) and await self._let_it_be_undone()
            if shown is not None and meant and self._studio.connection.service.value is self._service:
                self.jobs = await self._studio.press.generate_several(chosen, shown, self._confirm)
        except Trouble as trouble:
            await ask(self, "That was not sent", trouble.problem.message, Choice("cancel", "Close"))
        finally:
            self._under_way = False
            self._refresh()
        if self.jobs:
            self.accept()

    async def _let_it_be_undone(self) -> bool:
        seconds = self._studio.settings.value.undo_send_s
        return seconds == 0 or await self.countdown.over(seconds)

    async def _confirm(self, before: Quote, now: Quote) -> bool:
        old, new = (money(quote.amount, quote.currency) for quote in (before, now))
        why = (
            "It is more than you want to spend without being asked."
            if before == now
            else f"It was {old} and is {new} now."
        )
        title = f"This costs {new}. Generate?" if before == now else "The price changed"
        send = Choice("send", f"Generate for {new}", "primary")
        return await ask(self, title, f"{why} Nothing has been sent yet.", send) == send.key


def _table(found: QSortFilterProxyModel) -> QTableView:
    table = reading_table(found, name="Models", stretch=HEADERS.index("Clip"), row_height=ROW + METRICS.space_1)
    table.setObjectName("severalTable")
    table.setItemDelegate(BoxRows(table))
    table.setTextElideMode(Qt.TextElideMode.ElideRight)
    table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
    table.setMinimumHeight(300)
    return table
