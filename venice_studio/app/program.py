"""The composition root: every part is made here, once, and handed what it needs."""

import asyncio
import logging
import os
import signal
import sys
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QTimer

from venice_studio.app.caret import RestingCaret
from venice_studio.app.desktop import trash
from venice_studio.app.folders import Folders, folders
from venice_studio.app.garbage import GuiThreadGarbage
from venice_studio.app.loop import LoopAtHand
from venice_studio.app.opening import Opening
from venice_studio.app.services import Services
from venice_studio.app.view import View
from venice_studio.command_line import Options
from venice_studio.domain.job import Account
from venice_studio.domain.model import Dialect, VideoModel
from venice_studio.domain.polling import Pace
from venice_studio.domain.problem import Trouble
from venice_studio.library.clips import ClipFolder
from venice_studio.library.draft_file import DraftFile
from venice_studio.library.kept_listings import KeptListings
from venice_studio.library.keys import KeyChest
from venice_studio.library.settings import Settings, SettingsFile
from venice_studio.library.shelf import MediaShelf
from venice_studio.library.store import Store
from venice_studio.library.threads import Threads
from venice_studio.studio.catalogue import Catalogue
from venice_studio.studio.clock import SystemClock
from venice_studio.studio.collector import Collector
from venice_studio.studio.composer import Composer
from venice_studio.studio.connection import KEY_VARIABLE as KEY_VARIABLE
from venice_studio.studio.connection import VENICE, Connection
from venice_studio.studio.ledger import Ledger
from venice_studio.studio.practice import DEFAULT_SPEED, Practice
from venice_studio.studio.quoter import Quoter
from venice_studio.studio.runner import Runner
from venice_studio.studio.signals import Value
from venice_studio.studio.studio import Studio
from venice_studio.studio.tasks import Tasks
from venice_studio.venice.catalog import builtin, read

log = logging.getLogger(__name__)

SELF_TEST_SPEED = 20.0
"""How much faster than real practice is during a self-test."""


