"""The whole program on a desk: brought into a state, waited for, photographed."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QMenu, QWidget

from tests.app.sitting import PATIENCE_S, Sitting, open_program
from tests.screenshots.material import PROMPTS, Jobs
from tests.support.sandbox import Sandbox, fresh_key
from tests.ui.driving import part, until
from venice_studio import assets
from venice_studio.domain.job import Saved
from venice_studio.domain.quote import Quoted
from venice_studio.studio.connection import Standing
from venice_studio.ui.stage.action_bar import ActionBar
from venice_studio.ui.theme import set_reduced_motion
from venice_studio.ui.widgets import Segments

SETTLE_S = 0.12
SMALLEST, SMALL, MIDDLE, USUAL, LARGE = (
    QSize(900, 640),
    QSize(1000, 700),
    QSize(1200, 760),
    QSize(1440, 900),
    QSize(1920, 1080),
)
EVERY_SIZE = (SMALLEST, SMALL, MIDDLE, USUAL, LARGE)
MODES = ("dark", "light")


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """Where pictures go and which are wanted."""

    out: Path
    clips: Path
    only: str = ""
    few: bool = False
    """Fewer sizes: for a second scale or a second platform."""
    modes: Sequence[str] = MODES


class Desk(Sitting):
    """A sitting that takes pictures. `jobs_by_key` is filled by `fill`."""

    film: Film
    by_key: dict[str, str]
    clips_folder: str | None
    """Where clips are saved, unless a scene chooses another folder."""
    priced_models: set[str]

    async def fill(self) -> None:
        """Put every kind of job into the list."""
        account = self.studio.connection.state.value.account
        assert account is not None
        picture = await self.studio.pictures.take_file(str(assets.path("starters", "gondola.jpg")))
        jobs = Jobs(self.film.clips, account, picture)
        jobs.make_all()
        await self.studio.runner.ledger.intend([*itertools.chain(*jobs.made.values())])
        assert self.studio.composer.model is not None
        self.priced_models = {self.studio.composer.model.name}
        self.by_key = {key: made[0].id for key, made in jobs.made.items()}
        self.studio.composer.set_start_frame(picture)
        self.studio.composer.edit(prompt=PROMPTS["gondola"])
        await self.priced()

    async def priced(self) -> None:
        """Wait for the price of what the form says."""
        await until(lambda: isinstance(self.studio.quoter.state.value, Quoted), PATIENCE_S)

    async def look_at(self, key: str, *, frame: int = 20) -> None:
        """Choose a job; wait until the frame of its clip is there, or the words that there is none."""
        job = self.studio.runner.ledger.jobs[self.by_key[key]]
        self.program.view.director.pane.select(job.id)
        player = self.program.view.player
        if isinstance(job.state, Saved):
            await until(lambda: not player.current_frame().isNull() or player.message.text != "", PATIENCE_S)
            player.step(frame - player.frame)
            await until(lambda: player.frame == frame or player.message.text != "", PATIENCE_S)

    async def until_said(self, name: str, words: str) -> None:
        """Wait until a label says what the picture is to show."""
        await until(lambda: words in part(self.window, QLabel, name).text(), PATIENCE_S)

    async def until_open(self, kind: type[QDialog]) -> None:
        """Wait for a dialog."""
        await until(lambda: any(isinstance(top, kind) and top.isVisible() for top in QApplication.topLevelWidgets()))

    async def clear(self) -> None:
        """Back to how it was before a scene, as far as scenes change it."""
        for top in QApplication.topLevelWidgets():
            if isinstance(top, QDialog | QMenu) and top.isVisible():
                top.close()
        for name in ("commandPalette", "modelList"):
            part(self.window, QWidget, name).hide()
        if self.window.narrow and self.program.view.director.pane.isVisible():
            self.window.toggle_jobs.trigger()
        self.program.view.player.leave_full_screen()
        self.program.view.player.stop_comparing()
        self.program.view.player.pause()
        self.program.view.compose.banner.hide()
        part(self.window, QLineEdit, "searchEdit").clear()
        part(self.window, Segments, "stateFilter").select("all")
        self.studio.composer.set_takes(1)
        self.studio.settings.set(replace(self.studio.settings.value, clips_folder=self.clips_folder))
        self.window.setFocus()
        await asyncio.sleep(SETTLE_S)

    async def take(self, name: str, sizes: Sequence[QSize]) -> None:
        """Photograph the window, and what stands before it, in every mode and size."""
        for mode in self.film.modes:
            self.program.theme.set_mode("light" if mode == "light" else "dark")
            for size in sizes:
                self.window.resize(size)
                await asyncio.sleep(SETTLE_S)
                self.save(self.picture(), name, mode, f"{size.width()}x{size.height()}")

    def save(self, picture: QPixmap, name: str, mode: str, size: str) -> None:
        ratio = f"{self.window.devicePixelRatioF():g}x"
        file = self.film.out / f"{name.replace(' ', '-')}-{size}-{mode}-{ratio}.png"
        # Half as small as it could be, in a fifth of the time.
        if not picture.save(str(file), quality=70):
            raise OSError(f"{file} could not be written")

    def picture(self) -> QPixmap:
        """The window with the dialogs and menus over it: the platform has no screen to take them from."""
        if (full := self.program.view.player.full_screen) is not None:
            return full.grab()
        shot = self.window.grab()
        painter = QPainter(shot)
        for top in QApplication.topLevelWidgets():
            if top is self.window or not top.isVisible() or not top.isWindow():
                continue
            if top.windowType() in (Qt.WindowType.Dialog, Qt.WindowType.Sheet):
                middle = QPoint(self.window.width() - top.width(), self.window.height() - top.height()) / 2
                painter.drawPixmap(middle, top.grab())
            elif top.windowType() is Qt.WindowType.Popup:
                painter.drawPixmap(self.window.mapFromGlobal(top.pos()), top.grab())
        painter.end()
        return shot

    def open_more(self) -> None:
        """Open the menu of everything else that can be done with a clip."""
        bar = self.window.findChild(ActionBar)
        assert bar is not None
        menu = part(bar, QMenu, "moreMenu")
        menu.popup(bar.mapToGlobal(QPoint(bar.width() - 220, -260)))


@asynccontextmanager
async def practising(film: Film, folder: Path) -> AsyncIterator[Desk]:
    """Without a key: on the embedded service."""
    async with _at_desk(film, folder, None, None) as desk:
        yield desk


@asynccontextmanager
async def connected(film: Film, folder: Path, service: Sandbox) -> AsyncIterator[Desk]:
    """With a good key, given by the environment."""
    async with _at_desk(film, folder, service.base_url, fresh_key()) as desk:
        await until(lambda: desk.standing is Standing.CONNECTED, PATIENCE_S)
        yield desk


@asynccontextmanager
async def refused(film: Film, folder: Path, service: Sandbox) -> AsyncIterator[Desk]:
    """With a key that is none."""
    async with _at_desk(film, folder, service.base_url, "invalid") as desk:
        await until(lambda: desk.standing is Standing.KEY_REFUSED, PATIENCE_S)
        yield desk


@asynccontextmanager
async def _at_desk(film: Film, folder: Path, base_url: str | None, key: str | None) -> AsyncIterator[Desk]:
    program = open_program(folder / "data", base_url=base_url, key=key)
    set_reduced_motion(True)
    program.settings.set(replace(program.settings.value, muted=True))
    desk = Desk(program)
    desk.film, desk.by_key, desk.clips_folder = film, {}, program.settings.value.clips_folder
    try:
        await desk.sit_down()
        yield desk
    finally:
        await desk.clear()
        await desk.leave()
