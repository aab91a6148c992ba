"""Dialogs that are awaited: opened, never exec()ed, because a loop inside the loop would stop everything else."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from venice_studio.ui.theme import METRICS
from venice_studio.ui.widgets.buttons import button
from venice_studio.ui.widgets.labels import PlainLabel


@dataclass(frozen=True, slots=True)
class Choice:
    """One button of a question."""

    key: str
    label: str
    kind: Literal["", "primary", "danger"] = ""


CANCEL = Choice("cancel", "Cancel")


class AsyncDialog(QDialog):
    """A modal dialog whose end can be awaited. Escape and closing reject it."""

    def __init__(self, parent: QWidget | None, title: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(METRICS.space_6, METRICS.space_6, METRICS.space_6, METRICS.space_4)
        self.column.setSpacing(METRICS.space_3)

    def showEvent(self, event: QShowEvent) -> None:
        """A window does not ask wrapped text how high it gets at the width it has; so this does."""
        super().showEvent(event)
        self.setMinimumSize(0, 0)
        width = max(self.width(), self.column.minimumSize().width())
        self.resize(width, self.column.totalHeightForWidth(width))
        self.setMinimumSize(self.size())

    def event(self, event: QEvent) -> bool:
        """Grow with what is said; never shrink under the user's hands."""
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self.setMinimumHeight(max(self.height(), self.column.totalHeightForWidth(self.width())))
        return handled

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus; Qt would press the default one, and "Quit" would cancel."""
        focus = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focus, QPushButton):
            focus.click()
        else:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """Give the keyboard back to what lies behind; not every system does."""
        was_active = self.isActiveWindow()
        super().done(result)
        behind = QApplication.activeModalWidget() or self.parentWidget()
        if was_active and behind is not None:
            behind.window().activateWindow()

    async def outcome(self) -> bool:
        """Open, wait for the end, and say whether it was accepted. Cancelling the task closes the dialog."""
        ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        def end(result: int) -> None:
            if not ended.done():
                ended.set_result(result)

        self.finished.connect(end)
        self.open()
        try:
            return await ended == QDialog.DialogCode.Accepted.value
        finally:
            self.finished.disconnect(end)
            self.hide()
            self.deleteLater()


class Question(AsyncDialog):
    """A title, some plain text and buttons. The safe choice has the focus and is what Escape means."""

    def __init__(
        self, parent: QWidget | None, title: str, text: str, choices: Sequence[Choice], safe: str, detail: str
    ) -> None:
        super().__init__(parent, title)
        self.key = safe
        self.setObjectName("question")
        self.resize(420, 0)
        self.column.addWidget(PlainLabel(title, "title", wrap=True))
        body = PlainLabel(text, wrap=True)
        body.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.column.addWidget(body)
        if detail:
            self.column.addWidget(PlainLabel(detail, "hint", wrap=True))
        self.column.addSpacing(METRICS.space_2)
        row = QHBoxLayout()
        row.setSpacing(METRICS.space_2)
        row.addStretch(1)
        self.column.addLayout(row)
        self.buttons: dict[str, QPushButton] = {}
        for choice in choices:
            made = self.buttons[choice.key] = button(choice.label, choice.kind)
            made.setObjectName(f"{choice.key}Choice")
            made.clicked.connect(lambda _, key=choice.key: self._pressed(key))
            row.addWidget(made)
        self.buttons[safe].setDefault(True)
        self.buttons[safe].setFocus()

    def _pressed(self, key: str) -> None:
        self.key = key
        self.accept()


async def ask(
    parent: QWidget | None,
    title: str,
    text: str,
    *choices: Choice,
    safe: str = CANCEL.key,
    detail: str = "",
) -> str:
    """Ask, and give the key of the button pressed; Escape, closing and cancelling give `safe`.

    The choices stand in the order given, left to right; `CANCEL` is put in front where no choice has the key `safe`.
    Raises KeyError if `safe` is another key that no choice has. Must run on the Qt loop.
    """
    offered = choices if any(choice.key == safe for choice in choices) else (CANCEL, *choices)
    question = Question(parent, title, text, offered, safe, detail)
    return question.key if await question.outcome() else safe
