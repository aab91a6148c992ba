"""Two clips beside one another: which ones, and what ends it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from tests.support.clips import number_in
from tests.ui.driving import part, seen_texts, until
from tests.ui.jobs import material as m
from tests.ui.stage.rig import Rig
from tests.ui.stage.test_acts import notice
from venice_studio.domain.job import Job, Saved


async def three(rig: Rig) -> tuple[Job, Job, Job]:
    """Two takes of one press, and a newer clip; the first take is looked at."""
    one = m.job(m.saved(rig.clip("one")), prompt="A red fox", age_s=60)
    two = m.job(m.saved(rig.clip("two")), prompt="A red fox", age_s=60, group=one.group, take=2)
    newer = m.job(m.saved(rig.clip("newer")), prompt="A blue whale", age_s=10)
    await rig.add(one, two, newer)
    await rig.look_at(one)
    return one, two, newer


def path(job: Job) -> Path:
    assert isinstance(job.state, Saved)
    return Path(job.state.clip.path)


async def test_another_take_comes_first_and_what_is_chosen_then_takes_its_place(rig: Rig) -> None:
    one, two, newer = await three(rig)

    rig.press("compareButton")
    assert rig.player.compared == path(two)
    assert rig.stage.job == one
    assert {"Take 1", "Take 2"} <= seen_texts(rig.player)
    assert "Choose another clip in the list" in notice(rig)

    rig.pane.select(newer.id)
    assert rig.player.compared == path(newer)
    assert rig.stage.job == one
    assert {"“A red fox”", "“A blue whale”"} <= seen_texts(rig.player)
    assert rig.button("compareButton").text() == "Stop comparing"

    rig.press("compareButton")
    assert rig.player.compared is None
    assert rig.stage.job == one
    assert rig.pane.selected == one.id
    assert notice(rig) == ""
    assert rig.button("compareButton").text() == "Compare"


async def test_what_was_looked_at_before_comes_before_what_is_newer(rig: Rig) -> None:
    old, other, shown = (m.job(m.saved(rig.clip(name)), age_s=age) for name, age in (("a", 90), ("b", 10), ("c", 50)))
    await rig.add(old, other, shown)
    await rig.look_at(old)
    await rig.look_at(shown)
    rig.press("compareButton")
    assert rig.player.compared == path(old)


def escape(rig: Rig, _one: Job, _two: Job) -> None:
    QTest.keyClick(rig.player.surface, Qt.Key.Key_Escape)


def choose_the_first(rig: Rig, one: Job, two: Job) -> None:
    rig.pane.select(two.id)
    rig.pane.select(one.id)


@pytest.mark.parametrize("way", [escape, choose_the_first])
async def test_one_clip_again(rig: Rig, way: Callable[[Rig, Job, Job], None]) -> None:
    one, two, _newer = await three(rig)
    rig.press("compareButton")
    way(rig, one, two)
    assert rig.player.compared is None
    assert rig.stage.job == one
    assert rig.player.path == path(one)


async def test_a_job_without_a_clip_is_looked_at_alone(rig: Rig) -> None:
    await three(rig)
    under_way = m.job(m.rendering())
    await rig.add(under_way)
    rig.press("compareButton")
    rig.pane.select(under_way.id)
    assert rig.stage.job == under_way
    assert rig.player.compared is None


async def test_a_new_press_leaves_the_two_alone(rig: Rig) -> None:
    one, _two, _newer = await three(rig)
    rig.press("compareButton")
    await rig.add(m.job(m.intended(), age_s=-5))
    assert rig.stage.job == one
    assert rig.player.compared is not None


@pytest.mark.parametrize("which", ["first", "second"])
async def test_deleting_one_of_the_two_leaves_the_other(rig: Rig, which: str) -> None:
    one, two, newer = await three(rig)
    rig.press("compareButton")
    rig.pane.select(newer.id)
    gone = one if which == "first" else newer
    rig.player.release(path(gone))
    await rig.ledger.drop(gone.id)
    rig.pane.model.settle()
    await until(lambda: rig.stage.job is not None and rig.stage.job.id in rig.ledger.jobs)
    assert rig.player.compared is None
    assert rig.player.path in (path(one), path(two), path(newer))
    assert rig.player.path != path(gone)


async def test_the_frame_of_the_second_is_taken_where_it_is_asked_for(rig: Rig) -> None:
    one, two, _newer = await three(rig)
    rig.player.seek(9)
    await until(lambda: rig.frame() == 9)
    rig.press("compareButton")
    await until(lambda: not rig.player.frame_of(path(two))[0].isNull())
    await until(lambda: number_in(rig.player.frame_of(path(two))[0]) == 9)
    rig.pane.select(two.id)
    rig.pane.acted.emit(two.id, "continue")
    await until(lambda: rig.studio.composer.draft.value.start_frame is not None)
    picture = rig.studio.composer.draft.value.start_frame
    assert picture is not None
    assert picture.name == "Frame 9 of two.png"
    assert rig.stage.job == one


async def test_the_way_out_is_in_sight_where_it_is_narrow_too(rig: Rig) -> None:
    await three(rig)
    rig.window.resize(528 + 352, 700)
    await until(lambda: not rig.button("compareButton").isVisible())
    part(rig.window, QMenu, "moreMenu").aboutToShow.emit()
    next(entry for entry in part(rig.window, QMenu, "moreMenu").actions() if entry.text() == "Compare").trigger()
    assert rig.player.compared is not None
    await until(lambda: rig.button("compareButton").isVisible())
    rig.press("compareButton")
    assert rig.player.compared is None


async def test_without_another_clip_it_says_what_to_do(rig: Rig) -> None:
    job = m.job(m.saved(rig.clip("alone")))
    await rig.add(job)
    await rig.look_at(job)
    rig.press("compareButton")
    assert rig.player.compared is None
    assert notice(rig).startswith("There is no other clip yet.")
