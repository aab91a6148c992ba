"""Every state the window can be in, each brought about by what the user or the service does."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from tests.app.sitting import PATIENCE_S
from tests.screenshots import inputs, picker
from tests.screenshots.desk import (
    EVERY_SIZE,
    LARGE,
    MIDDLE,
    SMALL,
    SMALLEST,
    USUAL,
    Desk,
    Film,
    connected,
    practising,
    refused,
)
from tests.screenshots.material import LONG, MARKUP, MIXED, PROMPTS
from tests.support.sandbox import Sandbox
from tests.ui.driving import click, part, until
from venice_studio.app.gestures import find
from venice_studio.domain.model import Basis
from venice_studio.domain.problem import Kind, Problem
from venice_studio.domain.quote import Checking, QuoteFailed
from venice_studio.ui.connect.key_dialog import KeyDialog
from venice_studio.ui.jobs.offers import Act
from venice_studio.ui.jobs.words import Section
from venice_studio.ui.settings.dialog import SettingsDialog
from venice_studio.ui.several import SeveralDialog
from venice_studio.ui.stage.delete_dialog import DeleteDialog
from venice_studio.ui.widgets import Segments

TWO_SIZES = (SMALL, USUAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A name, how to get there, and the sizes it is worth looking at."""

    name: str
    go: Callable[[Desk], Awaitable[None]]
    sizes: Sequence[QSize] = TWO_SIZES


def job(name: str, key: str = "", sizes: Sequence[QSize] = TWO_SIZES, frame: int = 20) -> Scene:
    """A job that is looked at."""
    return Scene(name=name, go=lambda desk: desk.look_at(key or name, frame=frame), sizes=sizes)


# Practice


async def first_run(desk: Desk) -> None:
    del desk


async def words_chosen(desk: Desk) -> None:
    click(part(desk.window, QWidget, "promptStarter"))
    await desk.priced()


async def key_dialog(desk: Desk) -> None:
    desk.program.view.connect_venice()
    await desk.until_open(KeyDialog)


async def several_models(desk: Desk) -> None:
    click(part(desk.window, QWidget, "promptStarter"))
    await desk.priced()
    desk.program.view.try_several()
    await desk.until_open(SeveralDialog)
    dialog = next(top for top in QApplication.topLevelWidgets() if isinstance(top, SeveralDialog))
    for row in (1, 2):
        dialog.model.toggle(row)
    await until(lambda: desk.studio.several.total(dialog.model.contenders) is not None, PATIENCE_S)


async def settings(desk: Desk) -> None:
    desk.program.view.open_settings()
    await desk.until_open(SettingsDialog)


async def practice_clip(desk: Desk) -> None:
    await desk.fill()
    await desk.look_at("saved")


# With a key


async def playing(desk: Desk) -> None:
    await desk.look_at("takes")
    desk.program.view.player.play()
    await until(lambda: desk.program.view.player.frame > 24)


async def no_match(desk: Desk) -> None:
    await desk.look_at("saved")
    part(desk.window, QLineEdit, "searchEdit").setText("zeppelin")
    part(desk.window, Segments, "stateFilter").select(Section.NEEDS_YOU.value)
    await until(lambda: desk.program.view.director.pane.model.rowCount() == 0)


async def filtered(desk: Desk) -> None:
    await desk.look_at("refused")
    part(desk.window, Segments, "stateFilter").select(Section.NEEDS_YOU.value)


async def hidden(desk: Desk) -> None:
    await desk.look_at("rendering")
    desk.program.view.director.acts.perform(Act.HIDE, desk.by_key["rendering"])
    await asyncio.sleep(0.2)


async def balance_said(desk: Desk) -> None:
    await desk.look_at("doubtful")
    desk.program.view.director.acts.perform(Act.BALANCE, desk.by_key["doubtful"])
    await asyncio.sleep(0.3)


async def drawer(desk: Desk) -> None:
    desk.window.resize(SMALL)
    await desk.look_at("saved")
    desk.window.show_jobs()


