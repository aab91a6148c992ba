"""What automation may rely on: names of widgets, their spoken names, making the program without running it."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QSlider,
    QWidget,
)

from tests.app.sitting import Sitting, sit
from tests.support.faulty_server import told
from tests.support.scripted_service import QUEUE, ScriptedService
from tests.ui.driving import click, until
from venice_studio.app import build
from venice_studio.domain.job import Doubtful, Saved
from venice_studio.ui.player import Player
from venice_studio.ui.widgets import ChoiceField, Segments

ALWAYS_THERE = (
    *("window", "stage", "statusLine", "connectionStatus", "connectButton", "balanceLabel", "settingsButton"),
    *("startFrameSlot", "endFrameSlot", "promptEdit", "negativePromptEdit", "modelPicker", "durationField"),
    *("resolutionField", "aspectRatioField", "audioToggle", "seedEdit", "takesField"),
    *("quotePrice", "quoteState", "quoteRetryButton", "generateButton"),
    *("searchEdit", "stateFilter", "jobList", "findCommandButton", "commandPalette"),
    *("player", "playButton", "frameStepBackButton", "frameStepButton", "seekSlider", "speedButton", "loopButton"),
    *("muteButton", "volumeSlider", "fullScreenButton", "openExternallyButton"),
    *("continueFromFrameButton", "saveAsButton", "reuseSettingsButton", "compareButton", "showInFolderButton"),
    *("deleteClipButton", "stopWatchingButton", "dontSendButton", "moreButton", "retryButton", "keyEdit"),
)
"""The names of widgets that exist as long as the window does."""

SPOKEN = (QAbstractButton, QAbstractItemView, QAbstractSlider, QComboBox, QLineEdit, QPlainTextEdit)
"""What a user of a screen reader comes to by the keyboard."""


def spoken(widget: QWidget) -> str:
    """What a screen reader calls a widget."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name)


def nameless(sitting: Sitting) -> list[str]:
    """The widgets in sight that take part and that a screen reader has no name for."""
    widgets = [widget for kind in SPOKEN for widget in sitting.window.findChildren(kind) if widget.isVisible()]
    inner = ("qt_", "Scroll")
    return [
        f"{type(widget).__name__} {widget.objectName()!r} in {type(widget.parent()).__name__}"
        for widget in widgets
        if not spoken(widget) and not widget.objectName().startswith(inner) and not isinstance(widget.parent(), SPOKEN)
    ]


async def test_every_name_is_there_once(tmp_path: Path) -> None:
    async with ScriptedService(tmp_path) as service, sit(tmp_path, service.base_url) as sitting:
        found = {name: len(sitting.window.findChildren(QWidget, name)) for name in ALWAYS_THERE if name != "window"}

        assert found == dict.fromkeys(found, 1)
        assert sitting.window.objectName() == "window"


KINDS: dict[type[QWidget], tuple[str, ...]] = {
    QPlainTextEdit: ("promptEdit", "negativePromptEdit"),
    QComboBox: ("modelPicker",),
    ChoiceField: ("durationField", "resolutionField", "aspectRatioField"),
    QCheckBox: ("audioToggle",),
    QLineEdit: ("seedEdit", "searchEdit", "keyEdit"),
    Segments: ("takesField", "stateFilter"),
    QListView: ("jobList",),
    QSlider: ("seekSlider", "volumeSlider"),
    QLabel: ("quotePrice", "quoteState", "balanceLabel", "connectionStatus"),
    QPushButton: (
        *("generateButton", "retryButton", "stopWatchingButton", "dontSendButton", "connectButton", "settingsButton"),
        *("playButton", "frameStepButton", "speedButton", "loopButton", "muteButton", "fullScreenButton"),
        *("saveAsButton", "showInFolderButton", "continueFromFrameButton", "reuseSettingsButton"),
        *("compareButton", "deleteClipButton"),
    ),
    Player: ("player",),
}
"""What a script may do with them follows from what they are."""


def test_all_can_be_found_and_named_before_anything_is_shown(tmp_path: Path) -> None:
    program = build(["--sandbox", "--data-dir", str(tmp_path / "data")])
    window = program.window

    found = {name: len(window.findChildren(QWidget, name)) for name in ALWAYS_THERE if name != "window"}
    assert found == dict.fromkeys(found, 1)
    for kind, names in KINDS.items():
        for name in names:
            widget = window.findChild(QWidget, name)
            assert isinstance(widget, kind), name
            assert spoken(widget) or isinstance(widget, QLabel), name
    window.deleteLater()


async def test_the_big_button_is_called_what_it_does(tmp_path: Path) -> None:
    async with ScriptedService(tmp_path) as service, sit(tmp_path, service.base_url) as sitting:
        assert spoken(sitting.generate) == "Generate clip"
        await sitting.write("A quiet sea")
        assert spoken(sitting.generate) == "Generate clip"
        assert "Enter" in sitting.generate.accessibleDescription()


async def test_all_that_takes_part_has_a_spoken_name(tmp_path: Path) -> None:
    async with ScriptedService(tmp_path) as service, sit(tmp_path, service.base_url) as sitting:
        assert nameless(sitting) == []
        await sitting.generate_clip()
        saved = await sitting.until_state(Saved)
        await until(lambda: sitting.find(QWidget, "player").isVisible())
        assert Path(saved.clip.path).exists()
        assert nameless(sitting) == []

        sitting.find(Player, "player").pause()
        service.next(QUEUE, told({"error": "Out of order"}, 500))
        await sitting.generate_clip("Another sea")
        await until(lambda: isinstance(sitting.jobs[-1].state, Doubtful))
        await until(lambda: sitting.find(QWidget, "retryButton").isVisible())
        assert nameless(sitting) == []

        click(sitting.find(QAbstractButton, "settingsButton"))
        await until(lambda: sitting.find(QWidget, "settingsDialog").isVisible())
        assert nameless(sitting) == []
        click(sitting.find(QAbstractButton, "settingsDoneButton"))


@pytest.mark.parametrize("name", [(), ("venice-studio",), ("/usr/bin/my program",)])
def test_the_program_can_be_made_without_running_it(tmp_path: Path, name: tuple[str, ...]) -> None:
    program = build([*name, "--sandbox", "--data-dir", str(tmp_path / "data")])

    assert program.window.findChild(QWidget, "generateButton") is not None
    assert not program.window.isVisible()
    assert not (tmp_path / "data").exists()

    program.window.show()
    program.loop.call_later(0.5, program.quit)
    program.loop.run_until_complete(program.ended.wait())
    assert (tmp_path / "data" / "jobs.sqlite3").exists()
    program.window.deleteLater()
    program.loop.close()


class _Emitter(QObject):
    told = Signal(bool)


@pytest.mark.parametrize("value", [True, False])
def test_signals_lose_no_reference_to_what_they_carry(value: bool) -> None:
    assert QApplication.instance() or QApplication([])
    heard: list[bool] = []
    emitter = _Emitter()
    emitter.told.connect(heard.append)
    for _ in range(10):
        emitter.told.emit(value)
    heard.clear()
    before = sys.getrefcount(value)

    for _ in range(1000):
        emitter.told.emit(value)

    # Before Python 3.12 the list holds a reference for each; from there on True and False are not counted.
    heard.clear()
    assert abs(sys.getrefcount(value) - before) < 10
