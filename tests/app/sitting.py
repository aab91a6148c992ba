"""Somebody sits before the whole program: finds widgets by their names, types, clicks, drops, and looks."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QWidget

from tests.support.patience import PATIENCE_S as PATIENCE_S
from tests.support.sandbox import fresh_key
from tests.ui.driving import click, part, until
from venice_studio.app import gestures
from venice_studio.app.frame_watch import FrameWatch
from venice_studio.app.program import KEY_VARIABLE, Program
from venice_studio.command_line import Options
from venice_studio.domain.job import Doubtful, Failed, Job, JobState, Refused, Saved
from venice_studio.domain.polling import Pace
from venice_studio.studio.connection import Standing
from venice_studio.ui.player import Player
from venice_studio.ui.widgets import Field

W = TypeVar("W", bound=QWidget)
S = TypeVar("S", bound=JobState)

SPEED = 40.0
"""How much faster than real practice is here."""


@asynccontextmanager
async def sit(
    folder: Path, base_url: str | None = None, key: str | None = None, *, sandbox: bool = False
) -> AsyncIterator["Sitting"]:
    """The program over `folder`/data, shown and connected, closed with the block; `sandbox` as on the command line.

    Without a `base_url` it practises. Else a `key`, by default one of its own, comes by the environment; "" stands
    for none. Always a block within a test: between a fixture and its test Qt goes on while the loop stands still.
    """
    if key is None and base_url:
        key = fresh_key()
    sitting = Sitting(open_program(folder / "data", base_url=base_url, key=key, sandbox=sandbox))
    try:
        await sitting.sit_down()
        yield sitting
    finally:
        await sitting.leave()


def open_program(
    data: Path, *, base_url: str | None = None, key: str | None = None, look_s: float = 0.2, sandbox: bool = False
) -> Program:
    """The program over a folder. A `key` comes by the environment, as users give it; `look_s` is between two looks."""
    before = os.environ.pop(KEY_VARIABLE, None)
    try:
        if key:
            os.environ[KEY_VARIABLE] = key
        pace = Pace(interval_s=look_s) if base_url else None
        options = Options(data_dir=data, base_url=base_url, sandbox=sandbox)
        return Program(options, pace=pace, practice_speed=SPEED)
    finally:
        os.environ.pop(KEY_VARIABLE, None)
        if before is not None:
            os.environ[KEY_VARIABLE] = before


class Sitting:
    """One run of the program, from its window's first showing until it is closed."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.window = program.window
        self.studio = program.studio
        self._failed: list[BaseException] = []
        program.tasks.failed.connect(self._failed.append)

    async def sit_down(self) -> None:
        """Look at the window until it says whom it speaks to."""
        self.window.show()
        self.window.activateWindow()
        await until(lambda: self.standing is not Standing.STARTING, PATIENCE_S)
        await until(lambda: self.studio.connection.service.value is not None, PATIENCE_S)

    async def leave(self) -> None:
        """Close the program properly; nothing may have failed unseen."""
        await self.program.close()
        self.window.deleteLater()
        assert not self._failed

    # What there is to see

    @property
    def standing(self) -> Standing:
        return self.studio.connection.state.value.standing

    @property
    def jobs(self) -> list[Job]:
        """All jobs, oldest first."""
        return sorted(self.studio.runner.ledger.jobs.values(), key=lambda job: job.id)

    @property
    def generate(self) -> QAbstractButton:
        return self.find(QAbstractButton, "generateButton")

    def find(self, kind: type[W], name: str) -> W:
        return part(self.window, kind, name)

    def text(self, name: str) -> str:
        """The words of a label."""
        return self.find(QLabel, name).text()

    def said(self, parent: str) -> str:
        """All words in sight within a widget."""
        labels = self.find(QWidget, parent).findChildren(QLabel)
        return "\n".join(label.text() for label in labels if label.isVisible())

    # What people do

    async def write(self, prompt: str) -> None:
        """Type the prompt and wait until the price is there and Generate is ready."""
        gestures.write(self.find(QWidget, "promptEdit"), prompt)
        await until(self.generate.isEnabled, PATIENCE_S)

    def press_keys(self) -> None:
        """Ctrl+Enter, wherever the keyboard is."""
        target = QApplication.focusWidget() or self.window
        QTest.keyClick(target, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    async def generate_clip(self, prompt: str = "A quiet sea") -> Job:
        """Write, press, and wait until the job stands in the list in whatever state its post left it."""
        count = len(self.jobs)
        await self.write(prompt)
        click(self.generate)
        await until(lambda: len(self.jobs) > count and not self.studio.press.under_way.value, PATIENCE_S)
        return self.jobs[-1]

    async def answer(self, title: str, key: str) -> None:
        """Wait for a question and press the button of that key."""

        def question() -> QDialog | None:
            asked = [dialog for dialog in self.window.findChildren(QDialog, "question") if dialog.isVisible()]
            return next((dialog for dialog in asked if dialog.windowTitle() == title), None)

        await until(lambda: question() is not None)
        asked = question()
        assert asked is not None
        click(part(asked, QAbstractButton, f"{key}Choice"))
        await until(lambda: question() is None)

    async def until_state(self, kind: type[S], patience_s: float = PATIENCE_S) -> S:
        """Wait until the newest job is in a state of this kind, or in one that it will never leave by itself."""
        ends = (kind, Saved, Failed, Refused, Doubtful)
        await until(lambda: bool(self.jobs) and isinstance(self.jobs[-1].state, ends), patience_s)
        state = self.jobs[-1].state
        assert isinstance(state, kind), state
        return state

    async def watch_playing(self, saved: Saved) -> FrameWatch:
        """Wait until a second of the saved clip was seen playing."""
        player = self.find(Player, "player")
        await until(lambda: player.path == Path(saved.clip.path), PATIENCE_S)
        watch = FrameWatch(player.surface.sink)
        await until(lambda: watch.distinct >= round(saved.clip.fps), PATIENCE_S)
        watch.stop()
        return watch

    def problem_at(self, name: str) -> str:
        """What is said under the field of the control of that name."""
        return field_of(self.find(QWidget, name)).problem


def field_of(control: QWidget) -> Field:
    """The field a control stands in."""
    above = control.parentWidget()
    while not isinstance(above, Field):
        assert above is not None, f"{control.objectName()} stands in no field"
        above = above.parentWidget()
    return above
