"""The key through the window's own dialog: in a real Secret Service, and where there is none."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel, QLineEdit

from tests.app.sitting import Sitting, sit
from tests.support.patience import PATIENCE_S
from tests.support.sandbox import Sandbox, fresh_key
from tests.support.secret_service import secret_service
from tests.ui.driving import click, part, until
from venice_studio.app.program import KEY_VARIABLE
from venice_studio.library.keys import Found, Kept, KeyChest, NotThere
from venice_studio.studio.connection import VENICE, KeySource, Standing


async def open_dialog(sitting: Sitting) -> QDialog:
    button = sitting.find(
        QAbstractButton, "connectButton" if sitting.standing is Standing.PRACTICE else "settingsButton"
    )
    click(button)
    if sitting.standing is not Standing.PRACTICE:
        await until(lambda: sitting.window.findChild(QDialog, "settingsDialog") is not None)
        click(part(sitting.window, QAbstractButton, "settingsKeyButton"))
    await until(lambda: any(dialog.isVisible() for dialog in sitting.window.findChildren(QDialog, "keyDialog")))
    return next(dialog for dialog in sitting.window.findChildren(QDialog, "keyDialog") if dialog.isVisible())


async def give_key(sitting: Sitting, key: str) -> str:
    """Paste a key, test it, and come back with what the dialog says then."""
    dialog = await open_dialog(sitting)
    QGuiApplication.clipboard().setText(f"  {key}\n")
    click(part(dialog, QAbstractButton, "pasteKeyButton"))
    QGuiApplication.clipboard().clear()
    assert part(dialog, QLineEdit, "keyEdit").echoMode() is QLineEdit.EchoMode.Password
    click(part(dialog, QAbstractButton, "testKeyButton"))
    result = part(dialog, QLabel, "keyResult")
    await until(lambda: result.text() not in ("", "Asking Venice…"))
    said = result.text()
    dialog.reject()
    return said


def holding(folder: Path, key: str) -> list[Path]:
    """The files below a folder in which the key can be read."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in files if key.encode() in path.read_bytes()]


def command_lines() -> str:
    """Of every process that we may look at."""
    lines = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            lines.append(path.read_text(errors="replace"))
        except OSError:
            continue
    return "\n".join(lines)


