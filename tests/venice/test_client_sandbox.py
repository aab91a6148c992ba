"""The client against the real service on loopback: the page's way from a price to a clip, and its refusals."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from io import BytesIO
from pathlib import Path

import av
import httpx
import pytest
from PIL import Image

from tests.support.sandbox import Sandbox, fresh_key
from tests.venice.conftest import Collected, Connect, picture
from tests.venice.test_client_faults import problem_of
from venice_studio.domain.job import Progress, Ticket
from venice_studio.domain.model import Dialect
from venice_studio.domain.problem import Cost, Kind, Trouble
from venice_studio.domain.request import GenerationRequest
from venice_studio.studio.ports import Service
from venice_studio.venice.budget import RateLimits
from venice_studio.venice.catalog import builtin
from venice_studio.venice.client import VeniceClient
from venice_studio.venice.transport import Timings

REQUEST = GenerationRequest(
    model="kling-2.5-turbo-pro-text-to-video",
    prompt="A lighthouse in the rain",
    duration="5s",
    resolution="720p",
    aspect_ratio="16:9",
    sound=False,
    seed=7,
)


@pytest.fixture
def connect(connect: Connect) -> Connect:
    """With the program's own patience: drawing clips may take all of the machine for a while."""
    return partial(connect, timings=Timings())


async def finished(client: VeniceClient, ticket: Ticket) -> tuple[bytes, Sequence[Progress]]:
    """The clip, and the progress on the way to it."""
    sink, seen = Collected(), []
    while (progress := await client.retrieve(ticket, sink)) is not None:
        seen.append(progress)
        await asyncio.sleep(0.1)
    assert sink.begun == [(len(sink.content), "video/mp4")]
    return sink.content, seen


def length_s(clip: bytes) -> float:
    with av.open(BytesIO(clip), "r") as container:
        return len(list(container.decode(video=0))) / float(container.streams.video[0].average_rate or 1)


async def test_from_a_price_to_a_clip(sandbox: Sandbox, connect: Connect) -> None:
    client = connect(sandbox.base_url, key=fresh_key())
    service: Service = client  # the studio's interface, by its shape
    quote = await service.quote(REQUEST)
    assert service.dialect is Dialect.REFERENCE
    assert (await service.balance()).usd == 100
    ticket = await service.queue(REQUEST)
    assert (ticket.model, ticket.dialect) == (REQUEST.model, Dialect.REFERENCE)
    assert (await service.balance()).usd == Decimal(100) - quote.amount
    clip, seen = await finished(client, ticket)
    assert length_s(clip) == pytest.approx(5, abs=0.05)
    assert all(progress.estimate_ms for progress in seen)
    assert [p.elapsed_ms for p in seen] == sorted(p.elapsed_ms for p in seen)
    await service.complete(ticket)
    assert (await problem_of(service.retrieve(ticket, Collected()))).kind is Kind.GONE
    await service.complete(ticket)


async def test_a_picture_is_taken(sandbox: Sandbox, connect: Connect, tmp_path: Path) -> None:
    drawn = BytesIO()
    Image.radial_gradient("L").resize((600, 400)).save(drawn, "png")
    shown = picture(tmp_path, drawn.getvalue())
    request = replace(REQUEST, prompt="[[fail]]", model="wan-2.5-preview-image-to-video", start_frame=shown)
    client = connect(sandbox.base_url, key=fresh_key())
    assert isinstance(await client.retrieve(await client.queue(request), Collected()), Progress)
    broken = replace(request, start_frame=picture(tmp_path, drawn.getvalue()[:900]))
    problem = await problem_of(client.queue(broken))
    assert (problem.kind, set(problem.fields)) == (Kind.INVALID, {"image_url"})


async def test_the_listing_is_the_one_that_is_built_in(sandbox: Sandbox, connect: Connect) -> None:
    assert (await connect(sandbox.base_url).models()).models == builtin(Dialect.REFERENCE)


async def test_a_render_that_fails(sandbox: Sandbox, connect: Connect) -> None:
    client = connect(sandbox.base_url, key=fresh_key())
    ticket = await client.queue(replace(REQUEST, prompt="[[fail]]"))
    with pytest.raises(Trouble) as caught:
        await finished(client, ticket)
    assert (caught.value.problem.kind, caught.value.problem.cost) == (Kind.FAILED, Cost.REFUNDED)
    assert (await client.balance()).usd == 100


