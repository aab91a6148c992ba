"""The answer to `GET /models`: the facts about the models in the shape of the service's own listing."""

from typing import Any

from venice_studio.sandbox.facts import Model, Models

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


def listing(models: Models, kind: str) -> dict[str, Any]:
    """All models when `kind` (the query's `type`) is video or all; there are no others here."""
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
