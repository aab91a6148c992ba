"""Quitting says what goes on without the program; a second start brings the first one's window forward."""

import asyncio
import os
import sys
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel

from tests.app.sitting import sit
from tests.support.sandbox import Sandbox
from tests.ui.driving import click, until
from venice_studio.app.single import OneProgram
from venice_studio.domain.job import Rendering


async def test_quitting_in_mid_render_says_so_and_can_be_thought_over(tmp_path: Path) -> None:
    with Sandbox(state=tmp_path / "service", speed=1) as slow:
        async with sit(tmp_path, slow.base_url) as sitting:
            await sitting.generate_clip()
            await sitting.until_state(Rendering)

            sitting.window.close()
            await until(lambda: sitting.window.findChild(QDialog, "question") is not None)
            question = sitting.find(QDialog, "question")
            words = " ".join(label.text() for label in question.findChildren(QLabel))
            assert "It goes on at Venice" in words
            click(sitting.find(QAbstractButton, "cancelChoice"))
            await until(lambda: not question.isVisible())
            assert not sitting.program.ended.is_set()

            sitting.window.close()
            await until(lambda: sitting.window.findChild(QAbstractButton, "quitChoice") is not None)
            click(sitting.find(QAbstractButton, "quitChoice"))
            await asyncio.wait_for(sitting.program.ended.wait(), 20)


async def test_quitting_with_nothing_under_way_asks_nothing(sandbox: Sandbox, tmp_path: Path) -> None:
    async with sit(tmp_path, sandbox.base_url) as sitting:
        sitting.window.close()
        await asyncio.wait_for(sitting.program.ended.wait(), 20)
        assert not sitting.window.isVisible()


async def test_quitting_ends_the_program_also_where_the_settings_cannot_be_written(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    async with sit(tmp_path, sandbox.base_url) as sitting:
        settings = tmp_path / "data" / "settings.json"
        settings.unlink(missing_ok=True)
        settings.mkdir()
        sitting.window.close()
        await asyncio.wait_for(sitting.program.ended.wait(), 20)
        assert not sitting.window.isVisible()


async def test_a_second_start_shows_the_first_window_and_ends(tmp_path: Path) -> None:
    first = OneProgram(tmp_path / "data")
    shown: list[bool] = []
    first.another_start.connect(lambda: shown.append(True))
    assert first.first()
    # As somebody starts it: what Qt finds missing on this computer is not for them to read.
    without_rules = {name: value for name, value in os.environ.items() if name != "QT_LOGGING_RULES"}
    second = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "venice_studio", "--sandbox", "--data-dir", str(tmp_path / "data")),
        env=without_rules | {"QT_QPA_PLATFORM": "offscreen"},
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await asyncio.wait_for(second.communicate(), 30)
    assert second.returncode == 0
    assert said.split() == b"Venice Studio is already running. Its window has been brought to the front.".split()
    assert shown == [True]
    first.leave()


def test_the_place_of_a_program_that_has_gone_is_free(tmp_path: Path) -> None:
    first = OneProgram(tmp_path)
    assert first.first()
    first.leave()
    again = OneProgram(tmp_path)
    assert again.first()
    other = OneProgram(tmp_path / "another folder")
    assert other.first()
    again.leave()
    other.leave()
