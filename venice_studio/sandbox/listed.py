"""Models from a file in the shape of `GET /models?type=video`: any such file, however odd its entries.

The listing says neither price nor inputs: both come from what is known about the id, else from its name.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from venice_studio import assets
from venice_studio.sandbox.facts import DEFAULT_PROMPT_LIMIT, Models, model_of

_LISTS = ("aspect_ratios", "resolutions", "durations")
_SWITCHES = ("audio", "audio_configurable", "audio_input", "video_input", "offline")
_TELLING = ("text-to-video", "image-to-video")

# Which media a model takes, by its id; the first that fits.
_BY_ID = (
    (r".*-text-to-video", ()),
    (r"kling-(2[.-][56]|o3|v3)-.*image-to-video", ("image_url", "end_image_url")),
    (r".*-image-to-video", ("image_url",)),
    (r".*-(transition|first-last-frame-to-video)", ("image_url", "end_image_url")),
    (r"kling-(o3|v3-4k)-.*reference-to-video", ("reference_image_urls", "elements", "scene_image_urls")),
    (r".*-reference-to-video", ("reference_image_urls",)),
    (r".*-(video-to-video|motion-control|video-upscale)", ("video_url",)),
)
_BY_TYPE = {"image-to-video": ("image_url",), "video": ("video_url",)}


class ListingError(Exception):
    """The file is no listing; the message says why in a sentence."""


def from_listing(path: Path) -> Models:
    """The models of a file, by id. Entries without an id or of another type than video are passed over.

    Raises ListingError where the file cannot be read or holds no list of models.
    """
    try:
        listing = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ListingError(f"{path} cannot be read as JSON: {error}") from error
    entries = listing.get("data") if isinstance(listing, dict) else listing
    if not isinstance(entries, list):
        raise ListingError(f'{path} holds no list of models (expected {{"data": [...]}}).')
    facts = {raw["id"]: raw for raw in json.loads(assets.path("models.json").read_text("utf-8"))["live"]}
    models = {}
    for entry in entries:
        if _is_model(entry) and entry["id"] not in models:
            models[entry["id"]] = model_of(_facts_of(entry, facts.get(entry["id"], {})))
    return models


def _is_model(entry: object) -> bool:
    return (
        isinstance(entry, dict)
        and isinstance(entry.get("id"), str)
        and bool(entry["id"].strip())
        and entry.get("type", "video") == "video"
    )


def _facts_of(entry: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    spec = _mapping(entry.get("model_spec"))
    listed = {**_mapping(spec.get("constraints")), **{key: spec[key] for key in spec if key != "constraints"}}
    facts = {**known, **{key: value for key, value in listed.items() if value is not None}}
    facts |= {name: [item for item in _list(facts.get(name)) if isinstance(item, str) and item] for name in _LISTS}
    facts |= {name: facts.get(name) is True for name in _SWITCHES}
    facts["model_type"] = _type_of(entry["id"], facts.get("model_type"))
    facts["name"] = _text(facts.get("name"), entry["id"])
    facts["privacy"] = _text(facts.get("privacy"), "anonymized")
    limit = facts.get("prompt_character_limit")
    facts["prompt_character_limit"] = limit if isinstance(limit, int) and limit > 0 else DEFAULT_PROMPT_LIMIT
    guess = {
        "inputs": list(_guessed_inputs(entry["id"], facts)),
        "price": {"usd": "0.50", "duration": (facts["durations"] or ["5s"])[0]},
        "render_s": 120,
        "spread": 0.25,
    }
    trusted = {key: known[key] for key in guess if key in known}
    return {**facts, **guess, **trusted, "id": entry["id"], "created": entry.get("created"), "entry": entry}


def _type_of(model_id: str, listed: object) -> str:
    """The listed type where it is one that is known, else what the id says."""
    if isinstance(listed, str) and listed in (*_TELLING, "video"):
        return listed
    by_id = next((name for name in _TELLING if model_id.endswith(f"-{name}")), None)
    return by_id or _text(listed, "")


def _guessed_inputs(model_id: str, facts: Mapping[str, Any]) -> Iterator[str]:
    by_id = next((inputs for pattern, inputs in _BY_ID if re.fullmatch(pattern, model_id)), None)
    yield from _BY_TYPE.get(facts["model_type"], ()) if by_id is None else by_id
    if facts["audio_input"]:
        yield "audio_url"


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object, otherwise: str) -> str:
    return value if isinstance(value, str) and value else otherwise