async def test_a_queue_that_fails(sandbox: Sandbox, connect: Connect) -> None:
    client = connect(sandbox.base_url, key=fresh_key())
    problem = await problem_of(client.queue(replace(REQUEST, prompt="[[fail-queue]]")))
    assert (problem.status, problem.kind) == (500, Kind.SERVICE)
    assert problem.cost in (Cost.NOT_CHARGED, Cost.REFUNDED)
    assert (await client.balance()).usd == 100


@pytest.mark.parametrize("key", ["invalid", "expired"])
async def test_a_key_that_is_not_taken(key: str, sandbox: Sandbox, connect: Connect) -> None:
    client = connect(sandbox.base_url, key=key)
    for work in (client.balance(), client.quote(REQUEST), client.queue(REQUEST)):
        problem = await problem_of(work)
        assert (problem.kind, problem.cost, problem.status) == (Kind.KEY, Cost.NOT_CHARGED, 401)


async def test_a_poor_account(sandbox: Sandbox, connect: Connect) -> None:
    client = connect(sandbox.base_url, key=f"poor-{fresh_key()}")
    problem = await problem_of(client.queue(REQUEST))
    assert (problem.kind, problem.cost) == (Kind.FUNDS, Cost.NOT_CHARGED)
    assert "$0.1" in problem.message


async def test_a_refusal_names_its_fields(sandbox: Sandbox, connect: Connect) -> None:
    client = connect(sandbox.base_url, key=fresh_key())
    problem = await problem_of(client.queue(replace(REQUEST, duration="7s", aspect_ratio="2:7", prompt="")))
    assert (problem.kind, problem.cost) == (Kind.INVALID, Cost.NOT_CHARGED)
    assert set(problem.fields) == {"duration", "aspect_ratio", "prompt"}


async def test_another_accounts_job_is_nobodys(sandbox: Sandbox, connect: Connect) -> None:
    ticket = await connect(sandbox.base_url, key=fresh_key()).queue(REQUEST)
    stranger = connect(sandbox.base_url, key=fresh_key())
    assert (await problem_of(stranger.retrieve(ticket, Collected()))).kind is Kind.GONE
    wrong = replace(ticket, model="sora-2")
    assert (await problem_of(stranger.retrieve(wrong, Collected()))).kind is Kind.GONE


async def test_our_budget_keeps_us_from_ever_asking_too_often(sandbox: Sandbox, connect: Connect) -> None:
    client = connect(sandbox.base_url, key=fresh_key())
    ticket = await client.queue(replace(REQUEST, prompt="[[fail]]"))
    looks = (client.retrieve(ticket, Collected()) for _ in range(200))
    answers = await asyncio.gather(*looks, return_exceptions=True)
    assert {answer.problem.kind for answer in answers if isinstance(answer, Trouble)} <= {Kind.FAILED}


async def test_a_key_that_is_in_use_elsewhere_is_never_used_too_often(connect: Connect) -> None:
    with Sandbox(speed=20) as slower:
        key, window_s = fresh_key(), 60 / 20
        ticket = await connect(slower.base_url, key=key).queue(replace(REQUEST, prompt="[[fail]]"))
        elsewhere = httpx.AsyncClient(base_url=slower.base_url, headers={"Authorization": f"Bearer {key}"})
        body = {"model": ticket.model, "queueid": ticket.queue_id}
        async with elsewhere:
            await asyncio.gather(*(elsewhere.post("/video/retrieve", json=body) for _ in range(110)))
        ours = connect(slower.base_url, key=key, limits=RateLimits(window_s=window_s))
        looks = await asyncio.gather(*(ours.retrieve(ticket, Collected()) for _ in range(20)), return_exceptions=True)
    assert {look.problem.kind for look in looks if isinstance(look, Trouble)} <= {Kind.FAILED}


async def test_the_ledger_is_what_was_sent(sandbox: Sandbox, connect: Connect) -> None:
    client = connect(sandbox.base_url, key=fresh_key())
    await client.quote(REQUEST)
    assert json.loads(client.payload(REQUEST)) == {
        "model": REQUEST.model,
        "prompt": REQUEST.prompt,
        "duration": "5s",
        "resolution": "720p",
        "aspect_ratio": "16:9",
        "audio": False,
        "seed": 7,
    }
