"""The press: once, for the price shown, and every refusal at the place it belongs."""

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.support.fake_service import FakeService
from tests.ui.compose.conftest import Bench, click
from tests.ui.driving import part
from tests.ui.windows import show_active
from venice_studio.domain.problem import Cost, Kind, Problem, Trouble
from venice_studio.domain.quote import Quote, Quoted

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
async def written(bench: Bench) -> Bench:
    """A draft that could be sent."""
    await bench.write("promptEdit", "A gondola")
    return bench


def trouble(kind: Kind, message: str, **more: object) -> Trouble:
    return Trouble(Problem(kind=kind, message=message, **more))  # type: ignore[arg-type]


async def test_a_click_sends_the_draft_once(written: Bench) -> None:
    await written.press_generate()
    assert [request for name, request in written.service.calls if name == "queue"] == [written.draft]
    assert not written.pane.banner.isVisible()


async def test_ctrl_enter_in_the_prompt_sends_once_however_long_it_is_held(written: Bench) -> None:
    prompt = written.find("promptEdit")
    prompt.setFocus()
    # Nothing in Qt's tests sends a shortcut's repeats, so here they are presses without a release.
    assert not written.pane.generate_action.autoRepeat()
    for _ in range(5):
        QTest.keyPress(prompt, Qt.Key.Key_Return, CTRL)
    QTest.keyRelease(prompt, Qt.Key.Key_Return, CTRL)
    await written.settle()
    assert written.service.count("queue") == 1
    assert written.draft.prompt == "A gondola"


async def test_a_key_held_on_the_button_sends_once(written: Bench) -> None:
    button = written.find("generateButton")
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    await written.settle()
    for _ in range(5):
        QApplication.sendEvent(
            button, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, " ", True)
        )
    await written.settle()
    assert written.service.count("queue") == 1


async def test_a_price_of_another_draft_is_no_price(written: Bench) -> None:
    studio = written.whole.studio
    other = replace(written.draft, duration="10s").quote_key
    studio.quoter.state.set(Quoted(key=other, quote=Quote(amount=Decimal("0.01")), at=written.whole.parts.clock.now()))
    assert not written.find("generateButton").isEnabled()
    assert not written.pane.press.press()


async def test_takes_are_sent_one_by_one(written: Bench) -> None:
    written.composer.set_takes(3)
    await written.press_generate()
    assert written.service.count("queue") == 3


async def test_off_without_a_price_for_exactly_this_draft(written: Bench) -> None:
    assert written.find("generateButton").isEnabled()
    written.composer.edit(duration="10s")
    assert not written.find("generateButton").isEnabled()
    assert written.find("quotePrice").property("dimmed") is True
    await written.settle()
    assert written.find("generateButton").isEnabled()
    assert written.find("quotePrice").property("dimmed") is False


async def test_a_price_that_failed_says_why_and_is_asked_for_again(written: Bench) -> None:
    written.service.answer("quote", trouble(Kind.OFFLINE, "There is no network."))
    written.composer.edit(duration="10s")
    await written.settle()
    assert "your jobs go on at Venice" in written.text("quoteState")
    assert not written.find("generateButton").isEnabled()
    click(written.find("quoteRetryButton"))
    await written.settle()
    assert written.text("quotePrice") == "$0.39"
    assert not written.find("quoteRetryButton").isVisible()


async def test_a_connection_that_comes_back_brings_the_price_back_by_itself(written: Bench) -> None:
    written.service.answer("quote", trouble(Kind.OFFLINE, "There is no network."))
    written.composer.edit(duration="10s")
    await written.settle()
    assert not written.find("generateButton").isEnabled()
    await written.until(lambda: written.text("quotePrice") == "$0.39")
    assert written.find("generateButton").isEnabled()


async def test_an_old_price_is_renewed_when_somebody_comes_back_to_the_window(written: Bench, qtbot: QtBot) -> None:
    await written.whole.parts.clock.sleep(180)
    written.service.answer("quote", Quote(amount=Decimal("0.41")))
    other = QWidget()
    show_active(qtbot, other)
    assert written.text("quotePrice") == "$0.39"
    written.pane.activateWindow()
    await written.until(lambda: written.text("quotePrice") == "$0.41")
    assert written.find("generateButton").isEnabled()


async def test_nothing_jumps_between_the_states_of_the_price(written: Bench) -> None:
    button = written.find("generateButton")

    def place() -> int:
        return button.mapTo(written.pane, button.rect().topLeft()).y()

    places = set()
    for answer in (Quote(amount=Decimal("0.39")), trouble(Kind.SERVICE, "Oh " * 80), Quote(amount=Decimal("1234.56"))):
        written.service.answer("quote", answer)
        written.whole.studio.quoter.again()
        places.add(place())
        await written.settle()
        places.add(place())
    assert len(places) == 1


