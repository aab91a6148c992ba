"""What came of another model or another draft is said under the picker, with its price and the way back."""

from dataclasses import replace
from decimal import Decimal

from tests.ui.compose.conftest import Bench, click
from tests.ui.compose.test_form import choose, picker
from venice_studio.domain.quote import Quote


async def test_a_change_of_nothing_but_the_price_is_said_and_can_be_undone(bench: Bench) -> None:
    bench.service.answer("quote", Quote(amount=Decimal("1.10")))
    await choose(bench, "LTX")
    note = bench.pane.form.model.note
    assert note.text == "$0.39 → $1.10"
    click(bench.find("undoSwitchButton"))
    assert picker(bench).currentText() == "Kling"
    assert not note.isVisible()


async def test_of_a_change_that_changes_neither_values_nor_price_nothing_is_said(bench: Bench) -> None:
    await choose(bench, "LTX")
    assert bench.draft.model == "ltx"
    assert not bench.pane.form.model.note.isVisible()


async def test_another_draft_in_the_form_is_said_with_the_price_of_all_its_takes(bench: Bench) -> None:
    bench.composer.edit(prompt="Mine")
    bench.composer.set_takes(4)
    await bench.settle()
    mine = bench.composer.now
    bench.composer.replace(replace(mine.request, prompt="An old one"), said="The reused settings are in the form.")
    await bench.settle()
    assert bench.pane.form.model.note.text == "The reused settings are in the form. $1.56 → $0.39"
    assert bench.pane.form.model.note.isVisible()
    click(bench.find("undoSwitchButton"))
    await bench.settle()
    assert bench.composer.now == mine
    assert bench.find("promptEdit").property("plainText") == "Mine"


async def test_what_was_sent_has_no_note_any_more(bench: Bench) -> None:
    bench.service.answer("quote", Quote(amount=Decimal("1.10")))
    await bench.write("promptEdit", "A gondola")
    await choose(bench, "LTX")
    bench.service.answer("quote", Quote(amount=Decimal("1.10")))
    await bench.press_generate()
    assert bench.service.count("queue") == 1
    assert not bench.pane.form.model.note.isVisible()
