"""What `check` lets through the service takes, and what it stops the service refuses at the same field.

Two programs that share nothing but the facts about the models judge the same drafts.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.support.sandbox import Sandbox, fresh_key
from tests.venice.conftest import QUICK, picture
from tests.venice.strategies import drafts
from venice_studio.domain.checks import check
from venice_studio.domain.job import Account
from venice_studio.domain.media import Picture
from venice_studio.domain.model import Dialect, VideoModel
from venice_studio.domain.problem import Kind, Trouble
from venice_studio.domain.request import GenerationRequest
from venice_studio.venice.budget import RateLimits
from venice_studio.venice.catalog import builtin
from venice_studio.venice.client import VeniceClient

MODELS = builtin(Dialect.REFERENCE)


@dataclass(frozen=True, slots=True)
class Judge:
    """Asks the service for its opinion of a draft."""

    sandbox: Sandbox
    folder: Path
    shown: Picture
    loop: asyncio.Runner
    disk: ThreadPoolExecutor

    def refused_fields(self, request: GenerationRequest) -> frozenset[str]:
        """The fields that the service refuses; none: it was queued."""
        return self.loop.run(self._refused_fields(request))

    async def _refused_fields(self, request: GenerationRequest) -> frozenset[str]:
        async with self._account() as client:
            try:
                await client.queue(request)
            except Trouble as trouble:
                if trouble.problem.kind is not Kind.INVALID:
                    raise
                return frozenset(trouble.problem.fields)
        return frozenset()

    def prices(self, request: GenerationRequest) -> tuple[Decimal, Decimal]:
        """What the service quotes for a request, and what it takes when it is queued; USD."""
        return self.loop.run(self._prices(request))

    async def _prices(self, request: GenerationRequest) -> tuple[Decimal, Decimal]:
        async with self._account() as client:
            quoted = (await client.quote(request)).amount
            before = (await client.balance()).usd
            await client.queue(request)
            after = (await client.balance()).usd
        assert before is not None
        assert after is not None
        return quoted, before - after

    @asynccontextmanager
    async def _account(self) -> AsyncIterator[VeniceClient]:
        """A client for an account of its own, with money enough and limits of its own."""
        client = VeniceClient(
            base_url=self.sandbox.base_url,
            key=fresh_key(),
            account=Account(service="practice", fingerprint="practice"),
            medium_file=lambda medium: self.folder / medium.sha256,
            disk=self.disk,
            limits=RateLimits(),
            timings=QUICK,
        )
        try:
            yield client
        finally:
            await client.aclose()


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    folder = tmp_path_factory.mktemp("pictures")
    drawn = BytesIO()
    Image.new("RGB", (640, 360), "teal").save(drawn, "png")
    with Sandbox() as sandbox, asyncio.Runner() as loop, ThreadPoolExecutor(1) as disk:
        yield Judge(sandbox, folder, picture(folder, drawn.getvalue()), loop, disk)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.id)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_two_judge_alike(judge: Judge, model: VideoModel, data: st.DataObject) -> None:
    request = data.draw(drafts(model, st.none() | st.just(judge.shown)))
    if request.prompt.strip() and len(request.prompt) < 100:
        request = replace(request, prompt=f"{request.prompt} [[fail]]")  # so that nothing is drawn
    ours = {fault.field for fault in check(request, model, Dialect.REFERENCE)}
    assert judge.refused_fields(request) == ours