async def test_a_changed_price_is_asked_about_and_cancel_sends_nothing(written: Bench) -> None:
    written.service.answer("quote", Quote(amount=Decimal("0.55")))
    click(written.find("generateButton"))
    question = await written.question()
    assert "It was $0.39 and is $0.55 now." in texts(question)
    cancel = question.findChild(QPushButton, "cancelChoice")
    assert isinstance(cancel, QPushButton)
    assert cancel.isDefault()
    await written.answer("cancel")
    assert written.service.count("queue") == 0
    assert written.text("quotePrice") == "$0.55"


async def test_a_changed_price_that_is_fine_is_paid(written: Bench) -> None:
    written.composer.set_takes(2)
    written.service.answer("quote", Quote(amount=Decimal("0.55")))
    click(written.find("generateButton"))
    await written.answer("ahead")
    assert written.service.count("queue") == 2


async def test_the_same_again_within_seconds_is_asked_about(written: Bench) -> None:
    await written.press_generate()
    click(written.find("generateButton"))
    await written.answer("cancel")
    assert written.service.count("queue") == 1
    click(written.find("generateButton"))
    await written.answer("ahead")
    assert written.service.count("queue") == 2


async def test_what_changed_behind_a_question_is_not_sent(written: Bench) -> None:
    await written.press_generate()
    click(written.find("generateButton"))
    await written.question()
    written.service.answer("quote", Quote(amount=Decimal("0.99")), Quote(amount=Decimal("0.99")))
    written.whole.studio.quoter.again_quietly()
    quoter = written.whole.studio.quoter
    await written.until(
        lambda: isinstance(quoter.state.value, Quoted) and quoter.state.value.quote.amount > Decimal("0.5")
    )
    await written.answer("ahead")
    assert written.service.count("queue") == 1
    assert "price changed" in written.pane.banner.text


async def test_a_refused_value_is_said_at_its_field_until_it_changes(written: Bench) -> None:
    words = "<b>Prompt</b> names a person."
    written.service.answer("queue", trouble(Kind.INVALID, "Invalid request", fields={"prompt": words}))
    await written.press_generate()
    assert written.pane.form.fields["prompt"].problem == words
    assert not written.pane.banner.isVisible()
    await written.write("promptEdit", "Another")
    assert written.pane.form.fields["prompt"].problem == ""


async def test_a_value_refused_by_the_quote_is_said_at_its_field(written: Bench) -> None:
    written.service.answer("quote", trouble(Kind.INVALID, "Invalid request", fields={"duration": "Not 10s."}))
    written.composer.edit(duration="10s")
    await written.settle()
    assert written.pane.form.fields["duration"].problem == "Not 10s."
    written.composer.edit(duration="5s")
    await written.settle()
    assert written.pane.form.fields["duration"].problem == ""


async def test_a_refused_field_that_the_form_does_not_have_is_said_across_the_pane(written: Bench) -> None:
    written.service.answer("queue", trouble(Kind.INVALID, "No such field.", fields={"upscale_factor": "Unknown."}))
    await written.press_generate()
    assert written.pane.banner.text == "No such field. Nothing was charged."


async def test_a_refused_key_leads_to_the_keys_dialog(written: Bench) -> None:
    asked: list[bool] = []
    written.pane.connect_asked.connect(lambda: asked.append(True))
    written.service.answer("queue", trouble(Kind.KEY, "Authentication failed"))
    await written.press_generate()
    assert written.pane.banner.text == "Authentication failed. Nothing was charged."
    act(written, "Connect…")
    assert asked == [True]
    assert not written.pane.banner.isVisible()


async def test_another_key_takes_the_word_on_the_last_one_away(written: Bench) -> None:
    written.service.answer("queue", trouble(Kind.KEY, "Authentication failed"))
    await written.press_generate()
    assert written.pane.banner.isVisible()
    written.whole.studio.connection.service.set(FakeService())
    assert not written.pane.banner.isVisible()


@pytest.mark.parametrize("times", [2, 8, 60])
async def test_a_long_refusal_leaves_the_form_in_sight_and_is_read_whole(written: Bench, times: int) -> None:
    message = "This is not allowed with your key. " * times
    written.service.answer("queue", trouble(Kind.FORBIDDEN, message))
    await written.press_generate()
    banner = written.pane.banner
    words = next(label for label in banner.findChildren(QLabel) if label.wordWrap())
    line = words.fontMetrics().lineSpacing()
    assert words.heightForWidth(words.width()) <= words.height() <= 4 * line + 4
    assert written.find("generateButton").isVisible()
    read = part(banner, QPushButton, "readAllButton")
    assert read.isVisible() == (times > 2)
    if times > 2:
        click(read)
        asked = part(written.pane.window(), QDialog, "readingDialog")
        shown = part(asked, QPlainTextEdit, "readingText").toPlainText()
        assert " ".join(shown.split()) == f"{message.strip()} Nothing was charged."
        click(part(asked, QPushButton, "readingDoneButton"))


