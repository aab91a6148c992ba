"""What the form lies in."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from venice_studio.ui.widgets import PromptEdit

_AROUND = 24
"""Room above and below the line that is written, px."""


class Scroll(QScrollArea):
    """Scrolls only downwards; the bar takes its room from the margin, so no field changes its width."""

    def __init__(self, form: QWidget) -> None:
        super().__init__()
        self._form = form
        self.setObjectName("formScroll")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setAccessibleName("Scroll the form")
        self.setWidget(form)
        form.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def show_cursor(self, edit: PromptEdit) -> None:
        """Bring the place where somebody writes into sight, with the field's label where there is room."""
        cursor = edit.cursorRect().translated(edit.viewport().mapTo(self._form, QPoint(0, 0)))
        self.ensureVisible(cursor.center().x(), cursor.center().y(), 0, cursor.height() + _AROUND)
