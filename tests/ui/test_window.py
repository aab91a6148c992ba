"""The whole window: the drawer, the way of the Tab key, and that nothing is cut off where it is narrow."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QListView, QPushButton, QWidget

from tests.ui.driving import click, part, until
from tests.ui.jobs import material as m
from tests.ui.stage.rig import Rig
from venice_studio.domain.job import Job, JobState
from venice_studio.ui.compose.pane import ComposePane
from venice_studio.ui.connect.status import status_parts
from venice_studio.ui.ground import DRAWER_BELOW, SMALLEST, Ground
from venice_studio.ui.images import ImageWorker
from venice_studio.ui.theme import Theme, colour
from venice_studio.ui.widgets.labels import Elided
from venice_studio.ui.window import Window

NARROW, WIDE = QSize(1000, 700), QSize(1440, 900)
LEAST_TARGET = 28
EVERY_STATE = ("saved", "rendering", "held", "refused", "doubtful", "failed")


class Desk:
    """The panes of a rig in the real window."""

    def __init__(self, home: Path) -> None:
        self.rig = Rig(home)
        studio = self.rig.studio
        self._images = ImageWorker()
        self.compose = ComposePane(studio, self._images)
        status = status_parts(studio.connection)
        self.window = Window()
        self.window.furnish(compose=self.compose, stage=self.rig.stage, jobs=self.rig.pane, status=status.widgets)

    async def begin(self, size: QSize) -> None:
        self.rig.whole.parts.clips.mkdir()
        self.window.resize(size)
        self.window.show()
        self.window.activateWindow()
        await self.rig.whole.begin()
        await until(self.window.isActiveWindow)

    async def fill(self) -> dict[str, Job]:
        """One job of each state, and a long prompt each."""
        words = f"{m.GONDOLA}, {m.GONDOLA}"
        clip = self.rig.clip("clip")
        refused = m.refused(message="The prompt is too long. " * 8, fields={"duration": "must be 5s or 10s"})
        states: tuple[JobState, ...] = (m.saved(clip), m.rendering(), m.held(), refused, m.doubtful(), m.failed())
        jobs = {key: m.job(state, words) for key, state in zip(EVERY_STATE, states, strict=True)}
        await self.rig.add(*jobs.values())
        return jobs

    async def end(self) -> None:
        await self.rig.end()
        self._images.close()
        self.window.let_close()
        self.window.deleteLater()

    @property
    def jobs_shown(self) -> bool:
        return self.rig.pane.isVisible()

    def button(self, name: str) -> QPushButton:
        return part(self.window, QPushButton, name)


@pytest_asyncio.fixture
async def desk(tmp_path: Path, theme: Theme) -> AsyncIterator[Desk]:
    made = Desk(tmp_path)
    yield made
    await made.end()


@pytest.mark.parametrize(("size", "lines"), [(WIDE, (372, 1440 - 353)), (NARROW, (372,))])
async def test_a_hairline_parts_the_panes_where_the_first_paint_has_it(
    desk: Desk, size: QSize, lines: tuple[int, ...]
) -> None:
    ground = Ground()
    ground.resize(size)
    first = ground.grab().toImage()
    await desk.begin(size)
    await desk.fill()
    desk.rig.pane.select_first()
    shown = desk.window.grab().toImage()
    for x in lines:
        for y in (300, size.height() - 60):
            assert shown.pixelColor(x, y) == first.pixelColor(x, y) == colour("line")
    ground.deleteLater()


def has_keyboard(pane: QWidget) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and pane.isAncestorOf(focus)


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, key, modifiers)


async def test_where_it_is_wide_the_list_is_a_pane(desk: Desk) -> None:
    await desk.begin(WIDE)
    assert desk.jobs_shown
    assert not desk.button("clipsButton").isVisible()


async def test_where_it_is_narrow_a_button_brings_the_list_and_takes_it_away(desk: Desk) -> None:
    await desk.begin(NARROW)
    await desk.fill()
    assert not desk.jobs_shown
    click(desk.button("clipsButton"))
    assert desk.jobs_shown
    assert has_keyboard(desk.rig.pane)
    click(desk.button("clipsButton"))
    assert not desk.jobs_shown
    desk.button("clipsButton").setChecked(True)
    assert desk.jobs_shown


async def test_escape_closes_the_drawer_and_the_keyboard_goes_to_the_stage(desk: Desk) -> None:
    await desk.begin(NARROW)
    jobs = await desk.fill()
    await desk.rig.look_at(jobs["saved"])
    desk.window.show_jobs()
    part(desk.window, QLineEdit, "searchEdit").setFocus()
    press(Qt.Key.Key_Escape)
    assert not desk.jobs_shown
    assert has_keyboard(desk.rig.stage)


async def test_a_click_beside_the_drawer_closes_it_and_does_nothing_else(desk: Desk) -> None:
    await desk.begin(NARROW)
    jobs = await desk.fill()
    await desk.rig.look_at(jobs["saved"])
    desk.window.show_jobs()
    play = desk.button("playButton")
    over = desk.window.childAt(play.mapTo(desk.window, play.rect().center()))
    assert over is not play
    assert over is not None
    click(over)
    assert not desk.jobs_shown
    assert not desk.rig.player.playing


async def test_the_form_can_be_used_beside_the_open_drawer(desk: Desk) -> None:
    await desk.begin(NARROW)
    desk.window.show_jobs()
    prompt = part(desk.window, QWidget, "promptEdit")
    click(prompt)
    assert desk.jobs_shown


@pytest.mark.parametrize("way_out", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
async def test_the_palette_gives_the_keyboard_back(desk: Desk, way_out: Qt.Key) -> None:
    await desk.begin(WIDE)
    await desk.fill()
    desk.window.commands.add("Zoom in", lambda: None)
    search = part(desk.window, QLineEdit, "searchEdit")
    search.setFocus()
    desk.window.find_command.trigger()
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus is not search
    QTest.keyClicks(focus, "zoom")
    press(way_out)
    assert search.hasFocus()


async def test_the_palette_says_so_where_it_finds_nothing(desk: Desk) -> None:
    await desk.begin(WIDE)
    desk.window.find_command.trigger()
    said = next(label for label in desk.window.findChildren(QLabel) if label.text() == "No command has these words.")
    assert not said.isVisible()
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, "zeppelin")
    assert said.isVisible()


async def test_the_palette_finds_words_in_any_order_and_is_as_high_as_what_it_found(desk: Desk) -> None:
    await desk.begin(WIDE)
    desk.window.commands.add("Zoom the picture in", lambda: None)
    desk.window.commands.add("Picture of the day", lambda: None)
    desk.window.find_command.trigger()
    found = part(desk.window, QListView, "commandsFound")
    all_of_them = part(desk.window, QWidget, "commandPalette").height()
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, "PICTURE zo")
    assert [found.model().index(row, 0).data() for row in range(found.model().rowCount())] == ["Zoom the picture in"]
    assert part(desk.window, QWidget, "commandPalette").height() < all_of_them


async def test_the_palette_does_not_offer_itself(desk: Desk) -> None:
    await desk.begin(WIDE)
    desk.window.find_command.trigger()
    found = part(desk.window, QListView, "commandsFound")
    offered = [found.model().index(row, 0).data() for row in range(found.model().rowCount())]
    assert "Show or hide the clips" in offered
    assert "Find a command" not in offered


async def test_a_window_made_wide_has_its_pane_again(desk: Desk) -> None:
    await desk.begin(NARROW)
    desk.window.show_jobs()
    desk.window.resize(DRAWER_BELOW, 760)
    await until(lambda: not desk.window.narrow)
    assert desk.jobs_shown
    assert not part(desk.window, QWidget, "drawerShade").isVisible()


async def test_tab_goes_through_the_whole_window_and_back(desk: Desk) -> None:
    await desk.begin(WIDE)
    jobs = await desk.fill()
    await desk.rig.look_at(jobs["saved"])
    desk.rig.studio.composer.edit(prompt="A quiet sea")
    await until(desk.button("generateButton").isEnabled)
    part(desk.window, QWidget, "promptEdit").setFocus()
    there = walk(desk.window, Qt.Key.Key_Tab)
    order = ("promptEdit", "modelPicker", "generateButton", "playButton", "searchEdit", "jobList", "settingsButton")
    places = [there.index(name) for name in order]
    assert places == sorted(places)
    back = walk(desk.window, Qt.Key.Key_Backtab)
    assert back[1:] == there[:0:-1]


def walk(window: QWidget, key: Qt.Key) -> list[str]:
    """The names of what has the focus from here until it is here again."""
    begin = QApplication.focusWidget()
    seen: list[str] = []
    now = begin
    while now is not begin or not seen:
        assert now is not None
        seen.append(now.objectName() or f"{type(now).__name__} {now.accessibleName()}")
        assert len(seen) < 200
        QTest.keyClick(now, key)
        now = QApplication.focusWidget()
    return seen


@pytest.mark.parametrize("state", EVERY_STATE)
async def test_nothing_is_cut_off_at_the_smallest_size(desk: Desk, state: str) -> None:
    await desk.begin(SMALLEST)
    jobs = await desk.fill()
    desk.rig.pane.select(jobs[state].id)
    for with_drawer in (False, True):
        if with_drawer:
            desk.window.show_jobs()
        await until(lambda: not cut_off(desk.rig.stage) and not cut_off(desk.rig.pane), 3)
    assert too_small(desk.rig.stage) == []
    assert too_small(desk.rig.pane) == []


async def test_the_starters_say_all_they_have_to_say_at_the_smallest_size(desk: Desk) -> None:
    await desk.begin(SMALLEST)
    await until(lambda: part(desk.window, QWidget, "promptStarter").isVisible())
    await until(lambda: not cut_off(desk.rig.stage), 3)


def cut_off(pane: QWidget) -> list[str]:
    """Words in sight that have less room than they need. What is meant to be cut says so with an ellipsis."""
    labels = [label for label in pane.findChildren(QLabel) if label.isVisible() and not isinstance(label, Elided)]
    lacking = [label.text() for label in labels if not fits(label)]
    buttons = [button for button in pane.findChildren(QPushButton) if button.isVisible() and button.text()]
    return lacking + [made.text() for made in buttons if made.width() < made.sizeHint().width()]


def fits(label: QLabel) -> bool:
    if not label.wordWrap():
        return label.width() >= label.sizeHint().width() and label.height() >= label.sizeHint().height()
    return label.height() >= label.heightForWidth(label.width())


def too_small(pane: QWidget) -> list[str]:
    """What is in sight, can be pressed, and is hard to hit."""
    buttons = [button for button in pane.findChildren(QAbstractButton) if button.isVisible()]
    inside_fields = [button for button in buttons if isinstance(button.parentWidget(), QLineEdit)]
    return [
        f"{button.objectName()} {button.text()} {button.height()} px"
        for button in buttons
        if button not in inside_fields and button.height() < LEAST_TARGET
    ]


async def test_everything_that_takes_the_keyboard_has_a_name(desk: Desk) -> None:
    await desk.begin(WIDE)
    jobs = await desk.fill()
    for job in jobs.values():
        desk.rig.pane.select(job.id)
        for pane in (desk.rig.stage, desk.rig.pane):
            takers = [widget for widget in pane.findChildren(QWidget) if widget.focusPolicy() & Qt.FocusPolicy.TabFocus]
            assert [widget.objectName() or type(widget).__name__ for widget in takers if not named(widget)] == []


def named(widget: QWidget) -> bool:
    return bool(widget.accessibleName()) or not widget.isVisible()


async def test_an_empty_search_is_left_with_one_press(desk: Desk) -> None:
    await desk.begin(WIDE)
    await desk.fill()
    model = desk.rig.pane.model
    whole = model.rowCount()
    part(desk.window, QLineEdit, "searchEdit").setText("zeppelin")
    await until(lambda: model.rowCount() == 0)
    click(desk.button("showEverythingButton"))
    await until(lambda: model.rowCount() == whole)
