"""A keyring out of reach is said, and can be opened from where it is said."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.support.fake_service import FakeService
from tests.support.scripted_chest import ScriptedChest
from tests.ui.driving import click, until
from tests.ui.windows import show_active
from venice_studio.library.keys import Found, KeyAnswer, Locked, NotThere, TimedOut
from venice_studio.studio.connection import Connection, Keyring, Standing
from venice_studio.studio.practice import Practice
from venice_studio.studio.tasks import Tasks
from venice_studio.ui.connect.keyring_banner import KeyringBanner
from venice_studio.ui.theme import Theme


class Bench:
    """A banner over a connection."""

    def __init__(self, banner: KeyringBanner, connection: Connection, chest: ScriptedChest, tasks: Tasks) -> None:
        self.banner = banner
        self.connection = connection
        self.chest = chest
        self.tasks = tasks

    async def start(self, found: KeyAnswer, after: KeyAnswer) -> None:
        self.chest.found, self.chest.after = found, after
        await self.connection.start()

    def press(self, label: str) -> None:
        buttons = [button for button in self.banner.findChildren(QPushButton) if button.text() == label]
        click(next(button for button in buttons if button.isVisible()))


@pytest_asyncio.fixture
async def bench(theme: Theme, qtbot: QtBot, tmp_path: Path) -> AsyncIterator[Bench]:
    tasks, chest = Tasks(), ScriptedChest()
    connection = Connection(
        tasks=tasks,
        chest=chest,
        practice_service=Practice(state_dir=tmp_path, command=["false"]),
        make_service=lambda _url, _key, account, _speed: FakeService(account),
        fingerprint=lambda _key: "f00d",
    )
    banner = KeyringBanner(connection, tasks)
    show_active(qtbot, banner)
    banner.hide()
    yield Bench(banner, connection, chest, tasks)
    await tasks.close()
    await connection.close()


async def test_a_locked_keyring_is_said_and_opened_by_its_button(bench: Bench) -> None:
    await bench.start(Locked(), Found(key="kept-key-0123456789"))
    assert bench.banner.isVisible()
    assert bench.banner.text == "Your keyring is locked. Unlock it to connect Venice."
    bench.press("Unlock…")
    await until(lambda: bench.banner.text == "Waiting for the keyring…")
    bench.chest.answered.set()
    await until(lambda: not bench.banner.isVisible())
    assert bench.connection.state.value.standing is Standing.CONNECTED


async def test_the_waiting_can_be_ended(bench: Bench) -> None:
    await bench.start(Locked(), Locked())
    bench.press("Unlock…")
    await until(lambda: bench.banner.text == "Waiting for the keyring…")
    bench.press("Cancel")
    await until(lambda: bench.banner.text.startswith("Your keyring is locked."))
    assert bench.tasks.names == ()


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (Locked(), "Your keyring is locked."),
        (TimedOut(), "The keyring does not answer"),
        (NotThere(), "The keyring is open, but there is no key for Venice in it."),
    ],
)
async def test_what_came_of_it_is_said(bench: Bench, after: KeyAnswer, said: str) -> None:
    await bench.start(Locked(), after)
    bench.press("Unlock…")
    bench.chest.answered.set()
    await bench.tasks.join()
    assert bench.banner.isVisible()
    assert bench.banner.text.startswith(said)


async def test_a_keyring_that_does_not_answer_can_be_asked_again(bench: Bench) -> None:
    await bench.start(TimedOut(), Locked())
    assert bench.banner.text.startswith("The keyring does not answer")
    bench.press("Try again")
    bench.chest.answered.set()
    await bench.tasks.join()
    assert bench.banner.text.startswith("Your keyring is locked.")


async def test_nothing_is_said_of_a_keyring_that_simply_has_no_key(bench: Bench) -> None:
    await bench.start(NotThere(), Locked())
    assert not bench.banner.isVisible()


async def test_put_away_it_stays_away(bench: Bench) -> None:
    await bench.start(Locked(), Locked())
    click(next(button for button in bench.banner.findChildren(QPushButton) if button.accessibleName() == "Dismiss"))
    await bench.connection.refresh_balance()
    assert not bench.banner.isVisible()
    assert bench.connection.state.value.keyring is Keyring.LOCKED
