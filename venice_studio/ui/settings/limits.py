"""The user's own limits on spending, as two sums."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from venice_studio.domain.spending import sum_of
from venice_studio.library.settings import Settings
from venice_studio.studio.signals import Value
from venice_studio.ui.theme import METRICS
from venice_studio.ui.widgets import Field, PlainLabel


class Limits(QWidget):
    """Above which sum a press is asked about, and how much may be spent in a day; empty is no limit."""

    def __init__(self, settings: Value[Settings]) -> None:
        super().__init__()
        self._settings = settings
        self.ask_above = _field("Ask before a press above", "askAboveEdit", self._ask_above)
        self.stop_at = _field("Send nothing more in a day above", "stopAtEdit", self._stop_at)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(METRICS.space_1)
        row = QHBoxLayout()
        row.setSpacing(METRICS.space_3)
        row.addWidget(self.ask_above)
        row.addWidget(self.stop_at)
        column.addLayout(row)
        column.addWidget(
            PlainLabel(
                "In US dollars; empty for no limit. What may have been charged counts as charged; practice is free.",
                "hint",
                wrap=True,
            )
        )

    def show_settings(self, settings: Settings) -> None:
        """Show what is set, unless it is what was just typed."""
        for field, text in ((self.ask_above, settings.ask_above), (self.stop_at, settings.stop_at)):
            edit = field.control
            if isinstance(edit, QLineEdit) and not edit.hasFocus():
                edit.setText(text or "")
                field.set_problem("")

    def _ask_above(self, text: str) -> None:
        if _understood(self.ask_above, text):
            self._settings.set(replace(self._settings.value, ask_above=_kept(text)))

    def _stop_at(self, text: str) -> None:
        if _understood(self.stop_at, text):
            self._settings.set(replace(self._settings.value, stop_at=_kept(text)))


def _field(label: str, name: str, changed: Callable[[str], None]) -> Field:
    edit = QLineEdit()
    edit.setObjectName(name)
    edit.setPlaceholderText("No limit")
    edit.setMaxLength(12)
    edit.textChanged.connect(changed)
    return Field(label, edit)


def _understood(field: Field, text: str) -> bool:
    """Whether it can be a limit; what cannot is said at the field, and what was set before still counts."""
    try:
        sum_of(text)
    except ValueError:
        field.set_problem("Write a sum such as 10 or 4.50.")
        return False
    field.set_problem("")
    return True


def _kept(text: str) -> str | None:
    amount = sum_of(text)
    return None if amount is None else str(amount)
