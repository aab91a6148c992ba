"""The picker, worked by the keyboard and by the mouse."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QListView, QPushButton, QWidget

from tests.support.fake_service import MODELS
from tests.ui.compose.conftest import Bench, click
from venice_studio.domain.family import families
from venice_studio.domain.inputs import Need
from venice_studio.domain.listing import Gone
from venice_studio.domain.model import VideoModel
from venice_studio.domain.problem import Kind, Problem, Trouble
from venice_studio.domain.quote import Quote
from venice_studio.ui.compose.model_list import ModelList
from venice_studio.ui.compose.model_picker import ModelPicker
from venice_studio.ui.compose.model_rows import ROW_HEIGHT, STAR_WIDTH

MORE = tuple(
    VideoModel(
        id=f"nova-{number}",
        name=f"Nova {number}",
        durations=("5s",),
        resolutions=("1080p",) if number % 2 else ("720p",),
        sound=number == 3,
        private=number == 4,
        start_frame=Need.MAY if number == 5 else Need.NEVER,
        maker="Nova Labs",
    )
    for number in range(12)
)
FOLLOWING = VideoModel(id="follow", name="Follow R2V", durations=("5s",), inputs=frozenset({"reference_image_urls"}))
WORKING = VideoModel(id="work", name="Work", durations=("Auto",), inputs=frozenset({"video_url"}))


def picker(bench: Bench) -> QComboBox:
    found = bench.find("modelPicker")
    assert isinstance(found, QComboBox)
    return found


def unfolded(bench: Bench) -> ModelList:
    found = picker(bench).findChild(ModelList, "modelList")
    assert isinstance(found, ModelList)
    return found


def view(bench: Bench) -> QListView:
    found = unfolded(bench).findChild(QListView, "models")
    assert isinstance(found, QListView)
    return found


def search(bench: Bench) -> QLineEdit:
    return unfolded(bench).search


def chip(bench: Bench, name: str) -> QPushButton:
    found = unfolded(bench).findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def shown(bench: Bench) -> list[str]:
    model = view(bench).model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def current(bench: Bench) -> str:
    return str(view(bench).currentIndex().data())


def foot(bench: Bench) -> str:
    found = unfolded(bench).findChild(QWidget, "modelsFoot")
    assert found is not None
    return str(found.property("text"))


async def unfold(bench: Bench, *models: VideoModel) -> None:
    bench.composer.set_models((*MODELS, *(models or MORE)))
    await bench.settle()
    picker(bench).setFocus()
    QTest.keyClick(picker(bench), Qt.Key.Key_Space)
    assert unfolded(bench).isVisible()


def press(bench: Bench, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(unfolded(bench).focusWidget() or unfolded(bench), key, modifier)


async def test_by_the_keyboard_alone(bench: Bench) -> None:
    await unfold(bench)
    assert current(bench) == "Kling"
    assert shown(bench)[:3] == ["Chosen", "Kling", "All others"]
    press(bench, Qt.Key.Key_Down)
    assert current(bench) == "LTX"  # over the heading
    press(bench, Qt.Key.Key_Up)
    press(bench, Qt.Key.Key_Up)
    assert current(bench) == "Kling"
    press(bench, Qt.Key.Key_PageDown)
    assert current(bench).startswith("Nova")
    QTest.keyClicks(search(bench), "labs 1080p")
    assert shown(bench) == [f"Nova {number}" for number in range(1, 12, 2)]
    press(bench, Qt.Key.Key_Down)
    press(bench, Qt.Key.Key_Return)
    await bench.settle()
    assert bench.draft.model == "nova-3"
    assert not unfolded(bench).isVisible()


async def test_escape_leaves_everything_as_it_was(bench: Bench) -> None:
    await unfold(bench)
    QTest.keyClicks(search(bench), "nova")
    press(bench, Qt.Key.Key_Escape)
    assert not unfolded(bench).isVisible()
    assert bench.draft.model == "kling-text"
    QTest.keyClick(picker(bench), Qt.Key.Key_Space)
    assert search(bench).text() == ""


async def test_tab_goes_through_the_search_and_the_filters(bench: Bench) -> None:
    await unfold(bench)
    stops = []
    for _ in range(4):
        press(bench, Qt.Key.Key_Tab)
        stops.append((unfolded(bench).focusWidget() or unfolded(bench)).objectName())
    assert stops == ["wishPicture", "wishSound", "wishPrivate", "modelSearch"]


async def test_filters_narrow_together_and_are_forgotten_on_leaving(bench: Bench) -> None:
    await unfold(bench)
    press(bench, Qt.Key.Key_Tab)
    press(bench, Qt.Key.Key_Space)
    assert shown(bench) == ["Chosen", "Kling", "All others", "LTX", "Wan", "Nova 5"]
    click(chip(bench, "wishSound"))
    assert shown(bench) == ["Chosen", "Kling", "All others", "LTX"]
    click(chip(bench, "wishPrivate"))
    assert shown(bench) == []
    assert not view(bench).isVisible()
    press(bench, Qt.Key.Key_Return)
    assert unfolded(bench).isVisible()
    press(bench, Qt.Key.Key_Escape)
    QTest.keyClick(picker(bench), Qt.Key.Key_Space)
    assert "Nova 4" in shown(bench)


async def test_a_filter_that_finds_nothing_is_not_offered(bench: Bench) -> None:
    await unfold(bench)
    assert not chip(bench, "wishReferences").isVisible()
    assert not chip(bench, "wishVideo").isVisible()


async def test_a_star_by_its_keys_is_kept_and_comes_first_next_time(bench: Bench) -> None:
    await unfold(bench)
    QTest.keyClicks(search(bench), "nova 7")
    press(bench, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert shown(bench) == ["Nova 7"]
    assert bench.whole.studio.settings.value.favourite_models == ("Nova 7",)
    assert "favourite" in search(bench).accessibleDescription()
    press(bench, Qt.Key.Key_Escape)
    QTest.keyClick(picker(bench), Qt.Key.Key_Space)
    assert shown(bench)[:5] == ["Chosen", "Kling", "Favourites", "Nova 7", "All others"]


async def test_a_press_on_a_star_chooses_nothing(bench: Bench) -> None:
    await unfold(bench)
    row = view(bench).visualRect(view(bench).model().index(3, 0))
    port = view(bench).viewport()
    place = QPoint(STAR_WIDTH // 2, row.top() + 12)
    for favourites in (("LTX",), ()):
        QTest.mouseClick(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        assert unfolded(bench).isVisible()
        assert bench.whole.studio.settings.value.favourite_models == favourites
    QTest.mouseClick(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, row.center())
    await bench.settle()
    assert bench.draft.model == "ltx"


async def test_a_press_on_a_heading_does_nothing(bench: Bench) -> None:
    await unfold(bench)
    heading = view(bench).visualRect(view(bench).model().index(0, 0)).center()
    QTest.mouseClick(view(bench).viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, heading)
    assert unfolded(bench).isVisible()


async def test_what_is_in_sight_gets_its_price_while_one_looks(bench: Bench) -> None:
    before = bench.service.count("quote")
    await unfold(bench)
    assert bench.service.count("quote") == before  # not before the list stands still
    bench.service.answer("quote", *[Quote(amount=Decimal("0.17"))] * 3)
    await bench.until(lambda: "from $0.17" in spoken(bench, 3))
    await bench.settle()
    asked = {request.model for call, request in bench.service.calls if call == "quote"}  # type: ignore[attr-defined]
    assert {"ltx", "wan-image", "nova-0"} <= asked
    assert "nova-11" not in asked


def spoken(bench: Bench, row: int) -> str:
    return str(view(bench).model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole))


async def test_screen_readers_hear_every_row_and_where_the_arrows_are(bench: Bench) -> None:
    await unfold(bench)
    assert spoken(bench, 1).startswith("Kling, text, picture, 5, 10 s, 720p, 1080p, sound, anonymised")
    press(bench, Qt.Key.Key_Down)
    assert search(bench).accessibleDescription().startswith("LTX, ")
    assert view(bench).accessibleName()
    assert search(bench).accessibleName()


async def test_what_a_row_does_not_show_is_in_its_tip(bench: Bench) -> None:
    await unfold(bench, *(replace(model, description="<b>Quick</b>", prompt_limit=500) for model in MORE))
    tip = str(view(bench).model().index(5, 0).data(Qt.ItemDataRole.ToolTipRole))
    assert "&lt;b&gt;Quick" in tip
    assert "500 characters" in tip
    port = view(bench).viewport()
    place = view(bench).visualRect(view(bench).model().index(5, 0)).center()
    QApplication.sendEvent(port, QHelpEvent(QEvent.Type.ToolTip, place, port.mapToGlobal(place)))


async def test_the_foot_tells_the_age_of_the_list(bench: Bench) -> None:
    await unfold(bench)
    at = bench.whole.parts.clock.now().astimezone()
    assert foot(bench) == f"Models as of {at:%H:%M}"
    bench.service.answer("models", Trouble(Problem(kind=Kind.OFFLINE, message="no network")))
    bench.whole.studio.news.look()
    await bench.settle()
    assert foot(bench).endswith(", the service cannot be reached")


async def test_news_while_the_list_is_open_are_shown_in_it(bench: Bench) -> None:
    await unfold(bench)
    bench.composer.set_models((*MODELS, *MORE, replace(MORE[0], id="vega", name="Vega")))
    await bench.settle()
    assert "Vega" in shown(bench)


async def test_a_family_that_follows_references_or_works_on_a_video_has_its_place(bench: Bench) -> None:
    box = picker(bench)
    assert isinstance(box, ModelPicker)
    box.show_families(families((*MODELS, *MORE, FOLLOWING, WORKING)), "Follow", "follows references")
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert box.currentText() == "Follow"
    assert shown(bench)[:2] == ["Chosen", "Follow"]
    assert spoken(bench, 1).startswith("Follow, references, 5 s")
    click(chip(bench, "wishVideo"))
    assert shown(bench) == ["Work"]


async def test_a_list_longer_than_the_screen_stays_on_it(bench: Bench) -> None:
    await unfold(bench, *(replace(MORE[0], id=f"m{number}", name=f"Model {number}") for number in range(500)))
    screen = bench.pane.screen().availableGeometry()
    assert screen.contains(unfolded(bench).geometry())
    press(bench, Qt.Key.Key_PageUp)
    QTest.keyClicks(search(bench), "model 499")
    assert shown(bench) == ["Model 499"]
    assert view(bench).visualRect(view(bench).currentIndex()).height() == ROW_HEIGHT


async def test_a_model_that_goes_away_says_so_and_is_left_in_one_click(bench: Bench) -> None:
    ending = replace(MORE[0], id="old", name="Old", replacement="ltx", goes_away_on=date(2026, 12, 1))
    bench.composer.set_models((*MODELS, ending))
    bench.composer.choose_model("old")
    bench.composer.edit(prompt="A gondola")
    await bench.settle()
    note = bench.pane.form.model.ending
    assert note.isVisible()
    assert note.text == "Old goes away on 1 Dec."
    assert bench.text("moveOnButton") == "Use LTX"
    click(bench.find("moveOnButton"))
    await bench.settle()
    assert (bench.draft.model, bench.draft.prompt) == ("ltx", "A gondola")
    assert not note.isVisible()
    assert bench.pane.form.model.note.text.startswith("Old → LTX")
    click(bench.find("undoSwitchButton"))
    await bench.settle()
    assert bench.draft.model == "old"
    assert note.isVisible()


async def test_a_model_that_is_offline_is_left_in_one_click(bench: Bench) -> None:
    down = replace(MORE[0], id="down", name="Down", replacement="ltx", offline=True)
    bench.composer.set_models((*MODELS, down))
    bench.composer.choose_model("down")
    bench.composer.edit(prompt="A gondola")
    await bench.settle()
    assert not bench.find("generateButton").isEnabled()
    assert bench.text("moveOnButton") == "Use LTX"
    click(bench.find("moveOnButton"))
    await bench.settle()
    assert bench.draft.model == "ltx"
    assert bench.find("generateButton").isEnabled()


async def test_where_nothing_takes_its_place_the_note_only_tells(bench: Bench) -> None:
    ending = replace(MORE[0], id="old", name="Old", goes_away_on=date(2026, 9, 24))
    bench.composer.set_models((*MODELS, ending))
    bench.composer.choose_model("old")
    await bench.settle()
    assert bench.pane.form.model.ending.text == "Old was to go away on 24 Sep."
    assert not bench.find("moveOnButton").isVisible()


@pytest.mark.parametrize("name", ["kling-text", "mystery"])
async def test_old_settings_of_a_model_that_is_gone_are_told_and_can_be_undone(bench: Bench, name: str) -> None:
    bench.composer.edit(prompt="Mine")
    newer = replace(MORE[0], id="kling-3-text", name="Kling 3")
    bench.composer.set_models((*MODELS[1:], newer), {"kling-text": Gone(id="kling-text", name="Kling")})
    await bench.settle()
    mine = bench.draft
    bench.composer.replace(replace(mine, model=name, prompt="An old one"))
    await bench.settle()
    assert bench.draft.prompt == "An old one"
    if name == "mystery":
        assert bench.pane.form.model.note.text.startswith("mystery (not on offer) → ")
        assert picker(bench).currentText() != ""
    else:
        assert bench.draft.model == "kling-3-text"
        assert bench.pane.form.model.note.text.startswith("Kling (not on offer) → Kling 3")
    click(bench.find("undoSwitchButton"))
    assert bench.draft == mine
