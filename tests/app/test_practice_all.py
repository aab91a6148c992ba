"""Practice begins with a few models and has all of them for one click; what renders goes on wherever it was begun."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDialog

from tests.app.sitting import Sitting, sit
from tests.ui.driving import click, part, until
from venice_studio.domain.job import PRACTICE_ACCOUNT, PRACTICE_ALL_ACCOUNT, Rendering, Saved
from venice_studio.domain.model import Dialect

ONLY_IN_ALL = "wan-2.2-a14b-text-to-video"


def listed(sitting: Sitting) -> int:
    return len(sitting.studio.composer.models.value)


def link(sitting: Sitting) -> QAbstractButton:
    return sitting.find(QAbstractButton, "everyModelButton")


async def practising_with_all(sitting: Sitting) -> None:
    await until(lambda: listed(sitting) > 60)
    await until(lambda: sitting.studio.connection.state.value.balance is not None)


async def test_one_press_and_every_model_is_there(tmp_path: Path) -> None:
    async with sit(tmp_path) as sitting:
        await until(lambda: listed(sitting) == 6)
        await sitting.generate_clip("A gondola drifts by")
        await sitting.until_state(Rendering)
        assert link(sitting).isVisible()
        link(sitting).setFocus()
        QTest.keyClick(link(sitting), Qt.Key.Key_Space)
        await practising_with_all(sitting)
        assert not link(sitting).isVisible()
        assert sitting.studio.composer.draft.value.prompt == "A gondola drifts by"

        sitting.studio.composer.choose_model(ONLY_IN_ALL)
        await sitting.generate_clip("A quiet sea")
        await until(lambda: all(isinstance(job.state, Saved) for job in sitting.jobs))
        assert [job.account for job in sitting.jobs] == [PRACTICE_ACCOUNT, PRACTICE_ALL_ACCOUNT]
        tickets = [job.ticket for job in sitting.jobs]
        assert [ticket.dialect for ticket in tickets if ticket] == [Dialect.REFERENCE, Dialect.LIVE]


async def test_what_renders_at_both_goes_on_after_a_restart_and_back_again(tmp_path: Path) -> None:
    async with sit(tmp_path) as sitting:
        await sitting.generate_clip("A gondola drifts by")
        click(link(sitting))
        await practising_with_all(sitting)
        await sitting.generate_clip("A quiet sea")
        assert all(isinstance(job.state, Rendering) for job in sitting.jobs)
    async with sit(tmp_path) as sitting:
        await practising_with_all(sitting)
        await until(lambda: all(isinstance(job.state, Saved) for job in sitting.jobs))
        click(sitting.find(QAbstractButton, "settingsButton"))
        await until(lambda: sitting.window.findChild(QDialog, "settingsDialog") is not None)
        click(part(sitting.window, QAbstractButton, "practiceAllModelsToggle"))
        await until(lambda: listed(sitting) == 6)
        assert link(sitting).isVisible()
        click(part(sitting.window, QAbstractButton, "settingsDoneButton"))
        await until(lambda: sitting.studio.connection.service.value is not None)
        await sitting.generate_clip("Snow on a lake")
        await sitting.until_state(Saved)
        assert sitting.jobs[-1].account == PRACTICE_ACCOUNT


async def test_to_and_fro_the_last_word_counts(tmp_path: Path) -> None:
    async with sit(tmp_path) as sitting:
        settings = sitting.studio.settings
        for on in (True, False, True, False, True):
            settings.set(replace(settings.value, practice_all_models=on))
        await practising_with_all(sitting)
        await until(lambda: "practise" not in sitting.program.tasks.names)
        service = sitting.studio.connection.service.value
        assert service is not None
        assert service.account == PRACTICE_ALL_ACCOUNT == sitting.studio.connection.state.value.account
