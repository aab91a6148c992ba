"""In the real window: what a busy service makes wait can be taken back, and sent again like all that was not taken."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QWidget

from tests.app.sitting import PATIENCE_S, Sitting, sit
from tests.support.faulty_server import http, told
from tests.support.scripted_service import QUEUE, ScriptedService
from tests.ui.driving import click, part, until
from venice_studio.domain.job import Held, Rendering, Saved
from venice_studio.studio.submitter import TAKEN_BACK
from venice_studio.ui.jobs.view import JobView

TAKEN = told({"queueid": "job-1", "status": "queued"})
BUSY_FOR_AN_HOUR = http(429, Retry_After="3600")
BUSY_JUST_NOW = http(429, Retry_After="0")
"""The program waits for a while all the same; what is pressed anew need not."""


@asynccontextmanager
async def held(
    folder: Path, *taken: bytes, takes: int = 1, busy: bytes = BUSY_FOR_AN_HOUR
) -> AsyncIterator[tuple[Sitting, ScriptedService]]:
    """A press whose takes are held after those that are `taken`."""
    async with ScriptedService(folder) as service, sit(folder, service.base_url) as sitting:
        service.next(QUEUE, *taken)
        service.always(QUEUE, busy)
        sitting.studio.composer.set_takes(takes)
        await sitting.write("A quiet sea")
        click(sitting.generate)
        await until(lambda: any(isinstance(job.state, Held) for job in sitting.jobs), PATIENCE_S)
        yield sitting, service


def dont_send(sitting: Sitting) -> QAbstractButton:
    return sitting.find(QAbstractButton, "dontSendButton")


def by_button(sitting: Sitting) -> None:
    click(dont_send(sitting))


def by_space_bar(sitting: Sitting) -> None:
    dont_send(sitting).setFocus()
    QTest.keyClick(dont_send(sitting), Qt.Key.Key_Space)


def by_delete_key(sitting: Sitting) -> None:
    QTest.keyClick(sitting.find(JobView, "jobList"), Qt.Key.Key_Delete)


def by_context_menu(sitting: Sitting) -> None:
    view = sitting.find(JobView, "jobList")
    view.setFocus()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(view.viewport(), event)
    menu = part(sitting.window, QMenu, "jobMenu")
    entry = part(menu, QAction, "takeBackEntry")
    assert entry.text() == "Don't send"
    entry.trigger()
    menu.close()


def by_command(sitting: Sitting) -> None:
    [action] = [it for it in sitting.window.findChildren(QAction) if it.text() == "Don't send" and not it.objectName()]
    assert action.isEnabled()
    action.trigger()


@pytest.mark.parametrize("way", [by_button, by_space_bar, by_delete_key, by_context_menu, by_command])
async def test_it_is_taken_back_by_pointer_and_by_keys(tmp_path: Path, way: Callable[[Sitting], None]) -> None:
    async with held(tmp_path) as (sitting, service):
        await until(lambda: dont_send(sitting).isVisible(), PATIENCE_S)
        way(sitting)
        await until(lambda: [job.state for job in sitting.jobs] == [TAKEN_BACK], PATIENCE_S)
        await until(lambda: not sitting.studio.press.under_way.value, PATIENCE_S)
        assert service.count(QUEUE) == 1


async def test_the_press_is_over_nothing_is_said_to_be_wrong_and_it_can_be_sent_again(tmp_path: Path) -> None:
    async with held(tmp_path, busy=BUSY_JUST_NOW) as (sitting, service):
        await until(lambda: dont_send(sitting).isVisible(), PATIENCE_S)
        assert not sitting.generate.isEnabled()
        assert "Nothing was spent" in dont_send(sitting).toolTip()
        assert dont_send(sitting).accessibleName() == "Don't send"
        click(dont_send(sitting))

        await until(lambda: TAKEN_BACK.problem.message in sitting.said("stage"), PATIENCE_S)
        await until(sitting.generate.isEnabled, PATIENCE_S)
        assert not dont_send(sitting).isVisible()
        assert not sitting.find(QWidget, "composeBanner").isVisible()

        again = sitting.find(QAbstractButton, "retryButton")
        assert again.text() == "Send for $0.44"
        service.always(QUEUE, TAKEN)
        click(again)
        await until(lambda: [type(job.state) for job in sitting.jobs] == [Saved], PATIENCE_S)


async def test_who_takes_it_back_is_not_asked_whether_to_send_the_same_again(tmp_path: Path) -> None:
    async with held(tmp_path, busy=BUSY_JUST_NOW) as (sitting, service):
        await until(lambda: dont_send(sitting).isVisible(), PATIENCE_S)
        click(dont_send(sitting))
        await until(sitting.generate.isEnabled, PATIENCE_S)
        service.always(QUEUE, TAKEN)
        click(sitting.generate)
        await until(lambda: isinstance(sitting.jobs[-1].state, Saved), PATIENCE_S)
        assert sitting.jobs[0].state == TAKEN_BACK


async def test_takes_that_the_service_has_go_on_and_nothing_is_said_of_the_others(tmp_path: Path) -> None:
    async with held(tmp_path, TAKEN, takes=3) as (sitting, service):
        sitting.program.view.director.pane.select(sitting.jobs[2].id)
        await until(lambda: dont_send(sitting).isVisible(), PATIENCE_S)
        sitting.program.view.director.pane.select(sitting.jobs[1].id)
        click(dont_send(sitting))
        await until(lambda: [job.state for job in sitting.jobs[1:]] == [TAKEN_BACK] * 2, PATIENCE_S)
        await until(lambda: not sitting.studio.press.under_way.value, PATIENCE_S)
        await until(lambda: isinstance(sitting.jobs[0].state, Saved), PATIENCE_S)
        assert service.count(QUEUE) == 2
        assert not sitting.find(QWidget, "composeBanner").isVisible()


async def test_what_the_service_has_is_not_offered_to_be_taken_back(tmp_path: Path) -> None:
    async with ScriptedService(tmp_path) as service, sit(tmp_path, service.base_url) as sitting:
        await sitting.generate_clip()
        await sitting.until_state(Rendering)
        await until(lambda: sitting.find(QAbstractButton, "stopWatchingButton").isVisible(), PATIENCE_S)
        assert not dont_send(sitting).isVisible()
