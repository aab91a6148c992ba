"""The two limits in the settings: what can be understood counts at once, what cannot is said and changes nothing."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.windows import show_active
from venice_studio.library.settings import Settings
from venice_studio.studio.signals import Value
from venice_studio.ui.settings.limits import Limits
from venice_studio.ui.theme import Theme
from venice_studio.ui.widgets import Field


@pytest.fixture
def settings() -> Value[Settings]:
    return Value(Settings(ask_above="4.40"))


@pytest.fixture
def limits(theme: Theme, qtbot: QtBot, settings: Value[Settings]) -> Iterator[Limits]:
    limits = Limits(settings)
    disconnect = settings.bind(limits.show_settings)
    show_active(qtbot, limits)
    yield limits
    disconnect()


def edit_of(field: Field) -> QLineEdit:
    assert isinstance(field.control, QLineEdit)
    return field.control


def write(field: Field, text: str) -> None:
    edit = edit_of(field)
    edit.setFocus()
    edit.selectAll()
    QTest.keyClick(edit, Qt.Key.Key_Delete)
    QTest.keyClicks(edit, text)


def test_each_field_sets_its_own_limit(limits: Limits, settings: Value[Settings]) -> None:
    assert edit_of(limits.ask_above).text() == "4.40"
    write(limits.stop_at, "$10")
    write(limits.ask_above, "2,50")
    assert (settings.value.ask_above, settings.value.stop_at) == ("2.50", "10")
    assert edit_of(limits.ask_above).text() == "2,50"


def test_an_empty_field_is_no_limit(limits: Limits, settings: Value[Settings]) -> None:
    write(limits.ask_above, "")
    assert settings.value.ask_above is None
    assert limits.ask_above.problem == ""


def test_what_is_no_sum_is_said_and_the_old_one_still_counts(limits: Limits, settings: Value[Settings]) -> None:
    edit = edit_of(limits.ask_above)
    edit.setFocus()
    edit.end(False)
    QTest.keyClicks(edit, "x")
    assert limits.ask_above.problem == "Write a sum such as 10 or 4.50."
    assert settings.value.ask_above == "4.40"
    QTest.keyClick(edit, Qt.Key.Key_Backspace)
    assert limits.ask_above.problem == ""


def test_a_limit_set_elsewhere_is_shown(limits: Limits, settings: Value[Settings]) -> None:
    settings.set(replace(settings.value, stop_at="7"))
    assert edit_of(limits.stop_at).text() == "7"
