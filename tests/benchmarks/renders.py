"""A service that renders in virtual time, and the real watcher that looks at it."""

import asyncio
import math
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from statistics import NormalDist
from typing import NoReturn, ParamSpec, TypeVar

from tests.benchmarks.virtual_time import VirtualClock
from tests.support.fake_service import ACCOUNT, FakeService
from venice_studio.domain.job import Clip, CopyAtVenice, Job, Progress, Rendering, Saved, Ticket
from venice_studio.domain.model import Dialect
from venice_studio.domain.polling import Pace
from venice_studio.domain.problem import Kind, Problem, Trouble
from venice_studio.domain.quote import Quote
from venice_studio.domain.request import GenerationRequest
from venice_studio.library.clips import ClipFolder
from venice_studio.library.keys import KeyChest
from venice_studio.library.store import Store
from venice_studio.library.threads import Threads, Worker
from venice_studio.studio.collector import Collector
from venice_studio.studio.connection import Connection
from venice_studio.studio.ledger import Ledger
from venice_studio.studio.ports import Sink
from venice_studio.studio.practice import Practice
from venice_studio.studio.render_times import RenderTimes
from venice_studio.studio.tasks import Tasks
from venice_studio.studio.watcher import Watcher
from venice_studio.venice.budget import Budget, RateLimits
from venice_studio.venice.client import LOOKS_AT_ONCE

P = ParamSpec("P")
T = TypeVar("T")

