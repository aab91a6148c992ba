"""The models on offer: the service's own listing over the built-in facts."""

import logging
from collections.abc import Sequence

from venice_studio.domain.model import VideoModel
from venice_studio.domain.problem import Trouble
from venice_studio.studio.ports import Service

log = logging.getLogger(__name__)


class Catalogue:
    """Knows a floor of models from the first moment, and what the service lists as soon as it answers."""

    def __init__(self, floor: Sequence[VideoModel]) -> None:
        self._floor = tuple(floor)
        self._listed: dict[str, tuple[VideoModel, ...]] = {}

    def known(self, service: Service) -> tuple[VideoModel, ...]:
        """What is known of a service's models without asking."""
        return self._listed.get(service.account.service, self._floor)

    async def fetch(self, service: Service) -> tuple[VideoModel, ...]:
        """Ask for the listing; what was known before stays where the service does not answer or lists nothing."""
        try:
            listing = (await service.models()).models
        except Trouble as trouble:
            log.info("No listing: %s", trouble.problem.kind)
            return self.known(service)
        if listing:
            self._listed[service.account.service] = listing
        return self.known(service)
