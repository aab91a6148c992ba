"""The parts wired together: draft to price, price to press, connection to both."""

import asyncio
from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path

import pytest

from tests.support.fake_service import MODELS, FakeService
from tests.support.studio_parts import Parts
from venice_studio.domain.job import Saved
from venice_studio.domain.problem import Cost, Kind, Problem, Trouble
from venice_studio.domain.quote import Balance, Quote, Quoted
from venice_studio.library.settings import Settings
from venice_studio.library.shelf import MediaShelf
from venice_studio.studio.catalogue import Catalogue
from venice_studio.studio.composer import Composer
from venice_studio.studio.quoter import Quoter
from venice_studio.studio.signals import Value
from venice_studio.studio.studio import Studio


@pytest.fixture
async def parts(tmp_path: Path, service: FakeService) -> AsyncIterator[Parts]:
    parts = Parts(tmp_path, service)
    yield parts
    await parts.end()


def make(parts: Parts, settings: Settings | None = None) -> Studio:
    composer = Composer()
    composer.set_models(MODELS[:1])
    return Studio(
        tasks=parts.tasks,
        composer=composer,
        quoter=Quoter(tasks=parts.tasks, clock=parts.clock),
        connection=parts.connection,
        catalogue=Catalogue(floor=MODELS[:1], kept=parts.kept, clock=parts.clock),
        runner=parts.runner,
        pictures=MediaShelf(parts.home / "pictures", parts.threads.media),
        fetch_picture=parts.fetcher.fetch,
        settings=Value(settings or Settings()),
    )


async def never(_old: Quote, _new: Quote) -> bool:
    raise AssertionError("nothing changed, so nothing is asked")


async def test_the_price_is_that_of_the_draft_once_there_is_a_service(parts: Parts) -> None:
    studio = make(parts)
    await studio.start()
    await parts.tasks.join()
    assert isinstance(studio.quoter.state.value, Quoted)
    assert studio.quoter.state.value.key == studio.composer.draft.value.quote_key
    assert studio.composer.models.value == MODELS


async def test_a_press_sends_the_draft_at_the_price_shown(parts: Parts, service: FakeService) -> None:
    studio = make(parts)
    await studio.start()
    await parts.tasks.join()
    studio.composer.edit(prompt="A gondola")
    [job] = await studio.press.generate(never)
    await parts.tasks.join()
    assert job.quote == Quote(amount=Decimal("0.39"))
    assert isinstance(parts.ledger.jobs[job.id].state, Saved)
    assert service.count("queue") == 1


async def test_money_that_comes_back_is_seen_in_the_balance(parts: Parts, service: FakeService) -> None:
    studio = make(parts)
    await studio.start()
    await parts.tasks.join()
    charged, whole = (Balance(can_consume=True, currency="USD", usd=Decimal(sum_)) for sum_ in ("23.91", "24.30"))
    service.answer("balance", charged, whole)
    service.answer("retrieve", Trouble(Problem(kind=Kind.FAILED, message="It failed.", cost=Cost.REFUNDED)))
    studio.composer.edit(prompt="A gondola")
    [job] = await studio.press.generate(never)
    await parts.tasks.join()
    assert parts.ledger.jobs[job.id].cost is Cost.REFUNDED
    assert studio.connection.state.value.balance == whole


@pytest.mark.parametrize("agrees", [True, False])
async def test_a_price_that_changed_is_asked_about(parts: Parts, service: FakeService, agrees: bool) -> None:
    studio = make(parts)
    await studio.start()
    await parts.tasks.join()
    studio.composer.edit(prompt="A gondola")
    service.answer("quote", Quote(amount=Decimal("0.55")))
    asked: list[tuple[Decimal, Decimal]] = []

    async def confirm(old: Quote, new: Quote) -> bool:
        asked.append((old.amount, new.amount))
        return agrees

    jobs = await studio.press.generate(confirm)
    assert asked == [(Decimal("0.39"), Decimal("0.55"))]
    assert service.count("queue") == len(jobs) == int(agrees)
    assert [job.quote.amount for job in jobs] == [Decimal("0.55")] * len(jobs)


async def test_a_draft_with_faults_or_without_a_price_is_not_sent(parts: Parts, service: FakeService) -> None:
    studio = make(parts)
    service.answer("quote", *[Trouble(Problem(kind=Kind.OFFLINE, message="no network"))] * 2)
    await studio.start()
    await parts.tasks.join()
    assert await studio.press.generate(never) == ()
    studio.composer.edit(prompt="A gondola")
    assert await studio.press.generate(never) == ()
    assert service.count("queue") == 0


async def test_what_is_left_is_looked_at_before_a_press_and_after_it(parts: Parts, service: FakeService) -> None:
    studio = make(parts)
    await studio.start()
    await parts.tasks.join()
    studio.composer.edit(prompt="A gondola")
    looks = service.count("balance")
    await studio.press.generate(never)
    assert service.count("balance") == looks + 1
    await parts.tasks.join()
    assert service.count("balance") == looks + 2


async def test_two_presses_at_once_send_once(parts: Parts, service: FakeService) -> None:
    studio = make(parts)
    await studio.start()
    await parts.tasks.join()
    studio.composer.edit(prompt="A gondola")
    first = parts.tasks.start(studio.press.generate(never), "press")
    second = parts.tasks.start(studio.press.generate(never), "press")
    await parts.tasks.join()
    assert sorted(len(task.result()) for task in (first, second)) == [0, 1]
    assert service.count("queue") == 1


async def test_old_requests_go_out_beside_each_other_and_the_draft_waits_for_all(
    parts: Parts, service: FakeService
) -> None:
    studio = make(parts)
    await studio.start()
    await parts.tasks.join()
    studio.composer.edit(prompt="A gondola")
    refusal = Trouble(Problem(kind=Kind.INVALID, message="no", cost=Cost.NOT_CHARGED))
    service.answer("queue", refusal, refusal)
    [first], [second] = await studio.press.generate(never), await studio.press.generate(never)
    service.answer("quote", Quote(amount=Decimal("0.55")))
    asked, answered = asyncio.Event(), asyncio.Event()

    async def confirm(_old: Quote, _new: Quote) -> bool:
        asked.set()
        await answered.wait()
        return True

    slow = parts.tasks.start(studio.press.send_again(first.id, confirm), "again")
    await asked.wait()
    assert len(await studio.press.send_again(second.id, never)) == 1
    assert studio.press.under_way.value
    assert await studio.press.generate(never) == ()
    answered.set()
    assert len(await slow) == 1
    assert not studio.press.under_way.value


async def test_the_form_begins_with_the_model_used_last(parts: Parts) -> None:
    studio = make(parts, Settings(last_model="ltx"))
    await studio.start()
    await parts.tasks.join()
    assert studio.composer.draft.value.model == "ltx"
    assert studio.composer.switched.value is None
    assert studio.settings.value.last_model == "ltx"


async def test_a_form_in_use_is_left_alone_by_the_listing(parts: Parts) -> None:
    studio = make(parts, Settings(last_model="ltx"))
    studio.composer.edit(prompt="Being written")
    await studio.start()
    await parts.tasks.join()
    assert studio.composer.draft.value.model == "kling-text"
    studio.composer.choose_model("ltx")
    assert studio.settings.value.last_model == "ltx"
