"""Whose key goes where: environment before keyring, practice without any, an entry for each address."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

import pytest

from tests.support.fake_service import FakeService
from tests.support.patience import PATIENCE_S
from tests.support.scripted_chest import ScriptedChest
from venice_studio.domain.job import Account
from venice_studio.domain.problem import Trouble
from venice_studio.library.keys import Found, KeyAnswer, Locked, NoKeyring, NotThere, TimedOut
from venice_studio.studio.connection import Connection, Keyring, KeySource, Standing
from venice_studio.studio.practice import Practice
from venice_studio.studio.tasks import Tasks

ADDRESS = "https://elsewhere.example/api/v1"
KEPT, GIVEN = "kept-key-0123456789", "given-key-9876543210"

Make = Callable[..., Connection]


@pytest.fixture
def sent() -> list[str]:
    """The keys that services were made with."""
    return []


@pytest.fixture
async def make(tmp_path: Path, sent: list[str]) -> AsyncIterator[Make]:
    made: list[tuple[Connection, Tasks]] = []

    def service(_base_url: str, key: str, account: Account, _speed: float) -> FakeService:
        sent.append(key)
        return FakeService(account)

    def make(chest: ScriptedChest, command: Sequence[str] = ("false",), **more: object) -> Connection:
        tasks = Tasks()
        connection = Connection(
            tasks=tasks,
            chest=chest,
            practice_service=Practice(state_dir=tmp_path, command=command),
            make_service=service,
            fingerprint=lambda key: key[:5],
            base_url=ADDRESS,
            **more,  # type: ignore[arg-type]
        )
        made.append((connection, tasks))
        return connection

    yield make
    for connection, tasks in made:
        await tasks.close()
        await connection.close()


async def test_the_environment_comes_before_the_keyring_which_is_not_even_asked(make: Make, sent: list[str]) -> None:
    chest = ScriptedChest(Found(key=KEPT))
    connection = make(chest, environment_key=GIVEN)
    await connection.start()
    assert connection.state.value.key_source is KeySource.ENVIRONMENT
    assert sent == [GIVEN]
    assert chest.asked == []


async def test_the_same_key_given_again_is_asked_with_through_the_same_client(make: Make, sent: list[str]) -> None:
    """The service counts a key's requests, so one that is given anew gets no fresh budget."""
    connection = make(ScriptedChest(NotThere()), environment_key=GIVEN)
    await connection.start()
    first = connection.service.value
    await connection.connect(f" {GIVEN}\n", remember=False)
    assert connection.service.value is first
    await connection.connect(KEPT, remember=False)
    await connection.connect(GIVEN, remember=False)
    assert connection.service.value is first
    assert sent == [GIVEN, KEPT]


async def test_practice_by_command_reads_no_key_and_sends_none(make: Make, sent: list[str]) -> None:
    chest = ScriptedChest(Found(key=KEPT))
    connection = make(chest, environment_key=GIVEN, only_practice=True)
    await connection.start()
    assert connection.state.value.standing is Standing.PRACTICE
    assert chest.asked == []
    assert not {KEPT, GIVEN} & set(sent)


async def test_practice_by_command_takes_no_key_either(make: Make, sent: list[str]) -> None:
    chest = ScriptedChest(Found(key=KEPT))
    connection = make(chest, environment_key=GIVEN, only_practice=True)
    await connection.start()
    with pytest.raises(Trouble, match="practice only"):
        await connection.connect(GIVEN, remember=True)
    await connection.unlock()
    assert connection.state.value.standing is Standing.PRACTICE
    assert chest.asked == []
    assert not {KEPT, GIVEN} & set(sent)


async def test_practice_that_says_nothing_and_lingers_is_not_waited_for(make: Make) -> None:
    connection = make(ScriptedChest(), command=["sh", "-c", "exec >&-; cat"])
    async with asyncio.timeout(PATIENCE_S):
        await connection.start()
        await connection.forget_key()
    assert connection.state.value.problem is not None


async def test_each_address_has_its_own_entry(make: Make) -> None:
    chest = ScriptedChest()
    connection = make(chest)
    await connection.start()
    await connection.connect(GIVEN, remember=True)
    await connection.forget_key()
    assert chest.asked == [("get", ADDRESS), ("set", ADDRESS), ("delete", ADDRESS)]


@pytest.mark.parametrize("address", ["http://api.venice.ai/api/v1", "http://192.168.1.2", "elsewhere.example"])
def test_no_key_goes_where_others_could_read_it(address: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="needs https"):
        Connection(
            tasks=Tasks(),
            chest=ScriptedChest(),
            practice_service=Practice(state_dir=tmp_path, command=["false"]),
            make_service=lambda *_: FakeService(),
            fingerprint=str,
            base_url=address,
        )


@pytest.mark.parametrize(
    ("answer", "keyring"),
    [
        (NotThere(), Keyring.OPEN),
        (Locked(), Keyring.LOCKED),
        (TimedOut(), Keyring.SILENT),
        (NoKeyring(reason="none"), Keyring.MISSING),
    ],
)
async def test_a_keyring_without_a_key_for_us_leads_to_practice_and_its_answer_is_known(
    make: Make, answer: KeyAnswer, keyring: Keyring
) -> None:
    connection = make(ScriptedChest(answer))
    await connection.start()
    assert connection.state.value.standing is Standing.PRACTICE
    assert connection.state.value.keyring is keyring


async def test_an_unlocked_keyring_connects(make: Make, sent: list[str]) -> None:
    chest = ScriptedChest(Locked(), after=Found(key=KEPT))
    connection = make(chest)
    await connection.start()
    chest.answered.set()
    assert await connection.unlock() is Keyring.OPEN
    assert connection.state.value.standing is Standing.CONNECTED
    assert connection.state.value.key_source is KeySource.KEYRING
    assert sent == [KEPT]


async def test_a_key_given_meanwhile_is_not_replaced_by_the_one_in_the_keyring(make: Make, sent: list[str]) -> None:
    chest = ScriptedChest(Locked(), after=Found(key=KEPT))
    connection = make(chest)
    await connection.start()
    await connection.connect(GIVEN, remember=False)
    chest.answered.set()
    await connection.unlock()
    assert connection.state.value.key_source is KeySource.SESSION
    assert sent == [GIVEN]


async def test_a_key_that_works_is_used_though_the_keyring_does_not_take_it(make: Make) -> None:
    chest = ScriptedChest()
    chest.kept = Locked()
    connection = make(chest)
    await connection.start()
    assert await connection.connect(GIVEN, remember=True) is KeySource.SESSION
    assert connection.state.value.standing is Standing.CONNECTED
    assert connection.state.value.keyring is Keyring.LOCKED


async def test_a_key_that_could_not_be_removed_is_said_so_and_not_used(make: Make) -> None:
    chest = ScriptedChest(Found(key=KEPT))
    chest.deleted = TimedOut()
    connection = make(chest)
    await connection.start()
    assert await connection.forget_key() is Keyring.SILENT
    assert connection.state.value.standing is Standing.PRACTICE
    assert connection.state.value.key_source is KeySource.NONE
