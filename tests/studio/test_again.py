"""What failed for a passing reason is asked again by itself, for as long as it fails."""

import asyncio

from tests.support.patience import PATIENCE_S
from venice_studio.domain.problem import Kind, Problem
from venice_studio.studio.again import Again

BUSY = Problem(kind=Kind.BUSY, message="Too many at once.")
REFUSED = Problem(kind=Kind.KEY, message="No such key.")


class Asked:
    """Counts, and lets a test wait for a number."""

    def __init__(self) -> None:
        self.times = 0
        self._news = asyncio.Event()

    def __call__(self) -> None:
        self.times += 1
        self._news.set()

    async def until(self, times: int) -> None:
        while self.times < times:
            self._news.clear()
            await asyncio.wait_for(self._news.wait(), PATIENCE_S)


async def test_a_passing_failure_is_asked_again_until_all_is_well() -> None:
    asked = Asked()
    again = Again(asked, waits_s=[0.0])

    again.failed(BUSY)
    # Nobody tells of the same failure twice, and still it is asked again.
    await asked.until(3)
    again.well()

    times = asked.times
    await asyncio.sleep(0.05)
    assert asked.times == times


async def test_a_lasting_failure_is_not_asked_again() -> None:
    asked = Asked()
    again = Again(asked, waits_s=[0.0])

    again.failed(BUSY)
    again.failed(REFUSED)

    await asyncio.sleep(0.05)
    assert asked.times == 0


async def test_it_waits_for_as_long_as_the_service_asks_to() -> None:
    asked = Asked()
    again = Again(asked, waits_s=[0.0])

    again.failed(Problem(kind=Kind.BUSY, message="Later.", retry_after_s=3600))

    await asyncio.sleep(0.05)
    assert asked.times == 0
    again.well()
