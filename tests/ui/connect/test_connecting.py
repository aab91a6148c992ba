"""Giving a key, in a system with a keyring and in one without."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.support.secret_service import secret_service, session_bus
from tests.support.studio_parts import Parts
from tests.support.whole_studio import WholeStudio
from tests.ui.windows import show_active
from venice_studio.domain.problem import Kind, Problem, Trouble
from venice_studio.library.keys import Found, KeyChest
from venice_studio.studio.connection import Connection, KeySource
from venice_studio.studio.practice import Practice
from venice_studio.ui.connect import KeyDialog, status_parts
from venice_studio.ui.theme import Theme

KEY = "vn-0123456789abcdefWXYZ"


@pytest.fixture
def no_keyring(tmp_path: Path) -> Iterator[None]:
    home = tmp_path / "session"
    home.mkdir()
    with session_bus(home) as session, session.entered():
        yield


@pytest.fixture
def keyring(tmp_path: Path) -> Iterator[None]:
    home = tmp_path / "session"
    home.mkdir()
    with secret_service(home) as session, session.entered():
        yield


class Bench:
    """An open dialog, and the status line beside it."""

    def __init__(self, dialog: KeyDialog, whole: WholeStudio, line: QWidget) -> None:
        self.dialog = dialog
        self.whole = whole
        self.line = line

    @property
    def parts(self) -> Parts:
        return self.whole.parts

    def press(self, name: str) -> None:
        found: QPushButton | None = self.dialog.findChild(QPushButton, name)
        assert found is not None
        QTest.mouseClick(found, Qt.MouseButton.LeftButton)

    async def give(self, key: str) -> None:
        edit: QLineEdit | None = self.dialog.findChild(QLineEdit, "keyEdit")
        assert edit is not None
        edit.setFocus()
        QTest.keyClicks(edit, key)
        QTest.keyClick(edit, Qt.Key.Key_Return)
        await self.whole.settle()

    def status(self, name: str) -> str:
        label: QLabel | None = self.line.findChild(QLabel, name)
        assert label is not None
        return label.text()

    def everything_shown(self) -> str:
        labels = [*self.dialog.findChildren(QLabel), *self.line.findChildren(QLabel)]
        return "\n".join(f"{label.text()} {label.toolTip()} {label.accessibleName()}" for label in labels)


@pytest_asyncio.fixture
async def bench(theme: Theme, qtbot: QtBot, tmp_path: Path) -> AsyncIterator[Bench]:
    whole = WholeStudio(tmp_path / "home")
    dialog = KeyDialog(None, whole.studio.connection, whole.studio.tasks)
    parts = status_parts(whole.studio.connection)
    line = QWidget()
    for widget in parts.widgets:
        widget.setParent(line)
    qtbot.addWidget(line)
    dialog.open()
    show_active(qtbot, dialog)
    yield Bench(dialog, whole, line)
    dialog.close()
    await whole.end()


async def test_the_field_hides_the_key_until_asked(bench: Bench) -> None:
    edit = bench.dialog.edit
    assert edit.echoMode() is QLineEdit.EchoMode.Password
    bench.press("showKeyButton")
    assert edit.echoMode() is QLineEdit.EchoMode.Normal


async def test_a_pasted_key_loses_its_line_break(bench: Bench) -> None:
    QGuiApplication.clipboard().setText(f"  {KEY}\n")
    bench.press("pasteKeyButton")
    assert bench.dialog.edit.text() == KEY


async def test_nothing_is_tested_without_a_key(bench: Bench) -> None:
    assert not bench.dialog.test.isEnabled()
    await bench.give("   ")
    assert bench.whole.service.count("balance") == 0


async def test_a_key_that_works_is_kept_in_the_keyring(keyring: None, bench: Bench) -> None:
    await bench.give(KEY)
    assert bench.dialog.said.text() == "Connected. Balance $24.30. It is kept in this computer's keyring."
    assert bench.parts.connection.state.value.key_source is KeySource.KEYRING
    assert await KeyChest().get(bench.parts.connection.base_url) == Found(key=KEY)
    assert bench.status("connectionStatus") == "Venice, connected"
    assert bench.status("balanceLabel") == "Balance $24.30"


async def test_a_key_in_the_environment_that_comes_first_at_every_start_is_told_of(
    keyring: None, bench: Bench, tmp_path: Path, qtbot: QtBot
) -> None:
    note = bench.dialog.environment
    assert note.isVisible()
    assert "(VENICE_API_KEY)" in note.text()
    await bench.give(KEY)
    assert note.isVisible()
    assert bench.dialog.said.text().endswith("It is kept in this computer's keyring.")

    alone = Connection(
        tasks=bench.parts.tasks,
        chest=KeyChest(),
        practice_service=Practice(state_dir=tmp_path, command=["false"]),
        make_service=lambda *_: bench.whole.service,
        fingerprint=str,
    )
    dialog = KeyDialog(None, alone, bench.parts.tasks)
    dialog.open()
    show_active(qtbot, dialog)
    assert not dialog.environment.isVisible()
    dialog.close()


async def test_the_key_is_never_shown_again(keyring: None, bench: Bench) -> None:
    await bench.give(KEY)
    assert bench.dialog.edit.text() == ""
    assert KEY not in bench.everything_shown()
    assert KEY[:-4] not in bench.everything_shown()


async def test_without_a_keyring_it_is_kept_for_the_session_and_that_is_said(no_keyring: None, bench: Bench) -> None:
    await bench.give(KEY)
    assert "for this session only: there is no keyring here" in bench.dialog.said.text()
    assert bench.parts.connection.state.value.key_source is KeySource.SESSION


async def test_who_does_not_want_it_kept_has_it_for_the_session(keyring: None, bench: Bench) -> None:
    bench.dialog.remember.setChecked(False)
    await bench.give(KEY)
    assert bench.dialog.said.text() == "Connected. Balance $24.30. It is kept for this session only."
    assert not isinstance(await KeyChest().get(bench.parts.connection.base_url), Found)


async def test_a_refused_key_is_told_in_the_services_words_and_changes_nothing(bench: Bench) -> None:
    before = bench.parts.connection.state.value
    bench.whole.service.answer("balance", Trouble(Problem(kind=Kind.KEY, message="<i>Authentication</i> failed")))
    await bench.give(KEY)
    assert bench.dialog.field.problem == "Venice refused this key: <i>Authentication</i> failed"
    assert bench.parts.connection.state.value == before
    assert bench.dialog.edit.hasFocus()


async def test_a_key_that_could_not_be_tested_is_not_called_wrong(bench: Bench) -> None:
    bench.whole.service.answer("balance", Trouble(Problem(kind=Kind.OFFLINE, message="There is no network.")))
    await bench.give(KEY)
    assert bench.dialog.field.problem.startswith("Venice could not be reached, so the key was not tested")


async def test_a_removed_key_is_gone_from_the_keyring(keyring: None, bench: Bench) -> None:
    await bench.give(KEY)
    bench.press("removeKeyButton")
    await bench.whole.settle()
    assert bench.dialog.said.text().startswith("The key is removed.")
    assert not isinstance(await KeyChest().get(bench.parts.connection.base_url), Found)
    assert bench.parts.connection.state.value.key_source is KeySource.NONE
