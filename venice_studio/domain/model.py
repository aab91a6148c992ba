"""A video model as the service lists it, and the families people think in."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Dialect(StrEnum):
    """The two ways in which the service is known to speak; recognised by its answers, never set by the user."""

    REFERENCE = "reference"
    LIVE = "live"


class Need(StrEnum):
    """Whether a model takes a start frame."""

    NEVER = "never"
    MAY = "may"
    MUST = "must"


_LIVES_ON = frozenset({"video_url", "reference_image_urls", "elements"})
"""Wire fields of inputs that no model takes beside others which would do without them."""

DEFAULT_PROMPT_LIMIT = 2500
"""Characters; live schema, unless the model's own `prompt_character_limit` says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoModel:
    """What the listing says of one model. An empty tuple means: the field does not exist there, do not send it."""

    id: str
    name: str
    model_type: str = ""
    durations: tuple[str, ...] = ()
    resolutions: tuple[str, ...] = ()
    aspect_ratios: tuple[str, ...] = ()
    sound: bool = False
    sound_configurable: bool = False
    start_frame: Need = Need.NEVER
    end_frame: bool = False
    needs_end_frame: bool = False
    """Whether it goes from one picture to another and so makes nothing of the first alone."""
    inputs: frozenset[str] = frozenset()
    """Wire fields of inputs it is known to take, such as `image_url` or `reference_image_urls`."""
    prompt_limit: int = DEFAULT_PROMPT_LIMIT
    private: bool = False
    """True: the prompt and pictures are not kept by anybody; False: sent on anonymised to the model's maker."""
    offline: bool = False
    beta: bool = False
    uncensored: bool = False
    replacement: str | None = None
    """The model to use instead, where this one is deprecated."""

    @property
    def usable(self) -> bool:
        """Whether a prompt and frames are all it needs; others live on references or a source video."""
        if self.start_frame is not Need.NEVER:
            return True
        # A listing may call a model text-to-video whose id says that it lives on something else.
        return self.model_type == "text-to-video" and self.inputs.isdisjoint(_LIVES_ON)

    @property
    def takes_text_alone(self) -> bool:
        """Whether a prompt without a picture is enough."""
        return self.start_frame is not Need.MUST


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """The variants of one name: people think of them as one model."""

    name: str
    variants: tuple[VideoModel, ...] = field(default=())

    def variant(self, *, with_picture: bool) -> VideoModel | None:
        """The variant for a request with or without a start frame; None where the family has none."""
        wanted = Need.MUST if with_picture else Need.NEVER
        fitting = [m for m in self.variants if m.start_frame in (wanted, Need.MAY)]
        return min(fitting, key=lambda m: (m.start_frame is not wanted, m.offline, len(m.id)), default=None)


def families(models: Iterable[VideoModel]) -> tuple[Family, ...]:
    """Models grouped by name, in the order in which the names first appear."""
    grouped: dict[str, list[VideoModel]] = {}
    for model in models:
        grouped.setdefault(model.name, []).append(model)
    return tuple(Family(name=name, variants=tuple(variants)) for name, variants in grouped.items())
