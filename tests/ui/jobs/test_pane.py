"""The job list, driven as people drive it, over a real ledger on disk."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from PySide6.QtCore import QItemSelectionModel, QPoint, QRect, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QRadioButton
from pytestqt.qtbot import QtBot

from tests.ui.driving import click, part, until
from tests.ui.jobs import material as m
from venice_studio.domain.job import Job
from venice_studio.domain.problem import Kind
from venice_studio.library.store import Store
from venice_studio.library.threads import Threads
from venice_studio.studio.ledger import Ledger
from venice_studio.studio.tasks import Tasks
from venice_studio.ui.images import ImageWorker
from venice_studio.ui.jobs.offers import Act
from venice_studio.ui.jobs.pane import JobPane
from venice_studio.ui.jobs.stills import Stills
from venice_studio.ui.jobs.view import JobView
from venice_studio.ui.theme import Theme, colour
from venice_studio.ui.widgets import Segments


class Bench:
    """A pane over a ledger, and what it said."""

    def __init__(self, pane: JobPane, ledger: Ledger) -> None:
        self.pane = pane
        self.ledger = ledger
        self.chosen: list[str] = []
        self.acted: list[tuple[str, str]] = []
        pane.chosen.connect(self.chosen.append)
        pane.acted.connect(lambda job_id, act: self.acted.append((job_id, act)))

    @property
    def view(self) -> JobView:
        return self.pane.view

    async def add(self, *jobs: Job) -> None:
        await self.ledger.intend(jobs)
        self.pane.model.settle()

    async def put(self, job: Job) -> None:
        await self.ledger.become(job.id, job.state)
        self.pane.model.settle()

    def prompts(self) -> list[str]:
        model = self.pane.model
        return [str(model.index(at).data()) for at in range(model.rowCount())]

    def place(self, job: Job) -> QRect:
        return self.view.visualRect(self.pane.model.place_of(job.group))

    def labels(self) -> list[str]:
        found = part(self.pane, Segments, "stateFilter")
        return [found.button(value).text() for value in ("all", "Rendering", "Saved", "Needs you")]


@pytest_asyncio.fixture
async def bench(tmp_path: Path, qtbot: QtBot, theme: Theme) -> AsyncIterator[Bench]:
    threads, images, tasks = Threads(), ImageWorker(), Tasks()
    ledger = Ledger(lambda: Store.open(tmp_path / "jobs.sqlite3", threads.database))
    await ledger.load()
    pane = JobPane(
        ledger, Stills(images, tasks), picture_path=lambda _: "", name=m.name, now=lambda: m.NOW, outlook=m.outlook
    )
    qtbot.addWidget(pane)
    pane.resize(352, 700)
    pane.show()
    yield Bench(pane, ledger)
    await tasks.close()
    await ledger.close()
    images.close()
    threads.close()


def three() -> tuple[Job, Job, Job]:
    return (
        m.job(m.rendering(), "A red fox", age_s=300),
        m.job(m.refused(), "A queen", amount="0.44", age_s=200),
        m.job(m.rendering(), "A whale", age_s=100),
    )


async def test_search_and_filters_are_out_of_sight_until_there_is_a_job(bench: Bench) -> None:
    search = part(bench.pane, QLineEdit, "searchEdit")
    assert not search.isVisible()
    await bench.add(m.job(m.rendering()))
    assert search.isVisible()
    assert bench.view.isVisible()


async def test_a_new_job_stands_on_top_and_the_filters_count(bench: Bench) -> None:
    old, queen, whale = three()
    await bench.add(old, queen)
    await bench.add(whale)
    assert bench.prompts() == ["A whale", "A queen", "A red fox"]
    assert bench.labels() == ["All", "Rendering 2", "Saved", "Needs you 1"]
    await bench.put(old.to(m.failed()))
    assert bench.labels() == ["All", "Rendering 1", "Saved", "Needs you 2"]


async def test_typing_finds_and_a_filter_narrows(bench: Bench) -> None:
    await bench.add(*three())
    search = part(bench.pane, QLineEdit, "searchEdit")
    QTest.keyClicks(search, "queen")
    await until(lambda: bench.prompts() == ["A queen"])
    search.clear()
    await until(lambda: len(bench.prompts()) == 3)
    segments = part(bench.pane, Segments, "stateFilter")
    click(segments.button("Rendering"))
    assert bench.prompts() == ["A whale", "A red fox"]
    click(segments.button("Saved"))
    assert bench.prompts() == []
    assert not bench.view.isVisible()


async def test_what_is_looked_at_stays_so_when_the_filter_hides_its_row(bench: Bench) -> None:
    fox, queen, whale = three()
    await bench.add(fox, queen, whale)
    bench.pane.select(queen.id)
    segments = part(bench.pane, Segments, "stateFilter")
    segments.select("Rendering")
    assert bench.pane.selected == queen.id
    assert not bench.view.selectionModel().hasSelection()
    segments.select("all")
    assert bench.chosen == [queen.id]
    assert bench.view.selectionModel().isSelected(bench.pane.model.place_of(queen.group))


async def test_arrows_choose_enter_plays_delete_asks(bench: Bench) -> None:
    fox, queen, whale = three()
    await bench.add(fox, queen, whale)
    bench.pane.select_first()
    bench.view.setFocus()
    QTest.keyClick(bench.view, Qt.Key.Key_Down)
    QTest.keyClick(bench.view, Qt.Key.Key_Down)
    QTest.keyClick(bench.view, Qt.Key.Key_Up)
    assert bench.chosen == [whale.id, queen.id, fox.id, queen.id]
    QTest.keyClick(bench.view, Qt.Key.Key_Return)
    QTest.keyClick(bench.view, Qt.Key.Key_Delete)
    assert bench.acted == [(queen.id, Act.PLAY.value), (queen.id, Act.DELETE.value)]


async def test_a_row_selected_by_a_script_or_a_screen_reader_is_chosen(bench: Bench) -> None:
    fox, queen, whale = three()
    await bench.add(fox, queen, whale)
    bench.pane.select_first()
    bench.view.setCurrentIndex(bench.pane.model.place_of(fox.group))
    one_only = QItemSelectionModel.SelectionFlag.ClearAndSelect
    bench.view.selectionModel().select(bench.pane.model.place_of(queen.group), one_only)
    assert bench.chosen == [whale.id, fox.id, queen.id]
    QTest.keyClick(bench.view, Qt.Key.Key_Delete)
    assert bench.acted == [(queen.id, Act.DELETE.value)]


async def test_rows_that_a_search_hides_leave_nobody_else_chosen(bench: Bench) -> None:
    fox, queen, whale = three()
    await bench.add(fox, queen, whale)
    bench.view.setFocus()
    bench.pane.select(queen.id)
    part(bench.pane, QLineEdit, "searchEdit").setText("whale")
    await until(lambda: bench.prompts() == ["A whale"])
    assert bench.chosen == [queen.id]


async def test_a_row_that_goes_alone_leaves_nobody_else_chosen(bench: Bench) -> None:
    fox, queen, whale = three()
    await bench.add(fox, queen, whale)
    segments = part(bench.pane, Segments, "stateFilter")
    segments.select("Rendering")
    bench.pane.select(whale.id)
    await bench.put(whale.to(m.failed()))
    assert bench.prompts() == ["A red fox"]
    assert bench.chosen == [whale.id]
    assert not bench.view.selectionModel().hasSelection()


async def test_left_and_right_and_a_click_on_a_tile_choose_a_take(bench: Bench) -> None:
    takes = [m.job(m.rendering(), "Foxes", age_s=50, group="g", take=take) for take in (1, 2)]
    await bench.add(*takes)
    bench.pane.select_first()
    QTest.keyClick(bench.view, Qt.Key.Key_Right)
    assert bench.pane.selected == takes[1].id
    QTest.keyClick(bench.view, Qt.Key.Key_Right)
    assert bench.pane.selected == takes[1].id
    box = bench.place(takes[0])
    click(bench.view.viewport(), box.topLeft() + QPoint(30, 40))
    assert bench.pane.selected == takes[0].id
    assert bench.chosen == [takes[0].id, takes[1].id, takes[0].id]


async def test_the_link_in_a_row_acts_on_its_job(bench: Bench) -> None:
    _, queen, _ = jobs = three()
    await bench.add(*jobs)
    box = bench.place(queen)
    link = box.topLeft() + QPoint(14 + 104 + 12 + 20, 10 + 17 + 2 + 17 + 9)
    QTest.mouseMove(bench.view.viewport(), link)
    click(bench.view.viewport(), link)
    assert bench.acted == [(queen.id, Act.SEND_AGAIN.value)]
    assert bench.pane.selected == queen.id


async def test_the_link_of_several_takes_is_about_all_of_them(bench: Bench) -> None:
    saved, *takes = m.press(m.rendering(), m.refused(kind=Kind.FORBIDDEN), *m.kept_back(2), prompt="Foxes")
    await bench.add(*takes)
    link = bench.place(takes[0]).topLeft() + QPoint(14 + 104 + 12 + 20, 10 + 17 + 2 + 17 + 9)
    click(bench.view.viewport(), link)
    assert bench.acted == [(takes[0].id, Act.SEND_ALL.value)]
    await bench.add(saved)
    click(bench.view.viewport(), link)
    assert len(bench.acted) == 1


async def test_the_link_of_a_row_that_is_held_is_about_the_take_that_is(bench: Bench) -> None:
    jobs = m.press(m.refused(kind=Kind.FORBIDDEN), m.held(), m.intended(), prompt="Foxes")
    await bench.add(*jobs)
    link = bench.place(jobs[0]).topLeft() + QPoint(14 + 104 + 12 + 20, 10 + 17 + 2 + 17 + 9)
    click(bench.view.viewport(), link)
    assert bench.acted == [(jobs[1].id, Act.TAKE_BACK.value)]


async def test_what_waits_can_be_filtered_while_something_does(bench: Bench) -> None:
    filters = part(bench.pane, Segments, "stateFilter")

    def offered() -> list[str]:
        return [each.text() for each in filters.findChildren(QRadioButton) if each.isVisibleTo(filters)]

    waiting = m.job(m.held(), "A kite")
    await bench.add(m.job(m.refused(), "A queen"))
    assert offered() == ["All", "Rendering", "Saved", "Needs you 1"]
    await bench.add(waiting)
    await until(lambda: offered() == ["All", "Waiting 1", "Rendering", "Saved", "Needs you 1"])
    filters.select("Waiting")
    assert bench.prompts() == ["A kite"]
    # As long as it is the one in force it stays; then the counts of the others come first.
    await bench.add(*(m.job(state, "A fox") for state in [m.refused()] * 120 + [m.rendering()] * 120))
    await until(lambda: "Waiting 1" in offered())
    filters.select("all")
    await bench.add(m.job(m.refused(), "A hare"))
    await until(lambda: offered() == ["All", "Rendering 120", "Saved", "Needs you 122"])
    assert filters.minimumSizeHint().width() <= 320


async def test_a_row_has_as_much_room_for_words_beside_a_scroll_bar(bench: Bench) -> None:
    slow = m.job(m.rendering(400, 60), "A quiet sea", amount="0.39", age_s=1)

    def words() -> QImage:
        right = bench.view.width() - 14
        return bench.view.grab(bench.place(slow).intersected(QRect(0, 0, right, 700))).toImage()

    await bench.add(slow)
    alone = words()
    assert not bench.view.verticalScrollBar().isVisible()
    await bench.add(*(m.job(m.refused(), f"A fox {number}") for number in range(12)))
    await until(bench.view.verticalScrollBar().isVisible)
    assert bench.view.viewport().width() == bench.view.width() - 10
    # What marks a row as chosen, and the line below it, end at the bar.
    inner = QRect(120, 4, alone.width() - 124, alone.height() - 8)
    assert words().copy(inner) == alone.copy(inner)


async def test_the_menu_of_a_row_has_every_act(bench: Bench) -> None:
    _, queen, _ = jobs = three()
    await bench.add(*jobs)
    at = bench.place(queen).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, bench.view.viewport().mapToGlobal(at))
    QApplication.sendEvent(bench.view.viewport(), event)
    menu = part(bench.pane, QMenu, "jobMenu")
    words = [entry.text() for entry in menu.actions() if not entry.isSeparator()]
    assert words == ["Look at your balance", "Send for $0.44", "Edit", "Copy prompt", "Copy receipt", "Dismiss"]
    entry = part(menu, QAction, "copyPromptEntry")
    entry.trigger()
    menu.close()
    assert bench.acted == [(queen.id, Act.COPY_PROMPT.value)]


async def test_when_the_chosen_job_goes_the_next_one_is_chosen(bench: Bench) -> None:
    fox, queen, whale = three()
    await bench.add(fox, queen, whale)
    bench.pane.select(queen.id)
    await bench.ledger.drop(queen.id)
    await until(lambda: bench.pane.selected == fox.id)
    await bench.ledger.drop(fox.id)
    await until(lambda: bench.pane.selected == whale.id)
    await bench.ledger.drop(whale.id)
    await until(lambda: bench.pane.selected is None)
    assert bench.chosen == [queen.id, fox.id, whale.id, ""]


async def test_a_saved_clip_can_be_dragged_out_as_a_file(bench: Bench, tmp_path: Path) -> None:
    clip = m.clip(tmp_path / "fox.mp4")
    saved, waiting = m.job(m.saved(clip), age_s=20), m.job(m.rendering(), age_s=10)
    await bench.add(saved, waiting)
    model = bench.pane.model
    draggable = Qt.ItemFlag.ItemIsDragEnabled
    assert model.flags(model.place_of(saved.group)) & draggable
    assert not model.flags(model.place_of(waiting.group)) & draggable
    data = model.mimeData([model.place_of(saved.group)])
    assert [url.toLocalFile() for url in data.urls()] == [clip.path]


async def test_the_still_of_a_clip_is_painted_letterboxed(bench: Bench, tmp_path: Path) -> None:
    clip = m.clip(tmp_path / "tall.mp4", width=720, height=1280, colour="#12c83c")
    saved = m.job(m.saved(clip))
    await bench.add(saved)
    middle = bench.place(saved).topLeft() + QPoint(14 + 52, 13 + 20)

    def painted(at: QPoint) -> str:
        return bench.view.viewport().grab().toImage().pixelColor(at).name()

    await until(lambda: painted(middle) == "#12c83c")
    assert painted(middle - QPoint(40, 0)) == colour("raised").name()


async def test_progress_alone_never_moves_the_list(bench: Bench) -> None:
    jobs = [m.job(m.rendering(), f"Clip {n}", age_s=n) for n in range(60)]
    await bench.add(*jobs)
    bench.pane.select(jobs[0].id)
    bar = bench.view.verticalScrollBar()
    bar.setValue(1500)
    await bench.put(jobs[0].to(m.rendering(40)))
    await bench.put(jobs[50].to(m.rendering(41)))
    assert bar.value() == 1500
