"""Drives a real player for a test and says which numbered frame it shows."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QSlider
from pytestqt.qtbot import QtBot

from tests.support.clips import number_in
from tests.support.patience import PATIENCE_MS
from venice_studio.ui.player import Player


class Driver:
    def __init__(self, player: Player, qtbot: QtBot) -> None:
        self.player = player
        self.qtbot = qtbot

    def load(self, path: Path, frames: int = 48, fps: float = 24) -> None:
        """Open a clip and wait for its first frame."""
        self.player.load(path, fps, frames, round(frames * 1000 / fps))
        self.wait_for(0)

    def fail_to_load(self, path: Path) -> str:
        with self.qtbot.waitSignal(self.player.failed, timeout=PATIENCE_MS) as failed:
            self.player.load(path, 24, 48, 2000)
        assert failed.args is not None
        return str(failed.args[0])

    def number(self) -> int | None:
        """The number drawn in the frame that is shown; None before the first."""
        image = self.player.current_frame()
        return None if image.isNull() else number_in(image)

    def wait_for(self, number: int) -> None:
        self.qtbot.waitUntil(lambda: self.number() == number, timeout=PATIENCE_MS)

    def play_to_end(self) -> None:
        with self.qtbot.waitSignal(self.player.ended, timeout=PATIENCE_MS):
            self.player.play()

    def resize(self, width: int) -> None:
        self.player.resize(width, 400)
        self.qtbot.waitUntil(lambda: self.player.controls.width() == width, timeout=PATIENCE_MS)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.player.surface, key, modifier)

    def button(self, name: str) -> QPushButton:
        found = self.player.window().findChild(QPushButton, name)
        assert found is not None
        return found

    def press(self, name: str) -> None:
        QTest.mouseClick(self.button(name), Qt.MouseButton.LeftButton)

    def slider(self, name: str) -> QSlider:
        found = self.player.findChild(QSlider, name)
        assert found is not None
        return found
