"""Text as it is: labels, fields, the prompt."""

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QColor, QFontMetrics, QGuiApplication, QImage, QShortcut, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.support.patience import PATIENCE_MS
from tests.ui.windows import show_active
from venice_studio.ui.theme import DARK, Theme
from venice_studio.ui.widgets import Elided, Field, PlainLabel, PromptEdit, plain_tip
from venice_studio.ui.widgets.wrapping import fitted

LONG = "The gondola drifts towards the camera, water ripples catch the last light, slow push in"


def test_markup_is_shown_not_obeyed(qtbot: QtBot, theme: Theme) -> None:
    markup, words = PlainLabel("<b>a</b>"), PlainLabel("a")
    qtbot.addWidget(markup)
    qtbot.addWidget(words)
    assert markup.sizeHint().width() > 3 * words.sizeHint().width()
    assert plain_tip("<img src=x>") == plain_tip("<img src=x>").replace("<img", "&lt;img")
    assert plain_tip("") == ""


def test_text_that_fits_is_whole_and_has_no_tip(qtbot: QtBot, theme: Theme) -> None:
    label = Elided("Short")
    qtbot.addWidget(label)
    label.resize(300, 20)
    label.show()
    assert label.shown() == ["Short"]
    assert label.toolTip() == ""


def test_text_that_is_too_long_is_cut_and_told_whole(qtbot: QtBot, theme: Theme) -> None:
    label = Elided(f"<i>{LONG}", lines=2)
    qtbot.addWidget(label)
    label.resize(240, 40)
    label.show()
    first, second = label.shown()
    assert (f"<i>{LONG}").startswith(first)
    assert second.endswith("…")
    assert "&lt;i&gt;" in label.toolTip()
    assert LONG in label.toolTip()
    assert label.accessibleName() == f"<i>{LONG}"
    assert all(label.fontMetrics().horizontalAdvance(line) <= 240 for line in (first, second))
    label.resize(2000, 40)
    assert label.toolTip() == ""


def test_a_word_without_end_is_cut_too(qtbot: QtBot, theme: Theme) -> None:
    label = Elided("x" * 500, lines=2)
    qtbot.addWidget(label)
    label.resize(200, 40)
    label.show()
    assert len(label.shown()) == 2
    assert all(label.fontMetrics().horizontalAdvance(line) <= 200 for line in label.shown())


def test_a_problem_shows_at_its_field_and_goes_again(qtbot: QtBot, theme: Theme) -> None:
    control = QLineEdit()
    field = Field("Seed", control, note="optional")
    qtbot.addWidget(field)
    field.show()
    plain = control.grab().toImage()
    field.set_problem("A seed is a <whole> number.")
    assert control.accessibleName() == "Seed"
    assert control.accessibleDescription() == "A seed is a <whole> number."
    shown = next(label for label in field.findChildren(PlainLabel) if label.text() == field.problem)
    assert shown.isVisible()
    assert shown.palette().color(shown.foregroundRole()) == QColor(DARK.bad)
    assert control.grab().toImage() != plain
    field.set_problem("")
    assert not shown.isVisible()
    assert control.grab().toImage() == plain


def prompt_in_window(qtbot: QtBot) -> tuple[QWidget, PromptEdit]:
    window, prompt = QWidget(), PromptEdit(least=3, most=6, limit=20)
    column = QVBoxLayout(window)
    column.addWidget(prompt)
    column.addWidget(QLineEdit())
    window.resize(300, 400)
    show_active(qtbot, window)
    prompt.setFocus()
    return window, prompt


def test_the_prompt_grows_with_its_text_up_to_a_bound(qtbot: QtBot, theme: Theme) -> None:
    _, prompt = prompt_in_window(qtbot)
    line = prompt.fontMetrics().lineSpacing()
    least = prompt.height()
    heights = []
    for lines in range(1, 10):
        prompt.setPlainText("\n".join("x" * lines))
        heights.append(prompt.height())
    assert heights[:3] == [least] * 3
    assert heights[3] == least + line
    assert heights[5:] == [least + 3 * line] * 4


def test_a_long_line_wraps_and_counts(qtbot: QtBot, theme: Theme) -> None:
    _, prompt = prompt_in_window(qtbot)
    least = prompt.height()
    prompt.setPlainText("many words " * 20)
    assert prompt.height() > least


