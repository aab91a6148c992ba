"""Two hundred jobs at once against the practice service: all are followed, and it never has to refuse a request."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.faults.rig import Rig, request
from tests.support.recording_proxy import RecordingProxy
from tests.support.sandbox import Sandbox, fresh_key
from venice_studio.domain.job import Failed, Rendering
from venice_studio.venice.transport import Timings

JOBS = 200
SPEED = 100.0
"""A minute takes 0.6 s."""
MODEL = "kling-2.5-turbo-pro-text-to-video"


@pytest.fixture
async def service() -> AsyncIterator[RecordingProxy]:
    with Sandbox(speed=SPEED) as sandbox:
        async with RecordingProxy(sandbox.base_url) as proxy:
            yield proxy


async def test_two_hundred_jobs_and_a_restart_are_never_too_much(service: RecordingProxy, tmp_path: Path) -> None:
    home, key = tmp_path / "home", fresh_key()

    def rig() -> Rig:
        return Rig(home, service.base_url, key=key, speed=SPEED, timings=Timings())

    first = rig()
    await first.begin()
    # A render that fails needs no drawing.
    await first.press(request("[[fail]]", MODEL), takes=JOBS)
    await first.end()
    watched = [job for job in first.ledger.jobs.values() if isinstance(job.state, Rendering)]

    second = rig()
    await second.begin()
    await second.settle()
    states = [job.state for job in second.ledger.jobs.values()]
    await second.end()

    assert watched, "all at once want to be looked at"
    assert len(states) == service.asked("/video/queue") == JOBS
    assert all(isinstance(state, Failed) for state in states)
    assert 429 not in {exchange.status for exchange in service.exchanges}