async def test_a_key_is_tested_kept_in_the_keyring_found_at_the_next_start_and_removed(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    key = fresh_key()
    chest = KeyChest()
    home = tmp_path / "session"
    home.mkdir()
    with secret_service(home) as session, session.entered():
        async with sit(tmp_path, sandbox.base_url, key="") as sitting:
            assert sitting.standing is Standing.PRACTICE

            said = await give_key(sitting, key)

            assert "Balance $100.00" in said
            assert "keyring" in said
            assert sitting.studio.connection.state.value.key_source is KeySource.KEYRING
            await until(lambda: sitting.text("connectionStatus") == "Venice, connected")
            await sitting.write("A quiet sea")
            assert key not in command_lines()
        assert await chest.get(sandbox.base_url) == Found(key=key)

        async with sit(tmp_path, sandbox.base_url, key="") as sitting:
            assert sitting.standing is Standing.CONNECTED
            assert sitting.text("balanceLabel") == "Balance $100.00"
            assert sitting.studio.connection.state.value.key_source is KeySource.KEYRING

            dialog = await open_dialog(sitting)
            click(part(dialog, QAbstractButton, "removeKeyButton"))
            await until(lambda: sitting.standing is Standing.PRACTICE)
            dialog.reject()
        assert await chest.get(sandbox.base_url) == NotThere()

        async with sit(tmp_path, sandbox.base_url, key="") as sitting:
            assert sitting.standing is Standing.PRACTICE
    assert not holding(tmp_path, key)


async def test_a_locked_keyring_is_said_in_the_window(sandbox: Sandbox, tmp_path: Path) -> None:
    home = tmp_path / "session"
    home.mkdir()
    with secret_service(home) as session, session.entered():
        assert isinstance(await KeyChest().set(sandbox.base_url, fresh_key()), Kept)
        session.lock()
        async with sit(tmp_path, sandbox.base_url, key="") as sitting:
            assert sitting.standing is Standing.PRACTICE
            assert "Your keyring is locked. Unlock it to connect Venice." in sitting.said("keyringBanner")


async def test_practice_by_command_reads_no_key_at_all(tmp_path: Path) -> None:
    home = tmp_path / "session"
    home.mkdir()
    with secret_service(home) as session, session.entered():
        assert isinstance(await KeyChest().set(VENICE, fresh_key()), Kept)
        async with sit(tmp_path, sandbox=True, key=fresh_key()) as sitting:
            state = sitting.studio.connection.state.value
            assert state.standing is Standing.PRACTICE
            assert (state.key_source, state.key_hint) == (KeySource.NONE, "")
            assert (await sitting.generate_clip()).account.practice


async def test_without_a_keyring_a_key_is_for_this_session_only(sandbox: Sandbox, tmp_path: Path) -> None:
    key = fresh_key()
    async with sit(tmp_path, sandbox.base_url, key="") as sitting:
        said = await give_key(sitting, key)

        assert "Balance $100.00" in said
        assert "this session only" in said
        assert sitting.standing is Standing.CONNECTED

    async with sit(tmp_path, sandbox.base_url, key="") as sitting:
        assert sitting.standing is Standing.PRACTICE
    assert not holding(tmp_path, key)


async def test_a_refused_key_says_so_at_its_field_and_changes_nothing(sandbox: Sandbox, tmp_path: Path) -> None:
    async with sit(tmp_path, sandbox.base_url, key="") as sitting:
        dialog = await open_dialog(sitting)
        edit = part(dialog, QLineEdit, "keyEdit")
        edit.setText("invalid")
        click(part(dialog, QAbstractButton, "testKeyButton"))

        await until(lambda: "this API key is not valid" in sitting.problem_at("keyEdit"))
        assert sitting.standing is Standing.PRACTICE
        dialog.reject()


async def test_no_key_stays_in_the_field_however_the_dialog_is_left(sandbox: Sandbox, tmp_path: Path) -> None:
    key = fresh_key()
    async with sit(tmp_path, sandbox.base_url, key="") as sitting:
        edit = sitting.find(QLineEdit, "keyEdit")
        dialog = await open_dialog(sitting)
        QTest.keyClicks(edit, "not meant for it")
        click(part(dialog, QAbstractButton, "showKeyButton"))
        QTest.keyClick(edit, Qt.Key.Key_Escape)
        assert (edit.text(), edit.isUndoAvailable(), edit.echoMode()) == ("", False, QLineEdit.EchoMode.Password)

        await give_key(sitting, key)
        assert (edit.text(), edit.isUndoAvailable()) == ("", False)
        assert sitting.standing is Standing.CONNECTED
        # It can be found and used again.
        assert sitting.find(QLineEdit, "keyEdit") is edit
        dialog = await open_dialog(sitting)
        assert part(dialog, QLabel, "keyResult").text() == ""
        assert edit.isEnabled()
        assert dialog.focusWidget() is edit
        dialog.reject()


async def test_a_key_from_the_environment_stays_there(
    sandbox: Sandbox, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    key = fresh_key()
    caplog.set_level("DEBUG")
    async with sit(tmp_path, sandbox.base_url, key) as sitting:
        assert sitting.studio.connection.state.value.key_source is KeySource.ENVIRONMENT
        await sitting.generate_clip()
        assert key not in command_lines()
    assert not holding(tmp_path, key)
    assert key not in caplog.text
    assert key not in os.environ.values()


async def test_a_crash_in_mid_render_gives_no_key_away(tmp_path: Path) -> None:
    key = fresh_key()
    talkative = "import logging; logging.basicConfig(level=0);from tests.app.drive import main; main()"
    dump = tmp_path / "standard error"
    with Sandbox(state=tmp_path / "service", speed=1) as slow, dump.open("wb") as errors:
        program = await asyncio.create_subprocess_exec(
            *(
                sys.executable,
                "-X",
                "faulthandler",
                "-X",
                "dev",
                "-c",
                talkative,
                str(tmp_path),
                slow.base_url,
                "generate",
            ),
            env=os.environ | {KEY_VARIABLE: key, "QT_QPA_PLATFORM": "offscreen"},
            stdout=asyncio.subprocess.PIPE,
            stderr=errors,
        )
        assert program.stdout is not None
        while (line := await asyncio.wait_for(program.stdout.readline(), PATIENCE_S)) != b"Rendering\n":
            assert line, "the program ended before the clip rendered"
        program.send_signal(signal.SIGABRT)
        await program.communicate()
    assert program.returncode == -signal.SIGABRT
    assert b"Fatal Python error: Aborted" in dump.read_bytes()
    assert b"DEBUG" in dump.read_bytes()
    assert holding(tmp_path, key) == []
