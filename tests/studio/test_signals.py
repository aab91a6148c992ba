"""Signals and values."""

import logging

import pytest

from venice_studio.studio.signals import Signal, Value


def test_value_tells_at_once_and_only_of_changes() -> None:
    value, heard = Value(1), list[int]()
    disconnect = value.bind(heard.append)
    value.set(1)
    value.set(2)
    disconnect()
    value.set(3)
    assert heard == [1, 2]


def test_a_failing_listener_is_reported_and_the_others_still_hear(caplog: pytest.LogCaptureFixture) -> None:
    signal, heard = Signal[int](), list[int]()

    def fails(_value: int) -> None:
        raise ValueError("broken listener")

    signal.connect(fails)
    signal.connect(heard.append)
    with caplog.at_level(logging.ERROR):
        signal.emit(5)
    assert heard == [5]
    assert "broken listener" in caplog.text


def test_disconnecting_while_being_told_is_safe() -> None:
    signal, heard = Signal[int](), list[str]()
    leave = signal.connect(lambda _v: leave())
    signal.connect(lambda v: heard.append(str(v)))
    signal.emit(1)
    signal.emit(2)
    assert heard == ["1", "2"]
