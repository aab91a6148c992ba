"""What is set without mouse and keys counts too: by a script, by dictation, by a screen reader."""

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from tests.app.sitting import Sitting, sit
from tests.support.patience import PATIENCE_S
from tests.support.scripted_service import ScriptedService
from tests.ui.driving import click, part, until
from venice_studio import assets
from venice_studio.ui.widgets import Segments


def write_accessibly(edit: QLineEdit, text: str) -> None:
    """As dictation and screen readers write."""
    QAccessible.queryAccessibleInterface(edit).setText(QAccessible.Text.Value, text)


def toggle_accessibly(button: QAbstractButton) -> None:
    """The one thing that a screen reader can do with a choice."""
    QAccessible.queryAccessibleInterface(button).actionInterface().doAction("Toggle")


def choice(sitting: Sitting, field: str, label: str) -> QAbstractButton:
    buttons = sitting.find(QWidget, field).findChildren(QAbstractButton)
    return next(button for button in buttons if button.text() == label)


async def test_the_form_sends_what_it_shows(tmp_path: Path) -> None:
    async with ScriptedService(tmp_path) as service, sit(tmp_path, service.base_url) as sitting:
        seed = sitting.find(QLineEdit, "seedEdit")
        # Only then is it known that the service takes one.
        await until(seed.isVisible, PATIENCE_S)
        write_accessibly(seed, "7")
        toggle_accessibly(choice(sitting, "durationField", "10 s"))
        choice(sitting, "aspectRatioField", "9:16").setChecked(True)
        choice(sitting, "takesField", "2").toggle()
        sitting.find(QCheckBox, "audioToggle").setChecked(False)

        jobs = await sitting.generate_clip()
        await until(lambda: len(sitting.jobs) == 2, PATIENCE_S)

        request = jobs.request
        assert (request.duration, request.aspect_ratio, request.sound) == ("10s", "9:16", False)
        assert [job.request.seed for job in sitting.jobs] == [7, 8]


@pytest.mark.parametrize("text", ["abc", "-5", "12345678901", "1.5"])
async def test_a_seed_that_is_none_is_not_shown(tmp_path: Path, text: str) -> None:
    async with ScriptedService(tmp_path) as service, sit(tmp_path, service.base_url) as sitting:
        seed = sitting.find(QLineEdit, "seedEdit")
        await until(seed.isVisible, PATIENCE_S)
        seed.setText("5")
        seed.setText(text)

        assert seed.text() == "5"
        assert sitting.studio.composer.draft.value.seed == 5


async def test_limits_on_spending(tmp_path: Path) -> None:
    async with ScriptedService(tmp_path) as service, sit(tmp_path, service.base_url) as sitting:
        click(sitting.find(QAbstractButton, "settingsButton"))
        await until(lambda: sitting.find(QWidget, "settingsDialog").isVisible())
        sitting.find(QLineEdit, "askAboveEdit").setText("0.10")
        write_accessibly(sitting.find(QLineEdit, "stopAtEdit"), "4,50")
        click(sitting.find(QAbstractButton, "settingsDoneButton"))

        settings = sitting.studio.settings.value
        assert settings.ask_above is not None
        assert settings.stop_at is not None
        assert [Decimal(settings.ask_above), Decimal(settings.stop_at)] == [Decimal("0.10"), Decimal("4.50")]


async def test_the_list_shows_what_its_filter_says(tmp_path: Path) -> None:
    async with ScriptedService(tmp_path) as service, sit(tmp_path, service.base_url) as sitting:
        await sitting.generate_clip()
        states = part(sitting.window, Segments, "stateFilter")
        last = states.findChildren(QAbstractButton)[-1]

        toggle_accessibly(last)

        assert last.isChecked()
        assert states.button(str(states.value)) is last


@pytest.mark.parametrize("name", ["startFrameSlot", "composePane", "stage"])
async def test_a_picture_is_welcome_all_the_way(tmp_path: Path, name: str) -> None:
    async with ScriptedService(tmp_path) as service, sit(tmp_path, service.base_url) as sitting:
        target = sitting.find(QWidget, name)
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(assets.path("starters", "gondola.jpg")))])
        at, copy = target.rect().center(), Qt.DropAction.CopyAction
        button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(at, copy, data, button, keys)
        move = QDragMoveEvent(at, copy, data, button, keys)
        drop = QDropEvent(QPointF(at), copy, data, button, keys)
        for event in (enter, move, drop):
            event.ignore()
            QApplication.sendEvent(target, event)
            assert event.isAccepted()
        await until(lambda: sitting.studio.composer.draft.value.start_frame is not None)


async def test_the_keys_of_the_window_work_again_after_a_dialog(tmp_path: Path) -> None:
    async with ScriptedService(tmp_path) as service, sit(tmp_path, service.base_url) as sitting:
        sitting.find(QAbstractButton, "settingsButton").click()
        await until(lambda: sitting.find(QWidget, "settingsDialog").isActiveWindow())
        sitting.find(QWidget, "settingsDialog").close()
        prompt = sitting.find(QPlainTextEdit, "promptEdit")
        prompt.setPlainText("A quiet sea")
        await until(sitting.generate.isEnabled)
        await until(sitting.window.isActiveWindow)

        QTest.keyClick(prompt, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

        await until(lambda: len(sitting.jobs) == 1)
