"""A scriptable service and a clock that never waits: fakes at the studio's own two interfaces."""

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TypeVar

from venice_studio.domain.inputs import Need
from venice_studio.domain.job import Account, Progress, Ticket
from venice_studio.domain.listing import Listing
from venice_studio.domain.model import Dialect, VideoModel
from venice_studio.domain.problem import Trouble
from venice_studio.domain.quote import Balance, Quote
from venice_studio.domain.request import GenerationRequest
from venice_studio.studio.ports import Sink

T = TypeVar("T")
ACCOUNT = Account(service="https://fake.invalid/api/v1", fingerprint="f00d")
REFERENCE = {
    "durations": ("5s", "10s"),
    "resolutions": ("720p", "1080p"),
    "aspect_ratios": ("16:9", "9:16", "1:1"),
    "sound": True,
    "sound_configurable": True,
}
MODELS = (
    VideoModel(id="kling-text", name="Kling", model_type="text-to-video", start_frame=Need.NEVER, **REFERENCE),  # type: ignore[arg-type]
    VideoModel(id="kling-image", name="Kling", model_type="image-to-video", start_frame=Need.MUST, **REFERENCE),  # type: ignore[arg-type]
    VideoModel(id="ltx", name="LTX", model_type="text-to-video", start_frame=Need.MAY, **REFERENCE),  # type: ignore[arg-type]
    VideoModel(id="wan-image", name="Wan", model_type="image-to-video", durations=("4s", "8s"), start_frame=Need.MUST),
)


class FakeClock:
    """Time that moves only when somebody sleeps, and then at once."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.at.timestamp()

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += timedelta(seconds=max(0.0, seconds))
        await asyncio.sleep(0)


class FakeService:
    """Answers each call with the next scripted answer (an exception is raised), or with a sensible default."""

    def __init__(self, account: Account = ACCOUNT, dialect: Dialect | None = Dialect.REFERENCE) -> None:
        self.account = account
        self.dialect = dialect
        self.calls: list[tuple[str, object]] = []
        self.script: dict[str, deque[object]] = defaultdict(deque)
        self.body = b""
        """What `retrieve` delivers once its script is empty."""

    def answer(self, call: str, *answers: object) -> None:
        """What the next calls of that name answer."""
        self.script[call].extend(answers)

    def count(self, call: str) -> int:
        """How often a call came."""
        return sum(name == call for name, _ in self.calls)

    async def quote(self, request: GenerationRequest) -> Quote:
        return await self._next("quote", request, Quote(amount=Decimal("0.39")))

    def payload(self, request: GenerationRequest) -> str:
        return json.dumps({"model": request.model, "prompt": request.prompt, "seed": request.seed})

    async def queue(self, request: GenerationRequest) -> Ticket:
        number = self.count("queue") + 1
        ticket = Ticket(queue_id=f"q{number}", model=request.model, dialect=Dialect.REFERENCE)
        return await self._next("queue", request, ticket)

    async def retrieve(
        self, ticket: Ticket, sink: Sink, *, delete: bool = False, worth: Callable[[], float] = lambda: 0.0
    ) -> Progress | None:
        answer: Progress | None = await self._next("retrieve and delete" if delete else "retrieve", ticket, None)
        if answer is None:
            await sink.begin(len(self.body), "video/mp4")
            await sink.write(self.body)
        return answer

    async def complete(self, ticket: Ticket) -> None:
        await self._next("complete", ticket, None)

    async def models(self) -> Listing:
        listed: Listing | Sequence[VideoModel] = await self._next("models", None, MODELS)
        if isinstance(listed, Listing):
            return listed
        return Listing(models=tuple(listed), dialect=self.dialect or Dialect.LIVE)

    async def balance(self) -> Balance:
        return await self._next("balance", None, Balance(can_consume=True, currency="USD", usd=Decimal("24.30")))

    async def aclose(self) -> None:
        self.calls.append(("aclose", None))

    async def _next(self, call: str, asked: object, otherwise: T) -> T:
        self.calls.append((call, asked))
        await asyncio.sleep(0)
        answer = self.script[call].popleft() if self.script[call] else otherwise
        if isinstance(answer, Trouble):
            raise answer
        return answer  # type: ignore[return-value]
