"""The least that can be asked of a model: what its price begins at."""

from dataclasses import replace

from venice_studio.domain import choices
from venice_studio.domain.fitting import fit_to
from venice_studio.domain.model import VideoModel
from venice_studio.domain.request import GenerationRequest


def smallest(model: VideoModel) -> GenerationRequest | None:
    """The shortest clip at the lowest resolution, without sound where that can be left out.

    None for a model whose price depends on a video that nobody has chosen yet.
    """
    if model.upscale_factors:
        return None
    usual, _ = fit_to(GenerationRequest(model=model.id), model)
    return replace(
        usual,
        duration=min(model.durations, key=_seconds, default=None),
        resolution=min(model.resolutions, key=_lines, default=None),
        sound=False if model.sound_configurable else None,
    )


def _seconds(duration: str) -> float:
    length = choices.seconds(duration)
    # "-1" and "Auto" depend on what goes along with the prompt.
    return float(length) if length is not None else float("inf")


def _lines(resolution: str) -> float:
    return choices.lines(resolution) or float("inf")
