"""The live price of the draft: asked once things have settled, cached by pricing inputs, stale answers dropped."""

import asyncio
from dataclasses import dataclass

from venice_studio.domain.problem import Trouble
from venice_studio.domain.quote import Checking, NoQuote, Quote, Quoted, QuoteFailed, QuoteKey, QuoteState
from venice_studio.domain.request import GenerationRequest
from venice_studio.studio.ports import Clock, Service
from venice_studio.studio.signals import Value
from venice_studio.studio.tasks import Tasks


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotePace:
    """Seconds the draft must be left alone before a price is asked for, and for which an answer is good."""

    settle_s: float = 0.25
    fresh_s: float = 120.0


class Quoter:
    """Keeps `state` true to the draft it was last shown."""

    def __init__(self, *, tasks: Tasks, clock: Clock, pace: QuotePace | None = None) -> None:
        self.state: Value[QuoteState] = Value(NoQuote(reason=""))
        self._tasks = tasks
        self._clock = clock
        self._pace = pace or QuotePace()
        self._service: Service | None = None
        self._wanted: GenerationRequest | None = None
        self._known: dict[QuoteKey, tuple[float, Quoted]] = {}
        self._asking: asyncio.Task[None] | None = None

    def use(self, service: Service | None) -> None:
        """Ask another service from now on; prices of the old one are forgotten."""
        self._service = service
        self._known.clear()
        self.again()

    def show(self, request: GenerationRequest | None, reason: str = "") -> None:
        """Price `request`; None with a `reason` where there is nothing to price yet."""
        if request is None:
            self._wanted = None
            self._stop_asking()
            self.state.set(NoQuote(reason=reason))
        elif self._wanted is None or request.quote_key != self._wanted.quote_key:
            self._wanted = request
            self._ask()
        else:
            self._wanted = request

    def again(self) -> None:
        """Ask anew for the present draft, whatever is known."""
        if self._wanted is not None:
            self._known.pop(self._wanted.quote_key, None)
            self._ask()

    def known(self, key: QuoteKey) -> Quote | None:
        """The last price heard for `key`, however old; None where it was never heard of this service."""
        heard = self._known.get(key)
        return heard[1].quote if heard else None

    async def fresh(self, request: GenerationRequest) -> Quote:
        """The price of `request` at this moment, straight from the service. Raises `Trouble`."""
        assert self._service is not None
        quote = await self._service.quote(request)
        self._learn(self._service, request.quote_key, quote)
        return quote

    def _ask(self) -> None:
        self._stop_asking()
        assert self._wanted is not None
        key = self._wanted.quote_key
        if (known := self._known.get(key)) and self._clock.monotonic() - known[0] < self._pace.fresh_s:
            self.state.set(known[1])
            return
        self.state.set(Checking(key=key, previous=_shown(self.state.value)))
        if self._service is not None:
            self._asking = self._tasks.start(self._ask_service(self._service, self._wanted), "quote")

    def _stop_asking(self) -> None:
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None

    async def _ask_service(self, service: Service, request: GenerationRequest) -> None:
        await self._clock.sleep(self._pace.settle_s)
        try:
            quote = await service.quote(request)
        except Trouble as trouble:
            if self._still_wanted(service, request.quote_key):
                self.state.set(QuoteFailed(key=request.quote_key, problem=trouble.problem))
            return
        self._learn(service, request.quote_key, quote)

    def _learn(self, service: Service, key: QuoteKey, quote: Quote) -> None:
        quoted = Quoted(key=key, quote=quote, at=self._clock.now())
        if service is self._service:
            self._known[key] = (self._clock.monotonic(), quoted)
        if self._still_wanted(service, key):
            self.state.set(quoted)

    def _still_wanted(self, service: Service, key: QuoteKey) -> bool:
        return service is self._service and self._wanted is not None and self._wanted.quote_key == key


def _shown(state: QuoteState) -> Quote | None:
    match state:
        case Quoted(quote=quote):
            return quote
        case Checking(previous=previous):
            return previous
        case _:
            return None
