"""The only free cancel there is: a press can be taken back before it is sent."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.fake_service import FakeService
from tests.ui.compose.conftest import Bench, click


@pytest.fixture
async def counting(bench: Bench) -> Bench:
    """Pressed a moment ago; three seconds to think again."""
    settings = bench.whole.studio.settings
    settings.set(replace(settings.value, undo_send_s=3))
    await bench.write("promptEdit", "A gondola")
    click(bench.find("generateButton"))
    await bench.until(lambda: bench.pane.press.countdown.counting)
    return bench


def untouched(bench: Bench) -> bool:
    """Neither written nor sent, and the button is back."""
    nothing = bench.service.count("queue") == 0 and not bench.whole.parts.ledger.jobs
    return nothing and bench.text("generateButton") == "Generate clip"


async def after_a_double_click(qtbot: QtBot) -> None:
    qtbot.wait(QApplication.doubleClickInterval() + 50)


async def test_the_button_counts_and_then_sends(counting: Bench) -> None:
    seen = [counting.find("generateButton").accessibleName()]
    counting.pane.press.ready.bind(lambda _: seen.append(counting.find("generateButton").accessibleName()))
    assert counting.service.count("queue") == 0
    assert not counting.whole.parts.ledger.jobs
    await counting.settle()
    told = list(dict.fromkeys(name for name in seen if "Undo" in name))
    assert told == ["Sending in 3… Undo", "Sending in 2… Undo", "Sending in 1… Undo"]
    assert counting.service.count("queue") == 1


async def test_a_click_takes_it_back(counting: Bench, qtbot: QtBot) -> None:
    await after_a_double_click(qtbot)
    click(counting.find("generateButton"))
    await counting.settle()
    assert untouched(counting)
    assert not counting.pane.banner.isVisible()


async def test_the_second_half_of_a_double_click_does_not(counting: Bench) -> None:
    click(counting.find("generateButton"))
    await counting.settle()
    assert counting.service.count("queue") == 1


async def test_escape_takes_it_back_wherever_the_keyboard_is(counting: Bench) -> None:
    counting.find("promptEdit").setFocus()
    QTest.keyClick(counting.find("promptEdit"), Qt.Key.Key_Escape)
    await counting.settle()
    assert untouched(counting)
    assert not counting.pane.undo_action.isEnabled()


async def test_pressing_the_keys_again_neither_sends_twice_nor_takes_it_back(counting: Bench) -> None:
    for _ in range(3):
        QTest.keyClick(counting.find("promptEdit"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    await counting.settle()
    assert counting.service.count("queue") == 1


async def test_what_changes_meanwhile_is_not_sent_and_that_is_said(counting: Bench) -> None:
    counting.composer.edit(prompt="A gondola on fire")
    await counting.settle()
    assert untouched(counting)
    assert counting.pane.banner.text.startswith("This was not sent")


async def test_another_service_does_not_get_it(counting: Bench) -> None:
    counting.whole.studio.connection.service.set(FakeService())
    await counting.settle()
    assert counting.service.count("queue") == 0
    assert not counting.whole.parts.ledger.jobs


async def test_closing_the_program_meanwhile_sends_nothing(counting: Bench) -> None:
    await counting.whole.parts.tasks.close()
    assert counting.service.count("queue") == 0
    assert not counting.whole.parts.ledger.jobs


async def test_without_the_setting_it_is_sent_at_once(bench: Bench) -> None:
    await bench.write("promptEdit", "A gondola")
    counted: list[int] = []
    bench.pane.press.countdown.left.bind(counted.append)
    await bench.press_generate()
    assert bench.service.count("queue") == 1
    assert counted == [0]
