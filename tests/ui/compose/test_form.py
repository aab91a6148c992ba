"""The form shows the draft and changes it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QWidget

from tests.support.fake_service import MODELS
from tests.ui.compose.conftest import Bench, click, drop, files
from venice_studio.domain.inputs import Need
from venice_studio.domain.model import Dialect, VideoModel
from venice_studio.ui.widgets import ChoiceField, Form, Segments, Toggle

CONTRACT = (
    "promptEdit",
    "negativePromptEdit",
    "modelPicker",
    "durationField",
    "resolutionField",
    "aspectRatioField",
    "audioToggle",
    "seedEdit",
    "takesField",
    "startFrameSlot",
    "endFrameSlot",
    "generateButton",
)

LONG = VideoModel(
    id="long", name="Long", start_frame=Need.MAY, durations=tuple(f"{n}s" for n in range(3, 16)), sound=True
)
GAPS = VideoModel(
    id="gaps", name="Gaps", start_frame=Need.MAY, durations=("5s", "8s", "10s", "15s", "18s"), aspect_ratios=("16:9",)
)
ENDS = VideoModel(id="ends", name="Ends", durations=("5s",), start_frame=Need.MAY, end_frame=True)


def choice(bench: Bench, name: str) -> ChoiceField:
    field = bench.find(name)
    assert isinstance(field, ChoiceField)
    return field


def picker(bench: Bench) -> QComboBox:
    found = bench.find("modelPicker")
    assert isinstance(found, QComboBox)
    return found


async def choose(bench: Bench, name: str) -> None:
    box = picker(bench)
    box.setCurrentIndex(box.findText(name))
    await bench.settle()


@pytest.mark.parametrize("name", CONTRACT)
async def test_every_field_can_be_found_and_has_a_name_for_screen_readers(bench: Bench, name: str) -> None:
    assert bench.find(name).accessibleName()


async def test_typing_goes_to_the_draft_and_is_counted(bench: Bench) -> None:
    await bench.write("promptEdit", "A gondola")
    assert bench.draft.prompt == "A gondola"
    assert "9 / 2500" in labels(bench)


async def test_a_prompt_that_is_too_long_is_said_at_the_field(bench: Bench) -> None:
    bench.composer.edit(prompt="x" * 2501)
    await bench.settle()
    assert bench.pane.form.fields["prompt"].problem == "1 characters too long for Kling."
    assert not bench.find("generateButton").isEnabled()
    await bench.write("promptEdit", "short")
    assert bench.pane.form.fields["prompt"].problem == ""


async def test_an_empty_prompt_is_not_scolded_until_it_is_pressed(bench: Bench) -> None:
    assert bench.pane.form.fields["prompt"].problem == ""
    assert bench.find("generateButton").accessibleName() == "Generate clip"
    assert bench.find("generateButton").accessibleDescription() == "Say what should happen in the clip."
    QTest.keyClick(bench.find("seedEdit"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    await bench.settle()
    assert bench.pane.form.fields["prompt"].problem == "Say what should happen in the clip."
    assert bench.find("promptEdit").hasFocus()
    assert bench.service.count("queue") == 0


async def test_negative_prompt_unfolds_by_itself_when_it_holds_something(bench: Bench) -> None:
    assert not bench.find("negativePromptEdit").isVisible()
    bench.composer.edit(negative_prompt="text")
    assert bench.find("negativePromptEdit").isVisible()


async def test_negative_prompt_unfolds_by_a_click(bench: Bench) -> None:
    click(bench.find("negativePromptDisclosure"))
    await bench.write("negativePromptEdit", "blur")
    assert bench.draft.negative_prompt == "blur"


async def test_models_of_one_name_are_one_entry(bench: Bench) -> None:
    box = picker(bench)
    assert [box.itemText(at) for at in range(box.count())] == ["Kling", "LTX", "Wan"]
    assert box.currentText() == "Kling"


async def test_another_model_is_chosen_by_typing_a_part_of_its_name(bench: Bench) -> None:
    more = tuple(
        VideoModel(id=f"m{n}", name=f"Model {n}", model_type="text-to-video", durations=("5s",)) for n in range(8)
    )
    bench.composer.set_models(MODELS + more)
    await bench.settle()
    box = picker(bench)
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_L)
    found = box.findChild(QWidget, "modelList")
    assert found is not None
    assert found.isVisible()
    search = found.focusWidget()
    QTest.keyClicks(search, "tx")
    QTest.keyClick(search, Qt.Key.Key_Return)
    await bench.settle()
    assert bench.draft.model == "ltx"
    assert not found.isVisible()
    assert box.currentText() == "LTX"


async def test_a_name_that_begins_with_what_is_typed_comes_before_one_that_holds_it(bench: Bench) -> None:
    names = ("PixVerse", "Veo", *(f"Model {number}" for number in range(8)))
    bench.composer.set_models([VideoModel(id=name, name=name, model_type="text-to-video") for name in names])
    await bench.settle()
    box = picker(bench)
    QTest.keyClick(box, Qt.Key.Key_V)
    found = box.findChild(QWidget, "modelList")
    assert found is not None
    QTest.keyClicks(found.focusWidget(), "e")
    QTest.keyClick(found.focusWidget(), Qt.Key.Key_Return)
    await bench.settle()
    assert bench.draft.model == "Veo"


async def test_arrows_choose_in_the_unfolded_list_and_escape_leaves_it(bench: Bench) -> None:
    box = picker(bench)
    click(box)
    found = box.findChild(QWidget, "modelList")
    assert found is not None
    QTest.keyClick(found, Qt.Key.Key_Down)
    QTest.keyClick(found, Qt.Key.Key_Escape)
    assert not found.isVisible()
    assert bench.draft.model == "kling-text"
    click(box)
    QTest.keyClick(found, Qt.Key.Key_Down)
    QTest.keyClick(found, Qt.Key.Key_Return)
    await bench.settle()
    assert bench.draft.model == "ltx"


async def test_a_change_of_model_says_what_followed_and_can_be_undone(bench: Bench) -> None:
    choice(bench, "durationField").select("10s")
    await bench.whole.price("0.78")
    await choose(bench, "Wan")
    assert bench.draft.duration == "8s"
    assert bench.pane.form.model.note.isVisible()
    assert bench.pane.form.model.note.text.startswith("10 s → 8 s")
    assert bench.pane.form.model.note.text.endswith("$0.78 → $0.39")
    click(bench.find("undoSwitchButton"))
    assert bench.draft.duration == "10s"
    assert picker(bench).currentText() == "Kling"
    assert not bench.pane.form.model.note.isVisible()


async def test_each_measure_takes_the_form_that_suits_its_choices(bench: Bench) -> None:
    assert choice(bench, "durationField").form is Form.SEGMENTS
    bench.composer.set_models((*MODELS, LONG, GAPS))
    await choose(bench, "Long")
    assert choice(bench, "durationField").form is Form.SLIDER
    assert not choice(bench, "resolutionField").isVisible()
    await choose(bench, "Gaps")
    assert choice(bench, "durationField").form is Form.MENU
    assert choice(bench, "aspectRatioField").form is Form.LINE


async def test_measures_go_to_the_draft(bench: Bench) -> None:
    choice(bench, "durationField").select("10s")
    choice(bench, "resolutionField").select("1080p")
    choice(bench, "aspectRatioField").select("9:16")
    assert (bench.draft.duration, bench.draft.resolution, bench.draft.aspect_ratio) == ("10s", "1080p", "9:16")


async def test_sound_is_a_switch_a_line_or_nothing(bench: Bench) -> None:
    toggle = bench.find("audioToggle")
    assert isinstance(toggle, Toggle)
    click(toggle)
    assert bench.draft.sound is False
    bench.composer.set_models((*MODELS, LONG))
    await choose(bench, "Long")
    assert not toggle.isVisible()
    assert "always on" in labels(bench)
    await choose(bench, "Wan")
    assert "always on" not in labels(bench)


async def test_seeds_are_there_in_the_dialect_that_has_them(bench: Bench) -> None:
    assert bench.find("seedEdit").isVisible()
    await bench.write("seedEdit", "12a7")
    assert bench.draft.seed == 127
    bench.composer.edit(seed=None)
    bench.composer.set_dialect(Dialect.LIVE)
    assert not bench.find("seedEdit").isVisible()


async def test_a_seed_that_is_too_large_is_said_at_the_field(bench: Bench) -> None:
    await bench.write("seedEdit", "9999999999")
    assert "2147483647" in bench.pane.form.fields["seed"].problem


async def test_takes_multiply_the_price_and_name_the_button(bench: Bench) -> None:
    await bench.write("promptEdit", "A gondola")
    takes = bench.find("takesField")
    assert isinstance(takes, Segments)
    click(takes.button("2"))
    await bench.settle()
    assert bench.text("quotePrice") == "$0.78"
    assert bench.text("generateButton") == "Generate 2 clips"
    assert bench.text("quoteState") == "2 × $0.39, quoted just now\nleaves $23.52"


async def test_end_frame_is_there_where_the_model_takes_one(bench: Bench, picture: Path) -> None:
    assert not bench.find("endFrameSlot").isVisible()
    bench.composer.set_models((*MODELS, ENDS))
    await choose(bench, "Ends")
    assert bench.find("endFrameSlot").isVisible()
    assert drop(bench.find("endFrameSlot"), files(picture))
    await bench.settle()
    assert bench.draft.end_frame is not None
    assert bench.draft.start_frame is None


async def test_shape_comes_from_the_picture_where_the_model_leaves_no_choice(bench: Bench, picture: Path) -> None:
    await choose(bench, "Wan")
    assert not bench.find("aspectRatioField").isVisible()
    drop(bench.find("startFrameSlot"), files(picture))
    await bench.settle()
    assert "from your picture, 16:9" in labels(bench)


async def test_tab_goes_in_reading_order_after_fields_changed_their_form(bench: Bench) -> None:
    bench.composer.set_models((*MODELS, LONG))
    await choose(bench, "Long")
    await bench.write("promptEdit", "A gondola")
    await bench.until(lambda: bench.find("generateButton").isEnabled())
    bench.find("startFrameSlot").setFocus()
    passed: list[int] = []
    for _ in range(12):
        focus = bench.pane.focusWidget()
        passed.append(focus.mapTo(bench.pane, focus.rect().center()).y())
        if focus is bench.find("generateButton"):
            break
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert bench.pane.focusWidget() is bench.find("generateButton")
    assert passed == sorted(passed)


def labels(bench: Bench) -> list[str]:
    return [label.text() for label in bench.pane.findChildren(QLabel) if label.isVisible()]


@pytest.mark.parametrize("problem", ["", "The service says at length what it does not like about this prompt. " * 3])
async def test_in_a_low_window_the_form_scrolls_and_nothing_is_pressed_together(bench: Bench, problem: str) -> None:
    bench.pane.form.fields["prompt"].set_problem(problem)
    await bench.settle()
    heights = {name: bench.find(name).height() for name in CONTRACT}
    bench.pane.resize(bench.pane.width(), 460)
    await bench.settle()
    assert {name: bench.find(name).height() for name in CONTRACT} == heights
    assert bench.pane.rect().contains(bench.pane.quote.geometry())
    bench.find("audioToggle").setFocus()
    for _ in range(2):
        QTest.keyClick(bench.pane.focusWidget(), Qt.Key.Key_Tab)
    assert bench.find("seedEdit").hasFocus()
    assert bench.find("seedEdit").visibleRegion().boundingRect() == bench.find("seedEdit").rect()


async def test_labels_side_by_side_stand_on_one_line_whatever_is_below_them(bench: Bench) -> None:
    lengths = ("6s", "8s", "10s", "12s", "20s")
    bench.composer.set_models([VideoModel(id="fast", name="Fast", durations=lengths, resolutions=("1080p", "1440p"))])
    await bench.settle()
    measures = bench.pane.form.measures
    assert (measures.duration.form, measures.resolution.form) == (Form.MENU, Form.SEGMENTS)
    labels = {label.text(): label for label in measures.findChildren(QLabel) if label.isVisible()}
    tops = {labels[text].mapTo(measures, QPoint()).y() for text in ("Duration", "Resolution")}
    assert len(tops) == 1


async def test_durations_that_would_read_the_same_stand_side_by_side_as_they_are_listed(bench: Bench) -> None:
    bench.composer.set_models([VideoModel(id="fast", name="Fast", durations=("Auto", "auto", "-1", "5s"))])
    await bench.settle()
    measures = bench.pane.form.measures
    shown = [button.text() for button in measures.duration.findChildren(QAbstractButton) if button.isVisible()]
    assert shown == ["Auto", "auto", "-1", "5 s"]
