"""From a request to a clip in the live dialect: public and private models, kills in between, and what the key sees."""

import asyncio
import logging
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from tests.live.run import KEY_VARIABLE, Run, request_for
from tests.support.patience import PATIENCE_S
from tests.support.recording_proxy import Exchange, RecordingProxy
from tests.support.sandbox import Sandbox, fresh_key
from venice_studio.domain.job import CopyAtVenice, Doubtful, Failed, Refused, Rendering, Saved
from venice_studio.domain.model import Dialect
from venice_studio.domain.problem import Cost, Kind

PUBLIC = "longcat-distilled-text-to-video"
PRIVATE = "wan-2.2-a14b-text-to-video"
LOOKS = "/video/retrieve"


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with Sandbox("--dialect", "live", state=tmp_path_factory.mktemp("sandbox"), speed=100) as running:
        yield running


@pytest.fixture
def slower() -> Iterator[Sandbox]:
    """Slow enough that a kill comes before the clip does."""
    with Sandbox("--dialect", "live", speed=15) as running:
        yield running


def downloads(service: RecordingProxy) -> list[Exchange]:
    """What was asked of a clip's own address."""
    return [exchange for exchange in service.exchanges if exchange.path.startswith("/downloads/")]


async def test_a_public_models_clip_is_the_answer_itself(sandbox: Sandbox, tmp_path: Path) -> None:
    async with RecordingProxy(sandbox.base_url) as service, Run(tmp_path, service.base_url, fresh_key()) as run:
        job = await run.generate(replace(request_for(PUBLIC), seed=7))
        saved = await run.settled()

        assert isinstance(saved, Saved)
        assert Path(saved.clip.path).read_bytes() == service.of(LOOKS)[-1].answer
        assert job.ticket is not None
        assert (job.ticket.dialect, job.ticket.download_url) == (Dialect.LIVE, None)
        [queued] = service.of("/video/queue")
        assert queued.body == {"model": PUBLIC, "prompt": "A quiet sea", "duration": "5s"}
        for look in service.of(LOOKS):
            assert look.body == {"model": PUBLIC, "queue_id": job.ticket.queue_id, "delete_media_on_completion": False}
        assert not service.of("/video/complete")
        assert not downloads(service)


