"""The live price of the draft: asked once things have settled, cached by pricing inputs, stale answers dropped.

Afterwards, one by one, the prices of what lies one step beside the draft, so that differences can be shown.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from venice_studio.domain.problem import Problem, Trouble
from venice_studio.domain.quote import Checking, NoQuote, Quote, Quoted, QuoteFailed, QuoteKey, QuoteState
from venice_studio.domain.request import GenerationRequest
from venice_studio.studio.ports import Clock, Service
from venice_studio.studio.signals import Signal, Value
from venice_studio.studio.tasks import Tasks


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotePace:
    """Seconds the draft must be left alone before a price is asked for, and for which an answer is good; then how long
    until its alternatives are asked for, how many of them at most, and for how many seconds their prices are good; and
    for how many seconds a price is good that is only told for a whole video."""

    settle_s: float = 0.25
    fresh_s: float = 120.0
    alternatives_after_s: float = 0.75
    alternatives: int = 6
    alternatives_fresh_s: float = 900.0
    heavy_fresh_s: float = 900.0

    def good_s(self, key: QuoteKey) -> float:
        """Seconds for which the price of a draft is good."""
        return self.fresh_s if key.source_video is None else self.heavy_fresh_s


class Quoter:
    """Keeps `state` true to the draft it was last shown."""

    def __init__(self, *, tasks: Tasks, clock: Clock, pace: QuotePace | None = None) -> None:
        self.state: Value[QuoteState] = Value(NoQuote(reason=""))
        self.heard: Signal[QuoteKey] = Signal()
        """A price was heard, of the draft or of one of its alternatives."""
        self.refused: Signal[Problem] = Signal()
        """The service gave no price, and why."""
        self._tasks = tasks
        self._clock = clock
        self._pace = pace or QuotePace()
        self._service: Service | None = None
        self._wanted: GenerationRequest | None = None
        self._alternatives: dict[QuoteKey, GenerationRequest] = {}
        self._unpriced: set[QuoteKey] = set()
        """Alternatives that the service would not price: not asked for again."""
        self._known: dict[QuoteKey, tuple[float, Quoted]] = {}
        self._asking: asyncio.Task[None] | None = None
        self._comparing: asyncio.Task[None] | None = None

    def use(self, service: Service | None) -> None:
        """Ask another service from now on; prices of the old one are forgotten."""
        self._service = service
        self._known.clear()
        self._unpriced.clear()
        self.again()

    def show(
        self, request: GenerationRequest | None, reason: str = "", *, alternatives: Sequence[GenerationRequest] = ()
    ) -> None:
        """Price `request`; None with a `reason` where there is nothing to price yet.

        The `alternatives` are priced too, the first ones, when nothing else is to be done.
        """
        before, self._alternatives = self._alternatives, {one.quote_key: one for one in alternatives}
        if request is None:
            self._wanted = None
            self._stop_asking()
            self.state.set(NoQuote(reason=reason))
        elif self._wanted is None or request.quote_key != self._wanted.quote_key:
            self._wanted = request
            self._ask()
        else:
            self._wanted = request
            if before.keys() != self._alternatives.keys():
                self._compare()

    def again(self) -> None:
        """Ask anew for the present draft, whatever is known."""
        if self._wanted is not None:
            self._ask(anew=True)

    def again_quietly(self) -> None:
        """As `again`, but what is shown stays until there is an answer."""
        if self._service is not None and self._wanted is not None and not _runs(self._asking):
            self._asking = self._tasks.start(self._ask_service(self._service, self._wanted), "quote")

    def keep_fresh(self) -> None:
        """Ask quietly for a price that has grown old; to be called from time to time while somebody looks at it."""
        if isinstance(self.state.value, Quoted) and not self._good(self.state.value.key):
            self.again_quietly()

    def known(self, key: QuoteKey) -> Quote | None:
        """The last price heard for `key`, however old; None where it was never heard of this service."""
        heard = self._known.get(key)
        return heard[1].quote if heard else None

    def difference(self, alternative: GenerationRequest) -> Decimal | None:
        """How much more one clip of `alternative` costs than one of the draft; None where the two cannot be compared
        at present."""
        shown, other = self.state.value, self.known(alternative.quote_key)
        if not isinstance(shown, Quoted) or other is None or other.currency != shown.quote.currency:
            return None
        return other.amount - shown.quote.amount

    async def fresh(self, request: GenerationRequest) -> Quote:
        """The price of `request` at this moment, straight from the service. Raises `Trouble`."""
        assert self._service is not None
        self._stop_comparing()
        quote = await self._quote(self._service, request)
        self._learn(self._service, request.quote_key, quote)
        return quote

    def _ask(self, *, anew: bool = False) -> None:
        self._stop_asking()
        assert self._wanted is not None
        key = self._wanted.quote_key
        if not anew and self._good(key):
            self.state.set(self._known[key][1])
            self._compare()
            return
        self.state.set(Checking(key=key, previous=_shown(self.state.value)))
        if self._service is not None:
            self._asking = self._tasks.start(self._ask_service(self._service, self._wanted), "quote")

    def _good(self, key: QuoteKey) -> bool:
        return self._fresh(key, self._pace.good_s(key))

    def _fresh(self, key: QuoteKey, seconds: float) -> bool:
        heard = self._known.get(key)
        return heard is not None and self._clock.monotonic() - heard[0] < seconds

    def _stop_asking(self) -> None:
        self._stop_comparing()
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None

    def _stop_comparing(self) -> None:
        if self._comparing is not None:
            self._comparing.cancel()
            self._comparing = None

    async def _ask_service(self, service: Service, request: GenerationRequest) -> None:
        await self._clock.sleep(self._pace.settle_s)
        try:
            quote = await self._quote(service, request)
        except Trouble as trouble:
            if self._still_wanted(service, request.quote_key):
                self.state.set(QuoteFailed(key=request.quote_key, problem=trouble.problem))
            return
        self._learn(service, request.quote_key, quote)

    def _compare(self) -> None:
        self._stop_comparing()
        unknown = [
            alternative
            for key, alternative in list(self._alternatives.items())[: self._pace.alternatives]
            if key not in self._unpriced and not self._fresh(key, self._pace.alternatives_fresh_s)
        ]
        if unknown and self._service is not None and isinstance(self.state.value, Quoted):
            self._comparing = self._tasks.start(self._ask_for_all(self._service, unknown), "quotes to compare")

    async def _ask_for_all(self, service: Service, alternatives: Sequence[GenerationRequest]) -> None:
        await self._clock.sleep(self._pace.alternatives_after_s)
        for alternative in alternatives:
            try:
                quote = await self._quote(service, alternative)
            except Trouble as trouble:
                if trouble.problem.transient:
                    # Nobody waits for these: the next change of the draft is early enough.
                    return
                self._unpriced.add(alternative.quote_key)
            else:
                self._learn(service, alternative.quote_key, quote)

    async def _quote(self, service: Service, request: GenerationRequest) -> Quote:
        try:
            return await service.quote(request)
        except Trouble as trouble:
            if service is self._service:
                self.refused.emit(trouble.problem)
            raise

    def _learn(self, service: Service, key: QuoteKey, quote: Quote) -> None:
        quoted = Quoted(key=key, quote=quote, at=self._clock.now())
        if service is self._service:
            if (before := self.known(key)) is not None and before != quote:
                # Prices have changed: what was heard of others is no longer to be compared with.
                self._known.clear()
            self._known[key] = (self._clock.monotonic(), quoted)
        if self._still_wanted(service, key):
            self.state.set(quoted)
            self._compare()
        self.heard.emit(key)

    def _still_wanted(self, service: Service, key: QuoteKey) -> bool:
        return service is self._service and self._wanted is not None and self._wanted.quote_key == key


def _runs(task: asyncio.Task[None] | None) -> bool:
    return task is not None and not task.done()


def _shown(state: QuoteState) -> Quote | None:
    match state:
        case Quoted(quote=quote):
            return quote
        case Checking(previous=previous):
            return previous
        case _:
            return None
