"""The key in a real Secret Service, without one, locked, and with one that never answers."""

import asyncio
import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.patience import PATIENCE_S
from tests.support.secret_service import Session, secret_service, session_bus
from venice_studio.library.keys import Found, Kept, KeyChest, Locked, NoKeyring, NotThere, TimedOut

VENICE = "https://api.venice.ai/api/v1"
OTHER = "https://localhost:9/api/v1"
KEY = "vapi_Gk3-only-a-test-s3cret"


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Session]:
    with secret_service(tmp_path) as session, session.entered():
        yield session


@pytest.fixture
def empty_bus(tmp_path: Path) -> Iterator[Session]:
    with session_bus(tmp_path) as session, session.entered():
        yield session


async def test_a_key_is_kept_found_and_removed(service: Session) -> None:
    chest = KeyChest()

    assert await chest.get(VENICE) == NotThere()
    assert await chest.set(VENICE, KEY) == Kept()
    assert await chest.get(VENICE) == Found(key=KEY)
    assert await chest.delete(VENICE) == NotThere()
    assert await chest.get(VENICE) == NotThere()
    assert await chest.delete(VENICE) == NotThere()


async def test_each_address_has_its_own_key(service: Session) -> None:
    chest = KeyChest()
    await chest.set(VENICE, KEY)
    await chest.set(OTHER, "another")

    await chest.delete(OTHER)

    assert await chest.get(VENICE) == Found(key=KEY)
    assert await chest.get(OTHER) == NotThere()


async def test_a_new_key_takes_the_old_ones_place(service: Session) -> None:
    chest = KeyChest()
    await chest.set(VENICE, "old")
    await chest.set(VENICE, KEY)
    assert await chest.get(VENICE) == Found(key=KEY)


async def test_the_key_is_in_no_file_in_plain_text(service: Session) -> None:
    await KeyChest().set(VENICE, KEY)

    files = files_below(service.home)

    assert any(name.endswith("login.keyring") for name in files)
    assert [name for name, content in files.items() if KEY.encode() in content or b"s3cret" in content] == []


async def test_another_program_finds_the_key_in_the_same_session(service: Session) -> None:
    await KeyChest().set(VENICE, KEY)
    assert key_seen_by_a_program(service) == KEY


async def test_a_locked_keyring_is_said_to_be_locked_without_asking_anybody(service: Session) -> None:
    chest = KeyChest()
    await chest.set(VENICE, KEY)
    service.lock()

    assert await chest.get(VENICE) == Locked()


async def test_a_locked_keyring_that_nobody_opens_takes_no_key(service: Session) -> None:
    chest = KeyChest()
    await chest.set(VENICE, KEY)
    service.lock()

    assert await chest.get(VENICE, unlock=True) == Locked()
    assert await chest.set(VENICE, "new") == Locked()
    assert await chest.delete(VENICE) == Locked()


@pytest.mark.usefixtures("empty_bus")
async def test_without_a_keyring_every_answer_says_so() -> None:
    chest = KeyChest()
    answers = (await chest.get(VENICE), await chest.set(VENICE, KEY), await chest.delete(VENICE))
    assert all(isinstance(answer, NoKeyring) and answer.reason for answer in answers)


async def test_a_keyring_that_comes_later_is_found(tmp_path: Path) -> None:
    chest = KeyChest()
    with session_bus(folder(tmp_path / "without")) as session, session.entered():
        before = await chest.set(VENICE, KEY)
    with secret_service(folder(tmp_path / "with")) as session, session.entered():
        after = await chest.set(VENICE, KEY)

    assert isinstance(before, NoKeyring)
    assert after == Kept()


@pytest.mark.parametrize("name", ["keyring.backends.null.Keyring", "keyring.backends.fail.Keyring"])
def test_a_keyring_that_keeps_nothing_counts_as_none(tmp_path: Path, name: str) -> None:
    assert "NoKeyring" in answer_of_a_program(tmp_path, {"PYTHON_KEYRING_BACKEND": name})


