"""The table of several models, by mouse and by keyboard, over a scripted service and a real ledger."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
import pytest_asyncio
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from tests.support.fake_service import MODELS, FakeService
from tests.support.whole_studio import WholeStudio
from tests.ui.driving import click, part, until
from tests.ui.windows import show_active
from venice_studio.domain.job import PRACTICE_ACCOUNT
from venice_studio.domain.media import Fit, Picture
from venice_studio.domain.problem import Kind, Problem, Trouble
from venice_studio.domain.quote import Quote
from venice_studio.studio.several import Contender
from venice_studio.ui.several import SeveralDialog, words
from venice_studio.ui.several.model import HEADERS
from venice_studio.ui.theme import Theme

NO_PRICE = Trouble(Problem(kind=Kind.INVALID, message="This model has no price today.", status=400))
REFUSED = Trouble(Problem(kind=Kind.CONTENT, message="Refused.", status=422))


class Bench:
    def __init__(self, home: Path, qtbot: QtBot, service: FakeService | None = None) -> None:
        self.whole = WholeStudio(home, service)
        self.studio = self.whole.studio
        self.passed: list[Sequence[Contender]] = []
        self.may_pass = True
        self._qtbot = qtbot
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.show()

    async def open(self, prompt: str = "A quiet sea") -> SeveralDialog:
        self.studio.composer.edit(prompt=prompt)
        await self.whole.settle()
        dialog = SeveralDialog(self.window, self.studio, self._pass)
        dialog.open()
        await self.whole.settle()
        show_active(self._qtbot, dialog)
        return dialog

    async def _pass(self, chosen: Sequence[Contender]) -> bool:
        self.passed.append(chosen)
        return self.may_pass


@pytest_asyncio.fixture
async def bench(theme: Theme, qtbot: QtBot, tmp_path: Path) -> AsyncIterator[Bench]:
    bench = Bench(tmp_path / "home", qtbot)
    await bench.whole.begin()
    # Each model refuses for itself: all are asked, and nothing renders on when the test ends.
    bench.whole.service.answer("queue", *[REFUSED] * 4)
    bench.studio.settings.set(replace(bench.studio.settings.value, undo_send_s=0))
    yield bench
    await bench.whole.end()


def send(dialog: SeveralDialog) -> QPushButton:
    return part(dialog, QPushButton, "severalGenerateButton")


def said(dialog: SeveralDialog) -> str:
    return part(dialog, QLabel, "severalSaid").text()


def cell(dialog: SeveralDialog, row: int, header: str) -> str:
    return str(dialog.found.index(row, HEADERS.index(header)).data())


def press_row(dialog: SeveralDialog, row: int) -> None:
    table = part(dialog, QTableView, "severalTable")
    click(table.viewport(), table.visualRect(dialog.found.index(row, 1)).center())


async def test_it_begins_with_the_model_of_the_form_and_its_price(bench: Bench) -> None:
    dialog = await bench.open()
    assert dialog.found.index(0, 0).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    assert cell(dialog, 0, "Price") == "$0.39"
    assert send(dialog).accessibleName() == "Generate 1 clip for $0.39"


async def test_a_click_on_a_row_adds_its_price_to_the_sum_and_a_second_takes_it_away(bench: Bench) -> None:
    dialog = await bench.open()
    press_row(dialog, 1)
    await bench.whole.settle()
    assert "2 clips for $0.78" in send(dialog).text()
    press_row(dialog, 1)
    assert "1 clip for $0.39" in send(dialog).text()


@pytest.mark.parametrize("width", [640, 780, 1200])
async def test_prices_stay_in_sight_however_long_the_names_are(
    theme: Theme, qtbot: QtBot, tmp_path: Path, width: int
) -> None:
    long = "Seedance 2.0 Professional Cinematic Extended Edition (Reference to Video, 1080p, Preview)"
    models = [replace(model, name=f"{model.name} {long}") for model in MODELS]
    service = FakeService()
    service.answer("models", models)
    bench = Bench(tmp_path / "home", qtbot, service)
    await bench.whole.begin()
    dialog = await bench.open()
    assert long in cell(dialog, 0, "Model")
    dialog.resize(width, dialog.height())
    table = part(dialog, QTableView, "severalTable")
    await until(lambda: table.width() > width - 100)
    price = table.visualRect(dialog.found.index(0, HEADERS.index("Price")))
    assert price.width() > 20
    assert price.right() <= table.viewport().width()
    assert table.visualRect(dialog.found.index(0, HEADERS.index("Clip"))).width() > 150
    await bench.whole.end()


async def test_practice_money_is_said_with_the_sum(bench: Bench) -> None:
    bench.studio.connection.service.set(FakeService(account=PRACTICE_ACCOUNT))
    await bench.whole.settle()
    dialog = await bench.open()
    assert send(dialog).accessibleName() == "Generate 1 clip for $0.39 practice money"
    press_row(dialog, 0)
    assert send(dialog).accessibleName() == "Choose models"


async def test_one_press_makes_one_group_and_closes_the_dialog(bench: Bench) -> None:
    dialog = await bench.open()
    press_row(dialog, 1)
    await bench.whole.settle()
    click(send(dialog))
    await until(lambda: len(dialog.jobs) == 2)
    assert not dialog.isVisible()
    assert len({job.group for job in dialog.jobs}) == 1
    assert len({job.request.model for job in dialog.jobs}) == 2
    assert len(bench.passed[0]) == 2


async def test_by_keyboard_alone(bench: Bench) -> None:
    dialog = await bench.open()
    search = part(dialog, QLineEdit, "severalSearch")
    assert search.hasFocus()
    QTest.keyClicks(search, "ltx")
    assert dialog.found.rowCount() == 1
    QTest.keyClick(search, Qt.Key.Key_Down)
    QTest.keyClick(part(dialog, QTableView, "severalTable"), Qt.Key.Key_Space)
    await bench.whole.settle()
    assert "2 clips" in send(dialog).text()
    for _ in range(4):
        if send(dialog).hasFocus():
            break
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    QTest.keyClick(send(dialog), Qt.Key.Key_Return)
    await until(lambda: len(dialog.jobs) == 2)


async def test_a_model_without_a_price_says_why_and_nothing_can_be_sent(bench: Bench) -> None:
    dialog = await bench.open()
    bench.whole.service.answer("quote", NO_PRICE)
    press_row(dialog, 1)
    await bench.whole.settle()
    assert cell(dialog, 1, "Price") == "no price"
    assert said(dialog) == "This model has no price today."
    assert not send(dialog).isEnabled()


async def test_a_prompt_that_is_missing_is_said_in_every_row(bench: Bench) -> None:
    dialog = await bench.open(prompt="")
    assert cell(dialog, 0, "Clip") == "Say what should happen in the clip."
    assert not send(dialog).isEnabled()


async def test_what_is_about_to_be_sent_can_be_taken_back(bench: Bench) -> None:
    bench.studio.settings.set(replace(bench.studio.settings.value, undo_send_s=5))
    dialog = await bench.open()
    click(send(dialog))
    await until(lambda: dialog.countdown.counting)
    assert "Sending in" in send(dialog).text()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    await bench.whole.settle()
    assert dialog.isVisible()
    assert bench.whole.service.count("queue") == 0


async def test_a_limit_of_ones_own_is_said_and_the_dialog_stays(bench: Bench) -> None:
    bench.studio.settings.set(replace(bench.studio.settings.value, stop_at="0.10"))
    dialog = await bench.open()
    click(send(dialog))
    await until(lambda: dialog.findChild(QPushButton, "cancelChoice") is not None)
    click(part(dialog, QPushButton, "cancelChoice"))
    await bench.whole.settle()
    assert dialog.isVisible()
    assert bench.whole.service.count("queue") == 0


async def test_who_does_not_want_pictures_passed_on_sends_nothing(bench: Bench) -> None:
    bench.may_pass = False
    dialog = await bench.open()
    click(send(dialog))
    await bench.whole.settle()
    assert bench.whole.service.count("queue") == 0
    assert dialog.isVisible()


async def test_a_price_that_rose_is_asked_about(bench: Bench) -> None:
    dialog = await bench.open()
    bench.whole.service.answer("quote", Quote(amount=Decimal(2)))
    click(send(dialog))
    await until(lambda: dialog.findChild(QPushButton, "sendChoice") is not None)
    click(part(dialog, QPushButton, "sendChoice"))
    await until(lambda: len(dialog.jobs) == 1)
    assert dialog.jobs[0].quote == Quote(amount=Decimal(2))


async def test_a_price_that_rose_while_the_dialog_was_open_is_asked_about_too(bench: Bench) -> None:
    dialog = await bench.open()
    bench.whole.service.answer("quote", Quote(amount=Decimal(2)), Quote(amount=Decimal(2)))
    bench.studio.quoter.again_quietly()
    await bench.whole.settle()
    assert "$0.39" in send(dialog).text()
    click(send(dialog))
    await until(lambda: dialog.findChild(QPushButton, "sendChoice") is not None)
    assert bench.whole.service.count("queue") == 0


async def test_another_account_closes_it_and_nothing_is_sent(bench: Bench) -> None:
    bench.studio.settings.set(replace(bench.studio.settings.value, undo_send_s=5))
    dialog = await bench.open()
    click(send(dialog))
    await until(lambda: dialog.countdown.counting)
    bench.studio.connection.service.set(FakeService())
    await bench.whole.settle()
    assert not dialog.isVisible()
    assert bench.whole.service.count("queue") == 0


@pytest.mark.parametrize(("fit", "made"), [(None, "cropped"), (Fit.PAD, "padded")])
async def test_a_row_says_what_becomes_of_a_picture_of_another_shape(bench: Bench, fit: Fit | None, made: str) -> None:
    square = Picture(
        sha256="ab" * 32, mime="image/png", width=900, height=900, size=1000, name="sea.png", as_is=True, fit=fit
    )
    bench.studio.composer.choose_model("wan-image")
    bench.studio.composer.put(start_frame=square)
    dialog = await bench.open()
    rows = {cell(dialog, row, "Model"): row for row in range(dialog.found.rowCount())}
    assert "picture" not in cell(dialog, rows["Wan"], "Clip")
    for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
        assert f"picture {made} to 16:9" in str(dialog.found.index(rows["LTX"], 1).data(role))
    bench.studio.composer.put(end_frame=square)
    contenders = bench.studio.several.contenders(bench.whole.service.account.service)
    ltx = next(one for one in contenders if one.model.id == "ltx")
    assert f"pictures {made} to 16:9" in words.remark(replace(ltx, faults=()))