async def test_a_private_models_clip_is_fetched_without_the_key(
    sandbox: Sandbox, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    key = fresh_key()
    async with RecordingProxy(sandbox.base_url) as service:
        async with Run(tmp_path, service.base_url, key) as run:
            job = await run.generate(request_for(PRIVATE))
            saved = await run.settled()

        assert isinstance(saved, Saved)
        assert job.ticket is not None
        url = job.ticket.download_url
        assert url is not None
        assert service.of(LOOKS)[-1].told["status"] == "COMPLETED"
        [fetched] = downloads(service)
        assert fetched.asked.method == "GET"
        assert url.endswith(fetched.path)
        assert "authorization" not in fetched.asked.headers
        assert key not in repr(fetched.asked)
        assert Path(saved.clip.path).read_bytes() == fetched.answer
        secret = url.rpartition("/")[2]
        assert secret not in caplog.text
        assert secret not in repr(job)
        assert key not in caplog.text


@pytest.mark.parametrize("model", [PUBLIC, PRIVATE])
async def test_the_copy_is_deleted_at_the_users_word(sandbox: Sandbox, tmp_path: Path, model: str) -> None:
    chosen = CopyAtVenice.AFTER_SAVING
    async with (
        RecordingProxy(sandbox.base_url) as service,
        Run(tmp_path, service.base_url, fresh_key(), copy_at_venice=chosen) as run,
    ):
        await run.generate(request_for(model))
        saved = await run.settled()

        assert isinstance(saved, Saved)
        assert saved.copy_deleted
        assert [done.status for done in service.of("/video/complete")] == [200]
        assert set(service.of("/video/complete")[0].body) == {"model", "queue_id"}
        deleted = [done for done in downloads(service) if done.asked.method == "DELETE"]
        assert len(deleted) == (1 if model == PRIVATE else 0)
        for gone in deleted:
            assert gone.status == 204
            assert "authorization" not in gone.asked.headers
        await run.runner.fetch_again(run.job.id)
        assert isinstance(await run.settled(), Failed)


async def test_deletion_with_the_download_waits_for_a_private_clip_from_its_own_address(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    chosen = CopyAtVenice.WITH_DOWNLOAD
    async with (
        RecordingProxy(sandbox.base_url) as service,
        Run(tmp_path, service.base_url, fresh_key(), copy_at_venice=chosen) as run,
    ):
        await run.generate(request_for(PRIVATE))
        saved = await run.settled()

        assert isinstance(saved, Saved)
        assert all(look.body["delete_media_on_completion"] is False for look in service.of(LOOKS))
        fetched, deleted = downloads(service)
        assert (fetched.asked.method, deleted.asked.method, deleted.status) == ("GET", "DELETE", 204)
        assert Path(saved.clip.path).read_bytes() == fetched.answer
        assert saved.copy_deleted


async def test_killed_between_queue_and_fetch_the_address_is_still_there(slower: Sandbox, tmp_path: Path) -> None:
    key = fresh_key()
    async with RecordingProxy(slower.base_url) as service:
        command = [sys.executable, "-m", "tests.live.run", str(tmp_path), service.base_url, PRIVATE]
        environment = os.environ | {KEY_VARIABLE: key}
        first = await asyncio.create_subprocess_exec(*command, "generate", env=environment, stdout=subprocess.PIPE)
        assert first.stdout is not None
        states = 0
        while states < 2:  # told when it is known, and when it is on disk
            line = await asyncio.wait_for(first.stdout.readline(), PATIENCE_S)
            assert line
            states += line.strip() == b"Rendering"
        first.kill()
        await first.wait()
        assert not downloads(service)
        url = service.of("/video/queue")[0].told["download_url"]
        with sqlite3.connect(tmp_path / "jobs.sqlite3") as file:
            assert url in "\n".join(file.iterdump())
        file.close()

        second = await asyncio.create_subprocess_exec(*command, "wait", env=environment, stdout=subprocess.PIPE)
        said, _ = await asyncio.wait_for(second.communicate(), PATIENCE_S)

        assert second.returncode == 0
        [fetched] = downloads(service)
        clip = Path(said.decode().splitlines()[-1])
        assert clip.read_bytes() == fetched.answer
        assert "authorization" not in fetched.asked.headers
        assert service.asked("/video/queue") == 1


@pytest.mark.parametrize(
    ("trigger", "state", "kind", "cost"),
    [
        ("401", Refused, Kind.KEY, Cost.NOT_CHARGED),
        ("402-usd", Refused, Kind.FUNDS, Cost.NOT_CHARGED),
        ("402-diem", Refused, Kind.FUNDS, Cost.NOT_CHARGED),
        ("403", Refused, Kind.FORBIDDEN, Cost.NOT_CHARGED),
        ("409", Refused, Kind.CONSENT, Cost.NOT_CHARGED),
        ("422", Refused, Kind.CONTENT, Cost.NOT_CHARGED),
        ("400-issues", Refused, Kind.INVALID, Cost.NOT_CHARGED),
        ("fail-queue", Refused, Kind.SERVICE, Cost.REFUNDED),
        ("502-object", Doubtful, Kind.SERVICE, Cost.UNKNOWN),
        ("503-queue", Doubtful, Kind.SERVICE, Cost.UNKNOWN),
        ("504-queue", Doubtful, Kind.SERVICE, Cost.UNKNOWN),
    ],
)
async def test_what_was_not_taken_is_sent_once_and_its_cost_known(
    sandbox: Sandbox, tmp_path: Path, trigger: str, state: type[Refused | Doubtful], kind: Kind, cost: Cost
) -> None:
    async with RecordingProxy(sandbox.base_url) as service, Run(tmp_path, service.base_url, fresh_key()) as run:
        job = await run.generate(request_for(PUBLIC, f"A quiet sea [[{trigger}]]"))
        await run.tasks.join()

        assert isinstance(job.state, Refused | Doubtful)
        assert type(job.state) is state
        kept = run.job.state
        assert isinstance(kept, state)
        # To what may have been charged comes, a little later, what the balance says of it.
        assert kept.problem == job.state.problem
        problem = job.state.problem
        assert (problem.kind, problem.cost) == (kind, cost)
        assert service.asked("/video/queue") == 1
        assert not service.of(LOOKS)


async def test_what_a_refusal_suggests_is_kept(sandbox: Sandbox, tmp_path: Path) -> None:
    async with Run(tmp_path, sandbox.base_url, fresh_key()) as run:
        refused = (await run.generate(request_for(PUBLIC, "[[422]]"))).state
        assert isinstance(refused, Refused)
        assert refused.problem.suggested_prompt == "A calm sea at sunset."
        await run.generate(request_for(PUBLIC, "[[422-late]]"))
        failed = await run.settled()
        assert isinstance(failed, Failed)
        assert failed.problem.recommended_model
        assert (failed.problem.kind, failed.problem.cost) == (Kind.CONTENT, Cost.REFUNDED)
        await run.generate(request_for("grok-imagine-text-to-video", "[[422-late]]"))
        kept = await run.settled()
        assert isinstance(kept, Failed)
        assert (kept.problem.kind, kept.problem.cost) == (Kind.CONTENT, Cost.CHARGED)


@pytest.mark.parametrize("trigger", ["502", "503", "504"])
async def test_trouble_in_mid_render_is_waited_out(tmp_path: Path, trigger: str) -> None:
    with Sandbox("--dialect", "live", speed=40) as slower:
        async with RecordingProxy(slower.base_url) as service, Run(tmp_path, service.base_url, fresh_key()) as run:
            await run.generate(request_for(PUBLIC, f"[[{trigger}]]"))
            assert isinstance(await run.settled(), Saved)
            assert int(trigger) in {look.status for look in service.of(LOOKS)}
            assert service.asked("/video/queue") == 1


async def test_a_blocked_key_holds_jobs_up_and_loses_none(tmp_path: Path) -> None:
    key = fresh_key()
    with Sandbox("--dialect", "live", speed=10) as slow:
        async with RecordingProxy(slow.base_url) as service, Run(tmp_path, service.base_url, key) as run:
            await run.generate(request_for(PUBLIC))
            assert isinstance(run.job.state, Rendering)
            await asyncio.wait_for(block_until_met(service, key), PATIENCE_S)
            assert isinstance(await run.settled(), Saved)

            assert service.of(LOOKS)[-1].status == 200
            assert service.asked("/video/queue") == 1


async def block_until_met(service: RecordingProxy, key: str) -> None:
    """Have the service shut the key out, again and again, until a look of the run was refused for it."""
    async with httpx.AsyncClient(headers={"Authorization": f"Bearer {key}"}, timeout=30) as other:
        while 429 not in {look.status for look in service.of(LOOKS)}:
            await other.post(f"{service.base_url}/video/quote", json={})
            if service.exchanges[-1].status == 429:
                await asyncio.sleep(0.1)
