"""The stage and the list over a whole studio, with clips that can be played."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from tests.support.clips import make_clip, number_in
from tests.support.whole_studio import WholeStudio
from tests.ui.driving import click, part, until
from tests.ui.jobs import material as m
from venice_studio.domain.job import Clip, Job
from venice_studio.domain.quote import Quote
from venice_studio.ui.images import ImageWorker
from venice_studio.ui.player import Player
from venice_studio.ui.stage.desktop import Desktop
from venice_studio.ui.stage.director import Director

FRAMES = 48


class Rig:
    """What a test drives, and what left the window."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.whole = WholeStudio(home)
        self.studio = self.whole.studio
        self.service = self.whole.service
        self.ledger = self.whole.parts.ledger
        self.images = ImageWorker()
        self.player = Player()
        self.player.muted = True
        self.left: list[tuple[str, object]] = []
        desktop = Desktop(
            show_in_folder=lambda path: self.left.append(("show", path)),
            open_file=lambda path: self.left.append(("open", path)),
            open_page=lambda address: self.left.append(("page", address)),
            browse_picture=lambda: self.left.append(("browse", None)),
            connect_venice=lambda: self.left.append(("connect", None)),
            confirm_price=self._confirm,
        )
        self.window = QWidget()
        self._parent = QObject(self.window)
        self.director = Director(self.studio, self.player, self.images, desktop, self.whole.parts.clock, self._parent)
        self.stage, self.pane = self.director.stage, self.director.pane
        self.pane.setFixedWidth(352)
        row = QHBoxLayout(self.window)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.stage, 1)
        row.addWidget(self.pane)
        self.window.resize(1080, 800)

    async def begin(self) -> None:
        self.whole.parts.clips.mkdir()
        self.window.show()
        await self.whole.begin()

    async def end(self) -> None:
        await self.whole.end()
        self.player.teardown()
        self.images.close()
        self.window.close()
        self.window.deleteLater()

    async def add(self, *jobs: Job) -> None:
        await self.ledger.intend(jobs)
        self.pane.model.settle()

    def clip(self, name: str, size: tuple[int, int] = (320, 180)) -> Clip:
        """A clip of numbered frames with its still."""
        path = make_clip(self.home / f"{name}.mp4", frames=FRAMES, size=size)
        return m.clip(path, width=size[0], height=size[1], seconds=2)

    async def look_at(self, job: Job, *, frame: int | None = None) -> None:
        """Choose a saved job and wait for its clip; go to a frame."""
        self.pane.select(job.id)
        await until(lambda: self.frame() is not None)
        if frame is not None:
            self.player.seek(frame)
            await until(lambda: self.frame() == frame)

    def frame(self) -> int | None:
        """The number drawn in the frame on the stage; None while there is none of its size."""
        image = self.player.current_frame()
        return number_in(image) if image.width() == 320 else None

    def button(self, name: str) -> QPushButton:
        return part(self.window, QPushButton, name)

    def press(self, name: str) -> None:
        """Click a button that people can see and press."""
        found = self.button(name)
        assert found.isVisible(), f"{name} is not in sight"
        assert found.isEnabled(), f"{name} is off"
        click(found)

    def jobs(self) -> list[Job]:
        return list(self.ledger.jobs.values())

    async def _confirm(self, old: Quote, new: Quote) -> bool:
        self.left.append(("confirm", (old, new)))
        return True
