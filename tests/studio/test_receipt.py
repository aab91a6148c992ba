"""A receipt says what an attempt cost and on what evidence, and nothing that is nobody's business."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tests.library import examples
from tests.support.fake_service import FakeService
from tests.support.studio_parts import Parts
from tests.support.whole_studio import WholeStudio
from venice_studio.domain.job import (
    PRACTICE_ACCOUNT,
    Doubtful,
    Failed,
    Intended,
    Job,
    JobState,
    Progress,
    Refused,
    Ticket,
)
from venice_studio.domain.media import Sound, Video
from venice_studio.domain.problem import Cost, Kind, Problem, Trouble
from venice_studio.domain.quote import Balance, Quote
from venice_studio.domain.request import GenerationRequest
from venice_studio.studio.payments import EVIDENCE_S
from venice_studio.studio.receipt import receipt

REQUEST = GenerationRequest(model="ltx", prompt="A gondola drifts", duration="5s", seed=7)
QUOTE = Quote(amount=Decimal("0.39"))
CUT = Trouble(Problem(kind=Kind.CUT, message="The line\nbroke.", cost=Cost.UNKNOWN))


@pytest.fixture
def service() -> FakeService:
    return FakeService()


@pytest.fixture
async def parts(tmp_path: Path, service: FakeService) -> AsyncIterator[Parts]:
    parts = Parts(tmp_path, service)
    await parts.begin()
    yield parts
    await parts.end()


def usd(amount: str) -> Balance:
    return Balance(can_consume=True, currency="USD", usd=Decimal(amount))


async def receipt_of(parts: Parts, job: Job) -> str:
    await parts.tasks.join()
    return receipt(parts.ledger.jobs[job.id], await parts.ledger.history(job.id))


async def test_each_step_is_told_with_its_evidence(parts: Parts, service: FakeService) -> None:
    refusal = Problem(kind=Kind.CONTENT, message="Refused by policy.", status=422)
    service.answer("queue", Trouble(refusal))
    [job] = await parts.runner.submit(service, REQUEST, QUOTE)
    lines = (await receipt_of(parts, job)).splitlines()
    assert lines[2] == f"Job       {job.id}"
    assert "Model     ltx, 5s" in lines
    assert "Quote     $0.39" in lines
    assert "Charge    not charged" in lines
    told = [line.split("  ", 1)[1] for line in lines[lines.index("What is known, and since when (UTC)") + 1 :]]
    assert told == [
        "intended, not charged",
        "intended, may have been charged",
        "refused, not charged: content (HTTP 422): Refused by policy.",
    ]


async def test_a_doubtful_one_tells_the_balance_before_and_after(parts: Parts, service: FakeService) -> None:
    service.answer("queue", CUT)
    service.answer("balance", usd("23.91"))
    [job] = await parts.runner.submit(service, REQUEST, QUOTE)
    said = await receipt_of(parts, job)
    assert "Charge    unknown: it may have been charged, $0.39 as quoted" in said
    assert "cut: The line broke." in said
    held = (
        "Balance before it $24.30 (2026-11-22 12:00:00 UTC), after it $23.91 (2026-11-22 12:00:00 UTC); "
        "nothing else was paid from here in between."
    )
    assert held in said
    state = parts.ledger.jobs[job.id].state
    assert isinstance(state, Doubtful)
    assert state.evidence == held


async def test_a_balance_that_something_else_changed_is_no_evidence(parts: Parts, service: FakeService) -> None:
    service.answer("retrieve", *[Progress(elapsed_ms=1000, estimate_ms=60_000)] * 100_000)
    await parts.runner.submit(service, REQUEST, QUOTE)
    await parts.connection.refresh_balance()
    service.answer("queue", CUT)
    [beside_a_render] = await parts.runner.submit(service, REQUEST, QUOTE)
    service.script["retrieve"].clear()
    assert "Balance" not in await receipt_of(parts, beside_a_render)

    service.answer("queue", CUT)
    [after_another] = await parts.runner.submit(service, REQUEST, QUOTE)
    assert "Balance" not in await receipt_of(parts, after_another)

    await parts.connection.refresh_balance()
    service.answer("queue", CUT)
    [alone] = await parts.runner.submit(service, REQUEST, QUOTE)
    assert "Balance" in await receipt_of(parts, alone)


async def test_an_old_balance_is_no_evidence(parts: Parts, service: FakeService) -> None:
    parts.clock.at += timedelta(seconds=EVIDENCE_S + 1)
    service.answer("queue", CUT)
    [job] = await parts.runner.submit(service, REQUEST, QUOTE)
    assert "Balance" not in await receipt_of(parts, job)


class Ending(FakeService):
    """While the next paid request is under way, what renders comes to its end; then its answer is lost."""

    parts: Parts
    ending: str | None = None

    async def queue(self, request: GenerationRequest) -> Ticket:
        if self.ending is None:
            return await super().queue(request)
        await self.parts.runner.stop_watching(self.ending)
        raise CUT


async def test_what_came_back_after_the_balance_was_read_is_not_taken_for_no_charge(tmp_path: Path) -> None:
    service = Ending()
    parts = service.parts = Parts(tmp_path, service)
    await parts.begin()
    service.answer("retrieve", *[Progress(elapsed_ms=1000, estimate_ms=60_000)] * 100_000)
    [renders] = await parts.runner.submit(service, REQUEST, QUOTE)
    await parts.connection.refresh_balance()
    service.ending = renders.id
    [job] = await parts.runner.submit(service, REQUEST, QUOTE)
    assert "Balance" not in await receipt_of(parts, job)
    await parts.end()


async def test_a_press_reads_the_balance_anew(tmp_path: Path) -> None:
    whole = WholeStudio(tmp_path)
    await whole.begin()
    whole.studio.composer.edit(prompt="A gondola drifts")
    await whole.settle()
    whole.parts.clock.at += timedelta(hours=3)
    whole.service.answer("balance", usd("24.74"), usd("24.30"))  # 0.44 have come back meanwhile, unseen
    whole.service.answer("queue", CUT)

    async def agree(_before: Quote, _now: Quote) -> bool:
        return True

    [job] = await whole.studio.press.generate(agree)
    await whole.settle()
    state = whole.parts.ledger.jobs[job.id].state
    assert isinstance(state, Doubtful)
    assert state.evidence.startswith("Balance before it $24.74 (2026-11-22 15:")
    assert "after it $24.30 (2026-11-22 15:" in state.evidence
    await whole.end()


async def test_a_balance_that_cannot_be_had_is_left_out(parts: Parts, service: FakeService) -> None:
    service.answer("queue", CUT)
    service.answer("balance", CUT)
    [job] = await parts.runner.submit(service, REQUEST, QUOTE)
    assert "Balance" not in await receipt_of(parts, job)


PROBLEM = Problem(kind=Kind.SERVICE, message="Broken.")


@pytest.mark.parametrize(
    ("state", "charge"),
    [
        (examples.RENDERING, "charged: $0.44 as quoted"),
        (Intended(), "not charged"),
        (Refused(problem=PROBLEM), "not charged"),
        (Failed(ticket=examples.TICKET, problem=replace(PROBLEM, cost=Cost.REFUNDED)), "refunded: $0.44 as quoted"),
        (Doubtful(problem=replace(PROBLEM, cost=Cost.UNKNOWN)), "unknown: it may have been charged, $0.44 as quoted"),
    ],
)
def test_the_charge_in_one_line(state: JobState, charge: str) -> None:
    job = examples.job(state=state)
    assert f"\nCharge    {charge}\n" in receipt(job, ())
    practice = replace(job, account=PRACTICE_ACCOUNT)
    assert "\nCharge    none: this was practice\n" in receipt(practice, ())
    assert "Key" not in receipt(practice, ())


def test_nothing_private_is_in_it() -> None:
    job = examples.job(state=examples.RENDERING, prompt="A very private gondola")
    said = receipt(job, ())
    assert "Queue id  q-1" in said
    assert "private" not in said
    assert "secret" not in said


async def test_what_went_along_is_told_by_name_in_one_line_each(parts: Parts, service: FakeService) -> None:
    tone = Sound(sha256="t", mime="audio/wav", size=1, name="my\nvoice.wav", duration_ms=5000)
    film = Video(sha256="f", mime="video/mp4", size=1, name="walk.mp4", duration_ms=5000, width=64, height=36)
    wanted = replace(REQUEST, soundtrack=tone, source_video=film, upscale_factor=2)
    [job] = await parts.runner.submit(service, wanted, QUOTE)
    lines = (await receipt_of(parts, job)).splitlines()
    assert "Model     ltx, 5s, 2× as large" in lines
    at = lines.index("With      source video: walk.mp4")
    assert lines[at + 1 : at + 3] == ["          sound file: my voice.wav", f"Service   {job.account.service}"]
