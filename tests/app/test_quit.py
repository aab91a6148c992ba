"""Quitting says what goes on without the program; a second start brings the first one's window forward."""

import asyncio
import os
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel

from tests.app.sitting import Sitting, sit
from tests.support.faulty_server import Received, told
from tests.support.patience import PATIENCE_S
from tests.support.sandbox import Sandbox
from tests.support.scripted_service import QUEUE, RETRIEVE, ScriptedService
from tests.ui.driving import click, until
from tests.ui.jobs import material as m
from venice_studio.app.quitting import before_quitting
from venice_studio.app.single import OneProgram
from venice_studio.domain.job import JobState, Rendering


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
            await asyncio.wait_for(sitting.program.ended.wait(), PATIENCE_S)


async def test_quitting_while_a_paid_request_is_under_way_waits_for_its_answer(tmp_path: Path) -> None:
    asked, go_on = asyncio.Event(), asyncio.Event()

    async def slowly(_received: Received, writer: asyncio.StreamWriter) -> None:
        asked.set()
        await go_on.wait()
        writer.write(told({"queueid": "job-1", "status": "queued"}))

    async with ScriptedService(tmp_path) as service:
        service.next(QUEUE, slowly)
        async with sit(tmp_path, service.base_url) as sitting:
            await sitting.write("A quiet sea")
            click(sitting.generate)
            await asyncio.wait_for(asked.wait(), PATIENCE_S)
            sitting.window.close()
            assert "on its way to the service: quitting waits for the answer" in await question(sitting)
            click(sitting.find(QAbstractButton, "quitChoice"))
            await until(lambda: not sitting.window.isEnabled())
            go_on.set()
            await asyncio.wait_for(sitting.program.ended.wait(), PATIENCE_S)
            assert isinstance(sitting.jobs[-1].state, Rendering)


async def test_quitting_names_the_hour_until_which_a_clip_can_be_fetched(tmp_path: Path) -> None:
    async with ScriptedService(tmp_path) as service:
        service.always(RETRIEVE, told({"status": "PROCESSING", "execution_duration": 5, "average_execution_time": 9}))
        ticket = {"queue_id": "q", "model": "wan", "download_url": f"{service.base_url}/clips/secret.mp4"}
        service.next(QUEUE, told(ticket))
        async with sit(tmp_path, service.base_url) as sitting:
            await sitting.generate_clip()
            state = await sitting.until_state(Rendering)
            sitting.window.close()
            words = await question(sitting)
            end = (state.queued_at + timedelta(hours=24)).astimezone()
            assert f"1 clip must be fetched before {end:%a %H:%M}." in words
            assert "secret" not in words
            click(sitting.find(QAbstractButton, "quitChoice"))
            await asyncio.wait_for(sitting.program.ended.wait(), PATIENCE_S)


def test_what_is_said_before_the_end() -> None:
    def said(*states: JobState) -> str:
        asked = before_quitting([m.job(state) for state in states], (), m.NOW)
        return "" if asked is None else f"{asked.title} {asked.text}"

    assert said(m.refused(), m.doubtful(), m.failed()) == ""
    assert said(m.intended(), m.held()) == (
        "Quit while a clip waits to be sent? 2 clips are not sent yet and will not be sent, nor charged."
    )
    private = replace(m.rendering(), ticket=replace(m.TICKET, download_url="https://clips.test/1"))
    later = replace(private, queued_at=m.NOW)
    assert said(m.rendering(), later, private).startswith("Quit while 3 clips render? They go on at Venice")
    assert said(m.rendering(), later, private).endswith(f"2 clips must be fetched before {tomorrow(private)}.")
    too_late = replace(private, queued_at=m.NOW - timedelta(hours=25))
    assert said(m.rendering()).endswith("will be fetched at the next start. Nothing is lost.")
    assert said(too_late).endswith(
        "It goes on at Venice, and will be looked for at the next start. "
        "The time to fetch 1 clip is over, and it may be gone."
    )
    assert said(too_late, later).endswith(
        f"1 clip must be fetched before {tomorrow(later)}. The time to fetch 1 clip is over, and it may be gone."
    )
    # Of the unsent nothing may be said that is only true of those that render.
    assert said(m.intended(), m.intended(), m.rendering(), m.rendering()).endswith(
        "2 clips are not sent yet and will not be sent, nor charged. "
        "The 2 that render go on at Venice, and will be fetched at the next start."
    )
    assert said(m.held(), m.rendering()).endswith(
        "A clip is not sent yet and will not be sent, nor charged. "
        "The one that renders goes on at Venice, and will be fetched at the next start."
    )


def tomorrow(state: Rendering) -> str:
    return f"{(state.queued_at + timedelta(hours=24)).astimezone():%a %H:%M}"


async def question(sitting: Sitting) -> str:
    """What is asked before the end."""
    await until(lambda: sitting.window.findChild(QDialog, "question") is not None)
    return " ".join(label.text() for label in sitting.find(QDialog, "question").findChildren(QLabel))


async def test_quitting_with_nothing_under_way_asks_nothing(sandbox: Sandbox, tmp_path: Path) -> None:
    async with sit(tmp_path, sandbox.base_url) as sitting:
        sitting.window.close()
        await asyncio.wait_for(sitting.program.ended.wait(), PATIENCE_S)
        assert not sitting.window.isVisible()


async def test_quitting_ends_the_program_also_where_the_settings_cannot_be_written(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    async with sit(tmp_path, sandbox.base_url) as sitting:
        settings = tmp_path / "data" / "settings.json"
        settings.unlink(missing_ok=True)
        settings.mkdir()
        sitting.window.close()
        await asyncio.wait_for(sitting.program.ended.wait(), PATIENCE_S)
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
    _, said = await asyncio.wait_for(second.communicate(), PATIENCE_S)
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
