"""The ways to choose one of several values: with the mouse, with keys, and by whoever drives the form."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QRadioButton, QSlider, QSpinBox
from pytestqt.qtbot import QtBot

from tests.ui.driving import middle_of_words
from tests.ui.windows import show_active
from venice_studio.ui.theme import Theme
from venice_studio.ui.widgets import (
    ChoiceField,
    ChoiceMenu,
    Form,
    Hint,
    LineSlider,
    RatioTiles,
    SecondsField,
    Segments,
    Toggle,
)

RATIOS = ["16:9", "9:16", "1:1", "4:3", "3:4", "21:9", "auto"]


@pytest.fixture
def segments(qtbot: QtBot, theme: Theme) -> Segments:
    made = Segments()
    made.set_choices([("5s", "5 s"), ("10s", "10 s"), ("15s", "15 s")], "5s")
    made.resize(300, 34)
    show_active(qtbot, made)
    return made


def chosen_by(widget: Segments | RatioTiles | ChoiceMenu | ChoiceField) -> list[str]:
    seen: list[str] = []
    widget.chosen.connect(seen.append)
    return seen


def press(key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


def test_a_segment_is_chosen_with_the_mouse(segments: Segments) -> None:
    seen = chosen_by(segments)
    QTest.mouseClick(segments.button("15s"), Qt.MouseButton.LeftButton)
    assert segments.value == "15s"
    QTest.mouseClick(segments.button("15s"), Qt.MouseButton.LeftButton)
    assert seen == ["15s"]


def test_arrows_choose_segments_and_pass_over_what_cannot_be_had(segments: Segments) -> None:
    segments.set_choices([("5s", "5 s"), ("10s", "10 s"), ("15s", "15 s")], "5s", disabled={"10s": "<Too> dear"})
    seen = chosen_by(segments)
    segments.setFocus()
    assert segments.button("5s").hasFocus()
    press(Qt.Key.Key_Right)
    assert seen == ["15s"]
    press(Qt.Key.Key_Left)
    assert seen == ["15s", "5s"]
    assert "&lt;Too&gt;" in segments.button("10s").toolTip()


def test_showing_a_value_is_not_choosing_it(segments: Segments) -> None:
    seen = chosen_by(segments)
    segments.show_value("10s")
    assert segments.value == "10s"
    segments.show_value("7s")
    assert segments.value is None
    assert seen == []


def test_choosing_a_segment_moves_nothing(segments: Segments) -> None:
    places = [segments.button(value).geometry() for value in ("5s", "10s", "15s")]
    segments.select("15s")
    assert [segments.button(value).geometry() for value in ("5s", "10s", "15s")] == places


def test_words_stand_in_the_middle_where_no_hint_will_come(qtbot: QtBot, theme: Theme) -> None:
    segments = Segments(hints=True)
    segments.set_choices([("5s", "5 s"), ("10s", "10 s")], "5s")
    segments.resize(200, 42)
    show_active(qtbot, segments)
    other = segments.button("10s")
    segments.show_hints({}, awaited=True)
    waiting = middle_of_words(other)
    assert waiting < -4
    segments.show_hints({"5s": Hint(short="$0.49", sentence="5 s: $0.49")}, awaited=True)
    assert middle_of_words(other) == waiting
    segments.show_hints({}, awaited=False)
    assert abs(middle_of_words(other)) < 2


def test_a_label_that_is_too_long_is_cut_with_a_sign(qtbot: QtBot, theme: Theme) -> None:
    menu = ChoiceMenu()
    menu.set_choices([("a", "Short"), ("b", "Seedance 2.0 Professional Cinematic Extended Edition")], "b")
    menu.resize(240, 34)
    show_active(qtbot, menu)
    assert menu.shown().startswith("Seedance")
    assert menu.shown().endswith("…")
    menu.show_value("a")
    assert menu.shown() == "Short"


def test_a_switch_is_a_check_box_to_keyboard_and_screen_reader(qtbot: QtBot, theme: Theme) -> None:
    toggle = Toggle()
    toggle.setAccessibleName("Sound")
    qtbot.addWidget(toggle)
    toggle.show()
    off = toggle.grab().toImage()
    QTest.keyClick(toggle, Qt.Key.Key_Space)
    assert toggle.isChecked()
    assert toggle.grab().toImage() != off
    face = QAccessible.queryAccessibleInterface(toggle)
    assert face.role() is QAccessible.Role.CheckBox
    assert face.text(QAccessible.Text.Name) == "Sound"
    QTest.mouseClick(toggle, Qt.MouseButton.LeftButton)
    assert not toggle.isChecked()


def test_the_wheel_never_changes_a_menu(qtbot: QtBot, theme: Theme) -> None:
    menu = ChoiceMenu()
    menu.set_choices([("a", "A"), ("b", "B")], "a")
    show_active(qtbot, menu)
    menu.setFocus()
    seen = chosen_by(menu)
    none, middle = QPoint(), QPointF(9, 9)
    turn = QWheelEvent(
        middle, middle, none, QPoint(0, -120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(menu, turn)
    assert menu.value == "a"
    assert not turn.isAccepted()
    QTest.keyClick(menu, Qt.Key.Key_Down)
    assert seen == ["b"]


def test_slider_and_number_are_one_value(qtbot: QtBot, theme: Theme) -> None:
    field = SecondsField()
    field.set_range(range(3, 16), 8)
    show_active(qtbot, field)
    seen: list[int] = []
    field.chosen.connect(seen.append)
    slider, number = field.findChild(QSlider), field.findChild(QSpinBox)
    assert slider is not None
    assert number is not None
    field.setFocus()
    press(Qt.Key.Key_Right)
    assert (slider.value(), number.value(), number.text()) == (9, 9, "9 s")
    number.setFocus()
    number.selectAll()
    QTest.keyClicks(number, "12")
    QTest.keyClick(number, Qt.Key.Key_Return)
    assert slider.value() == 12
    assert seen == [9, 12]
    field.show_value(5)
    assert field.value == 5
    assert seen == [9, 12]


def test_a_number_counts_at_once_where_it_is_not_typed(qtbot: QtBot, theme: Theme) -> None:
    field = SecondsField()
    field.set_range(range(3, 16), 8)
    show_active(qtbot, field)
    field.setFocus()
    number = field.findChild(QSpinBox)
    assert number is not None
    number.lineEdit().setText("12")
    assert (field.value, number.text()) == (12, "12 s")
    number.lineEdit().setText("99 s")
    assert (field.value, number.text()) == (12, "12 s")
    number.setFocus()
    number.selectAll()
    QTest.keyClicks(number, "5")
    assert field.value == 12


@pytest.mark.parametrize("made", [Segments, RatioTiles])
def test_a_choice_is_made_however_its_button_comes_to_be_on(
    qtbot: QtBot, theme: Theme, made: type[Segments | RatioTiles]
) -> None:
    field = made()
    qtbot.addWidget(field)
    field.set_choices([("16:9", "16:9"), ("9:16", "9:16"), ("1:1", "1:1")], "16:9")
    seen = chosen_by(field)
    _, tall, square = field.findChildren(QRadioButton)
    tall.setChecked(True)
    QAccessible.queryAccessibleInterface(square).actionInterface().doAction("Toggle")
    assert seen == ["9:16", "1:1"]
    assert field.value == "1:1"
    field.show_value("16:9")
    assert seen == ["9:16", "1:1"]


@pytest.mark.parametrize("made", [Segments, RatioTiles, ChoiceMenu])
def test_no_choice_takes_a_value_that_it_does_not_offer(
    qtbot: QtBot, theme: Theme, made: type[Segments | RatioTiles | ChoiceMenu]
) -> None:
    field = made()
    qtbot.addWidget(field)
    field.set_choices([("16:9", "16:9"), ("9:16", "9:16")], "16:9")
    with pytest.raises(ValueError, match="4:3"):
        field.select("4:3")
    assert field.value == "16:9"


def test_segments_are_read_and_written_by_their_property(segments: Segments) -> None:
    seen = chosen_by(segments)
    assert segments.property("value") == "5s"
    segments.setProperty("value", "10s")
    assert (segments.value, seen) == ("10s", ["10s"])


def test_a_click_on_a_slider_goes_straight_there(qtbot: QtBot, theme: Theme) -> None:
    slider = LineSlider()
    qtbot.addWidget(slider)
    slider.setRange(0, 100)
    slider.resize(214, 28)
    slider.show()
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(107, 14))
    assert slider.value() == 50
    assert [slider.value_at(x) for x in (-5, 7, 207, 400)] == [0, 0, 100, 100]


def test_tiles_show_ratios_and_take_arrows(qtbot: QtBot, theme: Theme) -> None:
    tiles = RatioTiles()
    tiles.set_choices([(value, value) for value in RATIOS], "1:1")
    show_active(qtbot, tiles)
    seen = chosen_by(tiles)
    tiles.setFocus()
    press(Qt.Key.Key_Right)
    assert tiles.value == "4:3"
    tiles.select("auto")
    assert seen == ["4:3", "auto"]


@pytest.mark.parametrize(
    ("kind", "values", "form"),
    [
        ("plain", [], Form.LINE),
        ("seconds", ["5s"], Form.LINE),
        ("seconds", ["5s", "10s"], Form.SEGMENTS),
        ("seconds", ["4s", "5s", "6s", "7s"], Form.SEGMENTS),
        ("seconds", ["5s", "8s", "10s", "15s", "18s"], Form.MENU),
        ("seconds", [f"{n}s" for n in range(3, 16)], Form.SLIDER),
        ("seconds", [f"{n}s" for n in range(1, 31)], Form.SLIDER),
        ("seconds", ["Auto", *(f"{n}s" for n in range(3, 16))], Form.MENU),
        ("ratio", RATIOS[:4], Form.SEGMENTS),
        ("ratio", RATIOS[:5], Form.TILES),
        ("ratio", RATIOS, Form.TILES),
        ("plain", ["480p", "580p", "720p", "1080p", "4k"], Form.MENU),
    ],
)
def test_the_form_follows_the_choices(qtbot: QtBot, theme: Theme, kind: str, values: list[str], form: Form) -> None:
    field = ChoiceField("seconds" if kind == "seconds" else "ratio" if kind == "ratio" else "plain")
    qtbot.addWidget(field)
    field.setObjectName("someField")
    field.show()
    field.set_choices(["a", "b"])
    field.set_choices(values, current=values[-1] if values else None)
    assert field.form is form
    assert field.objectName() == "someField"
    assert field.value == (values[-1] if values else "")
    assert field.property("value") == field.value


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("plain", ["720p", "1080p"]),
        ("plain", ["a", "b", "c", "d", "e"]),
        ("seconds", [f"{n}s" for n in range(3, 16)]),
        ("ratio", RATIOS),
    ],
)
def test_every_form_is_chosen_with_keys_and_by_script(qtbot: QtBot, theme: Theme, kind: str, values: list[str]) -> None:
    field = ChoiceField("seconds" if kind == "seconds" else "ratio" if kind == "ratio" else "plain")
    field.set_choices(values)
    show_active(qtbot, field)
    seen = chosen_by(field)
    field.setFocus()
    press(Qt.Key.Key_Right if field.form is not Form.MENU else Qt.Key.Key_Down)
    assert field.value == values[1]
    assert field.setProperty("value", values[0])
    assert seen == [values[1], values[0]]
    field.show_value(values[1])
    assert field.value == values[1]
    assert seen == [values[1], values[0]]


def test_a_value_that_is_not_offered_is_refused(qtbot: QtBot, theme: Theme) -> None:
    field = ChoiceField()
    qtbot.addWidget(field)
    field.set_choices(["720p", "1080p"])
    with pytest.raises(ValueError, match="4k"):
        field.select("4k")
    assert field.value == "720p"


def test_without_a_choice_it_is_a_line_of_text_that_takes_no_focus(qtbot: QtBot, theme: Theme) -> None:
    field = ChoiceField("seconds")
    qtbot.addWidget(field)
    field.setAccessibleName("Duration")
    field.set_choices(["5s"], ["5 s"])
    assert field.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert field.findChildren(QSlider) == []
    field.set_choices(["5s", "10s"], ["5 s", "10 s"])
    assert field.focusPolicy() is Qt.FocusPolicy.StrongFocus
