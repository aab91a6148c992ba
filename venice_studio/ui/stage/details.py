"""The lines under the clip: what was asked for, what came of it, and how the form differs by now."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from venice_studio.domain.job import Job, Saved
from venice_studio.domain.request import GenerationRequest
from venice_studio.ui.jobs.sentences import Name, differences, facts
from venice_studio.ui.stage.snug import Snug
from venice_studio.ui.theme import METRICS
from venice_studio.ui.widgets import LINK_PADDING, PlainLabel, button, plain_tip
from venice_studio.ui.widgets.wrapping import wrapped

_MOST_BELOW, _MOST_BESIDE = 2, 8  # lines of the prompt
_DIFFERENCES_BESIDE = 4


class Details(QWidget):
    """Shows one job."""

    reuse_wanted = Signal()
    connect_wanted = Signal()

    def __init__(self, name: Name) -> None:
        super().__init__()
        self._name = name
        self._beside = False
        self._prompt = Snug(role="strong", lines=_MOST_BELOW)
        self._facts = PlainLabel(role="secondary", wrap=True)
        self._facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._differs = button("", "link", small=True)
        self._differs.setObjectName("differsButton")
        self._differs.clicked.connect(self.reuse_wanted)
        self._same = PlainLabel("The form has the same settings", "hint")
        self._practice = PlainLabel("", "hint")
        self._connect = button("Connect Venice", "link", small=True)
        self._connect.setAccessibleName(self._connect.text())
        self._facts.setAccessibleName("About this clip")
        self._connect.clicked.connect(self.connect_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(METRICS.space_4 - LINK_PADDING, METRICS.space_2, METRICS.space_4, METRICS.space_3)
        column.setSpacing(2)
        column.addLayout(_line(self._prompt))
        column.addLayout(_line(self._facts))
        column.addLayout(_row(self._differs, lead=0))
        column.addLayout(_row(self._same))
        column.addLayout(_row(self._practice, self._connect))

    def set_beside(self, beside: bool) -> None:
        """Stand in a narrow column beside the clip, with room for more lines, or below it."""
        self._beside = beside
        self._prompt.set_most(_MOST_BESIDE if beside else _MOST_BELOW)
        self._practice.setWordWrap(beside)

    def show_job(self, job: Job, draft: GenerationRequest, *, missing: bool = False) -> None:
        """Show a job, compared with the form's draft; the file of its clip may be `missing`."""
        self._prompt.setText(job.request.prompt)
        self._facts.setText(facts(job, self._name, missing=missing))
        changed = differences(job, draft)
        self._differs.setVisible(bool(changed))
        self._differs.setAccessibleName(f"Differs from the form: {', '.join(changed)}")
        self._differs.setToolTip(plain_tip(f"{self._differs.accessibleName()}. Click to put these settings there."))
        self._fit()
        self._same.setVisible(not changed)
        practice = job.account.practice and isinstance(job.state, Saved)
        self._practice.setVisible(practice)
        self._connect.setVisible(practice)
        self._practice.setText(f"Made on this computer, not by {self._name(job.request.model)}.")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """A button cuts its words at both ends; better in lines, the last one with a sign where there is more."""
        room = self.width() - 2 * METRICS.space_4 - LINK_PADDING
        most = _DIFFERENCES_BESIDE if self._beside else 1
        self._differs.setText("\n".join(wrapped(self._differs.accessibleName(), self._differs.font(), room, most)))


def _line(part: QWidget) -> QHBoxLayout:
    """A text as wide as there is room."""
    line = QHBoxLayout()
    line.setContentsMargins(LINK_PADDING, 0, 0, 0)
    line.addWidget(part)
    return line


def _row(*parts: QWidget, lead: int = LINK_PADDING) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(lead, 0, 0, 0)
    row.setSpacing(METRICS.space_2)
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    return row
