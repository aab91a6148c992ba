"""An @ in the prompt offers what is attached; a mention that nothing answers to is remarked with a way out."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea

from tests.ui.compose.conftest import Bench, click
from tests.ui.compose.material import ACTING, choose, several
from tests.ui.driving import part, until
from venice_studio.domain.inputs import Role
from venice_studio.ui.widgets import PromptEdit
from venice_studio.ui.widgets.mention_list import MentionList


@pytest.fixture
async def acting(bench: Bench, tmp_path: Path) -> Bench:
    """Two elements and a scene are attached, and the prompt has the keyboard."""
    choose(bench, ACTING)
    cats = [str(path) for path in several(tmp_path, Role.SCENES, 3)]
    held = bench.whole.studio.attachments
    await held.take_files(Role.ELEMENTS, cats[:2])
    await held.take_files(Role.SCENES, cats[2:])
    prompt(bench).setFocus()
    await bench.settle()
    return bench


def prompt(bench: Bench) -> PromptEdit:
    found = bench.find("promptEdit")
    assert isinstance(found, PromptEdit)
    return found


def offered(bench: Bench) -> list[str]:
    found = prompt(bench).mentions
    if found is None or not found.isVisible():
        return []
    return [found.item(row).text() for row in range(found.count())]


async def test_writing_brings_the_prompt_back_into_sight_and_the_list_to_it(acting: Bench) -> None:
    pane, edit = acting.pane, prompt(acting)
    pane.resize(pane.width(), 560)
    bar = part(pane, QScrollArea, "formScroll").verticalScrollBar()
    await until(lambda: bar.maximum() > 200)
    bar.setValue(bar.maximum())
    assert not edit.visibleRegion().contains(edit.cursorRect().center())
    type_in(acting, "@")
    assert edit.visibleRegion().contains(edit.cursorRect().center())
    found = edit.mentions
    assert found is not None
    assert found.isVisible()
    assert abs(found.y() - edit.mapTo(pane.window(), edit.cursorRect().bottomLeft()).y()) < 40


def type_in(bench: Bench, text: str) -> None:
    QTest.keyClicks(prompt(bench), text)


def press(bench: Bench, key: Qt.Key) -> None:
    QTest.keyClick(prompt(bench), key)


async def test_an_at_offers_what_is_attached_with_its_picture(acting: Bench) -> None:
    type_in(acting, "A walk with @")
    assert offered(acting) == ["@Element1", "@Element2", "@Image1"]
    await acting.settle()
    found = prompt(acting).mentions
    assert isinstance(found, MentionList)
    assert not found.item(0).data(Qt.ItemDataRole.UserRole + 1).isNull()
    assert found.item(0).data(Qt.ItemDataRole.AccessibleTextRole) == "@Element1, Element 1, cat 0.png"
    assert found.parent() is acting.pane.window()
    assert acting.pane.window().rect().contains(found.geometry())
    assert prompt(acting).hasFocus()


async def test_arrows_choose_and_enter_writes(acting: Bench) -> None:
    type_in(acting, "A walk with @")
    press(acting, Qt.Key.Key_Down)
    press(acting, Qt.Key.Key_Return)
    assert acting.draft.prompt == "A walk with @Element2 "
    assert offered(acting) == []
    type_in(acting, "in @im")
    assert offered(acting) == ["@Image1"]
    press(acting, Qt.Key.Key_Tab)
    assert acting.draft.prompt == "A walk with @Element2 in @Image1 "
    assert prompt(acting).hasFocus()


async def test_typing_narrows_by_name_too_and_nothing_found_closes(acting: Bench) -> None:
    type_in(acting, "@cat")
    assert offered(acting) == ["@Element1", "@Element2", "@Image1"]
    type_in(acting, "s")
    assert offered(acting) == []


async def test_escape_closes_and_the_keys_are_the_fields_own_again(acting: Bench) -> None:
    type_in(acting, "One")
    press(acting, Qt.Key.Key_Return)
    type_in(acting, "two @")
    press(acting, Qt.Key.Key_Escape)
    assert offered(acting) == []
    press(acting, Qt.Key.Key_Up)
    assert prompt(acting).textCursor().blockNumber() == 0
    press(acting, Qt.Key.Key_Down)
    press(acting, Qt.Key.Key_End)
    press(acting, Qt.Key.Key_Return)
    assert acting.draft.prompt == "One\ntwo @\n"
    press(acting, Qt.Key.Key_Tab)
    assert not prompt(acting).hasFocus()


async def test_an_address_of_mail_offers_nothing(acting: Bench) -> None:
    type_in(acting, "anna@")
    assert offered(acting) == []


async def test_a_click_writes_it_and_keeps_the_space_that_is_there(acting: Bench) -> None:
    type_in(acting, "The  walks")
    for _ in range(len(" walks")):
        press(acting, Qt.Key.Key_Left)
    type_in(acting, "@")
    found = prompt(acting).mentions
    assert found is not None
    row = found.visualItemRect(found.item(0)).center()
    QTest.mouseClick(found.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert acting.draft.prompt == "The @Element1 walks"
    assert prompt(acting).hasFocus()
    type_in(acting, "slowly ")
    assert acting.draft.prompt == "The @Element1 slowly walks"


async def test_an_input_method_is_left_alone(acting: Bench) -> None:
    type_in(acting, "@")
    assert offered(acting) != []
    QApplication.sendEvent(prompt(acting), QInputMethodEvent("にほ", []))
    assert acting.draft.prompt == "@"
    finished = QInputMethodEvent("", [])
    finished.setCommitString("日本")
    QApplication.sendEvent(prompt(acting), finished)
    assert acting.draft.prompt == "@日本"
    assert offered(acting) == []


async def test_the_list_goes_when_the_keyboard_does(acting: Bench) -> None:
    type_in(acting, "@")
    assert offered(acting) != []
    acting.find("negativePromptDisclosure").setFocus()
    assert offered(acting) == []


async def test_without_anything_attached_an_at_is_an_at(bench: Bench) -> None:
    prompt(bench).setFocus()
    type_in(bench, "@")
    assert offered(bench) == []
    press(bench, Qt.Key.Key_Return)
    assert bench.draft.prompt == "@\n"


async def test_what_nothing_answers_to_is_remarked_with_a_way_out(acting: Bench) -> None:
    acting.composer.edit(prompt="@Element1 meets @Element7 in @Image1")
    await acting.settle()
    remark = acting.pane.form.words.dangling
    assert remark.text == "Nothing attached is called @Element7."
    assert [link.text() for link in remark.buttons] == ["Write @Element2", "Take it out of the prompt"]
    click(remark.buttons[0])
    await acting.settle()
    assert acting.draft.prompt == "@Element1 meets @Element2 in @Image1"
    assert not remark.isVisible()
    acting.whole.studio.attachments.remove(Role.SCENES, 0)
    await acting.settle()
    assert remark.text == "Nothing attached is called @Image1."
    click(remark.buttons[0])
    await acting.settle()
    assert acting.draft.prompt == "@Element1 meets @Element2 in"
