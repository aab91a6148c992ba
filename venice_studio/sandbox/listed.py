"""Models from a file in the shape of `GET /models?type=video`: any such file, however odd its entries.

The listing says neither price nor inputs: both come from what is known about the id, else from its name.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from venice_studio.sandbox import facts
from venice_studio.sandbox.facts import DEFAULT_PROMPT_LIMIT, Models, model_of

_LISTS = ("aspect_ratios", "resolutions", "durations")
_SWITCHES = ("audio", "audio_configurable", "audio_input", "video_input", "per_reference_audio", "offline")
_TELLING = ("text-to-video", "image-to-video")

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
    known = {raw["id"]: raw for raw in facts.facts()["live"]}
    models = {}
    for entry in entries:
        if _is_model(entry) and entry["id"] not in models:
            models[entry["id"]] = model_of(_facts_of(entry, known.get(entry["id"], {})))
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
    read = {**known, **{key: value for key, value in listed.items() if value is not None}}
    read |= {name: [item for item in _list(read.get(name)) if isinstance(item, str) and item] for name in _LISTS}
    read |= {name: read.get(name) is True for name in _SWITCHES}
    read["model_type"] = _type_of(entry["id"], read.get("model_type"))
    read["name"] = _text(read.get("name"), entry["id"])
    read["privacy"] = _text(read.get("privacy"), "anonymized")
    limit = read.get("prompt_character_limit")
    read["prompt_character_limit"] = limit if isinstance(limit, int) and limit > 0 else DEFAULT_PROMPT_LIMIT
    guess = {
        "inputs": list(_guessed_inputs(entry["id"], read)),
        "price": {"usd": "0.50", "duration": (read["durations"] or ["5s"])[0]},
        "render_s": 120,
        "spread": 0.25,
    }
    trusted = {key: known[key] for key in guess if key in known}
    return {**read, **guess, **trusted, "id": entry["id"], "created": entry.get("created"), "entry": entry}


def _type_of(model_id: str, listed: object) -> str:
    """The listed type where it is one that is known, else what the id says."""
    if isinstance(listed, str) and listed in (*_TELLING, "video"):
        return listed
    by_id = next((name for name in _TELLING if f"-{name}-" in f"{model_id}-"), None)
    return by_id or _text(listed, "")


def _guessed_inputs(model_id: str, read: Mapping[str, Any]) -> Iterator[str]:
    by_listing = _BY_TYPE["video"] if read["video_input"] else _BY_TYPE.get(read["model_type"], ())
    by_id = facts.inputs_by_id(model_id)
    inputs = by_listing if by_id is None else by_id
    yield from inputs
    if read["audio_input"]:
        yield "audio_url"
    if read["per_reference_audio"] and "reference_image_urls" in inputs:
        yield "reference_audio_urls"


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object, otherwise: str) -> str:
    return value if isinstance(value, str) and value else otherwise
