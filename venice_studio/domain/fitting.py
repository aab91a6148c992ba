"""A request made to fit another model, and what had to change for it."""

from dataclasses import dataclass, replace

from venice_studio.domain import choices
from venice_studio.domain.model import Dialect, VideoModel
from venice_studio.domain.request import GenerationRequest

USUAL_FACTOR = 2
"""How many times larger an upscaler makes a video unless told. Live schema."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A value that had to change so that a request fits a model; None stands for "not sent"."""

    field: str
    before: str | None
    after: str | None


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
    names = (
        ("duration", "duration"),
        ("resolution", "resolution"),
        ("aspect_ratio", "aspect_ratio"),
        ("sound", "audio"),
        ("upscale_factor", "upscale_factor"),
    )
    changes = tuple(
        Change(field=wire, before=_text(before), after=_text(after))
        for name, wire in names
        if (before := getattr(request, name)) != (after := getattr(fitted, name)) and before is not None
    )
    return fitted, changes


def _factor(wanted: int | None, model: VideoModel) -> int | None:
    if not model.upscale_factors or wanted in model.upscale_factors:
        return wanted if model.upscale_factors else None
    return USUAL_FACTOR if USUAL_FACTOR in model.upscale_factors else model.upscale_factors[0]


def _text(value: str | bool | int | None) -> str | None:
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"{value}×" if isinstance(value, int) else value
