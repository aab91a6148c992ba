"""Every setting counts at once."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest_asyncio
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.support.whole_studio import WholeStudio
from tests.ui.driving import until
from tests.ui.windows import show_active
from venice_studio.domain.job import CopyAtVenice
from venice_studio.library.settings import Settings
from venice_studio.library.settings import Theme as Colours
from venice_studio.ui.ground import SMALLEST
from venice_studio.ui.settings import SettingsDialog
from venice_studio.ui.theme import Theme
from venice_studio.ui.widgets import PlainLabel


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


async def test_the_folder_has_the_whole_width(bench: Bench, tmp_path: Path) -> None:
    bench.whole.studio.settings.set(replace(bench.settings, clips_folder=str(tmp_path / "another")))
    await until(lambda: bench.dialog.usual.isVisible())
    await until(lambda: bench.dialog.folder.width() == bench.dialog.theme.width())


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


async def test_prompt_and_settings_are_only_written_into_clips_where_the_user_wants_that(bench: Bench) -> None:
    assert not bench.settings.tag_clips
    QTest.keyClick(bench.dialog.tags, Qt.Key.Key_Space)
    assert bench.settings.tag_clips


async def test_real_waits(bench: Bench) -> None:
    QTest.keyClick(bench.dialog.waits, Qt.Key.Key_Space)
    assert bench.settings.practice_real_waits


async def test_the_copy_at_venice_and_the_risk_of_deleting_it_with_the_download(bench: Bench) -> None:
    menu = bench.dialog.copies
    assert menu.value == CopyAtVenice.KEEP.value
    menu.setFocus()
    QTest.keyClick(menu, Qt.Key.Key_Down)
    assert bench.settings.copy_at_venice is CopyAtVenice.AFTER_SAVING
    assert "whole and checked" in bench.dialog.copy_note.text()
    QTest.keyClick(menu, Qt.Key.Key_Down)
    chosen: str = bench.settings.copy_at_venice
    assert chosen == CopyAtVenice.WITH_DOWNLOAD.value
    assert "the clip is lost" in bench.dialog.copy_note.text()
    assert bench.dialog.copy_note.property("role") == "warn"


async def test_time_to_undo_a_press(bench: Bench) -> None:
    QTest.keyClick(bench.dialog.undo, Qt.Key.Key_Space)
    assert bench.settings.undo_send_s == 3
    bench.whole.studio.settings.set(replace(bench.settings, undo_send_s=5))
    assert bench.settings.undo_send_s == 5
    QTest.keyClick(bench.dialog.undo, Qt.Key.Key_Space)
    assert bench.settings.undo_send_s == 0


async def test_room_in_the_folder_is_said_and_what_is_wrong_with_it(bench: Bench) -> None:
    await bench.whole.begin()
    assert bench.dialog.room.text().endswith(" GB free")
    bench.whole.parts.clips.write_text("a file")
    bench.whole.studio.room.look()
    await bench.whole.settle()
    assert "not a folder" in bench.dialog.room.text()


async def test_in_a_low_window_the_settings_scroll_and_nothing_is_cut(bench: Bench, qtbot: QtBot) -> None:
    window = QWidget()
    window.resize(SMALLEST)
    show_active(qtbot, window)
    dialog = SettingsDialog(window, bench.whole.studio, usual_folder=Path("/usual"), open_key=lambda: None)
    dialog.open()
    chosen = replace(bench.settings, copy_at_venice=CopyAtVenice.WITH_DOWNLOAD, clips_folder="/chosen")
    bench.whole.studio.settings.set(chosen)
    labels = [label for label in dialog.findChildren(PlainLabel) if label.isVisible() and label.wordWrap()]
    await until(lambda: all(label.height() >= label.heightForWidth(label.width()) for label in labels))
    assert dialog.height() <= SMALLEST.height()
    assert not dialog.finish.visibleRegion().isEmpty()
    dialog.close()


async def test_the_key_in_use_is_said(bench: Bench) -> None:
    assert bench.dialog.key.text().startswith("Not connected")
    await bench.whole.begin()
    assert "in use. It comes from the environment" in bench.dialog.key.text()
