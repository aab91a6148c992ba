"""The price shown is always that of the draft shown."""

from collections.abc import AsyncIterator
from decimal import Decimal

import pytest

from tests.support.fake_service import FakeClock, FakeService
from venice_studio.domain.problem import Kind, Problem, Trouble
from venice_studio.domain.quote import Checking, NoQuote, Quote, Quoted, QuoteFailed
from venice_studio.domain.request import GenerationRequest
from venice_studio.studio.quoter import Quoter
from venice_studio.studio.tasks import Tasks

FIVE = GenerationRequest(model="ltx", prompt="A", duration="5s")
TEN = GenerationRequest(model="ltx", prompt="A", duration="10s")


@pytest.fixture
async def tasks() -> AsyncIterator[Tasks]:
    tasks = Tasks()
    yield tasks
    await tasks.close()


@pytest.fixture
def service() -> FakeService:
    return FakeService()


@pytest.fixture
def quoter(tasks: Tasks, service: FakeService) -> Quoter:
    quoter = Quoter(tasks=tasks, clock=FakeClock())
    quoter.use(service)
    return quoter


async def test_a_draft_is_priced(quoter: Quoter, tasks: Tasks) -> None:
    quoter.show(FIVE)
    assert isinstance(quoter.state.value, Checking)
    await tasks.join()
    assert isinstance(quoter.state.value, Quoted)
    assert quoter.state.value.quote.amount == Decimal("0.39")
    assert quoter.state.value.key == FIVE.quote_key


async def test_typing_a_prompt_asks_for_no_new_price(quoter: Quoter, tasks: Tasks, service: FakeService) -> None:
    quoter.show(FIVE)
    await tasks.join()
    quoter.show(GenerationRequest(model="ltx", prompt="Another prompt", duration="5s"))
    await tasks.join()
    assert service.count("quote") == 1


async def test_going_back_to_a_priced_draft_needs_no_question(
    quoter: Quoter, tasks: Tasks, service: FakeService
) -> None:
    for draft in (FIVE, TEN, FIVE):
        quoter.show(draft)
        await tasks.join()
    assert service.count("quote") == 2
    assert isinstance(quoter.state.value, Quoted)
    assert quoter.state.value.key == FIVE.quote_key


async def test_only_the_last_of_quick_changes_is_asked_and_shown(
    quoter: Quoter, tasks: Tasks, service: FakeService
) -> None:
    quoter.show(FIVE)
    quoter.show(TEN)
    await tasks.join()
    assert service.count("quote") == 1
    assert isinstance(quoter.state.value, Quoted)
    assert quoter.state.value.key == TEN.quote_key


async def test_old_price_stays_in_sight_while_checking(quoter: Quoter, tasks: Tasks) -> None:
    quoter.show(FIVE)
    await tasks.join()
    quoter.show(TEN)
    assert quoter.state.value == Checking(key=TEN.quote_key, previous=Quote(amount=Decimal("0.39")))


async def test_failure_is_shown_and_again_asks_again(quoter: Quoter, tasks: Tasks, service: FakeService) -> None:
    problem = Problem(kind=Kind.OFFLINE, message="no network")
    service.answer("quote", Trouble(problem))
    quoter.show(FIVE)
    await tasks.join()
    assert quoter.state.value == QuoteFailed(key=FIVE.quote_key, problem=problem)
    quoter.again()
    await tasks.join()
    assert isinstance(quoter.state.value, Quoted)


async def test_another_service_is_asked_anew(quoter: Quoter, tasks: Tasks) -> None:
    quoter.show(FIVE)
    await tasks.join()
    dearer = FakeService()
    dearer.answer("quote", Quote(amount=Decimal("2.00")))
    quoter.use(dearer)
    await tasks.join()
    assert isinstance(quoter.state.value, Quoted)
    assert quoter.state.value.quote.amount == Decimal("2.00")


async def test_nothing_to_price_says_why(quoter: Quoter) -> None:
    quoter.show(None, "Choose a model.")
    assert quoter.state.value == NoQuote(reason="Choose a model.")
