"""The lines under the clip: what was asked for, what came of it, and how the form differs by now."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from venice_studio.domain.job import Job, Saved
from venice_studio.domain.request import GenerationRequest
from venice_studio.ui.jobs.sentences import Name, differences, facts
from venice_studio.ui.theme import METRICS
from venice_studio.ui.widgets import Elided, PlainLabel, button

_LINK_PADDING = 4  # px that a link keeps at its left, so that its words still stand in the line of the others


class _Snug(Elided):
    """As high as the lines it needs, so that a short prompt leaves no gap."""

    def __init__(self, role: str, *, lines: int) -> None:
        super().__init__(role=role, lines=lines)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self.fontMetrics().lineSpacing() * len(self._laid_out(width)) + 2


class Details(QWidget):
    """Shows one job."""

    reuse_wanted = Signal()
    connect_wanted = Signal()

    def __init__(self, name: Name) -> None:
        super().__init__()
        self._name = name
        self._prompt = _Snug(role="strong", lines=2)
        self._facts = PlainLabel(role="secondary", wrap=True)
        self._facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
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
        column.addLayout(_row(self._differs))
        column.addLayout(_row(self._same, lead=0))
        column.addLayout(_row(self._practice, self._connect, lead=0))

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


def _row(*parts: QWidget, lead: int = _LINK_PADDING) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(-lead, 0, 0, 0)
    row.setSpacing(METRICS.space_2)
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    return row
