"""Spending and the user's own limits, in the whole program before a real service."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDialog, QLineEdit

from tests.app.sitting import Sitting, sit
from tests.support.sandbox import Sandbox
from tests.ui.driving import click, part, until
from venice_studio.domain.job import Saved
from venice_studio.domain.quote import Quoted, money
from venice_studio.ui.compose.pane import ComposePane


async def dialog(sitting: Sitting, name: str) -> QDialog:
    def shown() -> list[QDialog]:
        return [found for found in sitting.window.findChildren(QDialog, name) if found.isVisible()]

    await until(lambda: bool(shown()))
    return shown()[0]


async def set_limit(sitting: Sitting, name: str, sum_: str) -> None:
    """Type a limit into the settings."""
    click(sitting.find(QAbstractButton, "settingsButton"))
    settings = await dialog(sitting, "settingsDialog")
    edit = part(settings, QLineEdit, name)
    edit.setFocus()
    edit.selectAll()
    QTest.keyClick(edit, Qt.Key.Key_Delete)
    QTest.keyClicks(edit, sum_)
    click(part(settings, QAbstractButton, "settingsDoneButton"))


async def test_the_days_sum_leads_to_what_was_spent(sandbox: Sandbox, tmp_path: Path) -> None:
    async with sit(tmp_path, sandbox.base_url) as sitting:
        label = sitting.find(QAbstractButton, "spentTodayLabel")
        assert not label.isVisible()
        job = await sitting.generate_clip()
        await sitting.until_state(Saved)
        await until(label.isVisible)
        price = money(job.quote.amount)
        assert label.text() == f"Spent today {price}"
        click(label)
        spending = await dialog(sitting, "spendingDialog")
        assert price in sitting.said("spendingDialog")
        click(part(spending, QAbstractButton, "spendingDoneButton"))


async def test_practice_is_not_counted(tmp_path: Path) -> None:
    async with sit(tmp_path) as sitting:
        await sitting.generate_clip()
        await sitting.until_state(Saved)
        assert not sitting.find(QAbstractButton, "spentTodayLabel").isVisible()
        assert sitting.studio.spending.attempts == ()


async def test_above_the_days_limit_nothing_is_sent(sandbox: Sandbox, tmp_path: Path) -> None:
    async with sit(tmp_path, sandbox.base_url) as sitting:
        await set_limit(sitting, "stopAtEdit", "0.01")
        await sitting.write("A quiet sea")
        click(sitting.generate)
        banner = sitting.find(ComposePane, "composePane").banner
        await until(banner.isVisible)
        assert banner.text.startswith("Your own limit of $0.01 a day would be passed: $0.00 today")
        assert banner.text.endswith("Nothing was sent, nothing charged.")
        assert sitting.jobs == []
        (settings,) = [each for each in banner.findChildren(QAbstractButton) if each.text() == "Settings…"]
        click(settings)
        await dialog(sitting, "settingsDialog")


async def test_above_a_sum_one_is_asked(sandbox: Sandbox, tmp_path: Path) -> None:
    async with sit(tmp_path, sandbox.base_url) as sitting:
        await set_limit(sitting, "askAboveEdit", "0,01")
        await sitting.write("A quiet sea")
        state = sitting.studio.quoter.state.value
        assert isinstance(state, Quoted)
        price = money(state.quote.amount)
        click(sitting.generate)
        await sitting.answer(f"This costs {price}. Generate?", "cancel")
        await until(lambda: not sitting.studio.press.under_way.value)
        assert sitting.jobs == []
        click(sitting.generate)
        await sitting.answer(f"This costs {price}. Generate?", "ahead")
        await sitting.until_state(Saved)
