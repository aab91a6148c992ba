"""The user's own limits: asked above one sum, nothing sent above another; practice has none."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tests.support.fake_service import FakeService
from tests.support.whole_studio import WholeStudio
from venice_studio.domain.job import PRACTICE_ACCOUNT
from venice_studio.domain.problem import Cost, Kind, Problem, Trouble
from venice_studio.domain.quote import Quote

PRICE = Quote(amount=Decimal("0.39"))
CUT = Trouble(Problem(kind=Kind.CUT, message="The line broke.", cost=Cost.UNKNOWN))
REFUSED = Trouble(Problem(kind=Kind.CONTENT, message="Refused.", status=422))
REFUNDED = Trouble(Problem(kind=Kind.SERVICE, message="Failed.", cost=Cost.REFUNDED))


class Desk:
    """Somebody who presses, and what they are asked."""

    def __init__(self, home: Path) -> None:
        self.whole = WholeStudio(home, FakeService())
        self.studio, self.service = self.whole.studio, self.whole.service
        self.asked: list[tuple[Quote, Quote]] = []
        self.agrees = True

    def limit(self, *, ask_above: str | None = None, stop_at: str | None = None) -> None:
        settings = self.studio.settings
        settings.set(replace(settings.value, ask_above=ask_above, stop_at=stop_at))

    async def press(self, *ends: object) -> int:
        """Press once; `ends` is what the service answers to the paid requests. How many were sent."""
        before = self.service.count("queue")
        self.service.answer("queue", *ends)
        self.studio.composer.edit(prompt="A quiet sea")
        await self.whole.settle()
        await self.studio.press.generate(self._confirm)
        return self.service.count("queue") - before

    async def refusal(self) -> str:
        """What a press is refused with, nothing having left or been written."""
        jobs = len(self.whole.parts.ledger.jobs)
        with pytest.raises(Trouble) as caught:
            await self.press()
        assert caught.value.problem.kind is Kind.LIMIT
        assert len(self.whole.parts.ledger.jobs) == jobs
        return caught.value.problem.message

    async def _confirm(self, old: Quote, new: Quote) -> bool:
        self.asked.append((old, new))
        return self.agrees


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    desk = Desk(tmp_path)
    await desk.whole.begin()
    yield desk
    await desk.whole.end()


@pytest.mark.parametrize("agrees", [True, False])
async def test_a_press_above_the_sum_is_asked_about(desk: Desk, agrees: bool) -> None:
    desk.limit(ask_above="0.38")
    desk.agrees = agrees
    assert await desk.press(REFUSED) == int(agrees)
    assert desk.asked == [(PRICE, PRICE)]
    assert bool(desk.whole.parts.ledger.jobs) is agrees


async def test_up_to_the_sum_nothing_is_asked(desk: Desk) -> None:
    desk.limit(ask_above="0.39")
    assert await desk.press(REFUSED) == 1
    assert desk.asked == []


async def test_all_takes_of_a_press_count(desk: Desk) -> None:
    desk.limit(ask_above="0.40", stop_at="0.77")
    desk.studio.composer.set_takes(2)
    assert "and this costs $0.78" in await desk.refusal()
    desk.limit(ask_above="0.40", stop_at="0.78")
    await desk.press(REFUSED)
    assert len(desk.asked) == 1


async def test_a_price_that_rose_is_asked_about_once(desk: Desk) -> None:
    desk.limit(ask_above="0.50")
    desk.studio.composer.edit(prompt="A quiet sea")
    await desk.whole.settle()
    desk.service.answer("quote", Quote(amount=Decimal("0.60")))
    await desk.press(REFUSED)
    assert [new.amount for _, new in desk.asked] == [Decimal("0.60")]


async def test_what_may_have_been_charged_counts_and_the_day_ends_there(desk: Desk) -> None:
    desk.limit(stop_at="1.00")
    assert await desk.press(CUT) == 1
    assert await desk.press(CUT) == 1
    assert (
        await desk.refusal() == "Your own limit of $1.00 a day would be passed: $0.78 today, and this costs $0.39. "
        "You can change it in the settings."
    )
    desk.limit(stop_at="0.78")
    assert "is reached: $0.78 today" in await desk.refusal()


@pytest.mark.parametrize("free", [REFUSED, REFUNDED])
async def test_what_cost_nothing_in_the_end_does_not_count(desk: Desk, free: Trouble) -> None:
    desk.limit(stop_at="0.50")
    for _ in range(3):
        assert await desk.press(free) == 1


async def test_a_removed_job_still_counts_also_after_a_restart(tmp_path: Path) -> None:
    first = Desk(tmp_path)
    await first.whole.begin()
    await first.press(CUT)
    [job_id] = first.whole.parts.ledger.jobs
    await first.studio.runner.remove(job_id)
    first.limit(stop_at="0.50")
    await first.refusal()
    await first.whole.end()
    again = Desk(tmp_path)
    await again.whole.begin()
    [attempt] = again.studio.spending.attempts
    again.whole.parts.clock.at = attempt.at
    again.limit(stop_at="0.50")
    assert "$0.39 today" in await again.refusal()
    await again.whole.end()


async def test_another_day_begins_anew(desk: Desk) -> None:
    desk.limit(stop_at="0.50")
    await desk.press(CUT)
    desk.whole.parts.clock.at += timedelta(days=1)
    assert await desk.press(CUT) == 1


async def test_sending_again_is_held_to_the_limit_too(desk: Desk) -> None:
    await desk.press(CUT)
    [job_id] = desk.whole.parts.ledger.jobs
    desk.limit(stop_at="0.50")
    with pytest.raises(Trouble) as caught:
        await desk.studio.press.send_again(job_id, desk._confirm)
    assert caught.value.problem.kind is Kind.LIMIT
    assert desk.service.count("queue") == 1


async def test_two_at_once_do_not_spend_what_is_left_for_one(desk: Desk) -> None:
    await desk.press(REFUSED)
    [job_id] = desk.whole.parts.ledger.jobs
    desk.limit(stop_at="0.50")
    desk.service.answer("queue", CUT, CUT)
    sent = [desk.studio.press.send_again(job_id, desk._confirm) for _ in range(2)]
    ends = await asyncio.gather(*sent, return_exceptions=True)
    assert [isinstance(end, Trouble) for end in ends] == [False, True]
    assert desk.service.count("queue") == 2


async def test_practice_is_not_limited(desk: Desk) -> None:
    desk.limit(ask_above="0.01", stop_at="0.01")
    spending = desk.studio.spending
    assert not spending.asks(PRACTICE_ACCOUNT, PRICE, 10)
    with spending.within_limit(PRACTICE_ACCOUNT, PRICE, 10):
        pass
    assert "and this costs $0.39" in await desk.refusal()