async def test_a_short_balance_says_how_much_is_missing(written: Bench) -> None:
    await written.whole.price("24.50")
    written.service.answer("quote", Quote(amount=Decimal("24.50")))
    written.service.answer("queue", trouble(Kind.FUNDS, "Insufficient balance."))
    await written.press_generate()
    assert written.pane.banner.text == ("Insufficient balance. Nothing was charged. It is $0.20 more than you have.")


async def test_without_a_network_nothing_was_sent(written: Bench) -> None:
    written.service.answer("quote", trouble(Kind.OFFLINE, "There is no network"))
    await written.press_generate()
    assert written.pane.banner.text == "There is no network. Nothing was sent, nothing charged."
    assert written.service.count("queue") == 0


async def test_doubt_is_told_as_doubt(written: Bench) -> None:
    written.service.answer("queue", trouble(Kind.CUT, "The answer never came.", cost=Cost.UNKNOWN))
    await written.press_generate()
    assert "may have been charged" in written.pane.banner.text
    assert written.service.count("queue") == 1


async def test_takes_that_stayed_behind_are_counted(written: Bench) -> None:
    ticket = await written.service.queue(written.draft)
    written.composer.set_takes(4)
    written.service.answer("queue", ticket, ticket, trouble(Kind.FUNDS, "Insufficient balance"))
    await written.press_generate()
    assert written.pane.banner.text == "2 sent ($0.78) · 2 not sent, not charged. Insufficient balance."


async def test_a_take_that_was_paid_back_is_not_said_to_be_unsent(written: Bench) -> None:
    ticket = await written.service.queue(written.draft)
    written.composer.set_takes(3)
    paid_back = trouble(Kind.SERVICE, "Your credits have been refunded.", cost=Cost.REFUNDED)
    written.service.answer("queue", ticket, paid_back)
    await written.press_generate()
    assert written.pane.banner.text == (
        "1 sent ($0.39) · 1 charged and paid back · 1 not sent, not charged. Your credits have been refunded."
    )
    written.service.answer("queue", paid_back)
    click(written.find("generateButton"))
    await written.answer("ahead")
    assert written.pane.banner.text == (
        "1 charged and paid back · 2 not sent, not charged. Your credits have been refunded."
    )


async def test_of_several_takes_the_one_in_doubt_is_said_not_to_be_repeated(written: Bench) -> None:
    ticket = await written.service.queue(written.draft)
    written.composer.set_takes(3)
    message = "The service has a fault. (It answered 504 without a word of explanation.)"
    written.service.answer("queue", ticket, trouble(Kind.SERVICE, message, cost=Cost.UNKNOWN))
    await written.press_generate()
    assert written.pane.banner.text == (
        "1 sent ($0.39) · 1 may have been charged · 1 not sent, not charged. "
        "The service has a fault. (It answered 504 without a word of explanation.) "
        "What may have been charged is not sent again by itself. It is in the list."
    )


async def test_a_suggested_prompt_is_taken_by_one_click(written: Bench) -> None:
    refusal = trouble(Kind.CONTENT, "Not this.", suggested_prompt="A calm gondola")
    written.service.answer("queue", refusal)
    await written.press_generate()
    act(written, "Use the suggested prompt")
    assert written.draft.prompt == "A calm gondola"


async def test_the_quote_panel_stays_in_a_low_window(written: Bench) -> None:
    written.pane.resize(written.pane.width(), 560)
    await written.settle()
    button = written.find("generateButton")
    bottom = button.mapTo(written.pane, button.rect().bottomLeft()).y()
    assert written.pane.height() - 24 < bottom < written.pane.height()


def act(bench: Bench, label: str) -> None:
    found = next(button for button in bench.pane.banner.findChildren(QPushButton) if button.text() == label)
    click(found)


def texts(dialog: QDialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel))


async def test_where_no_clip_could_be_saved_nothing_is_sent_and_another_folder_is_offered(written: Bench) -> None:
    asked: list[bool] = []
    written.pane.folder_asked.connect(lambda: asked.append(True))
    assert not written.find("quoteFolderButton").isVisible()
    written.whole.parts.clips.write_text("a file")
    written.whole.studio.room.look()
    await written.settle()
    assert not written.find("generateButton").isEnabled()
    assert written.text("quoteState").startswith("clips cannot be saved\nThis is not a folder, so")
    assert written.text("quotePrice") == "$0.39"
    click(written.find("quoteFolderButton"))
    assert asked
    written.whole.parts.clips.unlink()
    written.whole.studio.room.look()
    await written.settle()
    assert written.find("generateButton").isEnabled()
    assert not written.find("quoteFolderButton").isVisible()
