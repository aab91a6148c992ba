"""The dialect of the reference page: `queueid`, `processing`, a clip as the answer to retrieve."""

from decimal import Decimal

from venice_studio.sandbox import facts, triggers
from venice_studio.sandbox.dialects import Json, details
from venice_studio.sandbox.facts import Models
from venice_studio.sandbox.jobs import Job
from venice_studio.sandbox.refusal import Refusal, missing_media
from venice_studio.sandbox.rules import Terms
from venice_studio.sandbox.service import Processing


class ReferenceDialect:
    """Source of every spelling: the reference page."""

    terms = Terms(
        seed=True,
        sound_by_default=False,
        media_fields=frozenset({"image_url"}),
        picture_decides_shape=True,
        upscaling=False,
        lenient_quotes=False,
        consents=False,
        closed_fields=False,
        id_field="queueid",
        triggers=triggers.BOTH,
        json_only=False,
        blocks_after_failures=False,
        download_urls=False,
    )

    def models(self) -> Models:
        """The six models of the page."""
        return facts.known("reference")

    def quote(self, price_usd: Decimal) -> Json:
        """The price with its currency."""
        return {"quote": float(price_usd), "currency": "USD"}

    def queued(self, job: Job, downloads: str) -> Json:
        """The id under which the job is asked for."""
        return {"queueid": job.id, "status": "queued"}

    def processing(self, state: Processing) -> Json:
        """Time gone and time expected, ms."""
        return {
            "status": "processing",
            "executionDuration": state.elapsed_ms,
            "estimatedDuration": state.estimate_ms,
        }

    def finished(self, job: Job, state: Processing) -> Json | None:
        """The clip itself is the answer."""
        return None

    def completed(self, *, found: bool) -> Json:
        """The copy is gone; raises Refusal (404) where there was none."""
        if not found:
            raise missing_media()
        return {"success": True}

    def balance(self, usd: Decimal) -> Json:
        """The account in the shape of the live service; the page does not speak of it."""
        return {
            "canConsume": usd > 0,
            "consumptionCurrency": "USD",
            "balances": {"diem": None, "usd": float(usd)},
        }

    def error(self, refusal: Refusal) -> Json:
        """A message and, for a 400, what is wrong by field."""
        body = {"error": refusal.message, **refusal.extra}
        if refusal.problems:
            body["details"] = details(refusal)
        return body
