"""Keeps the models on offer those that the service lists, without anybody waiting for it."""

import asyncio
import logging
from collections.abc import Callable

from venice_studio.domain.listing import Freshness
from venice_studio.domain.problem import Problem, Trouble
from venice_studio.studio.again import Again
from venice_studio.studio.catalogue import Catalogue
from venice_studio.studio.ports import Service
from venice_studio.studio.signals import Value
from venice_studio.studio.tasks import Tasks

log = logging.getLogger(__name__)

EVERY_S = 1800.0
"""Listings change from week to week, and models go offline from hour to hour."""


class ModelNews:
    """Asks at the start, from time to time, and again after a passing failure."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        tasks: Tasks,
        offer: Callable[[str], object],
        refused: Callable[[Problem], object],
        every_s: float = EVERY_S,
    ) -> None:
        """`offer` is told the service whose models, or what is known of them, may have changed; `refused` why the
        service gave no listing."""
        self.freshness: Value[Freshness] = Value(Freshness())
        self._catalogue = catalogue
        self._tasks = tasks
        self._offer = offer
        self._refused = refused
        self._every_s = every_s
        self._service: Service | None = None
        self._asking: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._again = Again(self.look)

    def use(self, service: Service) -> None:
        """Offer what is known of a service, and ask it."""
        self.stop()
        self._service = service
        self._tell(service)
        self.look()

    def look(self) -> None:
        """Ask now, unless it is being asked."""
        if self._service is not None and (self._asking is None or self._asking.done()):
            self._asking = self._tasks.start(self._ask(self._service), "models")

    def stop(self) -> None:
        """Ask no more."""
        self._again.well()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None
        self._service = None

    async def _ask(self, service: Service) -> None:
        try:
            await self._catalogue.fetch(service)
        except Trouble as trouble:
            log.info("No listing: %s", trouble.problem.kind)
            self._again.failed(trouble.problem)
            self._refused(trouble.problem)
        else:
            self._again.well()
        self._tell(service)
        self._wait()

    def _tell(self, service: Service) -> None:
        name = service.account.service
        self._offer(name)
        self.freshness.set(self._catalogue.freshness(name))

    def _wait(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(self._every_s, self.look)
