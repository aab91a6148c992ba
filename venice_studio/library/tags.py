"""What a clip's file itself tells of how it was made, where the user wants that: never what it was made from."""

import json
from collections.abc import Mapping
from pathlib import Path

from venice_studio.domain.request import GenerationRequest
from venice_studio.library import decoding
from venice_studio.library.records import request_from_json

KEY = "venice_studio"
"""Under this name stand the settings, as JSON; the prompt stands under `description` too, for other programs."""

_NAMES = (
    *("model", "prompt", "negative_prompt", "duration", "resolution", "aspect_ratio", "sound", "seed"),
    "upscale_factor",
)


def tags_of(request: GenerationRequest) -> dict[str, str]:
    """The tags of a clip that was made by `request`."""
    asked = {name: value for name in _NAMES if (value := getattr(request, name)) not in (None, "")}
    return {"description": request.prompt, KEY: json.dumps(asked, ensure_ascii=False)}


def request_in(tags: Mapping[str, str]) -> GenerationRequest | None:
    """What `tags_of` wrote; None where there is nothing of it, or nothing that this version can read."""
    try:
        found = json.loads(tags[KEY])
        return request_from_json({name: found[name] for name in _NAMES if name in found})
    except (KeyError, ValueError, TypeError, RecursionError):
        return None


def request_of(path: Path) -> GenerationRequest | None:
    """What a clip tells of how it was made. For the media thread. Raises `Trouble` (BROKEN_CLIP, DISK)."""
    return request_in(decoding.tags(path))
