"""A field for a prompt: plain text that grows with what is written."""

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

_FRAME = 14  # border and padding above and below the text, px; the style sheet's numbers


class PromptEdit(QPlainTextEdit):
    """Plain text between a least and a greatest number of lines. Tab moves on, Ctrl+Enter is left to the window."""

    counted = Signal(int, int)
    """Characters written, characters allowed (0: no limit)."""

    file_pasted = Signal(QMimeData)
    """Something other than text was pasted (a picture, files); nothing was put into the field."""

    def __init__(self, *, placeholder: str = "", least: int = 4, most: int = 12, limit: int = 0) -> None:
        super().__init__()
        self._least, self._most, self._limit = least, most, limit
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(4)
        self.textChanged.connect(self._changed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._fit())
        self._fit()

    @property
    def count(self) -> int:
        """How many characters are written."""
        return len(self.toPlainText())

    @property
    def limit(self) -> int:
        """How many characters are allowed; 0 for no limit. More can be written: the form says so at the field."""
        return self._limit

    def set_limit(self, limit: int) -> None:
        """Change how many characters are allowed; emits `counted`."""
        self._limit = limit
        self._changed()

    def counter(self) -> str:
        """The count as it is shown: "86 / 2500", or "86" without a limit."""
        return f"{self.count} / {self._limit}" if self._limit else str(self.count)

    def show_text(self, text: str) -> None:
        """Replace the text in a way that can be undone with Ctrl+Z; nothing happens if it is the same."""
        if text != self.toPlainText():
            cursor = self.textCursor()
            cursor.select(cursor.SelectionType.Document)
            cursor.insertText(text)
            self.setTextCursor(cursor)

    def sizeHint(self) -> QSize:
        return QSize(240, self._height_of(self._least))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self._height_of(min(2, self._least)))

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() or source.hasImage() or source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasUrls() or (source.hasImage() and not source.hasText()):
            self.file_pasted.emit(source)
        elif source.hasText():
            self.insertPlainText(source.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _changed(self) -> None:
        self.counted.emit(self.count, self._limit)

    def _fit(self) -> None:
        lines = round(self.document().size().height())
        wanted = self._height_of(min(max(lines, self._least), self._most))
        if wanted != self.height() or self.minimumHeight() != wanted:
            self.setFixedHeight(wanted)

    def _height_of(self, lines: int) -> int:
        return lines * self.fontMetrics().lineSpacing() + _FRAME + 2 * round(self.document().documentMargin())