P80 = 0.8416
"""Standard deviations above the median within which four of five end."""
_NOWHERE = Path("/nonexistent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinds:
    """How long renders of one kind take: the median in s, the spread of the logarithms."""

    median_s: float
    spread: float

    @property
    def estimate_s(self) -> float:
        """What the service says: a true P80."""
        return self.median_s * math.exp(P80 * self.spread)

    def draw(self, count: int) -> list[float]:
        """So many render times in s, spread as evenly as the distribution is, in a mixed order."""
        normal = NormalDist(math.log(self.median_s), self.spread)
        times_s = [math.exp(normal.inv_cdf((number + 0.5) / count)) for number in range(count)]
        random.Random(count).shuffle(times_s)
        return times_s


@dataclass(slots=True)
class Outcome:
    """What became of one render: how often it was looked at, how long its clip lay ready, and how long it seemed to
    take to who looked, in s."""

    looks: int = 0
    delay_s: float = math.nan
    seemed_s: float = 0.0


@dataclass(slots=True, kw_only=True)
class _Render:
    queued: float
    takes_s: float
    estimate_s: float
    outcome: Outcome = field(default_factory=Outcome)


class RenderService(FakeService):
    """Renders by the loop's time. A finished clip is answered with FAILED, which ends the watching without a file."""

    def __init__(self, budget: Budget | None = None) -> None:
        super().__init__()
        self.renders: dict[str, _Render] = {}
        self.asked: list[float] = []
        self.offline: Callable[[float], bool] = lambda _: False
        self._budget = budget

    def take(self, name: str, takes_s: float, estimate_s: float) -> Outcome:
        """Begin to render."""
        render = _Render(queued=_time(), takes_s=takes_s, estimate_s=estimate_s)
        self.renders[name] = render
        return render.outcome

    def look(self, name: str) -> float | None:
        """Answer a look: the time gone, or None when the clip is ready."""
        render, now = self.renders[name], _time()
        self.asked.append(now)
        render.outcome.looks += 1
        gone = now - render.queued
        if gone < render.takes_s:
            render.outcome.seemed_s = gone
            return gone
        render.outcome.delay_s = gone - render.takes_s
        render.outcome.seemed_s = (render.outcome.seemed_s + gone) / 2
        return None

    async def retrieve(
        self, ticket: Ticket, sink: Sink, *, delete: bool = False, worth: Callable[[], float] = lambda: 0.0
    ) -> Progress | None:
        if self._budget is None:
            return self._answer(ticket)
        async with self._budget.turn(worth):
            return self._answer(ticket)

    def _answer(self, ticket: Ticket) -> Progress:
        if self.offline(_time()):
            self.asked.append(_time())
            _raise(Kind.OFFLINE)
        gone = self.look(ticket.queue_id)
        if gone is None:
            _raise(Kind.FAILED)
        return Progress(
            elapsed_ms=round(gone * 1000), estimate_ms=round(self.renders[ticket.queue_id].estimate_s * 1000)
        )


class _Unwritten(Ledger):
    """Keeps what it is told in memory alone: the disk is no part of this measurement."""

    async def change(self, job_id: str, make: Callable[[Job], Job]) -> Job:
        self.show(job := make(self.jobs[job_id]))
        return job

    async def comes_to(self, job_id: str, folder: Path) -> None:
        pass


class _AtOnce(Worker):
    """Does its work where it is asked to: while a real thread works, virtual time would run away."""

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return function(*args, **kwargs)


class Watching:
    """The real watcher over a service that renders in virtual time."""

    def __init__(self, service: RenderService, *, learns: bool = False) -> None:
        """`learns`: each clip that ends is experience for those that still render, as in the program."""
        self.service = service
        self._learns = learns
        self._clock = VirtualClock()
        self._tasks = Tasks()
        self._threads = Threads()
        self._threads.disk = _AtOnce("disk")
        self._ledger = _Unwritten(lambda: Store.open(_NOWHERE, self._threads.database))
        self._connection = Connection(
            tasks=self._tasks,
            chest=KeyChest(),
            practice_service=Practice(state_dir=_NOWHERE, command=["false"]),
            make_service=lambda *_: service,
            fingerprint=lambda _: ACCOUNT.fingerprint,
            base_url=ACCOUNT.service,
            environment_key="a-key",
            pace=Pace(),
        )
        self._watcher = Watcher(
            ledger=self._ledger,
            connection=self._connection,
            collector=Collector(folder_for=self._folder, trash=lambda _: False, threads=self._threads),
            tasks=self._tasks,
            clock=self._clock,
            times=RenderTimes(self._ledger),
            copy_at_venice=lambda: CopyAtVenice.KEEP,
            tag_clips=lambda: False,
        )

    async def start(self) -> None:
        """Connect."""
        await self._connection.start()

    def remember(self, times_s: list[float]) -> None:
        """Let the program have made such clips before."""
        for number, time_s in enumerate(times_s):
            self._saved(self._job(f"before-{number}"), time_s)

    async def watch(self, name: str, takes_s: float, estimate_s: float) -> Outcome:
        """Queue a render and watch it to its end."""
        outcome = self.service.take(name, takes_s, estimate_s)
        self._ledger.show(job := self._job(name))
        await self._watcher.watch(job)
        if self._learns:
            self._saved(job, outcome.seemed_s)
        return outcome

    def close(self) -> None:
        """End the threads."""
        self._threads.close()

    def _saved(self, job: Job, time_s: float) -> None:
        clip = Clip(path="", size=0, duration_ms=0, width=0, height=0, fps=0, frames=0, sound=False, thumbnail="")
        assert job.ticket is not None
        saved = Saved(ticket=job.ticket, clip=clip, saved_at=job.created_at, rendered_ms=round(time_s * 1000))
        self._ledger.show(job.to(saved))

    def _job(self, name: str) -> Job:
        now = self._clock.now()
        ticket = Ticket(queue_id=name, model="ltx", dialect=Dialect.LIVE)
        return Job(
            id=name,
            group=name,
            created_at=now,
            account=ACCOUNT,
            request=GenerationRequest(model="ltx", prompt="A gondola drifts", duration="5s"),
            payload="{}",
            quote=Quote(amount=Decimal("0.39")),
            state=Rendering(ticket=ticket, queued_at=now),
        )

    def _folder(self, _: object) -> ClipFolder:
        return ClipFolder(_NOWHERE, thumbnails=_NOWHERE, threads=self._threads)


def program_budget() -> Budget:
    """The program's own budget of looks, in virtual time."""
    limits = RateLimits()
    return Budget(limits.retrieve, limits.window_s, burst=LOOKS_AT_ONCE, monotonic=_time, sleep=asyncio.sleep)


def busiest(asked: list[float], window_s: float) -> int:
    """The most requests in any window of that length."""
    most = start = 0
    for end, at in enumerate(asked):
        while asked[start] <= at - window_s:
            start += 1
        most = max(most, end - start + 1)
    return most


def _time() -> float:
    return asyncio.get_running_loop().time()


def _raise(kind: Kind) -> NoReturn:
    raise Trouble(Problem(kind=kind, message="In virtual time"))
