"""From a press to a ticket: the intent is written first, the paid request leaves once."""

import asyncio
import logging
import secrets
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

from venice_studio.domain.job import Account, Doubtful, Held, Intended, Job, JobState, Refused, Rendering, new_job_id
from venice_studio.domain.problem import Cost, Kind, Problem, Trouble
from venice_studio.domain.quote import Quote, Reading, money
from venice_studio.domain.request import SEED_MAX, GenerationRequest
from venice_studio.studio.connection import Connection
from venice_studio.studio.ledger import Ledger
from venice_studio.studio.ports import Clock, Service
from venice_studio.studio.receipt import balance_evidence
from venice_studio.studio.tasks import Tasks

T = TypeVar("T")

log = logging.getLogger(__name__)

DEFAULT_HOLD_S = 15.0
"""How long to wait after a 429 that does not say."""

AGREED_FOR = timedelta(minutes=5)
"""How long after its press a request goes out at the agreed price without asking whether it still is the price."""


Order = tuple[GenerationRequest, Quote]
"""What is asked for, and for how much."""

KEPT_BACK = Refused(problem=Problem(kind=Kind.INVALID, message="Not sent, because the one before it was not taken."))
"""What becomes of a take after one that was refused."""

TAKEN_BACK = Refused(
    problem=Problem(kind=Kind.TAKEN_BACK, message="Taken back before it was sent. Nothing was charged.")
)
"""What becomes of a job that the user takes back."""

_OF_ONE_MODEL = frozenset(
    {Kind.INVALID, Kind.FORBIDDEN, Kind.CONSENT, Kind.TOO_LARGE, Kind.CONTENT, Kind.SERVICE, Kind.PRICE}
)
"""Refusals that say nothing of what another model will do."""


