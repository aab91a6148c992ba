"""A key that is refused in the middle: every job waits, and goes on with a new key of the same account alone."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.faults.rig import KEY, Rig, request, until
from tests.support.clips import make_clip
from tests.support.faulty_server import FaultyServer, Received, http, told
from venice_studio.domain.job import Job, Rendering, Saved
from venice_studio.domain.problem import Kind
from venice_studio.studio.connection import Standing
from venice_studio.venice.client import fingerprint

SAME, OTHER = "sk-of-the-same-account-012345", "sk-of-another-account-0123456"
ACCOUNTS = {KEY: "mine", SAME: "mine", OTHER: "another"}


class Accounts:
    """A service that knows whose job each is; renders until told to be `ready`, refuses the keys in `refused`."""

    def __init__(self, folder: Path) -> None:
        self.ready = False
        self.refused: set[str] = set()
        self.answers: dict[str, int] = {}
        """Statuses that paths answer with, whatever the key."""
        self.asked: list[tuple[str, str]] = []
        self._clip = make_clip(folder / "served.mp4", frames=6).read_bytes()
        self._jobs: dict[str, str] = {}
        self.server = FaultyServer(self._answer)

    def count(self, path: str, key: str) -> int:
        """How often a key asked for a path."""
        return self.asked.count((path, key))

    async def _answer(self, asked: Received, writer: asyncio.StreamWriter) -> None:
        path, key = asked.path.removeprefix("/api/v1"), asked.headers["authorization"].removeprefix("Bearer ")
        self.asked.append((path, key))
        job = json.loads(asked.body or b"{}").get("queueid", "")
        if key in self.refused or path in self.answers:
            writer.write(told({"error": "Authentication failed"}, self.answers.get(path, 401)))
        elif path == "/video/queue":
            job = f"job-{len(self._jobs)}"
            self._jobs[job] = ACCOUNTS[key]
            writer.write(told({"queueid": job, "status": "queued"}))
        elif path == "/billing/balance":
            writer.write(told({"canConsume": True, "consumptionCurrency": "USD", "balances": {"usd": 9}}))
        elif self._jobs.get(job) != ACCOUNTS[key]:
            writer.write(told({"error": "There is no such job."}, 404))
        elif self.ready:
            writer.write(http(200, self._clip, mime="video/mp4"))
        else:
            writer.write(told({"status": "processing", "executionDuration": 5, "estimatedDuration": 10}))


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Accounts]:
    accounts = Accounts(tmp_path)
    async with accounts.server:
        yield accounts


@pytest.fixture
async def rig(tmp_path: Path, service: Accounts) -> AsyncIterator[Rig]:
    rig = Rig(tmp_path / "home", service.server.base_url)
    await rig.begin()
    yield rig
    await rig.end()


async def with_refused_jobs(rig: Rig, service: Accounts) -> None:
    """Three jobs render, then their key is refused."""
    await rig.press(request(), takes=3)
    service.refused.add(KEY)
    await until(lambda: all(waits(job) for job in rig.ledger.jobs.values()))


def waits(job: Job) -> bool:
    trouble = job.state.trouble if isinstance(job.state, Rendering) else None
    return trouble is not None and trouble.kind is Kind.NO_KEY


def saved_by(rig: Rig, key: str) -> bool:
    jobs = rig.ledger.jobs.values()
    return all(isinstance(job.state, Saved) and job.account.fingerprint == fingerprint(key) for job in jobs)


async def test_all_jobs_wait_and_nobody_knocks_on(rig: Rig, service: Accounts) -> None:
    await with_refused_jobs(rig, service)
    looks = service.count("/video/retrieve", KEY)
    await asyncio.sleep(0.5)
    assert service.count("/video/retrieve", KEY) == looks
    assert rig.connection.state.value.standing is Standing.KEY_REFUSED


async def test_a_new_key_of_the_same_account_takes_them_over(rig: Rig, service: Accounts) -> None:
    await with_refused_jobs(rig, service)
    service.ready = True
    await rig.connection.connect(SAME, remember=False)
    await until(lambda: saved_by(rig, SAME))
    assert service.count("/video/queue", KEY) == 3
    assert service.count("/video/queue", SAME) == 0


async def test_the_key_of_another_account_does_not_and_the_jobs_still_wait(rig: Rig, service: Accounts) -> None:
    await with_refused_jobs(rig, service)
    service.ready = True
    await rig.connection.connect(OTHER, remember=False)
    await until(lambda: service.count("/video/retrieve", OTHER) == 3)
    await until(lambda: all(waits(job) for job in rig.ledger.jobs.values()))
    assert {job.account.fingerprint for job in rig.ledger.jobs.values()} == {fingerprint(KEY)}

    await rig.connection.connect(SAME, remember=False)
    await until(lambda: saved_by(rig, SAME))
    assert service.count("/video/retrieve", OTHER) == 3


async def test_the_same_key_that_is_taken_again_goes_on(rig: Rig, service: Accounts) -> None:
    await with_refused_jobs(rig, service)
    service.refused.clear()
    service.ready = True
    await rig.connection.connect(KEY, remember=False)
    await until(lambda: saved_by(rig, KEY))


async def test_the_key_that_the_balance_is_answered_to_again_goes_on_too(rig: Rig, service: Accounts) -> None:
    await with_refused_jobs(rig, service)
    service.refused.clear()
    service.ready = True
    await rig.connection.refresh_balance()
    assert rig.connection.state.value.standing is Standing.CONNECTED
    await until(lambda: saved_by(rig, KEY))


async def test_a_new_key_takes_them_over_at_the_next_start_too(tmp_path: Path, service: Accounts) -> None:
    first = Rig(tmp_path / "home", service.server.base_url)
    await first.begin()
    await with_refused_jobs(first, service)
    await first.end()

    service.ready = True
    second = Rig(tmp_path / "home", service.server.base_url, key=SAME)
    await second.begin()
    await until(lambda: saved_by(second, SAME))
    await second.end()


async def test_another_keys_job_that_was_never_refused_is_not_asked_for(tmp_path: Path, service: Accounts) -> None:
    first = Rig(tmp_path / "home", service.server.base_url)
    await first.begin()
    await first.press(request())
    await first.end()

    service.ready = True
    second = Rig(tmp_path / "home", service.server.base_url, key=SAME)
    await second.begin()
    await asyncio.sleep(0.3)
    assert all(waits(job) for job in second.ledger.jobs.values())
    assert service.count("/video/retrieve", SAME) == 0
    await second.end()


@pytest.mark.parametrize("elsewhere", [{}, {"/billing/balance": 503}], ids=["taken elsewhere", "no word elsewhere"])
async def test_a_401_that_is_not_about_the_key_is_waited_out(
    elsewhere: dict[str, int], rig: Rig, service: Accounts
) -> None:
    await rig.press(request())
    service.answers = {"/video/retrieve": 401, **elsewhere}
    looks = service.count("/video/retrieve", KEY)
    await until(lambda: service.count("/video/retrieve", KEY) >= looks + 2)
    service.answers.clear()
    service.ready = True
    await until(lambda: saved_by(rig, KEY))
    assert rig.connection.state.value.standing is Standing.CONNECTED
