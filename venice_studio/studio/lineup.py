"""What helps to choose among the models: favourites, those used lately, what each costs from, how old the list is."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from venice_studio.domain.family import Family
from venice_studio.domain.listing import Freshness
from venice_studio.domain.model import VideoModel
from venice_studio.domain.quote import Quote
from venice_studio.library.settings import Names, Settings
from venice_studio.studio.ledger import Ledger
from venice_studio.studio.ports import Clock
from venice_studio.studio.price_list import PriceList
from venice_studio.studio.signals import Value

RECENT = 4
_LOOKED_AT = 500
"""Of so many of the latest jobs at most."""


class Lineup:
    """Everything the picker shows that the listing does not say."""

    def __init__(
        self,
        *,
        prices: PriceList,
        freshness: Value[Freshness],
        ledger: Ledger,
        settings: Value[Settings],
        clock: Clock,
    ) -> None:
        self.prices = prices
        self.freshness = freshness
        self._ledger = ledger
        self._settings = settings
        self._clock = clock

    @property
    def favourites(self) -> tuple[str, ...]:
        """The families with a star, in the order in which they got it."""
        return self._settings.value.favourite_models

    def star(self, name: str) -> None:
        """Make a family a favourite, or no favourite any more."""
        settings = self._settings.value
        others = [other for other in settings.favourite_models if other != name]
        added = [] if name in settings.favourite_models else [name]
        self._settings.set(replace(settings, favourite_models=Names([*others, *added])))

    def recent(self, families: Iterable[Family]) -> tuple[str, ...]:
        """The families of the latest jobs, latest first."""
        names = {model.id: family.name for family in families for model in family.variants}
        found: dict[str, None] = {}
        for job in reversed([*self._ledger.jobs.values()][-_LOOKED_AT:]):
            if name := names.get(job.request.model):
                found[name] = None
                if len(found) == RECENT:
                    break
        return tuple(found)

    def price_from(self, family: Family) -> Quote | None:
        """The least that a variant is known to cost."""
        heard = [quote for model in family.variants if (quote := self.prices.price_from(model)) is not None]
        return min(heard, key=lambda quote: quote.amount, default=None)

    def look_at(self, families: Iterable[Family]) -> None:
        """Somebody looks at these: ask what they cost."""
        self.prices.ask(model for family in families for model in _telling(family))

    def now(self) -> datetime:
        """The wall clock, in UTC."""
        return self._clock.now()


def _telling(family: Family) -> Iterable[VideoModel]:
    """The variants whose price is worth asking: those that can be had."""
    return (model for model in family.variants if not model.offline)
