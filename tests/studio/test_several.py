"""One prompt over several models: priced together, sent as one press, each model on its own."""

from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
import pytest_asyncio

from tests.support.fake_service import FakeService
from tests.support.whole_studio import WholeStudio
from venice_studio.domain.job import Refused, Rendering
from venice_studio.domain.problem import Cost, Kind, Problem, Trouble
from venice_studio.domain.quote import Quote
from venice_studio.studio.several import MOST, Contender

CUT = Trouble(Problem(kind=Kind.CUT, message="The line broke.", cost=Cost.UNKNOWN))
NO_FUNDS = Trouble(Problem(kind=Kind.FUNDS, message="Too little.", status=402))
REFUSED = Trouble(Problem(kind=Kind.CONTENT, message="Refused.", status=422))


class Desk:
    """Somebody who chooses models and presses."""

    def __init__(self, home: Path) -> None:
        self.whole = WholeStudio(home, FakeService())
        self.studio, self.service = self.whole.studio, self.whole.service
        self.asked: list[tuple[Quote, Quote]] = []
        self.agrees = True

    @property
    def contenders(self) -> tuple[Contender, ...]:
        return self.studio.several.contenders(self.service.account.service)

    async def choose(self, count: int = 2) -> tuple[Contender, ...]:
        chosen = tuple(contender for contender in self.contenders if not contender.faults)[:count]
        self.studio.several.choose(chosen)
        await self.whole.settle()
        return chosen

    async def press(self, contenders: tuple[Contender, ...], *ends: object) -> list[type]:
        self.service.answer("queue", *ends)
        shown = self.studio.several.total(contenders) or Quote(amount=Decimal(0))
        jobs = await self.studio.press.generate_several(contenders, shown, self._confirm)
        return [type(self.whole.parts.ledger.jobs[job.id].state) for job in jobs]

    async def _confirm(self, old: Quote, new: Quote) -> bool:
        self.asked.append((old, new))
        return self.agrees


@pytest_asyncio.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    made = Desk(tmp_path)
    await made.whole.begin()
    made.studio.composer.edit(prompt="A quiet sea")
    await made.whole.settle()
    yield made
    await made.whole.end()


async def test_the_drafts_own_model_comes_first_and_each_family_once(desk: Desk) -> None:
    desk.studio.composer.choose_model("ltx")
    # Wan starts from a picture, and there is none.
    assert [contender.model.id for contender in desk.contenders] == ["ltx", "kling-text"]


async def test_what_is_chosen_is_priced_together(desk: Desk) -> None:
    chosen = await desk.choose(2)
    prices = [desk.studio.several.price(contender) for contender in chosen]
    amounts = [price.amount for price in prices if isinstance(price, Quote)]
    assert len(amounts) == 2
    assert desk.studio.several.total(chosen) == Quote(amount=sum(amounts, Decimal(0)))


async def test_without_a_price_there_is_no_sum_and_no_press(desk: Desk) -> None:
    desk.service.answer("quote", REFUSED)
    chosen = await desk.choose(2)
    assert desk.studio.several.price(chosen[1]) == REFUSED.problem
    assert desk.studio.several.total(chosen) is None


async def test_one_press_is_one_group_with_each_models_own_price(desk: Desk) -> None:
    chosen = await desk.choose(2)
    assert await desk.press(chosen) == [Rendering, Rendering]
    jobs = tuple(desk.whole.parts.ledger.jobs.values())
    assert len({job.group for job in jobs}) == 1
    assert [job.take for job in jobs] == [1, 2]
    assert [job.request.model for job in jobs] == [contender.model.id for contender in chosen]
    assert [job.quote for job in jobs] == [desk.studio.several.price(contender) for contender in chosen]
    assert desk.asked == []


async def test_a_refusal_by_one_model_does_not_keep_the_others_back(desk: Desk) -> None:
    chosen = await desk.choose(2)
    assert await desk.press(chosen, REFUSED) == [Refused, Rendering]


@pytest.mark.parametrize("end", [NO_FUNDS, CUT])
async def test_what_concerns_all_keeps_the_rest_from_being_sent(desk: Desk, end: Trouble) -> None:
    chosen = await desk.choose(2)
    await desk.press(chosen, end)
    assert desk.service.count("queue") == 1


async def test_a_price_that_changed_is_asked_about_as_a_sum(desk: Desk) -> None:
    chosen = await desk.choose(2)
    before = desk.studio.several.total(chosen)
    assert before is not None
    desk.service.answer("quote", Quote(amount=Decimal(9)), Quote(amount=Decimal(1)))
    desk.agrees = False
    assert await desk.press(chosen) == []
    assert desk.asked == [(before, Quote(amount=Decimal(10)))]
    assert desk.service.count("queue") == 0


async def test_the_days_limit_counts_the_sum(desk: Desk) -> None:
    chosen = await desk.choose(2)
    total = desk.studio.several.total(chosen)
    assert total is not None
    settings = desk.studio.settings
    settings.set(replace(settings.value, stop_at=str(total.amount - Decimal("0.01"))))
    with pytest.raises(Trouble, match="limit"):
        await desk.press(chosen)
    assert desk.service.count("queue") == 0


async def test_no_more_are_chosen_than_a_press_may_make(desk: Desk) -> None:
    chosen = await desk.choose(1)
    assert await desk.press(chosen * (MOST + 1)) == []
    assert desk.service.count("queue") == 0
