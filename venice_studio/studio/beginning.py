"""What the form begins with: what was being written when the program ended, else the model used last."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence

from venice_studio.domain.attached import on_shelf, without
from venice_studio.domain.listing import Gone
from venice_studio.domain.media import Medium
from venice_studio.domain.model import VideoModel
from venice_studio.domain.problem import Trouble
from venice_studio.library.draft_file import Draft, DraftFile
from venice_studio.library.shelf import MediaShelf
from venice_studio.studio.absent import absent
from venice_studio.studio.composer import Composer
from venice_studio.studio.signals import Disconnect
from venice_studio.studio.tasks import Tasks

log = logging.getLogger(__name__)

KEEP_AFTER_S = 1.0
"""How long after a change the draft is written: a kill costs what was typed within it."""


class Beginning:
    """Puts the last run's draft back, and keeps this one's. A form that the user has touched is left alone.

    Without a `file` nothing is kept.
    """

    def __init__(
        self,
        *,
        composer: Composer,
        shelf: MediaShelf,
        tasks: Tasks,
        last_model: Callable[[], str | None],
        file: DraftFile | None,
    ) -> None:
        self._composer = composer
        self._shelf = shelf
        self._tasks = tasks
        self._last_model = last_model
        self._file = file
        self._first = self._composer.now
        self._found: Draft | None = None
        self._kept: Draft | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._stops: list[Disconnect] = []

    async def recall(self) -> tuple[Medium, ...]:
        """Put back what was being written; gives the files of it that are not there any more and were left out."""
        if self._file is None:
            return ()
        found = await self._file.load()
        gone: tuple[Medium, ...] = ()
        if found is not None:
            gone = await absent(self._shelf, found.request)
            left = without(found.request, {medium.sha256 for medium in gone})
            self._found = Draft(request=left, takes=found.takes)
            if self._untouched:
                self._begin(listed=False)
            else:
                # Who is that quick keeps what was typed, and finds the old draft behind it.
                self._composer.set_behind(self._found)
        for value in (self._composer.draft, self._composer.takes):
            self._stops.append(value.bind(lambda _: self._keep_soon()))
        return gone

    @property
    def fingerprints(self) -> frozenset[str]:
        """Of the files that the last run's draft lives on."""
        media = on_shelf(self._found.request) if self._found is not None else ()
        return frozenset(medium.sha256 for medium in media)

    def offer(self, models: Sequence[VideoModel], gone: Mapping[str, Gone]) -> None:
        """Let the form choose among other models; one nobody has touched yet begins anew with them."""
        untouched = self._untouched
        self._composer.set_models(models, gone)
        if untouched:
            self._begin(listed=True)

    async def close(self) -> None:
        """Write what is not written yet; nothing is kept after this."""
        for stop in self._stops:
            stop()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        await self._keep()

    @property
    def _untouched(self) -> bool:
        return self._composer.now == self._first

    def _begin(self, *, listed: bool) -> None:
        last = self._last_model()
        if self._found is not None:
            self._composer.begin_again(self._found.request, self._found.takes, listed=listed)
        elif last is not None and last != self._composer.draft.value.model:
            self._composer.begin_with(last)
        self._first = self._composer.now

    def _keep_soon(self) -> None:
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(KEEP_AFTER_S, self._keep_now)

    def _keep_now(self) -> None:
        self._timer = None
        self._tasks.start(self._keep(), "keep the draft")

    async def _keep(self) -> None:
        # A form as it began may wait for the listing that has its model: what is written stays the better draft.
        now, unchanged = self._composer.now, self._untouched and self._kept is None
        if self._file is None or unchanged or now == self._kept:
            return
        try:
            await self._file.keep(now)
            self._kept = now
        except Trouble as trouble:
            log.warning("The draft was not kept: %s", trouble)
