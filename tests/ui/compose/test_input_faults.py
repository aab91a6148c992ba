"""What does not go together is said where it belongs before anything is sent, with the nearest valid choices."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from tests.support.recordings import make_video, make_wav
from tests.ui.compose.conftest import Bench, click, drop, files
from tests.ui.compose.material import (
    ACTING,
    FOLLOWING,
    KEYED,
    MODEL_OF,
    SINGING,
    cards,
    choose,
    file,
    names,
    remedy,
    several,
    slot,
)
from tests.ui.compose.test_pictures import slot as start_slot
from tests.ui.compose.test_press import trouble
from venice_studio.domain.inputs import RULES, Material, Role
from venice_studio.domain.media import Element, Picture
from venice_studio.domain.problem import Kind
from venice_studio.ui.compose.inputs.elements_slot import ElementsSlot
from venice_studio.ui.compose.inputs.keyframes_slot import KeyframesSlot
from venice_studio.ui.compose.inputs.words import files as dialog_files


def labels(bench: Bench, role: Role) -> list[str]:
    return [link.text() for link in slot(bench, role).trouble.buttons]


async def attach(bench: Bench, role: Role, *paths: Path) -> None:
    await bench.whole.studio.attachments.take_files(role, [str(path) for path in paths])
    await bench.settle()


async def test_a_start_frame_beside_references_is_handed_over_in_one_click(bench: Bench, tmp_path: Path) -> None:
    choose(bench, FOLLOWING)
    cat = file(tmp_path, Material.PICTURE)
    picture = await bench.whole.studio.pictures.take_file(str(cat))
    bench.composer.edit(start_frame=picture, prompt="A cat")
    await bench.settle()
    place = start_slot(bench)
    assert place.problem == "Follow R2V takes no start frame. Remove it or choose another model."
    assert [link.text() for link in place.trouble.buttons] == [
        "Use it as a reference picture",
        "Go to “Prompt or picture”",
        "Remove it",
    ]
    click(place.trouble.buttons[0])
    await bench.settle()
    assert (bench.draft.start_frame, names(bench, Role.REFERENCES)) == (None, [cat.name])
    assert not place.isVisible()
    assert bench.find("generateButton").isEnabled()


async def test_inputs_of_another_model_stay_in_sight_with_ways_out(bench: Bench, tmp_path: Path) -> None:
    choose(bench, FOLLOWING)
    await attach(bench, Role.REFERENCES, *several(tmp_path, Role.REFERENCES, 2))
    bench.composer.choose_model("starting")
    await bench.settle()
    assert "takes no reference pictures" in slot(bench, Role.REFERENCES).problem
    assert labels(bench, Role.REFERENCES) == ["Go to “References”", "Remove them"]
    click(remedy(bench, Role.REFERENCES, "Go to “References”"))
    await bench.settle()
    assert bench.draft.model == "following"
    assert slot(bench, Role.REFERENCES).problem == ""
    bench.composer.choose_model("singing")
    await bench.settle()
    assert labels(bench, Role.REFERENCES) == ["Use Follow R2V", "Remove them"]
    click(remedy(bench, Role.REFERENCES, "Remove them"))
    await bench.settle()
    assert names(bench, Role.REFERENCES) == []
    assert bench.pane.form.inputs.slot(Role.REFERENCES) is None


async def test_videos_of_the_wrong_kind_or_too_long_together_are_removed_in_one_click(
    bench: Bench, tmp_path: Path
) -> None:
    choose(bench, FOLLOWING)
    wrong = make_video(tmp_path / "wrong.webm", "libvpx", frames=3 * 24)
    await attach(bench, Role.REFERENCE_VIDEOS, wrong)
    assert "Only MP4 and MOV can" in slot(bench, Role.REFERENCE_VIDEOS).problem
    click(remedy(bench, Role.REFERENCE_VIDEOS, "Remove wrong.webm"))
    await bench.settle()
    assert names(bench, Role.REFERENCE_VIDEOS) == []

    await attach(
        bench,
        Role.REFERENCE_VIDEOS,
        make_video(tmp_path / "short.mp4", frames=7 * 24),
        make_video(tmp_path / "long.mp4", frames=9 * 24),
    )
    assert "15 s are taken at most" in slot(bench, Role.REFERENCE_VIDEOS).problem
    click(remedy(bench, Role.REFERENCE_VIDEOS, "Remove long.mp4"))
    await bench.settle()
    assert names(bench, Role.REFERENCE_VIDEOS) == ["short.mp4"]
    assert slot(bench, Role.REFERENCE_VIDEOS).problem == ""


def test_a_file_dialog_offers_what_the_role_takes() -> None:
    offered = {role: dialog_files(RULES[role]) for role in (Role.REFERENCE_VIDEOS, Role.SOURCE_VIDEO, Role.SOUNDTRACK)}
    assert offered == {
        Role.REFERENCE_VIDEOS: "Videos (*.mp4 *.mov)",
        Role.SOURCE_VIDEO: "Videos (*.mp4 *.mov *.webm)",
        Role.SOUNDTRACK: "Sounds (*.wav *.mp3)",
    }


async def test_a_sound_that_is_too_short_is_told_of_and_removed(bench: Bench, tmp_path: Path) -> None:
    choose(bench, SINGING)
    await attach(bench, Role.SOUNDTRACK, make_wav(tmp_path / "short.wav", seconds=1.5))
    assert slot(bench, Role.SOUNDTRACK).problem == "short.wav has 1.5 s. Singer takes 3 s and more."
    click(remedy(bench, Role.SOUNDTRACK, "Choose another…"))
    dialog = bench.pane.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.reject()
    click(remedy(bench, Role.SOUNDTRACK, "Remove short.wav"))
    await bench.settle()
    assert bench.draft.soundtrack is None


async def test_a_reference_sound_alone_asks_for_a_picture_beside_it(bench: Bench, tmp_path: Path) -> None:
    choose(bench, FOLLOWING)
    await attach(bench, Role.REFERENCE_SOUNDS, file(tmp_path, Material.SOUND))
    assert "needs a reference picture or video beside it" in slot(bench, Role.REFERENCE_SOUNDS).problem
    assert labels(bench, Role.REFERENCE_SOUNDS) == ["Add a reference picture"]
    await attach(bench, Role.REFERENCES, file(tmp_path, Material.PICTURE))
    assert slot(bench, Role.REFERENCE_SOUNDS).problem == ""


async def test_what_was_left_of_a_drop_does_not_hide_what_keeps_the_rest_from_being_sent(
    bench: Bench, tmp_path: Path
) -> None:
    choose(bench, replace(ACTING, most=((Role.ELEMENTS, 4),)))
    await attach(bench, Role.ELEMENTS, *several(tmp_path, Role.ELEMENTS, 4))
    assert drop(slot(bench, Role.SCENES), files(*several(tmp_path, Role.SCENES, 5)))
    await bench.settle()
    left, fault = "4 of 5 added: 4 scene pictures are taken at most.", "Actors takes 7 pictures in all. Remove 1."
    assert slot(bench, Role.SCENES).problem == f"{left} {fault}"
    click(remedy(bench, Role.SCENES, "Remove the last one"))
    await bench.settle()
    assert slot(bench, Role.SCENES).problem == ""


async def test_seven_pictures_in_all_and_the_last_go_in_one_click(bench: Bench, tmp_path: Path) -> None:
    choose(bench, ACTING)
    await attach(bench, Role.ELEMENTS, *several(tmp_path, Role.ELEMENTS, 3))
    shelf = bench.whole.studio.attachments
    paths = [str(path) for path in several(tmp_path, Role.ELEMENTS, 3)]
    await shelf.take_files(Role.ELEMENTS, paths, element=0)
    await attach(bench, Role.SCENES, *several(tmp_path, Role.SCENES, 3))
    assert slot(bench, Role.SCENES).problem == "Actors takes 7 pictures in all. Remove 2."
    click(remedy(bench, Role.SCENES, "Remove the last 2"))
    await bench.settle()
    assert names(bench, Role.SCENES) == ["cat 0.png"]
    assert slot(bench, Role.SCENES).problem == ""


async def test_an_element_without_a_front_takes_its_first_picture(bench: Bench, tmp_path: Path) -> None:
    choose(bench, ACTING)
    await attach(bench, Role.ELEMENTS, file(tmp_path, Material.PICTURE))
    picture = bench.draft.elements[0].frontal
    assert picture is not None
    bench.composer.edit(elements=(Element(references=(picture,)), Element()))
    await bench.settle()
    assert slot(bench, Role.ELEMENTS).problem == "Element 1 needs a picture from the front."
    click(remedy(bench, Role.ELEMENTS, "Use its first picture"))
    await bench.settle()
    assert bench.draft.elements[0] == Element(frontal=picture)
    click(remedy(bench, Role.ELEMENTS, "Remove element 2"))
    await bench.settle()
    assert bench.draft.elements == (Element(frontal=picture),)
    assert slot(bench, Role.ELEMENTS).problem == ""


async def test_keyframes_behind_the_end_lengthen_the_clip_or_move(bench: Bench, tmp_path: Path) -> None:
    choose(bench, KEYED)
    await attach(bench, Role.KEYFRAMES, *several(tmp_path, Role.KEYFRAMES, 2))
    held = bench.whole.studio.attachments
    held.place_keyframe(0, 0)
    held.place_keyframe(1, 200)
    await bench.settle()
    assert slot(bench, Role.KEYFRAMES).problem == "The clip ends at frame 120. Move the keyframes behind it."
    assert labels(bench, Role.KEYFRAMES) == ["Make the clip 10 s", "Move it to frame 120"]
    click(remedy(bench, Role.KEYFRAMES, "Move it to frame 120"))
    await bench.settle()
    assert [keyframe.frame_index for keyframe in bench.draft.keyframes] == [0, 120]
    held.place_keyframe(1, 200)
    await bench.settle()
    click(remedy(bench, Role.KEYFRAMES, "Make the clip 10 s"))
    await bench.settle()
    assert (bench.draft.duration, slot(bench, Role.KEYFRAMES).problem) == ("10s", "")
    held.place_keyframe(0, 999)
    held.place_keyframe(1, 998)
    await bench.settle()
    click(remedy(bench, Role.KEYFRAMES, "Move them into the clip"))
    await bench.settle()
    assert sorted(keyframe.frame_index for keyframe in bench.draft.keyframes) == [239, 240]


async def test_two_keyframes_at_one_frame_are_told_apart(bench: Bench, tmp_path: Path) -> None:
    choose(bench, KEYED)
    await attach(bench, Role.KEYFRAMES, *several(tmp_path, Role.KEYFRAMES, 2))
    held = bench.whole.studio.attachments
    held.place_keyframe(0, 120)
    held.place_keyframe(1, 120)
    await bench.settle()
    assert slot(bench, Role.KEYFRAMES).problem == "Two keyframes are at the same frame. Move one."
    click(remedy(bench, Role.KEYFRAMES, "Move one to frame 119"))
    await bench.settle()
    assert sorted(keyframe.frame_index for keyframe in bench.draft.keyframes) == [119, 120]


async def test_too_many_for_another_model_are_cut_to_what_it_takes(bench: Bench, tmp_path: Path) -> None:
    choose(bench, FOLLOWING)
    await attach(bench, Role.REFERENCES, *several(tmp_path, Role.REFERENCES, 4))
    fewer = replace(FOLLOWING, id="fewer", name="Fewer", most=((Role.REFERENCES, 3),))
    bench.composer.set_models((*bench.composer.models.value, fewer))
    bench.composer.choose_model("fewer")
    await bench.settle()
    assert slot(bench, Role.REFERENCES).problem == "Fewer takes 3 reference pictures. Remove 1."
    click(remedy(bench, Role.REFERENCES, "Remove the last one"))
    await bench.settle()
    assert len(bench.draft.references) == 3


async def test_the_meter_shows_what_is_sent_and_what_is_too_much(bench: Bench, tmp_path: Path) -> None:
    choose(bench, FOLLOWING)
    await attach(bench, Role.REFERENCES, *several(tmp_path, Role.REFERENCES, 2))
    meter = bench.pane.form.inputs.meter
    assert not meter.isVisible()
    first, second = bench.draft.references
    bench.composer.edit(references=(replace(first, size=6_000_000), second))
    await bench.settle()
    assert meter.isVisible()
    assert meter.said.text() == "8.0 of 20 MB"
    bench.composer.edit(references=(replace(first, size=16_000_000), second))
    await bench.settle()
    assert meter.said.text() == "21.3 of 20 MB, too much for one request"
    assert "too large for one request" in slot(bench, Role.REFERENCES).problem
    click(remedy(bench, Role.REFERENCES, f"Remove {first.name}"))
    await bench.settle()
    assert bench.draft.references == (second,)
    assert not meter.isVisible()


@pytest.mark.parametrize("role", [Role.REFERENCES, Role.SOURCE_VIDEO])
async def test_what_is_merely_missing_is_said_at_the_press_only(bench: Bench, role: Role) -> None:
    choose(bench, MODEL_OF[role])
    await bench.write("promptEdit", "A cat")
    place = slot(bench, role)
    assert place.problem == ""
    bench.pane.generate()
    await bench.settle()
    assert place.problem != ""
    assert place.strip.hasFocus()
    assert bench.service.count("queue") == 0


async def test_a_model_that_follows_one_kind_alone_says_that_it_needs_it(bench: Bench) -> None:
    choose(bench, MODEL_OF[Role.SOURCE_VIDEO])
    assert slot(bench, Role.SOURCE_VIDEO).strip.text() == "Needs a source video — drop or browse"
    choose(bench, KEYED)
    assert slot(bench, Role.KEYFRAMES).strip.text() == "Needs a keyframe — drop or browse"
    choose(bench, FOLLOWING)
    assert slot(bench, Role.REFERENCES).strip.text() == "Reference pictures, up to 4 — drop or browse"


async def test_a_keyframe_is_placed_by_its_number_and_the_keyboard_goes_along(bench: Bench, tmp_path: Path) -> None:
    choose(bench, KEYED)
    await attach(bench, Role.KEYFRAMES, *several(tmp_path, Role.KEYFRAMES, 3))
    place = slot(bench, Role.KEYFRAMES)
    assert isinstance(place, KeyframesSlot)
    before = [keyframe.frame_index for keyframe in bench.draft.keyframes]
    first = place.rows[0]
    name = first.card.medium.name if first.card.medium else ""
    assert first.spin.accessibleName() == f"Frame of {name}"
    first.spin.setFocus()
    QTest.keyClick(first.spin, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(first.spin, "118")
    QTest.keyClick(first.spin, Qt.Key.Key_Return)
    await bench.settle()
    placed = {keyframe.picture.name: keyframe.frame_index for keyframe in bench.draft.keyframes}
    assert placed[name] == 118
    assert before != sorted(placed.values())
    row = next(row for row in place.rows if row.spin.value() == 118)
    assert row.spin.hasFocus()
    assert row.time.text() == "4.92 s"
    QTest.keyClick(place.rows[0].card, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    await bench.settle()
    assert sorted(keyframe.frame_index for keyframe in bench.draft.keyframes) == sorted(placed.values())
    assert {k.picture.name: k.frame_index for k in bench.draft.keyframes} != placed
    count = len(place.rows)
    QTest.keyClick(place.rows[0].card, Qt.Key.Key_Delete)
    await bench.settle()
    assert len(place.rows) == count - 1


async def test_elements_are_filled_moved_and_removed_by_hand(bench: Bench, tmp_path: Path) -> None:
    choose(bench, ACTING)
    first, second, third = several(tmp_path, Role.ELEMENTS, 3)
    place = slot(bench, Role.ELEMENTS)
    assert isinstance(place, ElementsSlot)
    assert drop(place, files(first, second))
    await bench.settle()
    assert [fronts(element) for element in bench.draft.elements] == [[first.name], [second.name]]
    card = place.cards[0]
    assert drop(place, files(third), card.mapTo(place, card.rect().center()))
    await bench.settle()
    assert fronts(bench.draft.elements[0]) == [first.name, third.name]
    assert card.tiles[1].accessibleName() == f"Element 1, side 1: {third.name}"
    assert drop(place, files(*several(tmp_path, Role.ELEMENTS, 3)), card.mapTo(place, card.rect().center()))
    await bench.settle()
    assert place.problem == "2 of 3 added: 4 pictures of one element are taken at most."
    for _ in range(2):
        QTest.keyClick(card.tiles[2], Qt.Key.Key_Delete)
    QTest.keyClick(card.tiles[1], Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert fronts(bench.draft.elements[0]) == [third.name, first.name]
    bench.composer.edit(prompt="@Element1 meets @Element2")
    QTest.keyClick(place.cards[1].handle, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    await bench.settle()
    assert [fronts(element) for element in bench.draft.elements] == [[second.name], [third.name, first.name]]
    assert bench.draft.prompt == "@Element2 meets @Element1"
    QTest.keyClick(place.cards[1].tiles[1], Qt.Key.Key_Delete)
    assert fronts(bench.draft.elements[1]) == [third.name]
    click(place.add)
    await bench.settle()
    assert len(bench.draft.elements) == 3
    assert place.cards[2].adds[0].hasFocus()
    QTest.keyClick(place.cards[2].handle, Qt.Key.Key_Delete)
    assert len(bench.draft.elements) == 2


def fronts(element: Element) -> list[str]:
    return [picture.name for picture in element.pictures]


async def test_the_service_is_heard_where_there_is_a_place_for_its_words(bench: Bench, tmp_path: Path) -> None:
    choose(bench, FOLLOWING)
    await attach(bench, Role.REFERENCES, file(tmp_path, Material.PICTURE))
    await bench.write("promptEdit", "A cat")
    bench.service.answer("queue", trouble(Kind.INVALID, "No.", fields={"reference_image_urls": "Too small."}))
    await bench.press_generate()
    assert slot(bench, Role.REFERENCES).problem == "Too small."
    QTest.keyClick(cards(bench, Role.REFERENCES)[0], Qt.Key.Key_Delete)
    await bench.settle()
    assert "Too small." not in slot(bench, Role.REFERENCES).problem


async def test_nothing_is_sent_that_the_cards_do_not_show(bench: Bench, tmp_path: Path) -> None:
    choose(bench, FOLLOWING)
    await attach(bench, Role.REFERENCES, *several(tmp_path, Role.REFERENCES, 3))
    for card, picture in zip(cards(bench, Role.REFERENCES), bench.draft.references, strict=True):
        assert isinstance(picture, Picture)
        assert card.medium == picture
        assert card.accessibleDescription().endswith("sent as it is")


async def test_a_video_too_large_for_a_request_is_removed_in_one_click(bench: Bench, tmp_path: Path) -> None:
    choose(bench, MODEL_OF[Role.SOURCE_VIDEO])
    await attach(bench, Role.SOURCE_VIDEO, file(tmp_path, Material.VIDEO))
    film = bench.draft.source_video
    assert film is not None
    bench.composer.edit(source_video=replace(film, size=30_000_000))
    await bench.settle()
    assert "too large for one request" in slot(bench, Role.SOURCE_VIDEO).problem
    assert bench.pane.form.inputs.meter.said.text() == "40.0 of 35 MB, too much for one request"
    click(remedy(bench, Role.SOURCE_VIDEO, f"Remove {film.name}"))
    await bench.settle()
    assert bench.draft.source_video is None
