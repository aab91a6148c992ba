"""A named place in a form."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from venice_studio.ui.theme import METRICS, set_look
from venice_studio.ui.widgets.labels import PlainLabel, plain_tip


class Field(QWidget):
    """A label, a note at its right, the control below (or, `inline`, in the same line) and a problem under it."""

    def __init__(self, label: str, control: QWidget, *, note: str = "", inline: bool = False) -> None:
        super().__init__()
        self.control = control
        self._description = ""
        self._label = PlainLabel(label, "secondary")
        self._label.setBuddy(control)
        self._note = PlainLabel(note, "hint", numbers=True)
        self._problem = PlainLabel("", "bad", wrap=True)
        self._problem.hide()
        if not control.accessibleName():
            control.setAccessibleName(label)
        self._head = head = QGridLayout()
        head.setSpacing(METRICS.space_2)
        head.addWidget(self._label, 0, 0, Qt.AlignmentFlag.AlignVCenter)
        head.setColumnStretch(1, 1)
        head.addWidget(self._note, 0, 2, Qt.AlignmentFlag.AlignVCenter)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(METRICS.space_1 + 1)
        column.addLayout(head)
        column.addWidget(self._problem)
        self.set_inline(inline)
        self.set_note(note)

    @property
    def problem(self) -> str:
        """The problem shown; empty if there is none."""
        return self._problem.text()

    def set_inline(self, inline: bool) -> None:
        """Put the control into the label's line, or below it."""
        self._head.removeWidget(self.control)
        self._column.removeWidget(self.control)
        if inline:
            self._head.addWidget(self.control, 0, 3, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        else:
            self._column.insertWidget(1, self.control)

    def set_label(self, text: str) -> None:
        """Rename the field."""
        self._label.setText(text)
        self.control.setAccessibleName(text)

    def set_note(self, text: str, *, alarming: bool = False) -> None:
        """The small text at the right of the label; empty for none. `alarming`: it says that something is too much."""
        self._note.setText(text)
        self._note.set_role("bad" if alarming else "hint")
        self._note.setVisible(bool(text))

    def set_description(self, text: str) -> None:
        """What the tooltip and screen readers say of the control while there is no problem (plain text)."""
        self._description = text
        self.control.setToolTip(plain_tip(text))
        self.control.setAccessibleDescription(self.problem or text)

    def set_problem(self, text: str) -> None:
        """Say what is wrong with the value (plain text); empty takes it away."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))
        self.control.setAccessibleDescription(text or self._description)
        set_look(self.control, problem=bool(text))
