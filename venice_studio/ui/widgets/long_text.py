"""A text that may be very long: to read, select and copy, with the keyboard too."""

from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

_LINES = 14
_LEAST = 96
_BROAD = 240
_PARAGRAPH = 1000
"""Characters. A paragraph of 200,000 takes 14 s to lay out: the time goes with the square of its length."""


class LongText(QPlainTextEdit):
    """Plain text, whatever is in it. So many lines high that `around` px of the window behind stay free."""

    def __init__(self, text: str, *, name: str, around: int) -> None:
        """`name` is what screen readers call it."""
        super().__init__()
        self._around = around
        self.setAccessibleName(name)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setAccessibleName(f"Scroll: {name}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setPlainText("\n".join(piece for line in text.split("\n") for piece in _pieces(line)))

    def sizeHint(self) -> QSize:
        behind = self.window().parentWidget()
        room = (behind.window().height() if behind else self.screen().availableGeometry().height()) - self._around
        return QSize(_BROAD, max(_LEAST, min(self.fontMetrics().lineSpacing() * _LINES, room)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


def _pieces(line: str) -> Iterator[str]:
    """A line in paragraphs, with every character it has, broken behind a space where there is one."""
    while len(line) > _PARAGRAPH:
        cut = line.rfind(" ", 0, _PARAGRAPH) + 1 or _PARAGRAPH
        yield line[:cut]
        line = line[cut:]
    yield line
