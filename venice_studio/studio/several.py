"""One prompt over several models: what each makes of the draft, for how much and in what time, then one press."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from venice_studio.domain.checks import Fault, check
from venice_studio.domain.fitting import Change, fit_to
from venice_studio.domain.framing import goal
from venice_studio.domain.media import Fit, Picture
from venice_studio.domain.model import VideoModel
from venice_studio.domain.problem import Problem, Trouble
from venice_studio.domain.quote import Quote, together
from venice_studio.domain.request import GenerationRequest
from venice_studio.studio.composer import MAX_TAKES, Composer
from venice_studio.studio.quoter import Quoter
from venice_studio.studio.render_times import RenderTimes
from venice_studio.studio.signals import Signal
from venice_studio.studio.tasks import Tasks

MOST = MAX_TAKES
"""Models at once: a press makes no more clips than that."""

Fitted = Callable[[Picture, str, Fit], Awaitable[Picture]]
"""A picture cropped or padded to an aspect ratio. Raises `Trouble` (PICTURE)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """What one model would make of the draft."""

    model: VideoModel
    request: GenerationRequest
    """The draft, fitted to the model."""
    changes: tuple[Change, ...]
    """What had to change for it."""
    goals: tuple[tuple[str, Fit], ...]
    """To which aspect ratio its start and end frame are brought before they are sent, and how; of each that is."""
    faults: tuple[Fault, ...]
    """Why it cannot be sent; empty: it can."""
    usual_s: float | None
    """What clips like this took here, in s; None: there was none yet."""


class Several:
    """The models that could make a clip of the draft; of those chosen the prices are asked for, one after the other."""

    def __init__(self, *, composer: Composer, quoter: Quoter, times: RenderTimes, tasks: Tasks, fitted: Fitted) -> None:
        self.priced: Signal[str] = Signal()
        """The price of a model, by its id, was heard or refused."""
        self._composer = composer
        self._quoter = quoter
        self._times = times
        self._tasks = tasks
        self._fitted = fitted
        self._refused: dict[str, Problem] = {}
        self._asking: asyncio.Task[None] | None = None

    def contenders(self, service: str) -> tuple[Contender, ...]:
        """What every family of models would make of the draft, at a service; the draft's own model first."""
        draft, own = self._composer.draft.value, self._composer.model
        variants = [] if own is None else [own]
        for family in self._composer.families:
            variant = own and family.variant(basis=own.basis, with_picture=draft.start_frame is not None)
            if variant and own not in family.variants:
                variants.append(variant)
        return tuple(self._contender(model, service) for model in variants)

    def choose(self, contenders: Sequence[Contender]) -> None:
        """Ask for the prices of these that are not known yet, and of no others any more."""
        if self._asking is not None:
            self._asking.cancel()
        self._asking = self._tasks.start(self._price(contenders), "prices of several models")

    def price(self, contender: Contender) -> Quote | Problem | None:
        """What is known of its price; None: nothing yet."""
        return self._quoter.known(contender.request.quote_key) or self._refused.get(contender.model.id)

    def total(self, contenders: Sequence[Contender]) -> Quote | None:
        """What they cost together; None while a price is missing, or in more than one currency."""
        quotes = [quote for contender in contenders if isinstance(quote := self.price(contender), Quote)]
        if len(quotes) < len(contenders) or len({quote.currency for quote in quotes}) != 1:
            return None
        return together(quotes)

    async def settled(self, contender: Contender) -> GenerationRequest:
        """Its request as it would be sent, the pictures in the shape of its clip. Raises `Trouble` (PICTURE)."""
        request = contender.request
        return replace(
            request,
            start_frame=await self._shaped(request.start_frame, request),
            end_frame=await self._shaped(request.end_frame, request),
        )

    def close(self) -> None:
        """Ask for no more prices."""
        if self._asking is not None:
            self._asking.cancel()
        self._refused.clear()

    async def _shaped(self, picture: Picture | None, request: GenerationRequest) -> Picture | None:
        if picture is None:
            return None
        wanted = goal(picture, request.aspect_ratio)
        return picture.source if wanted is None else await self._fitted(picture.source, *wanted)

    def _contender(self, model: VideoModel, service: str) -> Contender:
        request, changes = fit_to(self._composer.draft.value, model, self._composer.dialect.value)
        known = self._times.of(service, request)
        frames = [frame for frame in (request.start_frame, request.end_frame) if frame is not None]
        return Contender(
            model=model,
            request=request,
            changes=changes,
            goals=tuple(wanted for frame in frames if (wanted := goal(frame, request.aspect_ratio)) is not None),
            faults=check(request, model, self._composer.dialect.value),
            usual_s=known.median_s if known else None,
        )

    async def _price(self, contenders: Sequence[Contender]) -> None:
        for contender in contenders:
            if self._quoter.known(contender.request.quote_key) is None:
                self._refused.pop(contender.model.id, None)
                try:
                    await self._quoter.fresh(contender.request)
                except Trouble as trouble:
                    self._refused[contender.model.id] = trouble.problem
                self.priced.emit(contender.model.id)
