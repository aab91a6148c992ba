"""Every setting counts at once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from tests.support.whole_studio import WholeStudio
from tests.ui.windows import show_active
from venice_studio.library.settings import Settings
from venice_studio.library.settings import Theme as Colours
from venice_studio.ui.settings import SettingsDialog
from venice_studio.ui.theme import Theme


class Bench:
    """An open dialog."""

    def __init__(self, dialog: SettingsDialog, whole: WholeStudio) -> None:
        self.dialog = dialog
        self.whole = whole

    @property
    def settings(self) -> Settings:
        return self.whole.studio.settings.value

    def press(self, name: str) -> None:
        found: QPushButton | None = self.dialog.findChild(QPushButton, name)
        assert found is not None
        QTest.mouseClick(found, Qt.MouseButton.LeftButton)


@pytest_asyncio.fixture
async def bench(theme: Theme, qtbot: QtBot, tmp_path: Path) -> AsyncIterator[Bench]:
    whole = WholeStudio(tmp_path / "home")
    asked: list[bool] = []
    dialog = SettingsDialog(None, whole.studio, usual_folder=tmp_path / "usual", open_key=lambda: asked.append(True))
    dialog.open()
    show_active(qtbot, dialog)
    yield Bench(dialog, whole)
    dialog.close()
    await whole.end()


async def test_colours(bench: Bench) -> None:
    bench.dialog.theme.select("light")
    assert bench.settings.theme is Colours.LIGHT


async def test_another_folder_and_back(bench: Bench, tmp_path: Path) -> None:
    assert bench.dialog.folder.text() == str(tmp_path / "usual")
    bench.press("chooseFolderButton")
    chooser = bench.dialog.findChild(QFileDialog)
    assert isinstance(chooser, QFileDialog)
    chooser.selectFile(str(tmp_path))
    chooser.accept()
    assert bench.settings.clips_folder == str(tmp_path)
    assert bench.dialog.folder.text() == str(tmp_path)
    bench.press("usualFolderButton")
    assert bench.settings.clips_folder is None


async def test_real_waits(bench: Bench) -> None:
    QTest.keyClick(bench.dialog.waits, Qt.Key.Key_Space)
    assert bench.settings.practice_real_waits


async def test_the_key_in_use_is_said(bench: Bench) -> None:
    assert bench.dialog.key.text().startswith("Not connected")
    await bench.whole.begin()
    assert "in use. It comes from the environment" in bench.dialog.key.text()
