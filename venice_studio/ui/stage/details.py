"""The lines under the clip: what was asked for, what came of it, and how the form differs by now."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from venice_studio.domain.job import Job, Saved
from venice_studio.domain.request import GenerationRequest
from venice_studio.ui.jobs.sentences import Name, differences, facts
from venice_studio.ui.theme import METRICS
from venice_studio.ui.widgets import Elided, PlainLabel, button


class Details(QWidget):
    """Shows one job."""

    reuse_wanted = Signal()
    connect_wanted = Signal()

    def __init__(self, name: Name) -> None:
        super().__init__()
        self._name = name
        self._prompt = Elided(role="strong", lines=2)
        self._facts = Elided(role="secondary", lines=2)
        self._differs = button("", "link", small=True)
        self._differs.setObjectName("differsButton")
        self._differs.clicked.connect(self.reuse_wanted)
        self._same = PlainLabel("The form has the same settings", "hint")
        self._practice = PlainLabel("", "hint")
        self._connect = button("Connect Venice", "link", small=True)
        self._connect.clicked.connect(self.connect_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(METRICS.space_4, METRICS.space_2, METRICS.space_4, METRICS.space_3)
        column.setSpacing(2)
        column.addWidget(self._prompt)
        column.addWidget(self._facts)
        for parts in ((self._differs, self._same), (self._practice, self._connect)):
            row = QHBoxLayout()
            row.setSpacing(METRICS.space_2)
            for part in parts:
                row.addWidget(part)
            row.addStretch(1)
            column.addLayout(row)

    def show_job(self, job: Job, draft: GenerationRequest) -> None:
        """Show a job, compared with the form's draft."""
        self._prompt.setText(job.request.prompt)
        self._facts.setText(facts(job, self._name))
        changed = differences(job, draft)
        self._differs.setVisible(bool(changed))
        self._differs.setText(f"Differs from the form: {', '.join(changed)}")
        self._differs.setToolTip("Put these settings into the form")
        self._same.setVisible(not changed)
        practice = job.account.practice and isinstance(job.state, Saved)
        self._practice.setVisible(practice)
        self._connect.setVisible(practice)
        self._practice.setText(f"Made on this computer, not by {self._name(job.request.model)}.")
