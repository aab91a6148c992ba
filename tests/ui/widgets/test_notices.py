"""Buttons, notices, progress and questions."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.support.patience import PATIENCE_MS
from tests.ui.driving import Paints
from tests.ui.windows import show_active
from venice_studio.ui.theme import DARK, Theme
from venice_studio.ui.widgets import Banner, Choice, PrimaryButton, ProgressLine, ask, icon_button
from venice_studio.ui.widgets.async_dialog import Question

CHOICES = (Choice("both", "Delete here and at Venice", "danger"), Choice("here", "Delete", "primary"))


def colour_share(picture: QImage, colour: str) -> float:
    """Which share of the middle row has a colour."""
    row = [picture.pixelColor(x, picture.height() // 2) for x in range(picture.width())]
    return sum(found == QColor(colour) for found in row) / len(row)


def test_the_note_gives_way_where_there_is_no_room(qtbot: QtBot, theme: Theme) -> None:
    button = PrimaryButton("Generate 2 clips", "Ctrl+Enter")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Generate 2 clips Ctrl+Enter"
    button.resize(320, 38)
    wide = button.grab().toImage()
    button.set_parts("Generate 2 clips")
    assert button.grab().toImage() != wide
    button.resize(140, 38)
    alone = button.grab().toImage()
    button.set_parts("Generate 2 clips", "Ctrl+Enter")
    assert button.grab().toImage() == alone


def test_another_note_beside_the_same_words_is_painted(qtbot: QtBot, theme: Theme) -> None:
    button = PrimaryButton("Generate clip", "write a prompt first")
    button.resize(320, 38)
    show_active(qtbot, button)
    QTest.qWait(50)
    paints = Paints(button)
    button.set_parts("Generate clip", "needs a picture")
    qtbot.waitUntil(lambda: paints.count > 0, timeout=PATIENCE_MS)


def test_an_icon_button_says_its_name_and_keys(qtbot: QtBot, theme: Theme) -> None:
    button = icon_button("star", "Star", keys="S")
    qtbot.addWidget(button)
    assert QAccessible.queryAccessibleInterface(button).text(QAccessible.Text.Name) == "Star"
    assert button.toolTip() == "Star (S)"
    assert button.sizeHint().width() >= 28
    assert button.sizeHint().height() >= 28


def test_a_notice_shows_acts_and_goes(qtbot: QtBot, theme: Theme) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    assert banner.isHidden()
    banner.show_notice("warn", "<b>Offline</b>", [("retry", "Try again")])
    assert banner.isVisible()
    assert banner.accessibleName() == "<b>Offline</b>"
    action = next(button for button in banner.findChildren(QPushButton) if button.text() == "Try again")
    with qtbot.waitSignal(banner.acted, timeout=PATIENCE_MS) as acted:
        QTest.keyClick(action, Qt.Key.Key_Space)
    assert acted.args == ["retry"]
    banner.show_notice("info", "Something else")
    assert [button.text() for button in banner.findChildren(QPushButton) if button.isVisibleTo(banner)] == [""]
    dismiss = next(button for button in banner.findChildren(QPushButton) if button.isVisibleTo(banner))
    with qtbot.waitSignal(banner.dismissed, timeout=PATIENCE_MS):
        QTest.mouseClick(dismiss, Qt.MouseButton.LeftButton)
    assert not banner.isVisible()


@pytest.mark.parametrize(("share", "filled"), [(0.0, 0.0), (0.5, 0.5), (1.0, 1.0), (7.0, 1.0)])
def test_progress_fills_its_line(qtbot: QtBot, theme: Theme, share: float, filled: float) -> None:
    line = ProgressLine()
    qtbot.addWidget(line)
    line.resize(200, 4)
    line.set_share(share)
    assert colour_share(line.grab().toImage(), DARK.accent) == pytest.approx(filled, abs=0.05)


def test_unknown_progress_is_neither_none_nor_all(qtbot: QtBot, theme: Theme) -> None:
    line = ProgressLine()
    qtbot.addWidget(line)
    line.resize(200, 4)
    line.set_share(None)
    assert 0.2 < colour_share(line.grab().toImage(), DARK.accent) < 0.4
    line.set_share(0.0)
    assert colour_share(line.grab().toImage(), DARK.accent) == 0


async def opened() -> Question:
    while True:
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, Question) and widget.isVisible():
                return widget
        await asyncio.sleep(0.01)


@pytest.mark.parametrize("key", ["both", "here", "cancel"])
async def test_a_question_gives_the_button_pressed(qtbot: QtBot, theme: Theme, key: str) -> None:
    answer = asyncio.ensure_future(ask(None, "Delete this clip?", "<b>It</b> goes.", *CHOICES))
    question = await opened()
    QTest.mouseClick(question.buttons[key], Qt.MouseButton.LeftButton)
    assert await answer == key


@pytest.mark.parametrize("pressed", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
async def test_escape_and_enter_are_the_safe_choice(qtbot: QtBot, theme: Theme, pressed: Qt.Key) -> None:
    answer = asyncio.ensure_future(ask(None, "Delete this clip?", "It goes.", *CHOICES))
    question = await opened()
    assert question.buttons["cancel"].isDefault()
    QTest.keyClick(question, pressed)
    assert await answer == "cancel"


async def test_everything_else_goes_on_while_a_question_waits(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    answer = asyncio.ensure_future(ask(window, "Send again?", "It costs $0.44.", Choice("send", "Send for $0.44")))
    question = await opened()
    ticks = 0
    for _ in range(5):
        await asyncio.sleep(0.005)
        ticks += 1
    assert ticks == 5
    assert not answer.done()
    question.close()
    assert await answer == "cancel"


async def test_a_cancelled_question_closes(qtbot: QtBot, theme: Theme) -> None:
    answer = asyncio.ensure_future(ask(None, "Delete?", "It goes.", *CHOICES))
    await opened()
    answer.cancel()
    with pytest.raises(asyncio.CancelledError):
        await answer
    assert not any(isinstance(widget, Question) and widget.isVisible() for widget in QApplication.topLevelWidgets())


def test_the_whole_text_of_a_question_is_in_sight(qtbot: QtBot, theme: Theme) -> None:
    question = Question(None, "Delete this clip?", "A long sentence about it. " * 12, CHOICES, "here", "detail")
    qtbot.addWidget(question)
    question.show()
    for label in question.findChildren(QWidget):
        if label.hasHeightForWidth():
            assert label.height() >= label.heightForWidth(label.width())


def test_enter_presses_the_button_that_has_the_focus(qtbot: QtBot, theme: Theme) -> None:
    question = Question(None, "Delete it?", "The clip goes.", CHOICES, "here", "")
    show_active(qtbot, question)
    assert question.buttons["here"].hasFocus()
    QTest.keyClick(question.buttons["here"], Qt.Key.Key_Backtab)
    focus = QApplication.focusWidget()
    assert focus is question.buttons["both"]
    QTest.keyClick(focus, Qt.Key.Key_Return)
    assert question.key == "both"
    assert not question.isVisible()
