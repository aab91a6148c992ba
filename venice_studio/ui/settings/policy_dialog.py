"""The text of a policy that was agreed to."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from venice_studio.domain.consent import Consent
from venice_studio.ui.theme import METRICS
from venice_studio.ui.widgets import AsyncDialog, PlainLabel, button
from venice_studio.ui.widgets.long_text import LongText
from venice_studio.ui.widgets.wrapping import breakable

_AROUND = 260


class PolicyDialog(AsyncDialog):
    """To read again, and nothing else."""

    def __init__(self, parent: QWidget | None, consent: Consent) -> None:
        super().__init__(parent, "What you agreed to")
        self.setObjectName("policyDialog")
        self.resize(560, 0)
        self.text = LongText(consent.policy, name="Policy", around=_AROUND)
        self.text.setObjectName("policyText")
        done = button("Done", "primary")
        done.setObjectName("policyDoneButton")
        done.setDefault(True)
        done.clicked.connect(self.accept)
        self.finished.connect(self.deleteLater)
        self.column.addWidget(PlainLabel(breakable(f"{consent.flow}, version {consent.version}"), "title", wrap=True))
        self.column.addWidget(self.text, 1)
        row = QHBoxLayout()
        row.setSpacing(METRICS.space_2)
        row.addStretch(1)
        row.addWidget(done)
        self.column.addLayout(row)
        self.text.setFocus()