class Submitter:
    """Sends paid requests; each one is recorded before it leaves and after whatever came of it."""

    def __init__(self, *, ledger: Ledger, connection: Connection, tasks: Tasks, clock: Clock) -> None:
        self._ledger = ledger
        self._connection = connection
        self._tasks = tasks
        self._clock = clock
        self._unsent: dict[str, asyncio.Event] = {}
        """What ends the wait of each job that can still be taken back. Who takes an id out decides: it is sent, or it
        is not."""

    async def intend(
        self, service: Service, request: GenerationRequest, quote: Quote, takes: int = 1
    ) -> tuple[Job, ...]:
        """Write one intent for each take; a fixed seed goes up by one from take to take."""
        seeds = [None if request.seed is None else (request.seed + take) % (SEED_MAX + 1) for take in range(takes)]
        return await self.intend_each(service, [(replace(request, seed=seed), quote) for seed in seeds])

    async def intend_each(self, service: Service, orders: Sequence[Order]) -> tuple[Job, ...]:
        """Write one intent for each order, as one press; all of them, or none where it raises `Trouble` (DISK)."""
        at = self._clock.now()
        group = secrets.token_hex(6)
        jobs = [
            Job(
                id=new_job_id(at, f"{take:x}{secrets.token_hex(4)}"),
                group=group,
                take=take,
                created_at=at,
                account=service.account,
                request=request,
                payload=service.payload(request),
                quote=quote,
                state=Intended(),
            )
            for take, (request, quote) in enumerate(orders, 1)
        ]
        await self._ledger.intend(jobs)
        self._unsent |= {job.id: asyncio.Event() for job in jobs}
        return tuple(jobs)

    async def send_all(self, jobs: Sequence[Job], taken: Callable[[Job], object]) -> tuple[Job, ...]:
        """Send jobs one after the other; a refusal or doubt keeps the rest from being sent, where it is about them too.

        `taken` is told of each job that the service took, at once: a later one may have to wait its turn.
        """
        sent: list[Job] = []
        for index, job in enumerate(jobs):
            sent.append(await self.send(job))
            if isinstance(sent[-1].state, Rendering):
                taken(sent[-1])
            elif _holds_up(sent[-1], jobs[index + 1 :]):
                sent += [await self._keep_back(rest, KEPT_BACK) for rest in jobs[index + 1 :]]
                break
        return tuple(sent)

    async def send(self, job: Job) -> Job:
        """Send one intended job; waits where the service asks to. Returns the job with what came of it."""
        while True:
            if isinstance(job.state, Held):
                # By the clock that nobody can set: `until` is for the eye.
                await self._unless_taken_back(job, self._clock.sleep(_hold_s(job.state.problem)))
            try:
                reach = await self._connection.reach_to_pay(job.account)
            except Trouble as trouble:
                return await self._keep_back(job, Refused(problem=trouble.problem))
            if (risen := await self._risen(reach.service, job)) is not None:
                return await self._keep_back(job, risen)
            # This and `take_back` exclude one another: both take the id out, with no await after they looked for it.
            if self._unsent.pop(job.id, None) is None:
                return job.to(TAKEN_BACK)
            # The post and the record of its answer are one piece of work: who waits for it may be cancelled, it not.
            job = await self._tasks.see_through(self._post(reach.service, job), f"queue {job.id}")
            if not isinstance(job.state, Held):
                return job

    async def take_back(self, job_id: str) -> bool:
        """Do not send a job that is still to be sent, nor the takes of its press behind it. False: it is being sent, or
        was, and nothing is changed.

        Raises KeyError for a job that is not there.
        """
        job = self._ledger.jobs[job_id]
        if job_id not in self._unsent:
            return False
        behind = [it for it in self._ledger.jobs.values() if it.group == job.group and it.take >= job.take]
        taken_back = [it for it in behind if it.id in self._unsent]
        for each in taken_back:
            self._unsent.pop(each.id).set()
        # That it is held may not be written down yet, and comes first.
        await self._tasks.seen_through(*(f"queue {each.id}" for each in taken_back))
        for each in taken_back:
            await self._note(each, TAKEN_BACK)
        return True

    async def own_up(self, job: Job) -> Job:
        """A job found on its way at a start: the program ended before or in the middle of its paid request."""
        if job.state != Intended(leaving=True):
            message = "Venice Studio was closed before this was sent."
            return await self._note(job, Refused(problem=Problem(kind=Kind.OFFLINE, message=message)))
        message = (
            "Venice Studio was closed while this was being sent. Look at your balance before you send it again: "
            "the service may have taken it."
        )
        problem = Problem(kind=Kind.CUT, message=message, cost=Cost.UNKNOWN)
        return await self._note(job, Doubtful(problem=problem))

    async def _unless_taken_back(self, job: Job, work: Coroutine[Any, Any, T]) -> T | None:
        """What comes of `work`, which ends at once where the job is taken back; None then."""
        if (taken_back := self._unsent.get(job.id)) is None:
            work.close()
            return None
        working, heeding = asyncio.create_task(work), asyncio.create_task(taken_back.wait())
        try:
            await asyncio.wait((working, heeding), return_when=asyncio.FIRST_COMPLETED)
            return working.result() if working.done() else None
        finally:
            working.cancel()
            heeding.cancel()

    async def _risen(self, service: Service, job: Job) -> Refused | None:
        """Why a job that waited long since its press is not sent: it costs more by now than the user agreed to."""
        # Either way: a clock that was set says nothing of how long it was.
        if abs(self._clock.now() - job.created_at) <= AGREED_FOR:
            return None
        try:
            now = await self._unless_taken_back(job, service.quote(job.request))
        except Trouble as trouble:
            # That nobody names a price is no sign that it rose; what was agreed to goes on.
            log.info("No price before job %s: %s", job.id, trouble.problem.kind)
            return None
        agreed = job.quote
        if now is None or (now.currency == agreed.currency and now.amount <= agreed.amount):
            return None
        new, old = (money(quote.amount, quote.currency) for quote in (now, agreed))
        message = f"The price is now {new}, it was {old} when this was asked for. Nothing was sent."
        return Refused(problem=Problem(kind=Kind.PRICE, message=message))

    async def _keep_back(self, job: Job, why: Refused) -> Job:
        """Do not send a job, and write down why, unless the user has taken it back."""
        return job.to(TAKEN_BACK) if self._unsent.pop(job.id, None) is None else await self._note(job, why)

    async def _note(self, job: Job, state: JobState) -> Job:
        """Write down what became of a job that nothing was sent of now, if the disk takes it."""
        try:
            return await self._ledger.become(job.id, state)
        except Trouble as trouble:
            # The next start finds it as it was: no reason to keep the user from everything else, nor to take what went
            # out before it for not sent.
            log.warning("Job %s stays on disk as it was: %s", job.id, trouble)
            self._ledger.show(job := job.to(state))
            return job

    async def _post(self, service: Service, job: Job) -> Job:
        try:
            job = await self._ledger.become(job.id, Intended(leaving=True))
        except Trouble as trouble:
            # Takes before it may have been sent, so this is no failure of the press. The next start finds it unsent.
            self._ledger.show(job := job.to(Refused(problem=trouble.problem)))
            return job
        before = self._connection.about_to_pay(job.account)
        alone = self._alone(job.account)
        payments = self._connection.payments
        outcome = await self._outcome(service, job)
        if isinstance(outcome, Held):
            self._unsent[job.id] = asyncio.Event()
        job = await self._ledger.become_surely(job.id, outcome)
        if isinstance(job.state, Doubtful) and before is not None and alone:
            self._tasks.start(self._look_at_balance(service, job, before, payments), f"balance after {job.id}")
        return job

    async def _look_at_balance(self, service: Service, job: Job, before: Reading, payments: int) -> None:
        """Note what the account holds before and after a paid request of which nobody knows what came."""
        try:
            at = self._clock.now()
            after = Reading(balance=await service.balance(), at=at)
            # Another one that was paid for, or refunded, meanwhile would make it evidence of nothing.
            if payments == self._connection.payments and self._alone(job.account):
                evidence = balance_evidence(before, after)
                with suppress(KeyError):  # dismissed meanwhile
                    await self._ledger.change(job.id, lambda job: _with_evidence(job, evidence))
        except Trouble as trouble:
            log.info("No balance after job %s: %s", job.id, trouble.problem.kind)

    def _alone(self, account: Account) -> bool:
        """Whether nothing renders that could be refunded to an account."""
        return not any(it.account == account and isinstance(it.state, Rendering) for it in self._ledger.jobs.values())

    async def _outcome(self, service: Service, job: Job) -> JobState:
        try:
            ticket = await service.queue(job.request)
        except Trouble as trouble:
            return self._judge(trouble.problem)
        except Exception as error:
            # Whatever this is, the request may have left.
            log.exception("The paid request of job %s ended unexpectedly", job.id)
            return Doubtful(problem=Problem(kind=Kind.GARBLED, message=repr(error), cost=Cost.UNKNOWN))
        return Rendering(ticket=ticket, queued_at=self._clock.now())

    def _judge(self, problem: Problem) -> JobState:
        if problem.kind is Kind.BUSY and problem.cost is Cost.NOT_CHARGED:
            return Held(until=self._clock.now() + timedelta(seconds=_hold_s(problem)), problem=problem)
        if problem.cost in (Cost.NOT_CHARGED, Cost.REFUNDED):
            return Refused(problem=problem)
        return Doubtful(problem=problem)


def _holds_up(job: Job, others: Sequence[Job]) -> bool:
    """Whether what came of a job, which was not taken, is a reason not to send the others."""
    own = isinstance(job.state, Refused) and job.state.problem.kind in _OF_ONE_MODEL
    return not own or any(other.request.model == job.request.model for other in others)


def _hold_s(problem: Problem) -> float:
    return problem.retry_after_s or DEFAULT_HOLD_S


def _with_evidence(job: Job, evidence: str) -> Job:
    return job.to(replace(job.state, evidence=evidence)) if isinstance(job.state, Doubtful) else job
