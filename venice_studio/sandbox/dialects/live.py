"""The dialect of the live service: `queue_id`, P80 and elapsed times, addresses for private models' clips."""

from decimal import Decimal

from venice_studio.sandbox import facts, triggers
from venice_studio.sandbox.dialects import Json, details
from venice_studio.sandbox.facts import Models
from venice_studio.sandbox.jobs import Job
from venice_studio.sandbox.media_rules import ALL_FIELDS
from venice_studio.sandbox.refusal import Refusal
from venice_studio.sandbox.rules import Terms
from venice_studio.sandbox.service import Processing


class LiveDialect:
    """Source of every spelling: the live schema."""

    terms = Terms(
        seed=False,
        sound_by_default=True,
        media_fields=ALL_FIELDS,
        picture_decides_shape=False,
        upscaling=True,
        lenient_quotes=True,
        consents=True,
        closed_fields=True,
        id_field="queue_id",
        triggers=triggers.LIVE,
        json_only=True,
        blocks_after_failures=True,
        download_urls=True,
    )

    def models(self) -> Models:
        """The service's own listing."""
        return facts.known("live")

    def quote(self, price_usd: Decimal) -> Json:
        """The price, USD without saying so."""
        return {"quote": float(price_usd)}

    def queued(self, job: Job, downloads: str) -> Json:
        """The id, and for a private model the only mention of its clip's address."""
        answer = {"model": job.model, "queue_id": job.id}
        return {**answer, "download_url": f"{downloads}/{job.download}"} if job.download else answer

    def processing(self, state: Processing) -> Json:
        """Time gone and time expected (P80), ms."""
        return {"status": "PROCESSING", **_times(state)}

    def finished(self, job: Job, state: Processing) -> Json | None:
        """A private model's clip is fetched elsewhere; any other clip is the answer itself."""
        return {"status": "COMPLETED", **_times(state)} if job.download else None

    def completed(self, *, found: bool) -> Json:
        """Whether the clean-up found something; the schema knows no 404 here."""
        return {"success": found}

    def balance(self, usd: Decimal) -> Json:
        """The account."""
        return {
            "canConsume": usd > 0,
            "consumptionCurrency": "USD",
            "balances": {"diem": None, "usd": float(usd)},
            "diemEpochAllocation": 0,
        }

    def error(self, refusal: Refusal) -> Json:
        """A message or an object, and for a 400 what is wrong by field."""
        body = {"error": refusal.message, **refusal.extra}
        if refusal.problems:
            body["details"] = {"_errors": [], **details(refusal)}
        return body


def _times(state: Processing) -> Json:
    return {"average_execution_time": state.estimate_ms, "execution_duration": state.elapsed_ms}
