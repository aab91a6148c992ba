"""Which model to take where one is listed no more, or not for long."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from venice_studio.domain.inputs import Need, Role
from venice_studio.domain.listing import Gone
from venice_studio.domain.model import VideoModel
from venice_studio.domain.request import GenerationRequest

_WORDS = re.compile(r"[a-z]+|\d+(?:\.\d+)?")
_OF_VARIANTS = frozenset({"text", "image", "reference", "video", "to", "t", "i", "r", "v"})


def successor(request: GenerationRequest, gone: Gone, models: Sequence[VideoModel]) -> VideoModel | None:
    """The listed model that takes the place of `gone` for `request`.

    The replacement that the service names, where it is listed; else, of the models of the same line that take the
    request's inputs, the one most like it by name; None where the line is not listed at all.
    """
    usable = [model for model in models if not model.offline and model.id != gone.id]
    named = next((model for model in usable if model.id == gone.replacement), None)
    if named is not None:
        return named
    words = _words(gone)
    of_line = [model for model in usable if _words(model)[:1] == words[:1] and _takes(model, request)]
    lasting = [model for model in of_line if model.replacement is None and model.goes_away_on is None]
    return max(lasting, key=lambda model: _likeness(words, _words(model)), default=None)


def _words(model: VideoModel | Gone) -> list[str]:
    """The words of its id without those that say what it starts from; the first one names the line."""
    words = [word for word in _WORDS.findall(model.id.lower()) if word not in _OF_VARIANTS]
    return words or [model.id.lower()]


def _likeness(wanted: list[str], found: list[str]) -> float:
    return (
        SequenceMatcher(None, wanted, found).ratio() + SequenceMatcher(None, "-".join(wanted), "-".join(found)).ratio()
    )


def _takes(model: VideoModel, request: GenerationRequest) -> bool:
    """Whether it takes what is attached, and needs nothing that is not."""
    given = {role for role in Role if request.given(role)}
    if not all(model.takes(role) for role in given):
        return False
    needed = {role for role in Role if model.need(role) is Need.MUST}
    return needed <= given and (not model.follows or bool(given.intersection(model.follows)))
