"""A notice reaches a real session bus; without one nothing goes wrong."""

import threading
from pathlib import Path

import pytest
from jeepney import MatchRule, new_method_return  # type: ignore[import-untyped]
from jeepney.bus_messages import message_bus  # type: ignore[import-untyped]
from jeepney.io.blocking import open_dbus_connection  # type: ignore[import-untyped]
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.support.patience import PATIENCE_S
from tests.support.secret_service import session_bus
from venice_studio.app.notices import Notices
from venice_studio.library.threads import Threads

NAME = "org.freedesktop.Notifications"


@pytest.fixture
def notices(qtbot: QtBot) -> Notices:
    window = QWidget()
    qtbot.addWidget(window)
    return Notices(window, Threads().disk)


async def test_the_words_reach_whoever_shows_notices(tmp_path: Path, notices: Notices) -> None:
    heard: list[tuple[str, str]] = []
    with session_bus(tmp_path) as session, session.entered():
        desk = open_dbus_connection()
        desk.send_and_get_reply(message_bus.RequestName(NAME))

        def show_one() -> None:
            rule = MatchRule(type="method_call", interface=NAME, member="Notify")
            while True:
                message = desk.receive(timeout=PATIENCE_S)
                if rule.matches(message):
                    _, _, _, title, text, *_ = message.body
                    heard.append((title, text))
                    desk.send(new_method_return(message, "u", (1,)))
                    return

        listener = threading.Thread(target=show_one)
        listener.start()
        await notices.tell("Your clip is ready", "<b>A gondola</b> & a dog")
        listener.join()
        desk.close()
    assert heard == [("Your clip is ready", "&lt;b&gt;A gondola&lt;/b&gt; &amp; a dog")]


async def test_without_a_bus_nothing_is_raised(
    tmp_path: Path, notices: Notices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nobody")
    await notices.tell("Your clip is ready", "A gondola")
