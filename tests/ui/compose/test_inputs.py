"""Every input has its place: attached, put in order, replaced and removed by hand, by mouse and by keyboard."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMenu

from tests.ui.compose.conftest import Bench, click, drop, files, image
from tests.ui.compose.material import (
    ACTING,
    EVERY,
    FOLLOWING,
    LARGER,
    MODEL_OF,
    SINGING,
    STARTING,
    cards,
    choose,
    file,
    names,
    several,
    shown,
    slot,
)
from tests.ui.compose.test_pictures import bare
from tests.ui.compose.test_pictures import slot as start_slot
from venice_studio.domain.inputs import RULES, Material, Role
from venice_studio.domain.model import Basis
from venice_studio.ui.compose.inputs.cards import SoundCard
from venice_studio.ui.compose.inputs.cards_slot import CardsSlot
from venice_studio.ui.compose.inputs.words import object_name
from venice_studio.ui.widgets import Segments

ALT, NONE = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier
SEVERAL = (Role.REFERENCES, Role.SCENES, Role.REFERENCE_VIDEOS, Role.REFERENCE_SOUNDS)
SINGLE = (Role.SOUNDTRACK, Role.SOURCE_VIDEO)


@pytest.mark.parametrize("model", EVERY, ids=lambda model: str(model.id))
async def test_what_a_model_takes_has_a_place_and_nothing_else_has(bench: Bench, model: object) -> None:
    bench.composer.set_models(EVERY)
    for chosen in EVERY:
        if chosen is model:
            bench.composer.choose_model(chosen.id)
    await bench.settle()
    taken = bench.composer.model
    assert taken is not None
    in_sight = {role for role in MODEL_OF if bench.pane.form.inputs.slot(role) is not None}
    assert in_sight == {role for role in MODEL_OF if taken.takes(role)}
    assert bench.find("upscaleField").isVisible() == bool(taken.upscale_factors)
    assert start_slot(bench).isVisible() == (taken.basis is Basis.FRAMES)


@pytest.mark.parametrize("role", [*SEVERAL, *SINGLE])
async def test_a_dropped_file_is_attached_shown_and_named(bench: Bench, role: Role, tmp_path: Path) -> None:
    choose(bench, MODEL_OF[role])
    assert drop(slot(bench, role), files(file(tmp_path, RULES[role].material)))
    await bench.settle()
    [name] = names(bench, role)
    [card] = cards(bench, role)
    number = "" if RULES[role].single else " 1"
    assert card.accessibleName() == f"{RULES[role].one.capitalize()}{number}: {name}"
    assert card.remove.accessibleName() == f"Remove {name}"
    if RULES[role].material is Material.SOUND:
        assert isinstance(card, SoundCard)
        assert max(card.peaks) == pytest.approx(1, abs=0.1) or max(card.peaks) > 0.3
        assert card.play.accessibleName() == f"Play {name}"
    else:
        assert not card.image.isNull()
    spoken = QAccessible.queryAccessibleInterface(card)
    assert spoken.role() is QAccessible.Role.Button


@pytest.mark.parametrize("role", SEVERAL)
async def test_several_are_put_in_order_by_dragging_and_by_keys(bench: Bench, role: Role, tmp_path: Path) -> None:
    choose(bench, MODEL_OF[role])
    assert drop(slot(bench, role), files(*several(tmp_path, role, 3)))
    await bench.settle()
    first, second, third = names(bench, role)
    QTest.keyClick(cards(bench, role)[2], Qt.Key.Key_Left, ALT)
    assert names(bench, role) == [first, third, second]
    assert cards(bench, role)[1].hasFocus()
    QTest.keyClick(cards(bench, role)[1], Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert names(bench, role) == [third, first, second]
    data = cards(bench, role)[2].data()
    assert data is not None
    place = slot(bench, role)
    before_first = cards(bench, role)[0].mapTo(place, QPoint(3, 3))
    assert drop(place, data, before_first)
    assert names(bench, role) == [second, third, first]
    data = cards(bench, role)[0].data()
    assert data is not None
    last = cards(bench, role)[2]
    assert drop(place, data, last.mapTo(place, QPoint(last.width() - 3, last.height() - 3)))
    assert names(bench, role) == [third, first, second]


async def test_while_a_card_is_dragged_a_line_shows_where_it_would_go(bench: Bench, tmp_path: Path) -> None:
    choose(bench, FOLLOWING)
    drop(slot(bench, Role.REFERENCES), files(*several(tmp_path, Role.REFERENCES, 2)))
    await bench.settle()
    place = slot(bench, Role.REFERENCES)
    grid = place.body
    before = shown(grid)
    origin = cards(bench, Role.REFERENCES)[0].origin
    place.mark_drop(origin, cards(bench, Role.REFERENCES)[1].mapTo(place, QPoint(3, 3)))
    assert shown(grid) != before
    place.unmark()
    assert shown(grid) == before


@pytest.mark.parametrize("role", [*SEVERAL, *SINGLE])
async def test_enter_replaces_and_delete_removes(bench: Bench, role: Role, tmp_path: Path) -> None:
    choose(bench, MODEL_OF[role])
    material = RULES[role].material
    assert drop(slot(bench, role), files(file(tmp_path, material)))
    await bench.settle()
    slot(bench, role).setFocus()
    card = cards(bench, role)[0]
    assert card.hasFocus()
    QTest.keyClick(card, Qt.Key.Key_Return)
    dialog = bench.pane.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    ending = {Material.PICTURE: "*.png", Material.SOUND: "*.wav", Material.VIDEO: "*.mp4"}[material]
    assert ending in dialog.nameFilters()[0]
    assert dialog.fileMode() is QFileDialog.FileMode.ExistingFile
    other = file(tmp_path, material, 7)
    dialog.selectFile(str(other))
    dialog.accept()
    await bench.settle()
    assert names(bench, role) == [other.name]
    bench.pane.activateWindow()
    await bench.until(cards(bench, role)[0].hasFocus)
    QTest.keyClick(cards(bench, role)[0], Qt.Key.Key_Delete)
    await bench.settle()
    assert names(bench, role) == []
    assert slot(bench, role).strip.hasFocus()


@pytest.mark.parametrize("role", MODEL_OF)
async def test_files_are_browsed_for_by_kind(bench: Bench, role: Role, tmp_path: Path) -> None:
    choose(bench, MODEL_OF[role])
    count = 1 if RULES[role].single else 2
    click(slot(bench, role).strip)
    dialog = bench.pane.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    several_wanted = dialog.fileMode() is QFileDialog.FileMode.ExistingFiles
    assert several_wanted == (count > 1)
    chosen = several(tmp_path, role, count)
    dialog.filesSelected.emit([str(path) for path in chosen])
    dialog.reject()
    await bench.settle()
    assert names(bench, role) == [path.name for path in chosen]


async def test_the_cross_on_a_card_removes_it_and_the_keyboard_stays_near(bench: Bench, tmp_path: Path) -> None:
    choose(bench, FOLLOWING)
    drop(slot(bench, Role.REFERENCES), files(*several(tmp_path, Role.REFERENCES, 3)))
    await bench.settle()
    card = cards(bench, Role.REFERENCES)[2]
    card.setFocus()
    assert card.remove.isVisible()
    click(card.remove)
    await bench.settle()
    assert names(bench, Role.REFERENCES) == ["cat 0.png", "cat 1.png"]
    assert cards(bench, Role.REFERENCES)[1].hasFocus()


async def test_the_menu_of_a_card_does_what_it_says(bench: Bench, tmp_path: Path) -> None:
    choose(bench, FOLLOWING)
    drop(slot(bench, Role.REFERENCES), files(*several(tmp_path, Role.REFERENCES, 2)))
    await bench.settle()
    click(cards(bench, Role.REFERENCES)[0])
    menu = bench.pane.findChild(QMenu, "inputMenu")
    assert isinstance(menu, QMenu)
    texts = [action.text().partition("\t")[0] for action in menu.actions() if not action.isSeparator()]
    assert texts == ["Replace…", "Replace from an address…", "Move on", "Remove"]
    next(action for action in menu.actions() if action.text().startswith("Move on")).trigger()
    menu.close()
    assert names(bench, Role.REFERENCES) == ["cat 1.png", "cat 0.png"]


async def test_more_than_fit_are_taken_as_far_as_there_is_room(bench: Bench, tmp_path: Path) -> None:
    choose(bench, FOLLOWING)
    place = slot(bench, Role.REFERENCES)
    assert drop(place, files(*several(tmp_path, Role.REFERENCES, 6)))
    await bench.settle()
    assert names(bench, Role.REFERENCES) == [f"cat {number}.png" for number in range(4)]
    assert place.problem == "4 of 6 added: 4 reference pictures are taken at most."
    assert place.count.text() == "4 of 4"
    assert drop(place, files(file(tmp_path, Material.PICTURE, 9)))
    await bench.settle()
    assert place.problem == "Nothing was added: 4 reference pictures are taken at most."
    QTest.keyClick(cards(bench, Role.REFERENCES)[0], Qt.Key.Key_Delete)
    assert (place.problem, place.count.text()) == ("", "3 of 4")


async def test_the_wrong_kind_is_refused_with_words_and_the_right_one_among_it_taken(
    bench: Bench, tmp_path: Path
) -> None:
    choose(bench, FOLLOWING)
    song, cat = file(tmp_path, Material.SOUND), file(tmp_path, Material.PICTURE)
    place = slot(bench, Role.REFERENCES)
    assert drop(place, files(song))
    await bench.settle()
    assert place.problem == "waves 0.wav is a sound. Here goes a picture."
    assert drop(place, files(song, cat))
    await bench.settle()
    assert names(bench, Role.REFERENCES) == ["cat 0.png"]
    assert place.problem == "waves 0.wav is a sound. Here goes a picture."
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"no video")
    assert drop(slot(bench, Role.REFERENCE_VIDEOS), files(broken))
    await bench.settle()
    assert "broken.mp4" in slot(bench, Role.REFERENCE_VIDEOS).problem


async def test_what_is_dropped_anywhere_goes_to_its_best_place(bench: Bench, tmp_path: Path) -> None:
    choose(bench, FOLLOWING)
    cat, song, dance = (file(tmp_path, material) for material in Material)
    for path, role in ((cat, Role.REFERENCES), (song, Role.REFERENCE_SOUNDS), (dance, Role.REFERENCE_VIDEOS)):
        assert drop(bench.pane, files(path))
        await bench.settle()
        assert names(bench, role) == [path.name]
    choose(bench, SINGING)
    for path, role in ((cat, Role.START_FRAME), (song, Role.SOUNDTRACK)):
        assert drop(bench.pane, files(path))
        await bench.settle()
        assert names(bench, role) == [path.name]
    assert bench.draft.model == "singing"


async def test_a_video_dropped_on_a_picture_model_goes_to_the_familys_variant_for_videos(
    bench: Bench, tmp_path: Path
) -> None:
    choose(bench, STARTING)
    dance = file(tmp_path, Material.VIDEO)
    assert drop(bench.pane, files(dance))
    await bench.settle()
    held = {role: names(bench, role) for role in (Role.SOURCE_VIDEO, Role.REFERENCE_VIDEOS)}
    assert held == {Role.SOURCE_VIDEO: [dance.name], Role.REFERENCE_VIDEOS: []}
    assert bench.draft.model == "editing"


async def test_what_no_variant_takes_is_refused_at_the_start_frame(bench: Bench, tmp_path: Path) -> None:
    bench.composer.choose_model("ltx")
    assert drop(bench.pane, files(file(tmp_path, Material.SOUND)))
    await bench.settle()
    assert start_slot(bench).problem == "LTX takes no sound. Choose another model for it."


async def test_a_paste_goes_where_the_keyboard_is(bench: Bench, tmp_path: Path) -> None:
    choose(bench, ACTING)
    scenes = slot(bench, Role.SCENES)
    QGuiApplication.clipboard().setMimeData(bare(image(64, 64)))
    scenes.strip.setFocus()
    QTest.keyClick(scenes.strip, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    await bench.settle()
    assert names(bench, Role.SCENES) == ["pasted picture.png"]
    QGuiApplication.clipboard().setMimeData(files(*several(tmp_path, Role.SCENES, 2)))
    cards(bench, Role.SCENES)[0].setFocus()
    QTest.keyClick(cards(bench, Role.SCENES)[0], Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    await bench.settle()
    assert names(bench, Role.SCENES) == ["pasted picture.png", "cat 0.png", "cat 1.png"]
    QGuiApplication.clipboard().setMimeData(files(file(tmp_path, Material.PICTURE, 5)))
    cards(bench, Role.SCENES)[0].setFocus()
    QTest.keyClick(cards(bench, Role.SCENES)[0], Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    await bench.settle()
    assert names(bench, Role.SCENES) == ["cat 5.png", "cat 0.png", "cat 1.png"]


async def test_a_sound_is_heard_and_stopped(bench: Bench, tmp_path: Path) -> None:
    choose(bench, SINGING)
    drop(slot(bench, Role.SOUNDTRACK), files(file(tmp_path, Material.SOUND)))
    await bench.settle()
    [card] = cards(bench, Role.SOUNDTRACK)
    assert isinstance(card, SoundCard)
    hearing = bench.pane.hands.hearing
    click(card.play)
    await bench.until(lambda: hearing.playing)
    assert card.play.accessibleName() == "Pause waves 0.wav"
    await bench.until(lambda: card.share > 0)
    click(card.play)
    await bench.until(lambda: not hearing.playing)
    assert (card.play.accessibleName(), card.share) == ("Play waves 0.wav", 0)


async def test_how_much_larger_is_chosen(bench: Bench) -> None:
    choose(bench, LARGER)
    field = bench.find("upscaleField")
    assert isinstance(field, Segments)
    assert field.value == "2"
    click(field.button("4"))
    await bench.settle()
    assert bench.draft.upscale_factor == 4


async def test_what_a_clip_is_made_from_is_chosen_and_what_is_attached_stays(bench: Bench, tmp_path: Path) -> None:
    choose(bench, STARTING)
    basis = bench.find("basisField")
    assert isinstance(basis, Segments)
    assert basis.accessibleName() == "Made from"
    drop(bench.pane, files(file(tmp_path, Material.PICTURE)))
    await bench.settle()
    click(basis.button(Basis.REFERENCES.value))
    await bench.settle()
    assert bench.draft.model == "following"
    assert start_slot(bench).isVisible()
    assert "takes no start frame" in start_slot(bench).problem
    basis.button(Basis.REFERENCES.value).setFocus()
    QTest.keyClick(basis.button(Basis.REFERENCES.value), Qt.Key.Key_Right)
    await bench.settle()
    assert bench.draft.model == "editing"
    bench.composer.choose_model("keyed")
    await bench.settle()
    assert not basis.isVisible()


async def test_every_place_can_be_reached_by_its_name(bench: Bench) -> None:
    for role, model in MODEL_OF.items():
        choose(bench, model)
        await bench.settle()
        place = slot(bench, role)
        assert place.objectName() == object_name(role)
        assert place.accessibleName() == (RULES[role].one if RULES[role].single else RULES[role].many).capitalize()
    assert object_name(Role.REFERENCE_SOUNDS) == "referenceSoundsSlot"


@pytest.mark.parametrize("role", [Role.REFERENCES, Role.ELEMENTS, Role.KEYFRAMES])
async def test_a_card_that_goes_before_its_still_is_there_troubles_nobody(
    bench: Bench, role: Role, tmp_path: Path
) -> None:
    failed: list[BaseException] = []
    bench.whole.parts.tasks.failed.connect(failed.append)
    choose(bench, MODEL_OF[role])
    paths = [str(path) for path in several(tmp_path, role, 3)]
    await bench.whole.studio.attachments.take_files(role, paths)
    for _ in paths:
        bench.whole.studio.attachments.remove(role, 0)
    await bench.settle()
    assert names(bench, role) == []
    assert failed == []


async def test_a_card_dragged_to_another_place_becomes_what_that_place_is_for(bench: Bench, tmp_path: Path) -> None:
    choose(bench, ACTING)
    drop(slot(bench, Role.SCENES), files(*several(tmp_path, Role.SCENES, 2)))
    await bench.settle()
    data = cards(bench, Role.SCENES)[0].data()
    assert data is not None
    place = slot(bench, Role.ELEMENTS)
    assert drop(place, data, place.rect().center())
    await bench.settle()
    assert (names(bench, Role.ELEMENTS), names(bench, Role.SCENES)) == (["cat 0.png"], ["cat 1.png"])
    choose(bench, FOLLOWING)
    await bench.settle()
    assert not drop(slot(bench, Role.REFERENCE_SOUNDS), data, QPoint(5, 5))
    assert not drop(bench.pane, data)


async def test_everything_in_a_place_is_reached_by_tab_in_reading_order(bench: Bench, tmp_path: Path) -> None:
    choose(bench, FOLLOWING)
    drop(slot(bench, Role.REFERENCES), files(*several(tmp_path, Role.REFERENCES, 2)))
    await bench.settle()
    first, second = cards(bench, Role.REFERENCES)
    place = slot(bench, Role.REFERENCES)
    assert isinstance(place, CardsSlot)
    place.more.setFocus()
    for following in (first, second, place.grid.add, slot(bench, Role.REFERENCE_VIDEOS).strip):
        focused = bench.pane.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        assert following.hasFocus()
