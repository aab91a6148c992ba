"""A request made to fit another model, and what had to change for it."""

from dataclasses import dataclass, replace

from venice_studio.domain import choices
from venice_studio.domain.model import Dialect, VideoModel
from venice_studio.domain.request import GenerationRequest

USUAL_FACTOR = 2
"""How many times larger an upscaler makes a video unless told. Live schema."""

_WIRE = {
    "duration": "duration",
    "resolution": "resolution",
    "aspect_ratio": "aspect_ratio",
    "sound": "audio",
    "upscale_factor": "upscale_factor",
}
"""The values that depend on the model, by a request's names, and what the wire calls them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A value that had to change so that a request fits a model; None stands for "not sent"."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Displacement:
    """What something did to the values of a request: how they were, and how it left them."""

    before: GenerationRequest
    after: GenerationRequest

    def taken_back(self, request: GenerationRequest) -> GenerationRequest:
        """`request` with its values as they were before; those that were changed since stay."""
        left = [name for name in _WIRE if getattr(request, name) == getattr(self.after, name)]
        return replace(request, **{name: getattr(self.before, name) for name in left})


def fit_to(
    request: GenerationRequest, model: VideoModel, dialect: Dialect | None = None
) -> tuple[GenerationRequest, tuple[Change, ...]]:
    """The request made to fit `model`, nearest values first, and what had to change.

    Prompt and inputs are never dropped: `check` says it where they do not fit. Values that the draft left open
    get the model's nearest to 5 s, 720p and 16:9.
    """
    fitted = replace(
        request,
        model=model.id,
        duration=choices.nearest_duration(request.duration or "5s", model.durations),
        resolution=choices.nearest_resolution(request.resolution, model.resolutions),
        aspect_ratio=choices.nearest_ratio(request.aspect_ratio, model.aspect_ratios),
        sound=(request.sound if request.sound is not None else True) if model.sound_configurable else None,
        seed=request.seed if dialect is Dialect.REFERENCE else None,
        upscale_factor=_factor(request.upscale_factor, model),
    )
    return fitted, tuple(change for change in differences(request, fitted) if change.before is not None)


def differences(before: GenerationRequest, after: GenerationRequest) -> tuple[Change, ...]:
    """The values in which two requests differ, also those that only one of them has."""
    return tuple(
        Change(field=wire, before=_text(was), after=_text(became))
        for name, wire in _WIRE.items()
        if (was := getattr(before, name)) != (became := getattr(after, name))
    )


def filled(request: GenerationRequest, other: GenerationRequest) -> GenerationRequest:
    """The request with the values of another wherever it leaves one open."""
    return replace(request, **{name: getattr(other, name) for name in _WIRE if getattr(request, name) is None})


def _factor(wanted: int | None, model: VideoModel) -> int | None:
    if not model.upscale_factors or wanted in model.upscale_factors:
        return wanted if model.upscale_factors else None
    return USUAL_FACTOR if USUAL_FACTOR in model.upscale_factors else model.upscale_factors[0]


def _text(value: str | bool | int | None) -> str | None:
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"{value}×" if isinstance(value, int) else value
