"""The caret blinks where somebody writes and stands still elsewhere."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.driving import until
from tests.ui.windows import show_active
from venice_studio.app.caret import RestingCaret


async def test_a_caret_nobody_moves_stands_still_until_it_is_moved(qapp: QApplication, qtbot: QtBot) -> None:
    hints = qapp.styleHints()
    blink_ms = hints.cursorFlashTime()
    assert blink_ms > 0
    whole, text, line = QWidget(), QPlainTextEdit(), QLineEdit()
    layout = QVBoxLayout(whole)
    layout.addWidget(text)
    layout.addWidget(line)
    caret = RestingCaret(qapp, rests_after_ms=100)
    try:
        show_active(qtbot, whole)
        for field in (text, line):
            field.setFocus()
            await until(lambda: hints.cursorFlashTime() == 0)
            QTest.keyClick(field, Qt.Key.Key_A)
            assert hints.cursorFlashTime() == blink_ms
            await until(lambda: hints.cursorFlashTime() == 0)
        text.setFocus()
        assert hints.cursorFlashTime() == blink_ms
    finally:
        caret.end()
    assert hints.cursorFlashTime() == blink_ms