class Program:
    """The whole program. Nothing works behind the window until it is shown first, or `begin` is called.

    A window that an `opening` shows already is filled, and the work starts as soon as events are processed.
    """

    def __init__(
        self,
        options: Options,
        *,
        opening: Opening | None = None,
        pace: Pace | None = None,
        practice_speed: float | None = None,
    ) -> None:
        self.options = options
        self._scratch = tempfile.TemporaryDirectory(prefix="venice-studio-") if _needs_scratch(options) else None
        places = folders(Path(self._scratch.name) if self._scratch else options.data_dir)
        opening = opening or Opening(places)
        self.app, self.theme, self.window, self._one = opening.app, opening.theme, opening.window, opening.one
        self._loop = LoopAtHand(self.app)
        self.tasks = Tasks(self._loop)
        self._threads = Threads()
        self._settings_file = SettingsFile(places.settings, self._threads.disk)
        self.settings: Value[Settings] = Value(self._settings_file.load())
        self._default_clips = places.clips
        self._thumbnails = places.thumbnails
        self._pictures = MediaShelf(places.pictures, self._threads.media)
        self._services = Services(self._pictures.file)
        self._begun = False
        self._quitting: asyncio.Task[None] | None = None
        self._garbage: GuiThreadGarbage | None = None
        self._caret: RestingCaret | None = None
        self.cannot_start: str | None = None
        """Why nothing can be done: the user is told, and the program ends; a self-test tells it and ends by itself."""
        self.ended = asyncio.Event()
        if options.base_url and options.speed:
            pace = pace or Pace().faster(options.speed)
        self.studio = self._studio(places, pace, practice_speed or options.speed)
        self.theme.complete()
        opening.breathe()
        self.view = View(
            self.studio,
            self.window,
            usual_folder=places.clips,
            worker=self._threads.disk,
            quit_=self.ask_to_quit,
            breathe=opening.breathe,
        )
        self.settings.bind(self._settings_changed)
        self._begin_when_events_are_processed(opening)

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        """The loop to run the program on, for example `program.loop.run_until_complete(program.ended.wait())`."""
        return self._loop.own

    def begin(self) -> None:
        """Start the work behind the window; happens by itself when the window is first shown."""
        if not self._begun:
            self._begun = True
            self._garbage = GuiThreadGarbage(self.window)
            self._caret = RestingCaret(self.app)
            self.tasks.start(self._start(), "start")

    def ask_to_quit(self) -> None:
        """Quit, unless the user would rather stay with what is on its way."""
        self.tasks.start(self._ask_to_quit(), "ask to quit")

    async def _ask_to_quit(self) -> None:
        if await self.view.may_quit():
            self.quit()

    def quit(self) -> None:
        """End everything in order, then close the window. Renders go on at the service."""
        if self._quitting is None and not self.ended.is_set():
            self._quitting = self._loop().create_task(self.close(), name="quit")

    async def close(self) -> None:
        """End everything in order."""
        if self.ended.is_set():
            return
        self.view.stop()
        self.settings.set(replace(self.settings.value, geometry=self.window.remember()))
        try:
            await self._settings_file.save(self.settings.value)
        except Trouble as trouble:
            # A full disk: what is paid for is to be seen through all the same, and the window to close.
            log.warning("The settings were not saved: %s", trouble)
        await self.studio.close()
        self.view.close()
        if self._garbage is not None:
            self._garbage.end()
        if self._caret is not None:
            self._caret.end()
        await self._services.aclose()
        self._threads.close()
        if self._scratch is not None:
            self._scratch.cleanup()
        self._one.leave()
        self.ended.set()
        self._loop.end()

    def run(self, errand: Callable[[], Awaitable[int]] | None = None) -> int:
        """Show the window and run until it is closed, or until `errand` is done; gives the exit code."""
        # Every step is safe against a kill; waiting for Python to notice Ctrl+C would need a timer that never rests.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        if not self._one.first():
            print("Venice Studio is already running. Its window has been brought to the front.", file=sys.stderr)
            return 0
        loop = self.loop
        self.window.show()
        try:
            return loop.run_until_complete(self._run(errand))
        finally:
            loop.close()

    async def _run(self, errand: Callable[[], Awaitable[int]] | None) -> int:
        code = 0
        if errand is not None:
            code = await errand()
            await self.close()
        await self.ended.wait()
        return code

    async def _start(self) -> None:
        try:
            await self._services.prepare()
            await self.studio.start()
        except Trouble as trouble:
            await self._tell_cannot_start(trouble.problem.message)
        except Exception as error:
            # Nobody foresaw it, so nobody knows what still works.
            log.exception("The program cannot start")
            await self._tell_cannot_start(
                f"Something went wrong that nobody foresaw. Please start it again.\n\n{error}"
            )

    async def _tell_cannot_start(self, why: str) -> None:
        self.cannot_start = why
        if not self.options.self_test:
            await self.view.cannot_start(why)
            self.quit()

    def _studio(self, places: Folders, pace: Pace | None, practice_speed: float | None) -> Studio:
        options, clock, composer = self.options, SystemClock(), Composer()
        speed = practice_speed or (1.0 if self.settings.value.practice_real_waits else DEFAULT_SPEED)
        if options.self_test:
            speed = practice_speed or SELF_TEST_SPEED
        floor = builtin(Dialect.REFERENCE)
        composer.set_models(floor)
        connection = Connection(
            tasks=self.tasks,
            chest=KeyChest(),
            practice_service=_practice(places.practice, speed, Dialect.REFERENCE),
            practice_all=_practice(places.practice_all, speed, Dialect.LIVE),
            wants_all=lambda: self.settings.value.practice_all_models and not options.self_test,
            make_service=self._services.make,
            fingerprint=self._services.fingerprint,
            base_url=options.base_url or VENICE,
            environment_key=os.environ.get(KEY_VARIABLE) or None,
            only_practice=options.sandbox or (options.self_test and options.base_url is None),
            pace=pace,
            clock=clock,
        )
        collector = Collector(folder_for=self._clip_folder, trash=trash, threads=self._threads)
        ledger = Ledger(lambda: Store.open(places.jobs, self._threads.database))
        return Studio(
            tasks=self.tasks,
            composer=composer,
            quoter=Quoter(tasks=self.tasks, clock=clock),
            connection=connection,
            catalogue=Catalogue(
                floor=floor,
                kept=KeptListings(places.listings, self._threads.disk, read),
                clock=clock,
                facts=lambda: self._threads.disk.run(_every_builtin),
            ),
            runner=Runner(
                ledger=ledger,
                connection=connection,
                collector=collector,
                tasks=self.tasks,
                clock=clock,
                copy_at_venice=lambda: self.settings.value.copy_at_venice,
                tag_clips=lambda: self.settings.value.tag_clips,
            ),
            pictures=self._pictures,
            fetch_picture=self._services.fetch_picture,
            settings=self.settings,
            # A self-test is nobody's writing.
            draft_file=None if options.self_test else DraftFile(places.draft, self._threads.disk),
        )

    def _clip_folder(self, account: Account) -> ClipFolder:
        chosen = self.settings.value.clips_folder
        path = Path(chosen) if chosen else self._default_clips
        # Practice clips are kept apart: nobody should take one for the work of a model.
        folder = path / "Practice" if account.practice else path
        within = path if chosen else None
        return ClipFolder(folder, thumbnails=self._thumbnails, threads=self._threads, within=within)

    def _begin_when_events_are_processed(self, opening: Opening) -> None:
        """Then it is known who processes them."""
        if not opening.shown:
            self.window.shown_first.connect(lambda: QTimer.singleShot(0, self.begin))
            return
        QTimer.singleShot(0, self.begin)
        if opening.close_asked:
            QTimer.singleShot(0, self.ask_to_quit)

    def _settings_changed(self, settings: Settings) -> None:
        self.theme.set_mode(settings.theme.value)
        if self._begun:
            self.tasks.start(self._settings_file.save(settings), "settings")


def _every_builtin() -> Sequence[VideoModel]:
    return [model for dialect in Dialect for model in builtin(dialect)]


def _practice(state_dir: Path, speed: float, dialect: Dialect) -> Practice:
    """The service for those without a key; every model there is and every input are known in the live dialect only."""
    command = [sys.executable, "-m", "venice_studio.sandbox", "--dialect", dialect.value]
    return Practice(state_dir=state_dir, command=command, environment=_with_this_package(), speed=speed)


def _with_this_package() -> dict[str, str]:
    """The environment for a child that finds this very package, from whichever folder it runs."""
    package_root = str(Path(__file__).resolve().parents[2])
    others = os.environ.get("PYTHONPATH")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([package_root, others] if others else [package_root])}
    # The practice service has no use for the key.
    environment.pop(KEY_VARIABLE, None)
    return environment


def _needs_scratch(options: Options) -> bool:
    """A self-test leaves nothing behind, unless it was told where."""
    return options.self_test and options.data_dir is None
