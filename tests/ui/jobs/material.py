"""Jobs of every kind, and pictures on disk for them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path

from PIL import Image

from venice_studio.domain.job import (
    PRACTICE_ACCOUNT,
    Account,
    Clip,
    Doubtful,
    Failed,
    Held,
    Intended,
    Job,
    JobState,
    Progress,
    Refused,
    Rendering,
    Saved,
    Ticket,
    new_job_id,
)
from venice_studio.domain.media import Picture
from venice_studio.domain.model import Dialect
from venice_studio.domain.outlook import Outlook
from venice_studio.domain.outlook import outlook as make_outlook
from venice_studio.domain.problem import Cost, Kind, Problem
from venice_studio.domain.quote import Quote
from venice_studio.domain.render_time import render_time
from venice_studio.domain.request import GenerationRequest
from venice_studio.studio.submitter import KEPT_BACK

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TICKET = Ticket(queue_id="queue-1", model="wan-2.6-image-to-video", dialect=Dialect.REFERENCE)
REAL = Account(service="https://api.venice.ai/api/v1", fingerprint="f1")
NAMES = {"wan-2.6-image-to-video": "Wan 2.6", "wan-2.5-preview-text-to-video": "Wan 2.5", "veo3": "Veo 3 Fast"}
GONDOLA = "The gondola drifts towards the camera, water ripples catch the last light, slow push in"

_numbers = count(1)


def name(model_id: str) -> str:
    return NAMES.get(model_id, model_id)


def request(
    prompt: str = GONDOLA,
    *,
    model: str = "wan-2.6-image-to-video",
    ratio: str | None = None,
    start_frame: Picture | None = None,
) -> GenerationRequest:
    return GenerationRequest(
        model=model,
        prompt=prompt,
        duration="5s",
        resolution="720p",
        aspect_ratio=ratio,
        sound=True,
        start_frame=start_frame,
    )


def job(
    state: JobState,
    prompt: str = GONDOLA,
    *,
    asked: GenerationRequest | None = None,
    amount: str = "0.55",
    age_s: float = 60,
    group: str | None = None,
    take: int = 1,
    account: Account = REAL,
) -> Job:
    number = next(_numbers)
    at = NOW - timedelta(seconds=age_s)
    return Job(
        id=new_job_id(at, f"{take:x}{number:08x}"),
        group=group or f"group-{number}",
        take=take,
        created_at=at,
        account=account,
        request=asked or request(prompt),
        payload="{}",
        quote=Quote(amount=Decimal(amount)),
        state=state,
    )


def press(*states: JobState, prompt: str = GONDOLA, amount: str = "0.44", account: Account = REAL) -> tuple[Job, ...]:
    """The takes of one press."""
    group = f"group-{next(_numbers)}"
    return tuple(
        job(state, prompt, amount=amount, group=group, take=take, account=account)
        for take, state in enumerate(states, 1)
    )


def kept_back(count: int) -> list[Refused]:
    """What became of takes after one that was not taken."""
    return [KEPT_BACK] * count


def rendering(elapsed_s: float = 20, estimate_s: float | None = 60, trouble: Problem | None = None) -> Rendering:
    estimate = None if estimate_s is None else round(estimate_s * 1000)
    progress = Progress(elapsed_ms=round(elapsed_s * 1000), estimate_ms=estimate)
    return Rendering(ticket=TICKET, queued_at=NOW - timedelta(seconds=elapsed_s), progress=progress, trouble=trouble)


def saved(clip: Clip) -> Saved:
    return Saved(ticket=TICKET, clip=clip, saved_at=NOW, rendered_ms=58_000)


def clip(path: Path, *, width: int = 1280, height: int = 720, seconds: int = 5, colour: str = "#c8553d") -> Clip:
    """A clip whose still is a real picture; `path` itself need not be there."""
    still = path.with_suffix(".png")
    still.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (width // 4, height // 4), colour).save(still)
    return Clip(
        path=str(path),
        size=2_400_000,
        duration_ms=seconds * 1000,
        width=width,
        height=height,
        fps=24.0,
        frames=24 * seconds,
        sound=True,
        thumbnail=str(still),
    )


def problem(kind: Kind = Kind.FUNDS, message: str = "Insufficient balance.", cost: Cost = Cost.NOT_CHARGED) -> Problem:
    return Problem(kind=kind, message=message, cost=cost)


def refused(**facts: object) -> Refused:
    return Refused(problem=replace(problem(), **facts))  # type: ignore[arg-type]


def doubtful() -> Doubtful:
    message = "The connection was cut after the request had left. Venice may have taken it."
    return Doubtful(problem=problem(Kind.CUT, message, Cost.UNKNOWN))


def failed(cost: Cost = Cost.CHARGED) -> Failed:
    return Failed(ticket=TICKET, problem=problem(Kind.BROKEN_CLIP, "The clip ended in the middle.", cost))


def held() -> Held:
    return Held(until=NOW + timedelta(seconds=12), problem=problem(Kind.BUSY, "Too many requests."))


def intended() -> Intended:
    return Intended()


def outlook(job: Job) -> Outlook:
    """What is to be said of a job at this moment, by the service's estimate alone."""
    if not isinstance(job.state, Rendering):
        return Outlook(elapsed_s=0)
    progress = job.state.progress
    estimate_s = progress.estimate_ms / 1000 if progress and progress.estimate_ms else None
    return make_outlook(elapsed_s=(NOW - job.state.queued_at).total_seconds(), likely=render_time(estimate_s))


PRACTISED = PRACTICE_ACCOUNT
