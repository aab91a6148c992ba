"""What the sandbox knows about each model, by the lines of resources/models.json."""

import functools
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
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
    """One video model. `inputs` names the media fields it takes; `render_s` is its median render time in seconds.

    `most` says how many of an input it takes where that is fewer than the schema has, `least_s` how many seconds.
    """

    id: str
    name: str
    model_type: str
    aspect_ratios: tuple[str, ...]
    resolutions: tuple[str, ...]
    durations: tuple[str, ...]
    audio: bool
    audio_configurable: bool
    inputs: frozenset[str]
    most: Mapping[str, int]
    least_s: Mapping[str, float]
    price: Price
    render_s: float
    spread: float
    privacy: str
    offline: bool
    prompt_limit: int
    raw: Mapping[str, Any]

    @property
    def upscales(self) -> bool:
        """Whether it makes a video larger: what is in it, and how long, comes with that video."""
        return "upscale" in self.id and "video_url" in self.inputs

    @property
    def needs_end(self) -> bool:
        """Whether it goes from one picture to another, and so has to have both."""
        return {"image_url", "end_image_url"} <= self.inputs and bool(
            re.search(r"-(transition|first-last-frame-to-video)(-|$)", self.id)
        )

    @property
    def default_resolution(self) -> str | None:
        """What is made when the request names no resolution: 720p where there is one."""
        if not self.resolutions:
            return None
        return "720p" if "720p" in self.resolutions else self.resolutions[0]


Models: TypeAlias = Mapping[str, Model]


def known(dialect: str) -> Models:
    """The models of resources/models.json for one dialect, by id."""
    return {raw["id"]: model_of(raw) for raw in facts()[dialect]}


@functools.cache
def facts() -> Mapping[str, Any]:
    """resources/models.json, read once."""
    loaded: dict[str, Any] = json.loads(assets.path("models.json").read_text("utf-8"))
    return loaded


def inputs_by_id(model_id: str) -> Sequence[str] | None:
    """The media fields that a model with such an id takes; None where its id does not tell."""
    return _by_id("inputs_by_id", model_id).get("inputs")


def _by_id(table: str, model_id: str) -> Mapping[str, Any]:
    """The first line of a table whose pattern fits the id."""
    return next((line for line in facts()[table] if re.fullmatch(line["ids"], model_id)), {})


def model_of(raw: Mapping[str, Any]) -> Model:
    """A model from its facts, as a line of resources/models.json has them."""
    price = raw["price"]
    limits: Mapping[str, Any] = next(
        (line for line in facts()["limits_by_id"] if re.fullmatch(line["ids"], raw["id"])), {}
    )
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
        most=limits.get("most", {}),
        least_s=limits.get("least_s", {}),
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
