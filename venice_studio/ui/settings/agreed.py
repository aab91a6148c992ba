"""The policies that were agreed to, each with its text and a way to take it back."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from venice_studio.domain.agreement import Agreement
from venice_studio.ui.settings.policy_dialog import PolicyDialog
from venice_studio.ui.theme import METRICS
from venice_studio.ui.widgets import Elided, PlainLabel, button


class Agreed(QWidget):
    """In sight only while there is something to take back."""

    def __init__(self, withdraw: Callable[[Agreement], object]) -> None:
        super().__init__()
        self.setObjectName("agreements")
        self._withdraw = withdraw
        self._shown: Sequence[Agreement] = ()
        self._lines = QWidget()
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(METRICS.space_1)
        column.addWidget(PlainLabel("Policies you agreed to", "secondary"))
        column.addWidget(self._lines)
        column.addWidget(
            PlainLabel(
                "They go along with clips of the models that ask for them. Taken back, you are asked again at the next "
                "one; what was sent stays sent.",
                "hint",
                wrap=True,
            )
        )
        self.hide()

    def show_agreements(self, agreements: Sequence[Agreement]) -> None:
        """Show what is agreed to now."""
        self.setVisible(bool(agreements))
        if agreements == self._shown:
            return
        self._shown = agreements
        self._lines.hide()
        self._lines.deleteLater()
        self._lines = QWidget()
        lines = QVBoxLayout(self._lines)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(METRICS.space_1)
        for agreement in agreements:
            lines.addWidget(self._line(agreement))
        self._column.insertWidget(1, self._lines)

    def _line(self, agreement: Agreement) -> QWidget:
        consent, day = agreement.consent, agreement.agreed_at.astimezone()
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(METRICS.space_2)
        what = f"{consent.flow}, version {consent.version}"
        when = f"on {day.day} {day:%B %Y}{', in practice' if agreement.account.practice else ''}"
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Elided(what, cut=Qt.TextElideMode.ElideMiddle))
        words.addWidget(Elided(when, "hint"))
        row.addLayout(words, 1)
        read, back = button("Read…", small=True), button("Take back", small=True)
        read.setObjectName("readPolicyButton")
        read.setAccessibleName(f"Read the policy {what}")
        read.clicked.connect(lambda: PolicyDialog(self.window(), consent).open())
        back.setObjectName("withdrawButton")
        back.setAccessibleName(f"Take back what was agreed to: {what}")
        back.clicked.connect(lambda: self._withdraw(agreement))
        row.addWidget(read)
        row.addWidget(back)
        return box
