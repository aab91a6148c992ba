"""What another value would cost, from real prices, as hints at that value."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from venice_studio.domain.quote import Checking, Quoted, money
from venice_studio.studio.composer import Composer
from venice_studio.studio.quoter import Quoter
from venice_studio.ui.compose import words
from venice_studio.ui.widgets import Hint


class Differences:
    """Between the price of the draft, all takes together, and that of the draft with one value changed."""

    def __init__(self, composer: Composer, quoter: Quoter) -> None:
        self._composer = composer
        self._quoter = quoter

    @property
    def awaited(self) -> bool:
        """Whether there is a price, or one is asked for."""
        return isinstance(self._quoter.state.value, Quoted | Checking)

    def hints(self, field: str, values: Iterable[str], label: Callable[[str], str]) -> Mapping[str, Hint]:
        """A hint for each of `values` of the draft's `field` whose price is known; the chosen one says its own."""
        found = ((value, self.hint(label(value), **{field: value})) for value in values)
        return {value: hint for value, hint in found if hint is not None}

    def hint(self, name: str, **change: Any) -> Hint | None:
        """What the draft changed so would cost; None where nobody knows. `name` begins the sentence."""
        shown = self._quoter.state.value
        changed = replace(self._composer.draft.value, **change)
        if not isinstance(shown, Quoted) or shown.key != self._composer.draft.value.quote_key:
            return None
        if changed.quote_key == shown.key:
            price = self._money(shown.quote.amount, shown.quote.currency)
            return Hint(short=price, sentence=f"{name}: {price}")
        by = self._quoter.difference(changed)
        if by is None:
            return None
        currency = shown.quote.currency
        short, told = words.difference(by * self._composer.takes.value, currency)
        return Hint(short=short, sentence=f"{name}: {told}, {self._money(shown.quote.amount + by, currency)}")

    def _money(self, amount: Decimal, currency: str) -> str:
        return money(amount * self._composer.takes.value, currency)
