"""A press: its prices asked anew, what it costs agreed upon, its requests handed over to be sent."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager

from venice_studio.domain.consent import Consent
from venice_studio.domain.job import Job, Refused
from venice_studio.domain.problem import Kind, Problem, Trouble
from venice_studio.domain.quote import Quote, Quoted, together
from venice_studio.domain.request import GenerationRequest
from venice_studio.library.shelf import MediaShelf
from venice_studio.studio.absent import check_sendable
from venice_studio.studio.composer import Composer
from venice_studio.studio.connection import Connection
from venice_studio.studio.consents import Consents
from venice_studio.studio.frame import Frame
from venice_studio.studio.ports import Service
from venice_studio.studio.quoter import Quoter
from venice_studio.studio.runner import Runner
from venice_studio.studio.several import MOST, Contender, Several
from venice_studio.studio.signals import Signal, Value
from venice_studio.studio.spending import Spending
from venice_studio.studio.submitter import KEPT_BACK
from venice_studio.studio.tasks import Tasks

WAIT_FOR_BALANCE_S = 2.0
"""How long a press waits at most for what the account holds, once the prices are there."""

Confirm = Callable[[Quote, Quote], Awaitable[bool]]
"""Asks the user whether the second price of a clip is fine. It replaced the first; or both are the same, and the
press costs more than the user wanted to spend without being asked."""


class Press:
    """Whatever is paid for goes through here."""

    def __init__(
        self,
        *,
        composer: Composer,
        frames: Sequence[Frame],
        several: Several,
        quoter: Quoter,
        spending: Spending,
        consents: Consents,
        shelf: MediaShelf,
        connection: Connection,
        runner: Runner,
        tasks: Tasks,
    ) -> None:
        self._composer = composer
        self._frames = frames
        self._several = several
        self._quoter = quoter
        self._spending = spending
        self._consents = consents
        self._shelf = shelf
        self._connection = connection
        self._runner = runner
        self._tasks = tasks
        self._count = 0
        self.under_way: Value[bool] = Value(False)
        """Whether anything is being sent. Old requests go out beside each other, the draft not beside anything."""
        self.ended: Signal[None] = Signal()

    async def generate(self, confirm: Confirm) -> tuple[Job, ...]:
        """Send the draft: price it once more, ask if the price changed, write the intents, post each once.

        One press at a time: a second one while the first is under way does nothing. Raises `Trouble`, having sent
        and spent nothing.
        """
        await self.pictures_settled()
        if self.under_way.value:
            return ()
        request, takes, shown = self._composer.draft.value, self._composer.takes.value, self._quoter.state.value
        if self._composer.faults or not isinstance(shown, Quoted) or shown.key != request.quote_key:
            return ()
        if jobs := await self._send(request, takes, shown.quote, confirm):
            self._composer.sent(request)
        return jobs

    async def generate_several(
        self, contenders: Sequence[Contender], shown: Quote, confirm: Confirm
    ) -> tuple[Job, ...]:
        """Send the draft to several models as one press, like `generate`, `MOST` at most.

        `shown` is the sum that the user saw when pressing; `confirm` is asked where it is another by now.
        """
        if self.under_way.value or len(contenders) > MOST or any(contender.faults for contender in contenders):
            return ()
        with self._sending():
            drafts = [await self._several.settled(contender) for contender in contenders]
            return await self._send_each(drafts, shown, confirm)

    async def pictures_settled(self) -> None:
        """Wait until the draft's pictures are what would be sent."""
        for frame in self._frames:
            await frame.settled()

    async def send_again(self, job_id: str, confirm: Confirm) -> tuple[Job, ...]:
        """A new attempt at an old job's request, as a new job. Raises `Trouble`, having sent and spent nothing."""
        return await self.send_all_again([job_id], confirm)

    async def send_all_again(self, job_ids: Sequence[str], confirm: Confirm) -> tuple[Job, ...]:
        """New attempts at the requests of takes of one press, as one press.

        The prices that `confirm` is asked about are for all of them. Raises `Trouble`, having sent and spent nothing.
        """
        return await self._send_again([self._runner.ledger.jobs[job_id] for job_id in job_ids], confirm)

    def kept_back(self, job_id: str) -> tuple[Job, ...]:
        """The takes of a job's press that were not sent because this one was refused."""
        job = self._runner.ledger.jobs[job_id]
        later = [it for it in self._runner.ledger.jobs.values() if it.group == job.group and it.take > job.take]
        return tuple(it for it in later if it.request.model == job.request.model and it.state == KEPT_BACK)

    async def agree_and_send(self, job_id: str, confirm: Confirm) -> tuple[Job, ...]:
        """The user agrees to what a job's refusal asked for: send it once more, with the takes that were kept back.

        The prices that `confirm` is asked about are for all of them. Raises `Trouble`, having sent and spent nothing.
        """
        job = self._runner.ledger.jobs[job_id]
        consent = job.state.problem.consent if isinstance(job.state, Refused) else None
        if consent is None:
            return ()
        self._check_same_money(job)
        self._consents.agree(self._service().account, consent, job.request.model)
        return await self._send_again([job, *self.kept_back(job_id)], confirm, agreed=consent)

    async def _send(self, draft: GenerationRequest, takes: int, shown: Quote, confirm: Confirm) -> tuple[Job, ...]:
        with self._sending():
            service = self._service()
            request = self._consents.signed(service.account, draft)
            await check_sendable(self._shelf, request)
            [quote] = await self._prices_now([request])
            with self._spending.within_limit(service.account, quote, takes):
                ask = quote != shown or self._spending.asks(service.account, quote, takes)
                if ask and not await confirm(shown, quote):
                    return ()
                return self._heard(await self._runner.submit(service, request, quote, takes))

    async def _send_again(
        self, jobs: Sequence[Job], confirm: Confirm, *, agreed: Consent | None = None
    ) -> tuple[Job, ...]:
        self._check_same_money(jobs[0])
        with self._sending():
            shown = together([job.quote for job in jobs])
            return await self._send_each([job.request for job in jobs], shown, confirm, agreed)

    async def _send_each(
        self, drafts: Sequence[GenerationRequest], shown: Quote, confirm: Confirm, agreed: Consent | None = None
    ) -> tuple[Job, ...]:
        """Send drafts as one press, `shown` being what the user saw that all of them cost."""
        service = self._service()
        requests = [self._consents.signed(service.account, draft, agreed) for draft in drafts]
        for request in requests:
            await check_sendable(self._shelf, request)
        orders = list(zip(requests, await self._prices_now(requests), strict=True))
        # As they are now: a price that changed while it was asked for again is a new sum.
        now = together([quote for _, quote in orders])
        with self._spending.within_limit(service.account, now, 1):
            ask = now != shown or self._spending.asks(service.account, now, 1)
            if ask and not await confirm(shown, now):
                return ()
            return self._heard(await self._runner.submit_each(service, orders))

    async def _prices_now(self, requests: Sequence[GenerationRequest]) -> list[Quote]:
        """What each would cost at this moment. What the account holds is asked beside it: should it be left open
        whether a request was charged, that is what can tell."""
        balance = self._tasks.start(self._connection.refresh_balance(), "balance")
        prices = {key: await self._quoter.fresh(it) for key, it in {it.quote_key: it for it in requests}.items()}
        await asyncio.wait({balance}, timeout=WAIT_FOR_BALANCE_S)
        return [prices[request.quote_key] for request in requests]

    def _heard(self, jobs: tuple[Job, ...]) -> tuple[Job, ...]:
        self._consents.heard(jobs)
        return jobs

    def _check_same_money(self, job: Job) -> None:
        if job.account.practice and not self._service().account.practice:
            message = "This was practice and cost nothing. Take its settings into the form to see their real price."
            raise Trouble(Problem(kind=Kind.INVALID, message=message))

    @contextmanager
    def _sending(self) -> Iterator[None]:
        self._count += 1
        self.under_way.set(True)
        try:
            yield
        finally:
            self._count -= 1
            self.under_way.set(self._count > 0)
            self.ended.emit(None)

    def _service(self) -> Service:
        service = self._connection.service.value
        if service is None:
            raise Trouble(Problem(kind=Kind.OFFLINE, message="There is no connection to a service yet."))
        return service
