"""The window and its panes, made and tied together."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from venice_studio.app import desktop
from venice_studio.domain.problem import Problem
from venice_studio.domain.quote import Quote, money
from venice_studio.studio.clock import SystemClock
from venice_studio.studio.studio import Studio
from venice_studio.ui.compose.pane import ComposePane
from venice_studio.ui.images import ImageWorker
from venice_studio.ui.player import Player
from venice_studio.ui.stage.desktop import Desktop
from venice_studio.ui.stage.director import Director
from venice_studio.ui.theme import Theme
from venice_studio.ui.widgets import Choice, ask
from venice_studio.ui.window import Window


class View:
    """Everything that is seen, over a studio."""

    def __init__(self, studio: Studio, theme: Theme, *, quit_: Callable[[], None]) -> None:
        self._studio = studio
        self._images = ImageWorker()
        self.player = Player()
        self.compose = ComposePane(studio, self._images)
        ways_out = Desktop(
            show_in_folder=desktop.show_in_folder,
            open_file=desktop.open_file,
            browse_picture=self.compose.browse,
            connect_venice=self.connect_venice,
            confirm_price=self._confirm_price,
        )
        self.director = Director(studio, self.player, self._images, ways_out, SystemClock(), self.compose)
        self.window = Window(
            compose=self.compose, stage=self.director.stage, jobs=self.director.pane, status=[QWidget()]
        )
        self.window.restore(studio.settings.value.geometry)
        self.window.close_asked.connect(quit_)
        self._add_menus(quit_)

    def connect_venice(self) -> None:
        """Open the dialog for the key."""

    async def cannot_start(self, problem: Problem) -> None:
        """Say why nothing can be done."""
        await ask(self.window, "Venice Studio cannot start", problem.message, Choice("ok", "Close"), safe="ok")

    def stop(self) -> None:
        """Take no more gestures: the end is near."""
        self.window.setEnabled(False)
        self.player.pause()

    def close(self) -> None:
        """Let go of the clip and of the threads, and close the window."""
        self.player.teardown()
        self._images.close()
        self.window.let_close()

    async def _confirm_price(self, old: Quote, new: Quote) -> bool:
        before, now = money(old.amount, old.currency), money(new.amount, new.currency)
        text = f"It was {before} and is {now} now."
        answer = await ask(self.window, "The price changed", text, Choice("send", f"Send for {now}"))
        return answer == "send"

    def _add_menus(self, quit_: Callable[[], None]) -> None:
        commands = self.window.commands
        self.window.add_menu("&File", [*self.compose.actions_for_menus, None, commands.add("Quit", quit_, "Ctrl+Q")])
