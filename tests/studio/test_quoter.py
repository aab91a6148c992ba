"""The price shown is always that of the draft shown, and differences are between real prices."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from tests.support.fake_service import FakeClock, FakeService
from venice_studio.domain.media import Video
from venice_studio.domain.problem import Kind, Problem, Trouble
from venice_studio.domain.quote import Checking, NoQuote, Quote, Quoted, QuoteFailed
from venice_studio.domain.request import GenerationRequest
from venice_studio.studio.quoter import Quoter
from venice_studio.studio.tasks import Tasks

FIVE = GenerationRequest(model="ltx", prompt="A", duration="5s")
TEN = GenerationRequest(model="ltx", prompt="A", duration="10s")
LOUD = GenerationRequest(model="ltx", prompt="A", duration="5s", sound=True)
OFFLINE = Problem(kind=Kind.OFFLINE, message="no network")


@pytest.fixture
async def tasks() -> AsyncIterator[Tasks]:
    tasks = Tasks()
    yield tasks
    await tasks.close()


@pytest.fixture
def service() -> FakeService:
    return FakeService()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def quoter(tasks: Tasks, service: FakeService, clock: FakeClock) -> Quoter:
    quoter = Quoter(tasks=tasks, clock=clock)
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


async def test_a_price_that_takes_a_whole_video_is_asked_for_as_seldom_as_can_be(
    quoter: Quoter, tasks: Tasks, service: FakeService, clock: FakeClock
) -> None:
    film = Video(sha256="f", mime="video/mp4", size=99_000_000, name="f.mp4", duration_ms=9000, width=64, height=36)
    larger = GenerationRequest(model="topaz", prompt="", source_video=film, upscale_factor=2)
    quoter.show(larger)
    await tasks.join()
    for prompt in ("S", "Sh", "Sharp"):
        quoter.show(replace(larger, prompt=prompt))
    clock.at += timedelta(seconds=600)
    quoter.keep_fresh()
    quoter.show(None)
    quoter.show(larger)
    await tasks.join()
    assert service.count("quote") == 1
    clock.at += timedelta(seconds=600)
    quoter.keep_fresh()
    await tasks.join()
    assert service.count("quote") == 2
    quoter.show(replace(larger, upscale_factor=4))
    await tasks.join()
    assert service.count("quote") == 3


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


def asked(service: FakeService) -> list[object]:
    return [request for name, request in service.calls if name == "quote"]


def price(amount: str) -> Quote:
    return Quote(amount=Decimal(amount))


async def test_an_old_price_is_asked_for_again_and_stays_in_sight_meanwhile(
    quoter: Quoter, tasks: Tasks, service: FakeService, clock: FakeClock
) -> None:
    quoter.show(FIVE)
    await tasks.join()
    quoter.keep_fresh()
    assert tasks.names == ()
    before = quoter.state.value
    await clock.sleep(121)
    quoter.keep_fresh()
    assert quoter.state.value is before
    service.answer("quote", price("0.41"))
    await tasks.join()
    assert isinstance(quoter.state.value, Quoted)
    assert quoter.state.value.quote == price("0.41")
    assert quoter.state.value.at == clock.now()


async def test_asking_again_by_itself_says_nothing_until_there_is_an_answer(
    quoter: Quoter, tasks: Tasks, service: FakeService
) -> None:
    service.answer("quote", Trouble(OFFLINE))
    quoter.show(FIVE)
    await tasks.join()
    seen: list[object] = []
    quoter.state.bind(seen.append)
    quoter.again_quietly()
    quoter.again_quietly()
    await tasks.join()
    assert [type(state) for state in seen] == [QuoteFailed, Quoted]
    assert service.count("quote") == 2


async def test_differences_are_those_of_real_prices_asked_for_after_the_main_one(
    quoter: Quoter, tasks: Tasks, service: FakeService
) -> None:
    service.answer("quote", price("0.49"), price("0.63"), price("0.99"))
    quoter.show(FIVE, alternatives=[LOUD, TEN])
    assert quoter.difference(TEN) is None
    await tasks.join()
    assert asked(service) == [FIVE, LOUD, TEN]
    assert quoter.difference(LOUD) == Decimal("0.14")
    assert quoter.difference(TEN) == Decimal("0.50")


async def test_what_was_compared_with_has_its_price_at_once(quoter: Quoter, tasks: Tasks, service: FakeService) -> None:
    service.answer("quote", price("0.49"), price("0.99"))
    quoter.show(FIVE, alternatives=[TEN])
    await tasks.join()
    quoter.show(TEN, alternatives=[FIVE])
    assert isinstance(quoter.state.value, Quoted)
    assert quoter.state.value.quote == price("0.99")
    assert quoter.difference(FIVE) == Decimal("-0.50")
    await tasks.join()
    assert service.count("quote") == 2


async def test_a_changed_draft_ends_the_comparing(quoter: Quoter, tasks: Tasks, service: FakeService) -> None:
    quoter.heard.connect(lambda _: quoter.show(TEN))
    quoter.show(FIVE, alternatives=[LOUD])
    await tasks.join()
    assert asked(service) == [FIVE, TEN]


async def test_only_so_many_are_compared(quoter: Quoter, tasks: Tasks, service: FakeService) -> None:
    many = [GenerationRequest(model="ltx", duration=f"{seconds}s") for seconds in range(20, 40)]
    quoter.show(FIVE, alternatives=many)
    await tasks.join()
    assert asked(service) == [FIVE, *many[:6]]


async def test_what_has_no_price_is_not_asked_for_again_and_spoils_nothing(
    quoter: Quoter, tasks: Tasks, service: FakeService
) -> None:
    refused = Problem(kind=Kind.INVALID, message="not with sound")
    service.answer("quote", price("0.49"), Trouble(refused), price("0.99"))
    quoter.show(FIVE, alternatives=[LOUD, TEN])
    await tasks.join()
    assert quoter.difference(LOUD) is None
    assert quoter.difference(TEN) == Decimal("0.50")
    assert isinstance(quoter.state.value, Quoted)
    quoter.again()
    await tasks.join()
    assert asked(service).count(LOUD) == 1


async def test_a_busy_service_is_left_alone(quoter: Quoter, tasks: Tasks, service: FakeService) -> None:
    service.answer("quote", price("0.49"), Trouble(Problem(kind=Kind.BUSY, message="too many")))
    quoter.show(FIVE, alternatives=[LOUD, TEN])
    await tasks.join()
    assert asked(service) == [FIVE, LOUD]


async def test_nothing_is_compared_with_prices_from_before_a_change(
    quoter: Quoter, tasks: Tasks, service: FakeService
) -> None:
    service.answer("quote", price("0.49"), price("0.99"), price("0.55"))
    quoter.show(FIVE, alternatives=[TEN])
    await tasks.join()
    service.answer("quote", price("1.10"))
    quoter.again()
    await tasks.join()
    assert quoter.difference(TEN) == Decimal("0.55")


async def test_prices_in_other_money_have_no_difference(quoter: Quoter, tasks: Tasks, service: FakeService) -> None:
    service.answer("quote", price("0.49"), Quote(amount=Decimal(1), currency="DIEM"))
    quoter.show(FIVE, alternatives=[TEN])
    await tasks.join()
    assert quoter.difference(TEN) is None
