"""A video model as the service lists it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from venice_studio.domain.inputs import RULES, TO_FOLLOW, Need, Role


class Dialect(StrEnum):
    """The two ways in which the service is known to speak; recognised by its answers, never set by the user."""

    REFERENCE = "reference"
    LIVE = "live"


class Basis(StrEnum):
    """What a clip is made from; the variants of one model differ in it."""

    FRAMES = "frames"
    """A prompt, alone or with the pictures that the clip begins and ends with."""
    REFERENCES = "references"
    """Pictures, sounds or videos that the clip follows without beginning with them."""
    VIDEO = "video"
    """Another video."""


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
    most: tuple[tuple[Role, int], ...] = ()
    """How many of a role it takes where that is fewer than the rule has."""
    least_sound_s: float | None = None
    """Seconds that a sound file must have."""
    upscale_factors: tuple[int, ...] = ()
    """How many times larger it makes a video; empty: it is no upscaler."""
    prompt_limit: int = DEFAULT_PROMPT_LIMIT
    private: bool = False
    """True: the prompt and pictures are not kept by anybody; False: sent on anonymised to the model's maker."""
    offline: bool = False
    beta: bool = False
    uncensored: bool = False
    replacement: str | None = None
    """The model to use instead, where this one is deprecated."""
    goes_away_on: date | None = None
    """The day (UTC) from which it is listed no more, where that is known."""
    warned_from: date | None = None
    """The day (UTC) from which people are to be told of it; None: at once."""
    regions: tuple[str, ...] = ()
    """Codes of the only countries where it is to be had; empty: everywhere."""
    maker: str = ""
    """Who made it, where that is known."""
    description: str = ""
    """What the service says of it in a sentence or two."""

    def deprecated(self, today: date) -> bool:
        """Whether people should move to another model."""
        ends = self.replacement is not None or self.goes_away_on is not None
        return ends and (self.warned_from is None or self.warned_from <= today)

    def need(self, role: Role) -> Need:
        """Whether it takes such an input. Of `TO_FOLLOW` it may need one, whichever: see `follows`."""
        match role:
            case Role.START_FRAME:
                return self.start_frame
            case Role.END_FRAME:
                return Need.MUST if self.needs_end_frame else Need.MAY if self.end_frame else Need.NEVER
            case Role.SOURCE_VIDEO if RULES[role].wire in self.inputs:
                return Need.MUST
            case _:
                return Need.MAY if RULES[role].wire in self.inputs else Need.NEVER

    def takes(self, role: Role) -> bool:
        """Whether such an input can be sent to it."""
        return self.need(role) is not Need.NEVER

    def count(self, role: Role) -> int:
        """How many of a role it takes at most."""
        return dict(self.most).get(role, RULES[role].most) if self.takes(role) else 0

    @property
    def follows(self) -> tuple[Role, ...]:
        """Roles of which it needs at least one input; empty: it does without."""
        if self.start_frame is not Need.NEVER or self.takes(Role.SOURCE_VIDEO):
            return ()
        return tuple(role for role in TO_FOLLOW if self.takes(role))

    @property
    def basis(self) -> Basis:
        """What its clips are made from."""
        if self.takes(Role.SOURCE_VIDEO):
            return Basis.VIDEO
        return Basis.REFERENCES if self.follows else Basis.FRAMES

    @property
    def takes_text_alone(self) -> bool:
        """Whether a prompt without a picture is enough."""
        return all(self.need(role) is not Need.MUST for role in Role) and not self.follows