async def palette(desk: Desk) -> None:
    desk.window.resize(USUAL)
    await desk.look_at("saved")
    desk.window.find_command.trigger()


async def palette_found(desk: Desk) -> None:
    await palette(desk)
    words = find(find(desk.window, "commandPalette", QWidget), "", QLineEdit)
    QTest.keyClicks(words, "colours")


async def more(desk: Desk) -> None:
    desk.window.resize(SMALL)
    await desk.look_at("saved")
    await asyncio.sleep(0.1)
    desk.open_more()


async def delete(desk: Desk) -> None:
    await desk.look_at("saved")
    desk.program.view.director.acts.perform(Act.DELETE, desk.by_key["saved"])
    await desk.until_open(DeleteDialog)


async def two_takes_asked(desk: Desk) -> None:
    await desk.look_at("takes")
    desk.studio.composer.set_takes(2)
    await desk.priced()


async def many_words(desk: Desk) -> None:
    await desk.look_at("long")
    desk.studio.composer.edit(prompt=LONG * 2)
    desk.studio.notice.emit(Problem(kind=Kind.SERVICE, message=MARKUP * 2))


async def mixed_words(desk: Desk) -> None:
    await desk.look_at("mixed")
    desk.studio.composer.edit(prompt=MIXED)


async def long_clips_folder(desk: Desk) -> None:
    desk.studio.composer.edit(prompt=PROMPTS["gondola"])
    folder = desk.film.clips / "A folder with a rather long name that somebody once made" / "and another one inside it"
    desk.studio.settings.set(replace(desk.studio.settings.value, clips_folder=str(folder)))
    desk.program.view.open_settings()
    await desk.until_open(SettingsDialog)


async def focus_in_list(desk: Desk) -> None:
    await desk.look_at("saved")
    find(desk.window, "jobList", QWidget).setFocus(Qt.FocusReason.TabFocusReason)


async def focus_on_clip(desk: Desk) -> None:
    await desk.look_at("saved")
    desk.program.view.player.surface.setFocus(Qt.FocusReason.TabFocusReason)


async def full_screen(desk: Desk) -> None:
    await desk.look_at("saved")
    desk.program.view.player.enter_full_screen()


def compared(key: str, frame: int = 20) -> Scene:
    """Two clips beside one another, the first being `key`."""

    async def go(desk: Desk) -> None:
        await desk.look_at(key, frame=frame)
        click(find(desk.window, "compareButton", QAbstractButton))
        player = desk.program.view.player
        assert player.compared is not None
        second = player.compared
        await until(lambda: not player.frame_of(second)[0].isNull())

    return Scene(name=f"compared {key}", go=go, sizes=EVERY_SIZE)


PRACTICE = (
    Scene(name="first run", go=first_run, sizes=EVERY_SIZE),
    Scene(name="first run words", go=words_chosen),
    Scene(name="key dialog", go=key_dialog),
    Scene(name="several models", go=several_models),
    Scene(name="settings", go=settings),
    Scene(name="practice clip", go=practice_clip),
)
CONNECTED = (
    job("saved", sizes=EVERY_SIZE),
    Scene(name="playing", go=playing),
    Scene(name="full screen", go=full_screen, sizes=(LARGE,)),
    Scene(name="focus in list", go=focus_in_list, sizes=(USUAL,)),
    Scene(name="focus on clip", go=focus_on_clip),
    compared("saved"),
    compared("portrait"),
    job("rendering", sizes=EVERY_SIZE),
    job("rendering from picture"),
    job("waiting"),
    job("held"),
    Scene(name="takes", go=two_takes_asked),
    job("four takes"),
    job("portrait", sizes=EVERY_SIZE),
    job("square"),
    job("refused", sizes=EVERY_SIZE),
    job("refused fields"),
    job("advised"),
    job("doubtful"),
    Scene(name="balance said", go=balance_said),
    job("failed charged"),
    job("failed refunded"),
    job("stopped"),
    job("markup"),
    job("broken file"),
    job("missing file"),
    Scene(name="no match", go=no_match),
    Scene(name="filtered", go=filtered),
    Scene(name="drawer", go=drawer, sizes=(SMALLEST, SMALL)),
    Scene(name="more menu", go=more, sizes=(SMALL,)),
    Scene(name="palette", go=palette, sizes=(USUAL,)),
    Scene(name="palette found", go=palette_found, sizes=(USUAL,)),
    Scene(name="delete", go=delete),
    Scene(name="hidden", go=hidden),
    Scene(name="many words", go=many_words, sizes=(SMALLEST, USUAL)),
    Scene(name="mixed words", go=mixed_words),
    Scene(name="settings long folder", go=long_clips_folder),
)


