"""What the sandbox does, whatever dialect it is spoken to in: prices, charges, draws, hands out, forgets."""

import math
import random
import secrets
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from starlette.concurrency import run_in_threadpool

from venice_studio.sandbox import accounts, rules, triggers
from venice_studio.sandbox.facts import Model, Models
from venice_studio.sandbox.jobs import Job, Jobs
from venice_studio.sandbox.materials import Material, collect
from venice_studio.sandbox.planning import cost_of, plan_of
from venice_studio.sandbox.refusal import Refusal, invalid, missing_media
from venice_studio.sandbox.render.plan import Plan
from venice_studio.sandbox.triggers import Trigger, When

_P80 = 0.8416  # the standard normal's 80th percentile


@dataclass(frozen=True, slots=True, kw_only=True)
class Processing:
    """Still rendering. Both in ms; the estimate is what 80 of 100 clips of the model need."""

    elapsed_ms: int
    estimate_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`speed` divides every wait; without `seed` the render times differ from run to run."""

    speed: float = 1.0
    seed: int | None = None
    fault: str | None = None


class Service:
    """One sandbox. `draw` is called with each job that has to be drawn, `clock` gives Unix time in seconds."""

    def __init__(
        self,
        *,
        models: Models,
        terms: rules.Terms,
        jobs: Jobs,
        draw: Callable[[Job], None],
        clock: Callable[[], float],
        settings: Settings,
    ) -> None:
        self.models = models
        self.terms = terms
        self.jobs = jobs
        self.clock = clock
        self._draw = draw
        self._settings = settings
        self._seed = settings.seed if settings.seed is not None else random.randrange(2**32)

    async def quote(self, body: rules.Body) -> Decimal:
        """USD for exactly these pricing inputs; raises Refusal."""
        wanted, media = rules.judge_quote(self.models, self.terms, body)
        materials, problems = await run_in_threadpool(collect, wanted.model, media)
        if problems:
            raise invalid(problems)
        return cost_of(wanted, materials)

    async def queue(self, key: str, body: rules.Body) -> Job:
        """Judges, charges and begins; raises Refusal."""
        order, problems = rules.read_queue(self.models, self.terms, body)
        materials, more = await run_in_threadpool(collect, order.wanted.model, order.media)
        if problems or more:
            raise invalid([*problems, *more])
        cost = cost_of(order.wanted, materials)
        balance = self.balance(key)
        if cost > balance:
            raise Refusal(402, f"Insufficient balance: this costs ${cost} and your account holds ${balance}.")
        name = triggers.find(self.terms.triggers, order.prompt)
        trigger = self.terms.triggers[name] if name else None
        if trigger and trigger.unless and body.get(trigger.unless):
            name = trigger = None
        if trigger and trigger.when is When.QUEUE:
            raise trigger.refusal()
        job = self._job(accounts.account_of(key), order, materials, cost, name)
        self.jobs.put(job)
        if self._has_clip(job):
            self._draw(job)
        if trigger and trigger.when is When.LOST:
            raise trigger.refusal()
        return job

    def resume(self) -> None:
        """Goes on with what an earlier run of the sandbox left undrawn."""
        for job in self.jobs.unfinished():
            if self._has_clip(job):
                self._draw(job)

    def balance(self, key: str) -> Decimal:
        """What the account still holds, USD: its start less every job that was not refunded."""
        spent = (job.price_usd for job in self.jobs.of(accounts.account_of(key)) if not self._refunded(job))
        return accounts.start_usd(key) - sum(spent, Decimal(0))

    def retrieve(self, account: str, model: str, job_id: str) -> Processing | Job:
        """How far a job is, or the job once its clip is whole; raises Refusal (404, or what the job came to)."""
        job = self._find(account, model, job_id)
        trigger = self._trigger(job)
        if trigger and trigger.when is When.WAITING and self.clock() < job.due(2 * self._settings.speed):
            raise trigger.refusal()
        if not self._over(job):
            return self.progress(job)
        if job.broken:
            raise Refusal(500, "Inference processing failed. Your credits have been refunded.")
        if trigger and trigger.when is When.END:
            raise self._end(job, trigger)
        return job if self.jobs.clip(job.id).exists() else self.progress(job)

    def is_ready(self, job: Job) -> bool:
        """Whether a job has come to its end; a deleted one has."""
        return job.deleted or (self._over(job) and self.jobs.clip(job.id).exists())

    def complete(self, account: str, model: str, job_id: str) -> bool:
        """Deletes a job's media; whether there were any, or are none because their own address took the deletion."""
        try:
            self.jobs.delete(self._find(account, model, job_id))
        except Refusal:
            job = self.jobs.get(job_id)
            return job is not None and job.account == account and job.model == model and job.download is not None
        return True

    def drawn(self, job_id: str, *, broken: bool) -> None:
        """To be called when the drawing of a job has ended."""
        job = self.jobs.get(job_id)
        if job is None:
            return
        if job.deleted:
            self.jobs.drop_media(job_id)
        elif broken:
            self.jobs.put(replace(job, broken=True))

    def _find(self, account: str, model: str, job_id: str) -> Job:
        job = self.jobs.get(job_id)
        if job is None or job.deleted or job.account != account or job.model != model:
            raise missing_media()
        return job

    def _over(self, job: Job) -> bool:
        return self.clock() >= job.due(self._settings.speed)

    def _refunded(self, job: Job) -> bool:
        if not self._over(job):
            return False
        trigger = self._trigger(job)
        return job.broken or (trigger is not None and trigger.refunds and not self._keeps_money(job, trigger))

    def _keeps_money(self, job: Job, trigger: Trigger) -> bool:
        """Refused content costs all the same with anonymised Grok Imagine models. Source: live schema."""
        model = self.models.get(job.model)
        anonymised = model is not None and model.privacy == "anonymized"
        return trigger.status == 422 and anonymised and job.model.startswith("grok-imagine")

    def _trigger(self, job: Job) -> Trigger | None:
        return self.terms.triggers.get(job.trigger or "")

    def _has_clip(self, job: Job) -> bool:
        trigger = self._trigger(job)
        return trigger is None or trigger.when is not When.END

    def _end(self, job: Job, trigger: Trigger) -> Refusal:
        """The refusal at the end of a render; one about content says what became of the money and what else to try."""
        refusal = trigger.refusal()
        if isinstance(trigger.message, Mapping):
            back = not self._keeps_money(job, trigger)
            other = self._like(job.model)
            said = "Credits have been refunded." if back else "Credits have not been refunded."
            text = f"{trigger.message['message']} {said} Try using {other} instead."
            more = {"message": text, "recommended_model": other, "credits_refunded": back}
            refusal.message = {**trigger.message, **more}
        return refusal

    def _like(self, name: str) -> str:
        """Another model that starts from the same; without one any other."""
        model = self.models.get(name)
        others = [other for other in self.models.values() if other.id != name]
        alike = [other for other in others if model and other.model_type == model.model_type]
        return next((other.id for other in (*alike, *others)), name)

    def progress(self, job: Job) -> Processing:
        """Time gone and time expected."""
        model = self.models.get(job.model)
        median, spread = (model.render_s, model.spread) if model else (job.render_s, 0.0)
        return Processing(
            elapsed_ms=round((self.clock() - job.queued_at) * 1000),
            estimate_ms=round(_scaled(median, job.plan) * math.exp(_P80 * spread) / self._settings.speed * 1000),
        )

    def _job(
        self, account: str, order: rules.Order, materials: list[Material], cost: Decimal, trigger: str | None
    ) -> Job:
        job_id = str(uuid.uuid4())
        plan, files = plan_of(order, materials, self.terms, fault=self._settings.fault)
        self.jobs.keep(job_id, files)
        model = order.wanted.model
        chance = random.Random(f"{self._seed}:{len(self.jobs)}")
        return Job(
            id=job_id,
            account=account,
            model=model.id,
            price_usd=cost,
            queued_at=self.clock(),
            render_s=_scaled(model.render_s, plan) * math.exp(chance.gauss(0, model.spread)),
            plan=plan,
            trigger=trigger,
            download=secrets.token_urlsafe(24) if self._by_address(model) else None,
        )

    def _by_address(self, model: Model) -> bool:
        return self.terms.download_urls and model.privacy == "private"


def _scaled(median_s: float, plan: Plan) -> float:
    """Longer and larger clips take longer, but not in proportion. The median is for 5 s of 720p."""
    pixels = plan.width * plan.height / (1280 * 720)
    return float(median_s * (plan.seconds / 5) ** 0.5 * max(1.0, pixels) ** 0.25)
