"""The models on offer: the service's own listing, fresh or kept from an earlier run, over the built-in ones."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from venice_studio.domain.listing import Freshness, Gone
from venice_studio.domain.model import VideoModel
from venice_studio.domain.problem import Trouble
from venice_studio.library.kept_listings import KeptListing, KeptListings
from venice_studio.studio.ports import Clock, Service

log = logging.getLogger(__name__)

MOST_GONE = 1000
"""So many models that left a listing are remembered, the latest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is known of one service."""

    models: tuple[VideoModel, ...]
    freshness: Freshness
    gone: Mapping[str, Gone]


class Catalogue:
    """Knows a floor of models from the first moment, then what was kept, then what the service lists."""

    def __init__(
        self,
        *,
        floor: Sequence[VideoModel],
        kept: KeptListings,
        clock: Clock,
        facts: Callable[[], Awaitable[Sequence[VideoModel]]] | None = None,
    ) -> None:
        """`facts` gives every model the program knows by itself: names for those that no service lists any more.

        It may read files, and is asked once, by `recall`.
        """
        self._floor = _Known(models=tuple(floor), freshness=Freshness(), gone={})
        self._kept = kept
        self._clock = clock
        self._facts = facts
        self._by_itself: Sequence[VideoModel] = ()
        self._known: dict[str, _Known] = {}

    def known(self, service: str) -> tuple[VideoModel, ...]:
        """What is known of a service's models without asking."""
        return self._of(service).models

    def freshness(self, service: str) -> Freshness:
        """How old that is."""
        return self._of(service).freshness

    def gone(self, service: str) -> Mapping[str, Gone]:
        """What is remembered, by id, of models that it does not list: any more, or that only other services do."""
        elsewhere = (model for known in self._known.values() for model in known.models)
        remembered = {model.id: _remembered(model) for model in (*self._by_itself, *elsewhere)}
        for known in self._known.values():
            remembered |= known.gone
        listed = {model.id for model in self.known(service)}
        return {
            model_id: one
            for model_id, one in {**remembered, **self._of(service).gone}.items()
            if model_id not in listed
        }

    async def recall(self, service: str) -> None:
        """Take up what an earlier run kept of a service."""
        if self._facts is not None and not self._by_itself:
            self._by_itself = await self._facts()
        kept = await self._kept.newest(service)
        if kept is not None and service not in self._known:
            # A clock that was wrong once must not make a listing look as if it came from tomorrow.
            fresh = Freshness(as_of=min(kept.at, self._clock.now()))
            gone = {one.id: one for one in kept.gone}
            self._known[service] = _Known(models=kept.listing.models, freshness=fresh, gone=gone)

    async def fetch(self, service: Service) -> None:
        """Ask for the listing and keep it. Raises `Trouble`; what was known before stays then, and where the service
        lists nothing."""
        name = service.account.service
        try:
            listing = await service.models()
        except Trouble as trouble:
            before = self._of(name)
            fresh = Freshness(as_of=before.freshness.as_of, reached=not trouble.problem.transient)
            self._known[name] = _Known(models=before.models, freshness=fresh, gone=before.gone)
            raise
        if not listing.models:
            log.warning("The service lists no models")
            return
        gone = self._left(name, {model.id for model in listing.models})
        now = self._clock.now()
        self._known[name] = _Known(models=listing.models, freshness=Freshness(as_of=now), gone=gone)
        try:
            await self._kept.keep(KeptListing(service=name, at=now, listing=listing, gone=tuple(gone.values())))
        except Trouble as trouble:
            log.warning("The listing was not kept: %s", trouble)

    def _of(self, service: str) -> _Known:
        return self._known.get(service, self._floor)

    def _left(self, service: str, listed: set[str]) -> dict[str, Gone]:
        """Those remembered and those listed until now, without those that are listed."""
        before = self._of(service)
        remembered = {**before.gone, **{model.id: _remembered(model) for model in before.models}}
        left = [one for one in remembered.values() if one.id not in listed]
        return {one.id: one for one in left[-MOST_GONE:]}


def _remembered(model: VideoModel) -> Gone:
    return Gone(id=model.id, name=model.name, replacement=model.replacement)