def test_a_keyring_in_a_plain_file_counts_as_none(tmp_path: Path) -> None:
    backend = tmp_path / "keyrings" / "alt" / "file.py"
    backend.parent.mkdir(parents=True)
    backend.write_text(PLAIN_FILE)
    environment = {"PYTHON_KEYRING_BACKEND": "keyrings.alt.file.PlaintextKeyring", "PYTHONPATH": str(tmp_path)}

    assert "NoKeyring" in answer_of_a_program(tmp_path, environment)
    assert not (tmp_path / "plain.txt").exists()


def test_a_keyring_that_never_answers_holds_up_neither_the_program_nor_its_exit(tmp_path: Path) -> None:
    (tmp_path / "hanging.py").write_text(HANGING)
    environment = {"PYTHON_KEYRING_BACKEND": "hanging.Keyring", "PYTHONPATH": str(tmp_path)}

    assert answer_of_a_program(tmp_path, environment, patience_s=0.1) == f"{TimedOut()} {TimedOut()}"


async def test_giving_up_waiting_is_possible(service: Session) -> None:
    asking = asyncio.ensure_future(KeyChest().set(VENICE, KEY))
    await asyncio.sleep(0)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    # The keyring goes on by itself; it must not be taken away from under it.
    for thread in threading.enumerate():
        if thread.name == "keyring":
            thread.join()
    assert await KeyChest().get(VENICE) == Found(key=KEY)


def test_an_error_that_repeats_the_key_is_not_passed_on(tmp_path: Path) -> None:
    (tmp_path / "chatty.py").write_text(CHATTY)
    environment = {"PYTHON_KEYRING_BACKEND": "chatty.Keyring", "PYTHONPATH": str(tmp_path)}

    answer = answer_of_a_program(tmp_path, environment)

    assert answer.count("NoKeyring") == 2
    assert "s3cret" not in answer


def test_the_key_is_not_in_what_is_printed_of_an_answer(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger().warning("%r %s", Found(key=KEY), Found(key=KEY))
    assert KEY not in caplog.text


_BACKEND = """
from keyring.backend import KeyringBackend
class {name}(KeyringBackend):
    priority = 9
    def get_password(self, service, username): {get}
    def set_password(self, service, username, password): {set}
    def delete_password(self, service, username): pass
"""
PLAIN_FILE = _BACKEND.format(name="PlaintextKeyring", get="pass", set="open('plain.txt', 'w').write(password)")
HANGING = "import threading" + _BACKEND.format(
    name="Keyring", get="threading.Event().wait()", set="threading.Event().wait()"
)
CHATTY = _BACKEND.format(
    name="Keyring", get="raise OSError('s3cret')", set="raise OSError(f'cannot write {password} to the device')"
)
_PROGRAM = f"""
import asyncio, logging, os
from venice_studio.library.keys import KeyChest
logging.basicConfig(level=0)
async def main():
    seconds = float(os.environ["PATIENCE"])
    chest = KeyChest(probe_s=seconds, unlock_s=seconds)
    print(await chest.set({VENICE!r}, {KEY!r}), await chest.get({VENICE!r}))
asyncio.run(main())
"""


def answer_of_a_program(home: Path, environment: dict[str, str], patience_s: float = PATIENCE_S) -> str:
    """What a program of its own, with a keyring back end of its own, prints for `set` and `get`."""
    path = ":".join([environment.pop("PYTHONPATH", ""), *filter(None, sys.path)])
    run = subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        env={"HOME": str(home), "PYTHONPATH": path, "PATIENCE": str(patience_s), **environment},
        cwd=home,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=True,
    )
    assert "s3cret" not in run.stderr
    return run.stdout.strip()


def key_seen_by_a_program(session: Session) -> str:
    """What keyring's own command finds."""
    command = [sys.executable, "-m", "keyring", "get", "Venice Studio", VENICE]
    return subprocess.run(command, env=session.environment, capture_output=True, text=True, check=True).stdout.strip()


def files_below(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def folder(path: Path) -> Path:
    path.mkdir()
    return path
