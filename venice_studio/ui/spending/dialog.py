"""What was spent: today, this month, all time, and by day and model."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QTableView, QVBoxLayout, QWidget

from venice_studio.domain.problem import Trouble
from venice_studio.domain.spending import Attempt, by_day_and_model, totals
from venice_studio.library.spending_file import save_csv
from venice_studio.library.threads import Worker
from venice_studio.studio.studio import Studio
from venice_studio.ui.binding import until_destroyed
from venice_studio.ui.spending import words
from venice_studio.ui.spending.model import SpendingModel
from venice_studio.ui.theme import METRICS
from venice_studio.ui.widgets import AsyncDialog, PlainLabel, button
from venice_studio.ui.widgets.table import ROW, reading_table

_FILE = "Venice Studio spending.csv"


class SpendingDialog(AsyncDialog):
    """Sums of every key used here, as quoted; practice is in none of them. Follows what happens meanwhile."""

    def __init__(self, parent: QWidget | None, studio: Studio, worker: Worker) -> None:
        """`worker` writes the file."""
        super().__init__(parent, "Spending")
        self._studio = studio
        self._worker = worker
        self.setObjectName("spendingDialog")
        self.resize(760, 0)
        self.today, self.month, self.ever = _Sum("Today"), _Sum("This month"), _Sum("All time")
        self.model = SpendingModel(studio.composer.name)
        self.table = _table(self.model)
        self.nothing = PlainLabel("Nothing has been spent yet. What Generate costs at Venice is added up here.", "hint")
        self.said = PlainLabel("", "good", wrap=True)
        self.said.setObjectName("spendingSaid")
        self.save = button("Save as CSV…")
        self.save.setObjectName("saveCsvButton")
        self.finish = button("Done", "primary")
        self.finish.setObjectName("spendingDoneButton")
        self.finish.setDefault(True)
        self._lay_out()
        self.finish.setFocus()
        self.save.clicked.connect(self.ask_where)
        self.finish.clicked.connect(self.accept)
        until_destroyed(self, studio.runner.ledger.cost_changed.connect(lambda _: self._show()))
        self._show()

    def ask_where(self) -> None:
        """Let the user choose where the file goes."""
        dialog = QFileDialog(self, "Save what was spent")
        dialog.setObjectName("saveCsvDialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("Comma-separated values (*.csv)")
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(_FILE)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        attempts = self._studio.spending.attempts
        dialog.fileSelected.connect(
            lambda path: self._studio.tasks.start(self._save(Path(path), attempts), "save what was spent")
        )
        dialog.open()

    async def _save(self, path: Path, attempts: Sequence[Attempt]) -> None:
        try:
            await self._worker.run(save_csv, path, attempts)
        except Trouble as trouble:
            self._say("bad", trouble.problem.message)
        else:
            self._say("good", f"Saved as {path}")

    def _say(self, role: str, text: str) -> None:
        self.said.set_role(role)
        self.said.setText(text)

    def _lay_out(self) -> None:
        self.column.setSpacing(METRICS.space_4)
        self.column.addWidget(PlainLabel("Spending", "title"))
        sums = QHBoxLayout()
        sums.setSpacing(METRICS.space_6)
        for part in (self.today, self.month, self.ever):
            sums.addWidget(part, 1)
        self.column.addLayout(sums)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.nothing)
        self.column.addWidget(
            PlainLabel("Prices as Venice quoted them, for every key used here. Practice is not counted.", "hint")
        )
        row = QHBoxLayout()
        row.setSpacing(METRICS.space_2)
        row.addWidget(self.said, 1)
        row.addWidget(self.save)
        row.addWidget(self.finish)
        self.column.addLayout(row)

    def _show(self) -> None:
        attempts, today = self._studio.spending.attempts, self._studio.spending.today()
        days = [(attempt, attempt.day()) for attempt in attempts]
        self.today.show_sums(totals(one for one, day in days if day == today))
        self.month.show_sums(totals(one for one, day in days if (day.year, day.month) == (today.year, today.month)))
        self.ever.show_sums(totals(attempts))
        self.model.show_lines(by_day_and_model(attempts), today)
        self.table.setVisible(bool(attempts))
        self.nothing.setVisible(not attempts)
        self.save.setEnabled(bool(attempts))


class _Sum(QWidget):
    """What was charged in a span of time, and below it what came back and what nobody knows."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.charged = PlainLabel("", "price", numbers=True)
        self.refunded = PlainLabel("", "secondary", numbers=True)
        self.unknown = PlainLabel("", "warn", numbers=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(METRICS.space_1)
        column.addWidget(PlainLabel(title, "secondary"))
        for label in (self.charged, self.unknown, self.refunded):
            column.addWidget(label)
        column.addStretch(1)

    def show_sums(self, sums: words.Sums) -> None:
        """Show other sums."""
        self.charged.setText(words.charged(sums))
        self.refunded.setText(words.refunded(sums))
        self.unknown.setText(words.unknown(sums))
        for label in (self.refunded, self.unknown):
            label.setVisible(bool(label.text()))


def _table(model: SpendingModel) -> QTableView:
    table = reading_table(model, name="Spent by day and model", stretch=1, row_height=ROW)
    table.setObjectName("spendingTable")
    table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    table.setSelectionMode(QTableView.SelectionMode.NoSelection)
    table.setMinimumHeight(220)
    return table
