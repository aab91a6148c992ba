"""What was spent, as people see it: the dialog, the file, and today's sum in the status line."""

import csv
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Literal

import pytest
import pytest_asyncio
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.support.whole_studio import WholeStudio
from tests.ui.driving import click, part, until
from tests.ui.jobs import material as m
from tests.ui.windows import show_active
from venice_studio.domain.job import Job
from venice_studio.domain.problem import Cost
from venice_studio.domain.spending import Attempt
from venice_studio.ui.spending import SpendingDialog, SpentToday
from venice_studio.ui.theme import Theme, colour

DAY_S = 24 * 60 * 60


class Bench:
    """A studio whose ledger is filled before anything is looked at."""

    def __init__(self, home: Path, qtbot: QtBot) -> None:
        self.whole = WholeStudio(home)
        self.studio = self.whole.studio
        self._qtbot = qtbot

    async def spend(self, *jobs: Job) -> None:
        await self.studio.runner.ledger.intend(jobs)
        # What this sets off must be done before a window is waited for: that holds up the loop, not Qt.
        await self.whole.settle()

    def open(self) -> SpendingDialog:
        dialog = SpendingDialog(None, self.studio, self.whole.parts.threads.disk)
        dialog.open()
        show_active(self._qtbot, dialog)
        return dialog

    def label(self) -> SpentToday:
        label = SpentToday(self.studio)
        self._qtbot.addWidget(label)
        return label


@pytest_asyncio.fixture
async def bench(theme: Theme, qtbot: QtBot, tmp_path: Path) -> AsyncIterator[Bench]:
    bench = Bench(tmp_path / "home", qtbot)
    await bench.whole.begin()
    yield bench
    await bench.whole.end()


def cells(dialog: SpendingDialog) -> list[list[object]]:
    model = dialog.model
    return [
        [model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())
    ]


def said(dialog: SpendingDialog) -> list[str]:
    """All labels in sight, as they stand."""
    return [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]


async def test_sums_and_lines_keep_every_kind_of_money_apart(bench: Bench) -> None:
    await bench.spend(
        m.job(m.rendering(), amount="0.55"),
        m.job(m.failed(Cost.REFUNDED), amount="1.10"),
        m.job(m.doubtful(), amount="2.20"),
        m.job(m.refused(), amount="9.00"),
        m.job(m.rendering(), amount="7.00", account=m.PRACTISED),
        m.job(m.rendering(), amount="3.00", age_s=DAY_S),
        m.job(m.rendering(), amount="4.00", age_s=40 * DAY_S),
    )
    dialog = bench.open()
    assert dialog.today.charged.text() == "$0.55"
    assert dialog.month.charged.text() == "$3.55"
    assert dialog.ever.charged.text() == "$7.55"
    assert said(dialog).count("$2.20 may have been charged") == 3
    assert said(dialog).count("$1.10 refunded") == 3
    today, yesterday, older = cells(dialog)
    assert today == ["Today", "wan-2.6-image-to-video", "3", "$0.55", "$1.10", "$2.20"]
    assert yesterday == ["Yesterday", "wan-2.6-image-to-video", "1", "$3.00", "–", "–"]
    assert older[3] == "$4.00"


async def test_lines_name_a_model_as_everything_else_does(bench: Bench) -> None:
    await bench.spend(m.job(m.rendering(), asked=m.request(model="ltx")))
    assert cells(bench.open())[0][1] == "LTX"


@pytest.mark.parametrize("mode", ["dark", "light"])
async def test_what_may_have_been_charged_stands_out(
    bench: Bench, theme: Theme, mode: Literal["dark", "light"]
) -> None:
    theme.set_mode(mode)
    await bench.spend(m.job(m.doubtful()))
    dialog = bench.open()
    shown = dialog.model.index(0, 5).data(Qt.ItemDataRole.ForegroundRole)
    assert shown == QColor(colour("warn"))
    assert dialog.today.unknown.palette().color(dialog.today.unknown.foregroundRole()) == colour("warn")


async def test_it_follows_what_happens_meanwhile_and_keeps_what_was_removed(bench: Bench) -> None:
    dialog = bench.open()
    assert not dialog.table.isVisible()
    assert not dialog.save.isEnabled()
    assert any(text.startswith("Nothing has been spent yet") for text in said(dialog))
    job = m.job(m.intended())
    await bench.spend(job)
    await bench.studio.runner.ledger.become(job.id, m.doubtful())
    assert dialog.table.isVisible()
    await bench.studio.runner.ledger.become(job.id, m.rendering())
    await bench.studio.runner.remove(job.id)
    assert dialog.today.charged.text() == "$0.55"


async def test_the_file_holds_every_attempt(bench: Bench, tmp_path: Path) -> None:
    jobs = [m.job(m.rendering()), m.job(m.doubtful()), m.job(m.refused())]
    await bench.spend(*jobs)
    dialog = bench.open()
    click(part(dialog, QPushButton, "saveCsvButton"))
    chooser = part(dialog, QFileDialog, "saveCsvDialog")
    chooser.setDirectory(str(tmp_path))
    chooser.selectFile(str(tmp_path / "mine.csv"))
    chooser.accept()
    await until(lambda: dialog.said.text() != "")
    assert dialog.said.text() == f"Saved as {tmp_path / 'mine.csv'}"
    with (tmp_path / "mine.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["job id"], row["cost"]) for row in rows] == [
        (jobs[0].id, "charged"),
        (jobs[1].id, "may have been charged"),
    ]


async def test_a_place_that_cannot_be_written_is_said(bench: Bench, tmp_path: Path) -> None:
    await bench.spend(m.job(m.rendering()))
    dialog = bench.open()
    attempts: tuple[Attempt, ...] = bench.studio.spending.attempts
    await dialog._save(tmp_path / "gone" / "mine.csv", attempts)
    assert "The folder is not there any more, so nothing can be saved" in dialog.said.text()
    assert dialog.said.property("role") == "bad"


async def test_the_status_line_says_what_was_spent_today(bench: Bench) -> None:
    label = bench.label()
    assert label.isHidden()
    await bench.spend(m.job(m.rendering(), amount="9.00", age_s=DAY_S), m.job(m.rendering(), account=m.PRACTISED))
    assert label.isHidden()
    await bench.spend(m.job(m.rendering(), amount="2.40"))
    assert not label.isHidden()
    assert label.text() == "Spent today $2.40"
    await bench.spend(m.job(m.doubtful(), amount="0.55"))
    assert label.text() == "Spent today $2.40, perhaps $0.55 more"
