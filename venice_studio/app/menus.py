"""Menus and keys: every command of the program, with the words the palette finds it by."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtGui import QAction

from venice_studio.library.settings import Theme
from venice_studio.studio.studio import Studio
from venice_studio.ui.binding import until_destroyed
from venice_studio.ui.compose.pane import ComposePane
from venice_studio.ui.jobs import offers
from venice_studio.ui.jobs.offers import LABELS, Act
from venice_studio.ui.stage.director import Director
from venice_studio.ui.window import Window

CLIP_ACTS: tuple[tuple[Act, str] | None, ...] = (
    (Act.CONTINUE, "Ctrl+E"),
    (Act.REUSE, "Ctrl+R"),
    (Act.COMPARE, "Ctrl+B"),
    None,
    (Act.SAVE_AS, "Ctrl+S"),
    (Act.SHOW_IN_FOLDER, "Ctrl+Shift+O"),
    (Act.OPEN, ""),
    (Act.COPY_PROMPT, "Ctrl+Shift+C"),
    (Act.COPY_RECEIPT, ""),
    None,
    (Act.TAKE_BACK, ""),
    (Act.DELETE, ""),
)


def add_menus(
    window: Window,
    studio: Studio,
    compose: ComposePane,
    director: Director,
    *,
    several: Callable[[], object],
    connect: Callable[[], object],
    settings: Callable[[], object],
    spending: Callable[[], object],
    about: Callable[[], object],
    quit_: Callable[[], object],
) -> None:
    """Fill the window's menu bar and its palette."""
    add = window.commands.add

    def find_clips() -> None:
        window.show_jobs()
        director.pane.focus_search()

    bring_back = add("Bring back the form as it was", studio.composer.undo, "Ctrl+Z")
    # Who holds the key down in the prompt means the letters.
    bring_back.setAutoRepeat(False)
    for action in compose.actions_for_menus:
        window.commands.adopt(action)
    window.add_menu(
        "&File",
        [
            *compose.actions_for_menus,
            add("Try several models…", several, "Ctrl+Shift+M"),
            None,
            add("Connect Venice…", connect),
            add("Settings…", settings, "Ctrl+,"),
            None,
            add("Quit", quit_, "Ctrl+Q"),
        ],
    )
    window.add_menu(
        "&Edit",
        [
            bring_back,
            add("Find clips", find_clips, "Ctrl+F"),
        ],
    )
    clip_acts = {entry[0]: _clip_act(window, director, *entry) for entry in CLIP_ACTS if entry is not None}
    window.add_menu("&Clip", [None if entry is None else clip_acts[entry[0]] for entry in CLIP_ACTS])

    def offer_what_can_be_done(_change: object = None) -> None:
        job = director.stage.job
        possible = offers.menu(job) if job is not None else ()
        for act, action in clip_acts.items():
            action.setEnabled(act in possible)

    director.pane.chosen.connect(offer_what_can_be_done)
    until_destroyed(
        window,
        studio.runner.ledger.changed.connect(offer_what_can_be_done),
        studio.runner.ledger.removed.connect(offer_what_can_be_done),
    )
    offer_what_can_be_done()
    window.add_menu(
        "&View",
        [
            window.toggle_jobs,
            add("Spending…", spending),
            None,
            *(add(words, _theme(studio, theme)) for theme, words in _THEMES.items()),
        ],
    )
    window.add_menu("&Help", [window.find_command, None, add("About Venice Studio", about)])


_THEMES = {
    Theme.SYSTEM: "Colours as the system has them",
    Theme.DARK: "Dark colours",
    Theme.LIGHT: "Light colours",
}


def _theme(studio: Studio, theme: Theme) -> Callable[[], None]:
    return lambda: studio.settings.set(replace(studio.settings.value, theme=theme))


def _clip_act(window: Window, director: Director, act: Act, keys: str) -> QAction:
    return window.commands.add(LABELS[act], lambda: director.perform(act), keys)
