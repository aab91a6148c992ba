"""What the sandbox knows about each model: resources/models.json, or a listing in the service's own shape."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

from venice_studio import assets

DEFAULT_PROMPT_LIMIT = 2500


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """A known price: USD for one resolution (None: the model has none) and duration, with or without sound."""

    usd: Decimal
    resolution: str | None
    duration: str
    sound: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One video model. `inputs` names the media fields it takes; `render_s` is its median render time in seconds."""

    id: str
    name: str
    model_type: str
    aspect_ratios: tuple[str, ...]
    resolutions: tuple[str, ...]
    durations: tuple[str, ...]
    audio: bool
    audio_configurable: bool
    inputs: frozenset[str]
    price: Price
    render_s: float
    spread: float
    privacy: str
    offline: bool
    prompt_limit: int
    raw: Mapping[str, Any]

    @property
    def default_resolution(self) -> str | None:
        """What is made when the request names no resolution: 720p where there is one."""
        if not self.resolutions:
            return None
        return "720p" if "720p" in self.resolutions else self.resolutions[0]


Models: TypeAlias = Mapping[str, Model]


def known(dialect: str) -> Models:
    """The models of resources/models.json for one dialect, by id."""
    facts = json.loads(assets.path("models.json").read_text("utf-8"))
    return {raw["id"]: _model(raw) for raw in facts[dialect]}


def from_listing(path: Path) -> Models:
    """The models of a file in the shape of `GET /models?type=video`, by id.

    The listing says neither price nor inputs: both come from what is known about the id, else from its name.
    """
    facts = {raw["id"]: raw for raw in json.loads(assets.path("models.json").read_text("utf-8"))["live"]}
    listing = json.loads(path.read_text("utf-8"))
    return {entry["id"]: _model(_facts_of(entry, facts.get(entry["id"], {}))) for entry in listing["data"]}


def _facts_of(entry: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    spec = entry["model_spec"]
    listed = {**spec.get("constraints", {}), **{key: spec[key] for key in spec if key != "constraints"}}
    guess = {
        "inputs": guess_inputs(entry["id"], spec["constraints"]),
        "price": {"usd": "0.50", "duration": (spec["constraints"]["durations"] or ["5s"])[0]},
        "render_s": 120,
        "spread": 0.25,
    }
    return {**guess, **known, **listed, "id": entry["id"], "created": entry.get("created"), "entry": entry}


def guess_inputs(model_id: str, constraints: Mapping[str, Any]) -> list[str]:
    """The media fields that a model with this id most likely takes; the listing itself does not say it."""
    audio = ["audio_url"] if constraints.get("audio_input") else []
    if "reference-to-video" in model_id:
        return ["reference_image_urls", *audio]
    if "transition" in model_id or "first-last-frame" in model_id:
        return ["image_url", "end_image_url", *audio]
    if constraints.get("video_input") or constraints["model_type"] == "video":
        return ["video_url", *audio]
    return [*(["image_url"] if constraints["model_type"] == "image-to-video" else []), *audio]


def _model(raw: Mapping[str, Any]) -> Model:
    price = raw["price"]
    return Model(
        id=raw["id"],
        name=raw["name"],
        model_type=raw["model_type"],
        aspect_ratios=tuple(raw["aspect_ratios"]),
        resolutions=tuple(raw["resolutions"]),
        durations=tuple(raw["durations"]),
        audio=raw["audio"],
        audio_configurable=raw["audio_configurable"],
        inputs=frozenset(raw["inputs"]),
        price=Price(
            usd=Decimal(price["usd"]),
            resolution=price.get("resolution"),
            duration=price["duration"],
            sound=price.get("sound", False),
        ),
        render_s=raw["render_s"],
        spread=raw["spread"],
        privacy=raw.get("privacy", "anonymized"),
        offline=raw.get("offline", False),
        prompt_limit=raw.get("prompt_character_limit", DEFAULT_PROMPT_LIMIT),
        raw=raw,
    )