async def key_refused(desk: Desk) -> None:
    desk.studio.composer.edit(prompt=PROMPTS["gondola"])
    await until(lambda: isinstance(desk.studio.quoter.state.value, QuoteFailed), PATIENCE_S)


NARROW, WIDE = QSize(900, 700), QSize(1800, 1000)
INPUTS = tuple(Scene(name=name, go=go, sizes=(NARROW, MIDDLE, WIDE)) for name, go in inputs.SCENES)
PICKER = tuple(Scene(name=name, go=go, sizes=(SMALLEST, MIDDLE)) for name, go in picker.SCENES)
REFUSED = (Scene(name="key refused", go=key_refused),)


def checking(service: Sandbox) -> Scene:
    """The service takes its time."""

    async def go(desk: Desk) -> None:
        await desk.look_at("saved")
        if sys.platform != "win32":
            os.kill(service.pid, signal.SIGSTOP)
        _other_price(desk)
        await until(lambda: isinstance(desk.studio.quoter.state.value, Checking))
        await desk.until_said("quoteState", "checking the price")

    return Scene(name="checking price", go=go)


def standing_still(service: Sandbox) -> Sequence[Scene]:
    """Scenes for which the service must not answer."""
    return () if sys.platform == "win32" else (checking(service),)


def offline(service: Sandbox) -> Scene:
    """The service is gone."""

    async def go(desk: Desk) -> None:
        await desk.look_at("rendering")
        service.kill()
        _other_price(desk)
        await desk.studio.connection.refresh_balance()
        await until(lambda: isinstance(desk.studio.quoter.state.value, QuoteFailed), PATIENCE_S)
        await desk.until_said("quoteState", "no connection")

    return Scene(name="offline", go=go)


def _other_price(desk: Desk) -> None:
    """Choose a model whose price nobody has asked for yet."""
    composer = desk.studio.composer
    others = [
        model for model in composer.models.value if model.basis is Basis.FRAMES and model.name not in desk.priced_models
    ]
    desk.priced_models.add(others[0].name)
    composer.choose_model(others[0].id)


async def shoot(film: Film, folder: Path) -> None:
    """Go through all scenes that are wanted."""
    if scenes := _wanted(film, PRACTICE):
        async with practising(film, folder / "practice") as desk:
            await _go_through(desk, scenes)
    if scenes := _wanted(film, (*INPUTS, *PICKER)):
        with Sandbox("--dialect", "live", speed=1) as service:
            async with connected(film, folder / "inputs", service) as desk:
                await _go_through(desk, scenes)
    with Sandbox(speed=1) as service:
        if scenes := _wanted(film, REFUSED):
            async with refused(film, folder / "refused", service) as desk:
                await _go_through(desk, scenes)
        if scenes := _wanted(film, (*CONNECTED, *standing_still(service), offline(service))):
            async with connected(film, folder / "connected", service) as desk:
                await desk.fill()
                await _go_through(desk, scenes)
                # It may stand still since one of the scenes, and nobody needs it any more.
                service.kill()


def _wanted(film: Film, scenes: Sequence[Scene]) -> Sequence[Scene]:
    return [scene for scene in scenes if film.only in scene.name]


async def _go_through(desk: Desk, scenes: Sequence[Scene]) -> None:
    for scene in scenes:
        await scene.go(desk)
        few = [size for size in scene.sizes if size in (SMALLEST, USUAL)] or scene.sizes[:1]
        await desk.take(scene.name, few if desk.film.few else scene.sizes)
        await desk.clear()
