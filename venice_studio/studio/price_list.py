"""What models cost from: asked quietly, one after the other, only of those that somebody looks at."""

import asyncio
from collections.abc import Iterable

from venice_studio.domain.model import VideoModel
from venice_studio.domain.problem import Trouble
from venice_studio.domain.quote import Quote
from venice_studio.domain.request import GenerationRequest
from venice_studio.domain.smallest import smallest
from venice_studio.studio.ports import Clock, Service
from venice_studio.studio.quoter import Quoter
from venice_studio.studio.signals import Signal
from venice_studio.studio.tasks import Tasks

FRESH_S = 900.0
REFUSALS = 3
"""After so many in a row nobody is asked until the service is chosen anew: it counts refusals against the key."""


class PriceList:
    """Remembers the price of each model's smallest clip. Nobody waits for it; what is not known is left out."""

    def __init__(self, *, tasks: Tasks, clock: Clock, quoter: Quoter) -> None:
        self.heard: Signal[str] = Signal()
        """A price was heard: the model's id."""
        self._tasks = tasks
        self._clock = clock
        self._quoter = quoter
        self._service: Service | None = None
        self._prices: dict[str, tuple[float, Quote | None]] = {}
        """By model: when it was asked for, and the answer; None: the service gave no price."""
        self._refusals = 0
        self._asking: asyncio.Task[None] | None = None

    def use(self, service: Service | None) -> None:
        """Ask another service from now on; prices of the old one are forgotten."""
        self.stop()
        self._service = service
        self._prices.clear()
        self._refusals = 0

    def price_from(self, model: VideoModel) -> Quote | None:
        """What its smallest clip costs, as far as that was heard."""
        if (asked := self._prices.get(model.id)) is not None and asked[1] is not None:
            return asked[1]
        least = smallest(model)
        return self._quoter.known(least.quote_key) if least is not None else None

    def ask(self, models: Iterable[VideoModel]) -> None:
        """Ask for what is not known of these, in their order; what was still to be asked of others is let go."""
        self.stop()
        wanted = [(model.id, least) for model in models if (least := smallest(model)) is not None]
        unknown = [(model_id, least) for model_id, least in wanted if not self._fresh(model_id)]
        if unknown and self._service is not None:
            self._asking = self._tasks.start(self._ask(self._service, unknown), "prices of models")

    def stop(self) -> None:
        """Ask for no more."""
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None

    def _fresh(self, model_id: str) -> bool:
        asked = self._prices.get(model_id)
        return asked is not None and self._clock.monotonic() - asked[0] < FRESH_S

    async def _ask(self, service: Service, wanted: list[tuple[str, GenerationRequest]]) -> None:
        for model_id, request in wanted:
            if self._refusals >= REFUSALS:
                return
            quote: Quote | None = None
            try:
                quote = await service.quote(request)
            except Trouble as trouble:
                if trouble.problem.transient:
                    return
                self._refusals += 1
            else:
                self._refusals = 0
            self._prices[model_id] = (self._clock.monotonic(), quote)
            self.heard.emit(model_id)
