"""The answer to `GET /models`: the facts about the models in the shape of the service's own listing."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from venice_studio.sandbox.facts import Model, Models
from venice_studio.sandbox.rates import RATES
from venice_studio.sandbox.refusal import Problem, invalid

_CONSTRAINTS = (
    "model_type",
    "aspect_ratios",
    "resolutions",
    "durations",
    "audio",
    "audio_configurable",
    "audio_input",
    "video_input",
    "per_reference_audio",
    "prompt_character_limit",
)
_SPEC = ("uncensored", "deprecation")


_KINDS = frozenset(["asr", "embedding", "image", "music", "text", "tts", "upscale", "inpaint", "video", "all", "code"])


def listing(models: Models, kind: str) -> dict[str, Any]:
    """All models when `kind` (the query's `type`) is video or all; there are no others here.

    Raises Refusal (400) for a type that no models can have.
    """
    if kind not in _KINDS:
        raise invalid([Problem(field="type", message=f"Must be one of {', '.join(sorted(_KINDS))}")])
    shown = models.values() if kind in ("video", "all") else ()
    return {"object": "list", "type": kind, "data": [entry(model) for model in shown]}


def entry(model: Model) -> dict[str, Any]:
    """One model as the listing shows it; a model that came from a listing is shown as it came."""
    raw = model.raw
    if "entry" in raw:
        return dict(raw["entry"])
    return {
        "id": model.id,
        "object": "model",
        "type": "video",
        "owned_by": "venice.ai",
        "created": raw["created"],
        "model_spec": {
            "name": model.name,
            "privacy": model.privacy,
            "offline": model.offline,
            "traits": [],
            **{key: raw[key] for key in _SPEC if key in raw},
            "constraints": {key: raw[key] for key in _CONSTRAINTS if key in raw},
        },
    }


def rate_limits(models: Models, usd: Decimal, now: float) -> dict[str, Any]:
    """The answer to `GET /api_keys/rate_limits`; `now` is Unix time in s. Source: live schema."""
    midnight = datetime.fromtimestamp(now, UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return {
        "data": {
            "accessPermitted": usd > 0,
            "apiTier": {"id": "paid", "isCharged": True},
            "balances": {"USD": float(usd), "DIEM": 0},
            "keyExpiration": None,
            "nextEpochBegins": (midnight + timedelta(days=1)).isoformat().replace("+00:00", "Z"),
            "rateLimits": [
                {"apiModelId": model, "rateLimits": [{"amount": RATES["queue"], "type": "RPM"}]} for model in models
            ],
        }
    }
