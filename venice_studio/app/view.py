"""The window and its panes, made and tied together."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import qVersion

from venice_studio import __version__
from venice_studio.app import desktop
from venice_studio.app.menus import add_menus
from venice_studio.app.notices import Notices
from venice_studio.app.quitting import before_quitting
from venice_studio.domain.job import Job, Refused
from venice_studio.domain.problem import Problem
from venice_studio.domain.quote import Quote, money
from venice_studio.library.threads import Worker
from venice_studio.studio.clock import SystemClock
from venice_studio.studio.several import Contender
from venice_studio.studio.studio import Studio
from venice_studio.ui.compose.pane import ComposePane
from venice_studio.ui.compose.passing import may_be_passed_on
from venice_studio.ui.connect.key_dialog import KeyDialog
from venice_studio.ui.connect.status import status_parts
from venice_studio.ui.drops import DropsElsewhere
from venice_studio.ui.images import ImageWorker
from venice_studio.ui.jobs.offers import Act
from venice_studio.ui.player import Player
from venice_studio.ui.settings.dialog import SettingsDialog
from venice_studio.ui.several import SeveralDialog
from venice_studio.ui.spending import SpendingDialog, SpentToday
from venice_studio.ui.stage.desktop import Desktop
from venice_studio.ui.stage.director import Director
from venice_studio.ui.widgets import AsyncDialog, Choice, ask
from venice_studio.ui.window import Window


class View:
    """Everything that is seen, over a studio."""

    def __init__(
        self,
        studio: Studio,
        window: Window,
        *,
        usual_folder: Path,
        worker: Worker,
        quit_: Callable[[], None],
        breathe: Callable[[], None],
    ) -> None:
        """`breathe` is called between the parts, so that a window that is shown already answers meanwhile."""
        self._studio = studio
        self.window = window
        self._usual_folder = usual_folder
        self._images = ImageWorker()
        self._worker = worker
        self._dialog: AsyncDialog | None = None
        self.player = Player()
        breathe()
        self.compose = ComposePane(studio, self._images)
        breathe()
        ways_out = Desktop(
            show_in_folder=desktop.show_in_folder,
            open_file=desktop.open_file,
            open_page=desktop.open_page,
            browse_picture=self.compose.browse,
            connect_venice=self.connect_venice,
            confirm_price=self._confirm_price,
        )
        self._clock = SystemClock()
        self.director = Director(studio, self.player, self._images, ways_out, self._clock, self.compose)
        # The stage is the largest place in the window: people drop their pictures there.
        self._drops = DropsElsewhere(self.director.stage, self.compose)
        self._status = status_parts(studio.connection)
        self._spent_today = SpentToday(studio)
        standing, *rest = self._status.widgets
        breathe()
        self.window.furnish(
            compose=self.compose,
            stage=self.director.stage,
            jobs=self.director.pane,
            status=(standing, self._spent_today, *rest),
        )
        # Kept as long as the window, so that its parts can be found before it is opened.
        self._key_dialog = KeyDialog(self.window, studio.connection, studio.tasks)
        self._notices = Notices(self.window, worker)
        self._restore_player()
        self._connect(quit_)

    def connect_venice(self) -> None:
        """Open the dialog for the key."""
        self._key_dialog.open()

    def try_several(self) -> None:
        """Open the table of models that could make the draft."""
        draft = self._studio.composer.draft.value

        async def may_pass(chosen: Sequence[Contender]) -> bool:
            models = [contender.model for contender in chosen]
            return await may_be_passed_on(self._studio, draft, models, self.compose.ask)

        dialog = SeveralDialog(self.window, self._studio, may_pass)
        dialog.accepted.connect(lambda: self.compose.press.look_at(dialog.jobs, draft))
        self._open(dialog)

    def open_settings(self) -> None:
        """Open the settings."""
        self._open(self._settings_dialog())

    def open_spending(self) -> None:
        """Open what was spent."""
        self._open(SpendingDialog(self.window, self._studio, self._worker))

    def choose_folder(self) -> None:
        """Open the settings at the folder for clips."""
        dialog = self._settings_dialog()
        self._open(dialog)
        dialog.choose_folder()

    async def cannot_start(self, reason: str) -> None:
        """Say why nothing can be done."""
        await ask(self.window, "Venice Studio cannot start", reason, Choice("ok", "Close"), safe="ok")

    def stop(self) -> None:
        """Take no more gestures: the end is near."""
        self.window.setEnabled(False)
        self.player.pause()

    def close(self) -> None:
        """Let go of the clip and of the threads, and close the window."""
        self._notices.close()
        self.player.teardown()
        self._images.close()
        self.window.let_close()

    async def may_quit(self) -> bool:
        """Ask, where clips are on their way: they go on without the program, and the user should know."""
        ledger = self._studio.runner.ledger
        asked = before_quitting(ledger.jobs.values(), ledger.unwritten, self._clock.now())
        return asked is None or await ask(self.window, asked.title, asked.text, asked.go) == asked.go.key

    def _connect(self, quit_: Callable[[], None]) -> None:
        self.window.close_asked.connect(quit_)
        self.compose.connect_asked.connect(self.connect_venice)
        self.compose.folder_asked.connect(self.choose_folder)
        self.compose.settings_asked.connect(self.open_settings)
        self.compose.agree_asked.connect(self._agree)
        self.compose.several_asked.connect(self.try_several)
        self._status.connect.clicked.connect(self.connect_venice)
        self._status.settings.clicked.connect(self.open_settings)
        self._spent_today.clicked.connect(self.open_spending)
        self.player.settings_changed.connect(self._keep_player_settings)
        self._studio.notice.connect(self._show_notice)
        self._studio.runner.saved.connect(self._tell_saved)
        add_menus(
            self.window,
            self._studio,
            self.compose,
            self.director,
            several=self.try_several,
            connect=self.connect_venice,
            settings=self.open_settings,
            spending=self.open_spending,
            about=lambda: self._studio.tasks.start(self._about(), "about"),
            quit_=quit_,
        )

    def _settings_dialog(self) -> SettingsDialog:
        return SettingsDialog(self.window, self._studio, usual_folder=self._usual_folder, open_key=self.connect_venice)

    def _restore_player(self) -> None:
        settings = self._studio.settings.value
        self.player.volume, self.player.muted, self.player.loop = settings.volume, settings.muted, settings.loop

    def _keep_player_settings(self) -> None:
        settings, player = self._studio.settings, self.player
        settings.set(replace(settings.value, volume=player.volume, muted=player.muted, loop=player.loop))

    def _agree(self, problem: Problem) -> None:
        """Ask about the job whose refusal was said across the form, wherever in the list it is by now."""
        jobs = self._studio.runner.ledger.jobs.values()
        asking = [job for job in jobs if isinstance(job.state, Refused) and job.state.problem is problem]
        if asking:
            self.director.acts.perform(Act.AGREE, asking[-1].id)

    def _show_notice(self, problem: Problem) -> None:
        self.compose.banner.show_notice("bad", problem.message)

    def _tell_saved(self, job: Job) -> None:
        if not job.hidden:
            told = self._notices.tell("Your clip is ready", job.request.prompt)
            self._studio.tasks.start(told, "notice")

    def _open(self, dialog: AsyncDialog) -> None:
        self._dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    async def _about(self) -> None:
        text = (
            f"Version {__version__}. AI video from a prompt or a picture, made by Venice.\n\n"
            f"Free software under the MIT licence. Built with Qt {qVersion()} (LGPL 3), "
            "FFmpeg and others: see THIRD-PARTY-NOTICES.md."
        )
        await ask(self.window, "Venice Studio", text, Choice("ok", "Close"), safe="ok")

    async def _confirm_price(self, old: Quote, new: Quote) -> bool:
        before, now = money(old.amount, old.currency), money(new.amount, new.currency)
        if old == new:
            text = "It is more than you want to spend without being asked. Nothing has been sent yet."
            title = f"This costs {now}. Send it?"
            return await ask(self.window, title, text, Choice("send", f"Send for {now}")) == "send"
        text = f"It was {before} and is {now} now."
        return await ask(self.window, "The price changed", text, Choice("send", f"Send for {now}")) == "send"
