"""The press of Generate: from the button to jobs, or to words at the place they belong."""

import time
from collections.abc import Callable
from dataclasses import replace

from venice_studio.domain.job import Job
from venice_studio.domain.problem import Kind, Problem, Trouble
from venice_studio.domain.quote import Quote, Quoted, money
from venice_studio.domain.request import GenerationRequest
from venice_studio.studio.signals import Signal, Value
from venice_studio.studio.studio import Studio
from venice_studio.studio.submitter import TAKEN_BACK
from venice_studio.ui.compose import words
from venice_studio.ui.compose.countdown import Countdown
from venice_studio.ui.compose.notices import Notice, notice, outcome, problem_of
from venice_studio.ui.compose.passing import Ask, may_be_passed_on
from venice_studio.ui.compose.quote_words import total
from venice_studio.ui.compose.readiness import Readiness, readiness
from venice_studio.ui.compose.remarks import Remarks

SAME_AGAIN_S = 10.0
"""For so long a press for exactly the same is taken for a slip and asked about."""


class Press:
    """Knows whether a press would do something, does it once, and tells what came of it."""

    def __init__(
        self, studio: Studio, remarks: Remarks, ask: Ask, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self.ready: Value[Readiness] = Value(Readiness())
        self.told: Signal[tuple[Problem, Notice] | None] = Signal()
        """What is to be said across the pane; None: nothing any more."""
        self._studio = studio
        self._remarks = remarks
        self._ask = ask
        self._monotonic = monotonic
        self._last: tuple[GenerationRequest, float] | None = None
        self._under_way = False
        self.countdown = Countdown()
        self._meant_when_pressed: object = None
        composer, quoter = studio.composer, studio.quoter
        self._disconnects = tuple(
            value.bind(lambda _: self._refresh())
            for value in (
                composer.draft,
                composer.models,
                composer.dialect,
                quoter.state,
                studio.press.under_way,
                studio.room.problem,
            )
        )
        self._disconnects += (self.countdown.left.bind(lambda _: self._refresh()),)
        self._disconnects += tuple(
            value.bind(lambda _: self._heed_change())
            for value in (composer.draft, composer.takes, quoter.state, studio.connection.service)
        )
        self._disconnects += (
            studio.runner.ledger.changed.connect(self._heed_refusal),
            studio.reused.connect(self._heed_refusal),
        )

    def close(self) -> None:
        """Hear no more of draft and price."""
        for disconnect in self._disconnects:
            disconnect()

    def press(self) -> bool:
        """Begin, if everything is there. False: something is missing, and is said now."""
        if self._under_way:
            return True
        if not self.ready.value.can:
            self._remarks.reveal()
            return False
        self._under_way = True
        self._studio.tasks.start(self._once(), "press")
        return True

    async def _once(self) -> None:
        try:
            await self._generate()
        finally:
            self._under_way = False

    async def _generate(self) -> None:
        await self._studio.press.pictures_settled()
        request = self._studio.composer.draft.value
        self._meant_when_pressed = self._what_would_be_sent()
        model = self._studio.composer.model
        models = (model,) if model else ()
        if not await self._meant(request) or not await may_be_passed_on(self._studio, request, models, self._ask):
            return
        if not await self._let_it_be_undone():
            return
        try:
            jobs = await self._studio.press.generate(self._confirm)
        except Trouble as trouble:
            self._tell(trouble.problem, notice(trouble.problem), request)
            return
        if any(job.state != TAKEN_BACK for job in jobs):
            self._last = (request, self._monotonic())
            self.look_at(jobs, request)

    async def _let_it_be_undone(self) -> bool:
        """Count down, where the user wants that. False: it was taken back, or something changed since the press."""
        self.told.emit(None)
        if self._what_would_be_sent() != self._meant_when_pressed:
            self._tell_of_change()  # behind a question
            return False
        seconds = self._studio.settings.value.undo_send_s
        return seconds == 0 or await self.countdown.over(seconds)

    def _what_would_be_sent(self) -> object:
        studio, price = self._studio, self._studio.quoter.state.value
        quote = price.quote if isinstance(price, Quoted) else None
        return studio.composer.draft.value, studio.composer.takes.value, studio.connection.service.value, quote

    def _heed_change(self) -> None:
        """What is sent is what was there when it was pressed, for that price and by that account, or nothing."""
        if self.countdown.counting and self._what_would_be_sent() != self._meant_when_pressed:
            self.countdown.take_back()
            self._tell_of_change()

    def _tell_of_change(self) -> None:
        text = "This was not sent, because the form or the price changed meanwhile. Nothing was charged."
        self.told.emit((Problem(kind=Kind.INVALID, message=text), Notice(tone="warn", text=text)))

    async def _meant(self, request: GenerationRequest) -> bool:
        """A second press for the same within seconds is more often a slip than a wish."""
        if self._last is None or self._last[0] != request or self._monotonic() - self._last[1] > SAME_AGAIN_S:
            return True
        return await self._ask(
            "Send the same again?",
            "You have just sent exactly this. It would be made, and charged, again.",
            "Send again",
            "Cancel",
        )

    async def _confirm(self, before: Quote, now: Quote) -> bool:
        takes = self._studio.composer.takes.value
        old, new = (money(total(quote, takes).amount, quote.currency) for quote in (before, now))
        if before == now:
            return await self._ask(
                f"This costs {new}. Generate?",
                "It is more than you want to spend without being asked. Nothing has been sent yet.",
                f"Generate for {new}",
                "Cancel",
            )
        return await self._ask(
            "The price changed",
            f"It was {old} and is {new} now. Nothing has been sent yet.",
            f"Generate for {new}",
            "Cancel",
        )

    def look_at(self, jobs: tuple[Job, ...], request: GenerationRequest) -> None:
        """Say what is to be said of the jobs of one press."""
        told = outcome(jobs)
        problem = next((problem for job in jobs if (problem := problem_of(job))), None)
        if told is not None and problem is not None:
            self._tell(problem, self._with_sums(problem, told, jobs), request)

    def _heed_refusal(self, job: Job) -> None:
        """What the service refuses, at the latest at the end of a render, stands at its fields too, as long as the
        form still asks for the same."""
        problem = problem_of(job)
        if problem is None or not problem.fields:
            return
        if replace(job.request, consents=()) == replace(self._studio.composer.draft.value, consents=()):
            self._remarks.take(problem, job.request)

    def _with_sums(self, problem: Problem, told: Notice, jobs: tuple[Job, ...]) -> Notice:
        """Of a short balance, say how short it is."""
        balance = self._studio.connection.state.value.balance
        left = words.remaining(balance, total(jobs[0].quote, len(jobs)))
        if problem.kind is not Kind.FUNDS or left is None or left >= 0:
            return told
        return replace(
            told, ending=f"{told.ending} It is {words.remaining_line(left, jobs[0].quote.currency)}.".strip()
        )

    def _tell(self, problem: Problem, told: Notice, request: GenerationRequest) -> None:
        """At the fields where they are named, else across the pane."""
        placed = self._remarks.take(problem, request)
        if placed and told.actions and told == notice(problem):
            # Why stands at the field; across the pane it would only be read twice.
            told = replace(told, text="This was refused.")
        if not placed or told.actions:
            self.told.emit((problem, told))

    def _refresh(self) -> None:
        studio = self._studio
        ready = readiness(
            studio.composer,
            studio.quoter,
            sending=studio.press.under_way.value,
            sending_in_s=self.countdown.left.value,
            disk=studio.room.problem.value,
        )
        self.ready.set(ready)
