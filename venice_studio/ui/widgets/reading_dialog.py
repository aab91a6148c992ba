"""A long text that is only read."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from venice_studio.ui.theme import METRICS
from venice_studio.ui.widgets.async_dialog import AsyncDialog
from venice_studio.ui.widgets.buttons import button
from venice_studio.ui.widgets.labels import PlainLabel
from venice_studio.ui.widgets.long_text import LongText
from venice_studio.ui.widgets.wrapping import breakable

_AROUND = 260


class ReadingDialog(AsyncDialog):
    """To read, select and copy, and nothing else."""

    def __init__(self, parent: QWidget | None, title: str, text: str, *, name: str, heading: str = "") -> None:
        """`name` is what screen readers call the text; the heading is the title unless it is given."""
        super().__init__(parent, title)
        self.setObjectName("readingDialog")
        self.resize(560, 0)
        self.text = LongText(text, name=name, around=_AROUND)
        self.text.setObjectName("readingText")
        self.done_button = button("Done", "primary")
        self.done_button.setObjectName("readingDoneButton")
        self.done_button.setDefault(True)
        self.done_button.clicked.connect(self.accept)
        self.finished.connect(self.deleteLater)
        self.column.addWidget(PlainLabel(breakable(heading or title), "title", wrap=True))
        self.column.addWidget(self.text, 1)
        row = QHBoxLayout()
        row.setSpacing(METRICS.space_2)
        row.addStretch(1)
        row.addWidget(self.done_button)
        self.column.addLayout(row)
        self.text.setFocus()
