"""What was spent, and the user's own limits on it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal

from venice_studio.domain.job import Account
from venice_studio.domain.problem import Kind, Problem, Trouble
from venice_studio.domain.quote import Quote, money
from venice_studio.domain.spending import Attempt, Spent, sum_of, totals
from venice_studio.library.settings import Settings
from venice_studio.studio.ledger import Ledger
from venice_studio.studio.ports import Clock

_LONGER_THAN_A_DAY = timedelta(hours=26)


class Spending:
    """Adds up what the ledger knows. Limits are in US dollars; practice and other currencies are not limited."""

    def __init__(self, *, ledger: Ledger, clock: Clock, settings: Callable[[], Settings]) -> None:
        self._ledger = ledger
        self._clock = clock
        self._settings = settings
        self._under_way: list[Decimal] = []

    @property
    def attempts(self) -> tuple[Attempt, ...]:
        """Every attempt that cost something or may have, oldest first."""
        return tuple(attempt for attempt in self._ledger.attempts.values() if attempt.counts)

    def today(self) -> date:
        """The day it is where this computer is."""
        return self._clock.now().astimezone().date()

    def spent_today(self) -> Mapping[str, Spent]:
        """Today's sums by currency."""
        today, since = self.today(), self._clock.now() - _LONGER_THAN_A_DAY
        # Thousands of older ones need not be told their day.
        return totals(it for it in self._ledger.attempts.values() if it.at >= since and it.day() == today)

    def asks(self, account: Account, quote: Quote, takes: int) -> bool:
        """Whether the user wants to be asked before so much is spent in one press."""
        above = _limit(self._settings().ask_above)
        return above is not None and _limited(account, quote) and quote.amount * takes > above

    @contextmanager
    def within_limit(self, account: Account, quote: Quote, takes: int) -> Iterator[None]:
        """Hold a press to the day's limit, and count it for as long as it is under way.

        Raises `Trouble` (LIMIT) where it would go beyond. What may have been charged counts as charged.
        """
        if not _limited(account, quote):
            yield
            return
        asked = quote.amount * takes
        self._check(asked)
        # Another press may come while this one waits: neither may spend what is left for both.
        self._under_way.append(asked)
        try:
            yield
        finally:
            self._under_way.remove(asked)

    def _check(self, asked: Decimal) -> None:
        limit = _limit(self._settings().stop_at)
        if limit is None:
            return
        spent = self.spent_today().get("USD", Spent()).at_most + sum(self._under_way, Decimal(0))
        if spent + asked <= limit:
            return
        reached = "is reached" if spent >= limit else "would be passed"
        text = f"Your own limit of {money(limit)} a day {reached}: {money(spent)} today, and this costs {money(asked)}."
        raise Trouble(Problem(kind=Kind.LIMIT, message=f"{text} You can change it in the settings."))


def _limited(account: Account, quote: Quote) -> bool:
    return not account.practice and quote.currency == "USD"


def _limit(text: str | None) -> Decimal | None:
    try:
        return sum_of(text)
    except ValueError:
        # Only a hand-edited file can hold that: like every setting nobody can read, it counts as not set.
        return None
