"""The requests one step beside a draft, whose prices help to choose."""

from collections.abc import Sequence
from dataclasses import replace

from venice_studio.domain import choices
from venice_studio.domain.model import VideoModel
from venice_studio.domain.request import GenerationRequest

FEW = 4
"""Up to so many values are all compared; of more only the next smaller and the next larger one."""


def alternatives(request: GenerationRequest, model: VideoModel) -> tuple[GenerationRequest, ...]:
    """`request` with its sound the other way, with other durations, with other resolutions; what matters most first.

    None where each price would cost sending a whole video.
    """
    if request.quote_key.source_video is not None:
        return ()
    sounds = (not request.sound,) if model.sound_configurable and request.sound is not None else ()
    return (
        *(replace(request, sound=sound) for sound in sounds),
        *(replace(request, duration=value) for value in beside(request.duration, model.durations)),
        *(replace(request, resolution=value) for value in beside(request.resolution, model.resolutions)),
    )


def beside(value: str | None, offered: Sequence[str]) -> tuple[str, ...]:
    """The values to compare `value` with; none where it is not offered itself."""
    if value not in offered:
        return ()
    if len(offered) <= FEW:
        return tuple(other for other in offered if other != value)
    ordered = sorted((one for one in offered if _size(one) is not None), key=lambda one: _size(one) or 0.0)
    if value not in ordered:
        return ()
    at = ordered.index(value)
    return (*ordered[at + 1 : at + 2], *ordered[max(0, at - 1) : at])


def _size(value: str) -> float | None:
    length = choices.seconds(value)
    return float(length) if length is not None else choices.lines(value)
