"""No more requests in a window than the service takes; what is worth most first, else in the order of asking."""

import asyncio
from collections.abc import Callable
from itertools import pairwise

import pytest

from tests.support.faulty_server import FaultyServer, Received, always, told
from tests.support.patience import PATIENCE_S
from tests.venice.conftest import Collected, Connect
from tests.venice.test_client_faults import REQUEST, TICKET, problem_of
from venice_studio.domain.problem import Cost, Kind
from venice_studio.venice.budget import FAILURES, Budget, Failures, RateLimits
from venice_studio.venice.client import LOOKS_AT_ONCE
from venice_studio.venice.wire.limits import LimitNews


class Time:
    """A clock that only goes on while somebody sleeps by it."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)
        self.now += seconds


def budget_of(limit: int, clock: Time) -> Budget:
    return Budget(limit, 60.0, monotonic=clock.monotonic, sleep=clock.sleep)


async def times(budget: Budget, clock: Time, turns: int) -> list[float]:
    taken: list[tuple[float, int]] = []

    async def take(number: int) -> None:
        async with budget.turn():
            taken.append((clock.now - 1000, number))

    await asyncio.gather(*(take(number) for number in range(turns)))
    assert [number for _, number in taken] == list(range(turns))
    return [at for at, _ in taken]


async def test_no_window_holds_more_than_the_limit() -> None:
    clock = Time()
    assert await times(budget_of(3, clock), clock, 8) == [0, 0, 0, 60, 60, 60, 120, 120]


async def test_the_window_slides() -> None:
    clock = Time()
    budget = budget_of(2, clock)
    with budget.place():
        pass
    clock.now += 50
    assert await times(budget, clock, 3) == [50, 60, 110]


async def test_a_request_counts_until_a_window_after_its_answer() -> None:
    clock = Time()
    budget = budget_of(1, clock)
    with budget.place():
        clock.now += 100
        assert budget.wait_s() == 60
    clock.now += 59
    assert budget.wait_s() == 1
    clock.now += 1
    assert budget.wait_s() == 0


async def test_a_waiter_that_leaves_lets_the_others_pass() -> None:
    clock = Time()
    budget = budget_of(1, clock)
    with budget.place():
        leaving, staying = (asyncio.create_task(times(budget, clock, 1)) for _ in range(2))
        await asyncio.sleep(0)
    leaving.cancel()
    assert await staying == [60]
    assert leaving.cancelled()


async def asked(budget: Budget, name: str, worth: Callable[[], float], gone: list[str]) -> None:
    async with budget.turn(worth):
        gone.append(name)


async def test_what_is_worth_most_when_a_turn_comes_goes_first() -> None:
    clock = Time()
    budget, gone = budget_of(1, clock), list[str]()
    with budget.place():
        pass
    rising = asked(budget, "rising", lambda: clock.now - 1050, gone)
    await asyncio.gather(
        asked(budget, "small", lambda: 1, gone),
        rising,
        asked(budget, "large", lambda: 50, gone),
        asked(budget, "as small", lambda: 1, gone),
    )
    assert gone == ["large", "rising", "small", "as small"], "10 after the first minute, 70 after the second"


@pytest.mark.parametrize("leaving", [0, 1, 2])
async def test_turns_go_on_whoever_of_those_that_wait_goes_away(leaving: int) -> None:
    clock = Time()
    budget, gone = budget_of(1, clock), list[str]()
    with budget.place():
        waiting = [asyncio.create_task(asked(budget, str(number), lambda: 0, gone)) for number in range(3)]
        await asyncio.sleep(0)
        waiting[leaving].cancel()
        await asyncio.sleep(0)
    await asyncio.gather(*waiting, return_exceptions=True)
    assert gone == [str(number) for number in range(3) if number != leaving]
    assert budget.wait_s() == 60


async def test_a_turn_that_was_given_to_somebody_who_left_is_free_again() -> None:
    clock = Time()
    budget, gone = budget_of(1, clock), list[str]()
    with budget.place():
        pass

    def leave() -> float:
        leaving.cancel()
        return 9

    keeper = asyncio.create_task(asked(budget, "keeper", lambda: 0, gone))
    leaving = asyncio.create_task(asked(budget, "leaving", leave, gone))
    async with asyncio.timeout(PATIENCE_S):
        await asyncio.gather(keeper, leaving, return_exceptions=True)
    assert gone == ["keeper"]


async def test_a_small_burst_then_evenly() -> None:
    clock = Time()
    budget = Budget(12, 60.0, burst=0.2, monotonic=clock.monotonic, sleep=clock.sleep)
    taken = await times(budget, clock, 40)
    assert taken[:4] == [0, 0, 6, 12]
    for start in taken:
        assert sum(start <= at < start + 60 for at in taken) <= 12
    gaps = [after - before for before, after in pairwise(taken[1:])]
    assert gaps == [6] * 38, "after a sleep as in the long run"


async def test_so_many_failures_that_the_service_would_block_the_key_hold_everybody() -> None:
    clock = Time()
    failures = Failures(monotonic=clock.monotonic)
    posts, looks = (Budget(100, 60.0, failures=failures, monotonic=clock.monotonic, sleep=clock.sleep) for _ in "ab")
    for _ in range(FAILURES - 1):
        failures.add()
        clock.now += 1
    assert posts.wait_s() == looks.wait_s() == 0
    failures.add()
    assert posts.wait_s() == looks.wait_s() == failures.wait_s() == 30 - (FAILURES - 1)
    assert (await times(looks, clock, 1)) == [30]
    failures.add()
    assert posts.wait_s() == 1, "the oldest but one counts on"


async def test_failures_that_are_far_apart_hold_nobody() -> None:
    clock = Time()
    failures = Failures(monotonic=clock.monotonic)
    for _ in range(2 * FAILURES):
        failures.add()
        clock.now += 3
        assert failures.wait_s() == 0


async def sent(budget: Budget) -> int:
    """The number of a request that went out at once."""
    with budget.place() as number:
        return number


async def test_it_learns_the_limit() -> None:
    clock = Time()
    budget = budget_of(100, clock)
    budget.learn(0, LimitNews(limit=2))
    assert await times(budget, clock, 3) == [0, 0, 60]


async def test_what_the_service_says_is_left_goes_before_our_own_count() -> None:
    clock = Time()
    budget = budget_of(100, clock)
    budget.learn(await sent(budget), LimitNews(left=2, reset_in_s=20))
    assert await times(budget, clock, 5) == [0, 0, 20, 20, 20]


async def test_what_went_out_meanwhile_is_not_left() -> None:
    clock = Time()
    budget = budget_of(100, clock)
    first, *_ = [await sent(budget) for _ in range(3)]
    budget.learn(first, LimitNews(left=3, reset_in_s=20))
    assert await times(budget, clock, 2) == [0, 20]


async def test_one_that_may_have_been_overtaken_is_not_left() -> None:
    clock = Time()
    budget = budget_of(100, clock)
    with budget.place(), budget.place() as second:
        budget.learn(second, LimitNews(left=2, reset_in_s=20))
        assert await times(budget, clock, 2) == [0, 20]


async def test_the_answer_to_the_latest_request_is_the_one_that_counts() -> None:
    clock = Time()
    budget = budget_of(100, clock)
    first, second = await sent(budget), await sent(budget)
    budget.learn(second, LimitNews(left=0, reset_in_s=20))
    budget.learn(first, LimitNews(left=50, reset_in_s=20))
    assert budget.wait_s() == 20
    clock.now += 20
    budget.learn(await sent(budget), LimitNews(left=99, reset_in_s=60))
    assert budget.wait_s() == 0


async def test_the_last_few_looks_before_the_reset_are_spread() -> None:
    clock = Time()
    budget = Budget(100, 60.0, burst=0.05, monotonic=clock.monotonic, sleep=clock.sleep)
    budget.learn(await sent(budget), LimitNews(left=4, reset_in_s=40))
    assert await times(budget, clock, 5) == [8, 16, 24, 32, 40]


@pytest.mark.parametrize(
    ("news", "wait_s"),
    [
        (LimitNews(left=0), 0),
        (LimitNews(reset_in_s=30), 0),
        (LimitNews(left=0, reset_in_s=0), 0),
        (LimitNews(left=0, reset_in_s=1e9), 60),
    ],
)
async def test_half_news_are_none_and_no_news_stop_it_for_longer_than_a_window(news: LimitNews, wait_s: float) -> None:
    clock = Time()
    budget = budget_of(100, clock)
    budget.learn(await sent(budget), news)
    assert budget.wait_s() == wait_s


async def test_a_pause_holds_everybody_but_no_longer_than_a_window() -> None:
    clock = Time()
    budget = budget_of(100, clock)
    budget.pause(7)
    assert budget.wait_s() == 7
    budget.pause(10**9)
    assert await times(budget, clock, 2) == [60, 60]


async def test_a_refusal_without_a_word_on_how_long_is_a_pause_too() -> None:
    budget = budget_of(100, Time())
    budget.pause(None)
    assert budget.wait_s() == 10


async def test_beyond_the_limit_the_paid_request_stays_here(connect: Connect) -> None:
    async with FaultyServer(always(told({"queueid": "7"}))) as server:
        client = connect(server.base_url, limits=RateLimits(queue=2, window_s=60))
        for _ in range(2):
            await client.queue(REQUEST)
        problem = await problem_of(client.queue(REQUEST))
        assert len(server.received) == 2
    assert (problem.kind, problem.cost) == (Kind.BUSY, Cost.NOT_CHARGED)
    assert problem.retry_after_s is not None
    assert 50 < problem.retry_after_s <= 60


async def test_a_429_pauses_the_paid_requests_too(connect: Connect) -> None:
    async with FaultyServer(always(told({"error": "Slow down"}, 429, Retry_After="30"))) as server:
        client = connect(server.base_url, limits=RateLimits(window_s=60))
        first, second = await problem_of(client.queue(REQUEST)), await problem_of(client.queue(REQUEST))
        assert len(server.received) == 1
    assert (first.kind, first.retry_after_s, first.message) == (Kind.BUSY, 30, "Slow down")
    assert second.kind is Kind.BUSY
    assert second.retry_after_s is not None
    assert 20 < second.retry_after_s <= 30


async def test_a_key_that_is_refused_too_much_sends_nothing_more_for_a_while(connect: Connect) -> None:
    async with FaultyServer(always(told({"error": "No such model"}, 400))) as server:
        client = connect(server.base_url, limits=RateLimits(window_s=60))
        for _ in range(FAILURES):
            assert (await problem_of(client.quote(REQUEST))).kind is Kind.INVALID
        rest = (client.queue(REQUEST), client.complete(TICKET), client.models(), client.balance())
        for call in (client.quote(REQUEST), *rest):
            problem = await problem_of(call)
            assert (problem.kind, problem.cost) == (Kind.BUSY, Cost.NOT_CHARGED)
            assert problem.retry_after_s is not None
            assert 20 < problem.retry_after_s <= 30
        assert len(server.received) == FAILURES


async def test_what_is_refused_again_and_again_is_tried_no_more_once_that_is_too_much(connect: Connect) -> None:
    async with FaultyServer(always(told({"error": "Internal"}, 500))) as server:
        client = connect(server.base_url, limits=RateLimits(window_s=60))
        kinds = [(await problem_of(client.complete(TICKET))).kind for _ in range(FAILURES)]
        assert len(server.received) == FAILURES
    assert kinds[0] is Kind.SERVICE
    assert kinds[-1] is Kind.BUSY


async def test_after_a_sleep_a_few_looks_go_out_and_then_one_at_a_time(connect: Connect) -> None:
    hour = RateLimits(window_s=3600)  # so that the next turn is half a minute away
    few = asyncio.Event()

    async def answer(_: Received, writer: asyncio.StreamWriter) -> None:
        writer.write(told({"status": "processing", "executionDuration": 1}))
        if len(server.received) >= LOOKS_AT_ONCE * hour.retrieve:
            few.set()

    async with FaultyServer(answer) as server:
        client = connect(server.base_url, limits=hour)
        looks = [asyncio.create_task(client.retrieve(TICKET, Collected())) for _ in range(100)]
        await few.wait()
        await asyncio.sleep(0.3)
        assert len(server.received) == LOOKS_AT_ONCE * hour.retrieve
        for look in looks:
            look.cancel()
        await asyncio.gather(*looks, return_exceptions=True)
