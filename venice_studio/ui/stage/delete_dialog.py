"""The question before a clip goes."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from venice_studio.domain.job import Job, Saved
from venice_studio.ui.theme import METRICS
from venice_studio.ui.widgets import AsyncDialog, CheckBox, PlainLabel, button


class DeleteDialog(AsyncDialog):
    """Asks whether a clip may go to the trash, and whether Venice's copy goes too."""

    def __init__(self, parent: QWidget | None, job: Job) -> None:
        super().__init__(parent, "Delete clip")
        self.setObjectName("deleteDialog")
        self.resize(420, 0)
        self.column.addWidget(PlainLabel("Move the clip to the trash?", "title", wrap=True))
        self.column.addWidget(PlainLabel(shortened(job.request.prompt), "secondary", wrap=True))
        self._copy = CheckBox("Also delete the copy at Venice")
        self._copy.setObjectName("deleteCopyCheck")
        self._copy.setVisible(isinstance(job.state, Saved) and not job.state.copy_deleted and not job.account.practice)
        self.column.addWidget(self._copy)
        self.column.addSpacing(METRICS.space_2)
        keep, delete = button("Cancel"), button("Move to the trash", "danger")
        keep.setObjectName("cancelChoice")
        delete.setObjectName("deleteChoice")
        keep.clicked.connect(self.reject)
        delete.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.setSpacing(METRICS.space_2)
        row.addStretch(1)
        row.addWidget(keep)
        row.addWidget(delete)
        self.column.addLayout(row)
        keep.setDefault(True)
        keep.setFocus()

    @property
    def copy_too(self) -> bool:
        """Whether the copy at Venice is to go as well."""
        return self._copy.isChecked()


def shortened(prompt: str) -> str:
    """As much of a prompt as says which one it is."""
    text = " ".join(prompt.split())
    return text if len(text) <= 140 else f"{text[:139].rstrip()}…"
