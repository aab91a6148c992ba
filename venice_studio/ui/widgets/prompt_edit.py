"""A field for a prompt: plain text that grows with what is written."""

import re
import unicodedata
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QKeySequence, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from venice_studio.ui.widgets.mention_list import MentionList, Suggestion

_FRAME = 14  # border and padding above and below the text, px; the style sheet's numbers

_MENTION = re.compile(r"(?<![\w@])@(\w{0,20})$")


class PromptEdit(QPlainTextEdit):
    """Plain text between a least and a greatest number of lines. Tab moves on, Ctrl+Enter is left to the window."""

    counted = Signal(int, int)
    """Characters written, characters allowed (0: no limit)."""

    file_pasted = Signal(QMimeData)
    """Something other than text was pasted (a picture, files); nothing was put into the field."""

    about_to_write = Signal()
    """A key goes to the text: where it is written should be in sight."""

    def __init__(self, *, placeholder: str = "", least: int = 4, most: int = 12, limit: int = 0) -> None:
        super().__init__()
        self._least, self._most, self._limit = least, most, limit
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(4)
        self.suggestions: Callable[[], Sequence[Suggestion]] | None = None
        """What can be written after an @; None: nothing."""
        self.mentions: MentionList | None = None
        """The list of it, once it was needed."""
        self.textChanged.connect(self._changed)
        self.textChanged.connect(self._suggest)
        self.cursorPositionChanged.connect(self._follow_cursor)
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
        """Show another text. Ctrl+Z does not bring the old one back: who put the new one in knows what else came with
        it. Nothing happens if it is the same."""
        if text != self.toPlainText():
            self.write_over(text)
            self.document().clearUndoRedoStacks()

    def write_over(self, text: str) -> None:
        """Replace the text as somebody does who writes, to be undone with Ctrl+Z."""
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
        if self.suggesting and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if enter:
                self._accept(self._list().chosen)
                return
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self._list().step(1 if event.key() == Qt.Key.Key_Down else -1)
                return
            if event.key() == Qt.Key.Key_Escape:
                self._list().hide()
                return
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            # Before, since the list opens where the cursor is.
            self.about_to_write.emit()
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            # Escape closes the list before it means anything to the window.
            if event.key() == Qt.Key.Key_Escape and self.suggesting:
                event.accept()
                return True
            # With nothing of its own to undo it leaves the keys to the window, which may have.
            if event.matches(QKeySequence.StandardKey.Undo) and not self.document().isUndoAvailable():
                event.ignore()
                return True
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        if self.suggesting and forward:
            self._accept(self._list().chosen)
            return True
        return super().focusNextPrevChild(forward)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._close_list()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._close_list()

    @property
    def suggesting(self) -> bool:
        """Whether the list is open."""
        return self.mentions is not None and not self.mentions.isHidden()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _changed(self) -> None:
        self._align()
        self.counted.emit(self.count, self._limit)

    def _align(self) -> None:
        """Begin at the right where the language does: Qt finds the direction of each line, but not its side."""
        side = Qt.AlignmentFlag.AlignRight if _from_right(self.toPlainText()) else Qt.AlignmentFlag.AlignLeft
        option = self.document().defaultTextOption()
        if option.alignment() != side:
            option.setAlignment(side)
            self.document().setDefaultTextOption(option)

    def _suggest(self) -> None:
        """Open, narrow or close the list by what is written before the cursor."""
        begun = self._begun()
        if begun is None or self.suggestions is None or not self.hasFocus():
            self._close_list()
            return
        fitting = [one for one in self.suggestions() if _fits(one, begun)]
        if not fitting or [one.text.casefold() for one in fitting] == [f"@{begun}".casefold()]:
            self._close_list()
            return
        self._list().offer(fitting)
        self._list().open_at(self.cursorRect().translated(self.viewport().pos()), self)

    def _follow_cursor(self) -> None:
        if self.suggesting and self._begun() is None:
            self._close_list()

    def _begun(self) -> str | None:
        """What is written after an @ right before the cursor; None while an input method is at work, or without @."""
        cursor = self.textCursor()
        block = cursor.block()
        if cursor.hasSelection() or block.layout().preeditAreaText():
            return None
        found = _MENTION.search(block.text()[: cursor.positionInBlock()])
        return found[1] if found else None

    def _accept(self, text: str) -> None:
        begun, cursor = self._begun(), self.textCursor()
        self._close_list()
        if begun is None or not text:
            return
        keep = QTextCursor.MoveMode.KeepAnchor
        cursor.movePosition(QTextCursor.MoveOperation.Left, keep, len(begun) + 1)
        after = cursor.block().text()[self.textCursor().positionInBlock() :]
        cursor.insertText(text if after.startswith(" ") else f"{text} ")
        if after.startswith(" "):
            cursor.movePosition(QTextCursor.MoveOperation.Right)
        self.setTextCursor(cursor)

    def _list(self) -> MentionList:
        if self.mentions is None:
            self.mentions = MentionList()
            self.mentions.picked.connect(self._accept)
        return self.mentions

    def _close_list(self) -> None:
        if self.mentions is not None:
            self.mentions.hide()

    def _fit(self) -> None:
        lines = round(self.document().size().height())
        wanted = self._height_of(min(max(lines, self._least), self._most))
        if wanted != self.height() or self.minimumHeight() != wanted:
            self.setFixedHeight(wanted)

    def _height_of(self, lines: int) -> int:
        return lines * self.fontMetrics().lineSpacing() + _FRAME + 2 * round(self.document().documentMargin())


def _fits(suggestion: Suggestion, begun: str) -> bool:
    wanted = begun.casefold()
    return suggestion.text[1:].casefold().startswith(wanted) or wanted in suggestion.label.casefold()


def _from_right(text: str) -> bool:
    """Whether the first letter with a direction of its own goes from right to left."""
    directions = map(unicodedata.bidirectional, text)
    return next((found for found in directions if found in ("L", "R", "AL")), "L") != "L"