def test_the_prompt_counts_characters(qtbot: QtBot, theme: Theme) -> None:
    _, prompt = prompt_in_window(qtbot)
    seen: list[tuple[int, int]] = []
    prompt.counted.connect(lambda count, limit: seen.append((count, limit)))
    QTest.keyClicks(prompt, "sea")
    assert seen[-1] == (3, 20)
    assert prompt.counter() == "3 / 20"
    prompt.set_limit(0)
    assert seen[-1] == (3, 0)
    assert prompt.counter() == "3"


def test_tab_moves_on_and_ctrl_enter_is_the_window_s(qtbot: QtBot, theme: Theme) -> None:
    window, prompt = prompt_in_window(qtbot)
    generated: list[bool] = []
    QShortcut("Ctrl+Return", window).activated.connect(lambda: generated.append(True))
    QTest.keyClick(prompt, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert generated == [True]
    QTest.keyClick(prompt, Qt.Key.Key_Return)
    QTest.keyClick(prompt, Qt.Key.Key_Tab)
    assert prompt.toPlainText() == "\n"
    assert not prompt.hasFocus()


def test_only_text_is_pasted(qtbot: QtBot, theme: Theme) -> None:
    _, prompt = prompt_in_window(qtbot)
    rich = QMimeData()
    rich.setHtml("<b>bold</b> sea")
    rich.setText("bold sea")
    QGuiApplication.clipboard().setMimeData(rich)
    prompt.paste()
    assert prompt.toPlainText() == "bold sea"
    picture = QImage(4, 4, QImage.Format.Format_RGB32)
    for other in ("image", "file"):
        mime = QMimeData()
        if other == "image":
            mime.setImageData(picture)
        else:
            mime.setUrls([QUrl.fromLocalFile("/pictures/gondola.jpg")])
        QGuiApplication.clipboard().setMimeData(mime)
        with qtbot.waitSignal(prompt.file_pasted, timeout=PATIENCE_MS):
            prompt.paste()
    assert prompt.toPlainText() == "bold sea"


def test_a_prompt_written_over_can_be_undone(qtbot: QtBot, theme: Theme) -> None:
    _, prompt = prompt_in_window(qtbot)
    QTest.keyClicks(prompt, "my own words")
    prompt.write_over("a starter")
    assert prompt.toPlainText() == "a starter"
    prompt.undo()
    assert prompt.toPlainText() == "my own words"


@pytest.mark.parametrize("width", [150, 300, 900])
def test_what_is_too_long_is_cut_before_its_ending(theme: Theme, width: int) -> None:
    font = QGuiApplication.font()
    short = fitted("Short.", "Nothing was charged.", font, width, 4)
    assert " ".join(short) == "Short. Nothing was charged."
    lines = fitted(LONG * 40, "Nothing was charged.", font, width, 4)
    assert len(lines) == 4
    assert " ".join(lines).endswith("… Nothing was charged.")
    assert " ".join(lines)[:40] == LONG[:40]
    assert all(QFontMetrics(font).horizontalAdvance(line) <= width for line in lines)


def test_a_text_from_the_right_begins_at_the_right(qtbot: QtBot, theme: Theme) -> None:
    window, prompt = prompt_in_window(qtbot)

    def cursor_at() -> int:
        prompt.moveCursor(QTextCursor.MoveOperation.Start)
        return prompt.cursorRect().left()

    prompt.setPlainText("\N{GREEK SMALL LETTER ALPHA} gondola")
    left = cursor_at()
    prompt.setPlainText("(1) \N{HEBREW LETTER HE}\N{HEBREW LETTER GIMEL} and more")
    assert cursor_at() > left + prompt.viewport().width() // 2
    prompt.undo()
    prompt.setPlainText("")
    assert cursor_at() == left
    window.close()


def test_of_a_prompt_that_was_put_in_the_window_knows_the_way_back(qtbot: QtBot, theme: Theme) -> None:
    window, prompt = prompt_in_window(qtbot)
    undone: list[str] = []
    QShortcut("Ctrl+Z", window).activated.connect(lambda: undone.append(prompt.toPlainText()))
    QTest.keyClicks(prompt, "my own words")
    prompt.show_text("a starter")
    QTest.keyClicks(prompt, "!")
    for _ in range(2):
        QTest.keyClick(prompt, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == ["a starter"]
    assert prompt.toPlainText() == "a starter"
