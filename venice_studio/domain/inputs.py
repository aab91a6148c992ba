"""What may go along with a prompt, by role: one table from which slots, checks and the request's fields are made."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Need(StrEnum):
    """Whether a model takes an input."""

    NEVER = "never"
    MAY = "may"
    MUST = "must"


class Role(StrEnum):
    """What an input is to the clip; the value is the field of `GenerationRequest` that holds it."""

    START_FRAME = "start_frame"
    END_FRAME = "end_frame"
    REFERENCES = "references"
    ELEMENTS = "elements"
    SCENES = "scenes"
    KEYFRAMES = "keyframes"
    SOURCE_VIDEO = "source_video"
    REFERENCE_VIDEOS = "reference_videos"
    SOUNDTRACK = "soundtrack"
    REFERENCE_SOUNDS = "reference_sounds"


class Material(StrEnum):
    """What kind of file an input is."""

    PICTURE = "picture"
    SOUND = "sound"
    VIDEO = "video"


@dataclass(frozen=True, slots=True, kw_only=True)
class InputRule:
    """What holds for one role, whatever the model. Counts, seconds and bytes: live schema."""

    wire: str
    """Its field in the request to the service."""
    material: Material
    one: str
    """What one of it is called, in the middle of a sentence."""
    many: str
    most: int = 1
    """How many at most; a model may take fewer."""
    least_s: float | None = None
    longest_s: float | None = None
    """Seconds of one file."""
    together_s: float | None = None
    """Seconds of all files of this role."""
    largest: int | None = None
    """Bytes of one file."""
    mimes: tuple[str, ...] = ()
    """What kinds of file are taken where those are not all of its material."""
    mention: str | None = None
    """How the prompt speaks of one of them, before its number: `@Element`."""

    @property
    def single(self) -> bool:
        """Whether there is one of it at most."""
        return self.most == 1


RULES: Mapping[Role, InputRule] = {
    Role.START_FRAME: InputRule(wire="image_url", material=Material.PICTURE, one="start frame", many="start frames"),
    Role.END_FRAME: InputRule(wire="end_image_url", material=Material.PICTURE, one="end frame", many="end frames"),
    Role.REFERENCES: InputRule(
        wire="reference_image_urls",
        material=Material.PICTURE,
        one="reference picture",
        many="reference pictures",
        most=30,
    ),
    Role.ELEMENTS: InputRule(
        wire="elements", material=Material.PICTURE, one="element", many="elements", most=4, mention="@Element"
    ),
    Role.SCENES: InputRule(
        wire="scene_image_urls",
        material=Material.PICTURE,
        one="scene picture",
        many="scene pictures",
        most=4,
        mention="@Image",
    ),
    Role.KEYFRAMES: InputRule(wire="keyframes", material=Material.PICTURE, one="keyframe", many="keyframes", most=10),
    Role.SOURCE_VIDEO: InputRule(
        wire="video_url", material=Material.VIDEO, one="source video", many="source videos", longest_s=300
    ),
    Role.REFERENCE_VIDEOS: InputRule(
        wire="reference_video_urls",
        material=Material.VIDEO,
        one="reference video",
        many="reference videos",
        most=10,
        least_s=2,
        longest_s=15,
        together_s=15,
        largest=50_000_000,
        mimes=("video/mp4", "video/quicktime"),
    ),
    Role.SOUNDTRACK: InputRule(
        wire="audio_url",
        material=Material.SOUND,
        one="sound file",
        many="sound files",
        longest_s=30,
        largest=15_000_000,
    ),
    Role.REFERENCE_SOUNDS: InputRule(
        wire="reference_audio_urls",
        material=Material.SOUND,
        one="reference sound",
        many="reference sounds",
        most=10,
        least_s=2,
        longest_s=15,
        together_s=15,
        largest=15_000_000,
    ),
}
"""In the order in which a form shows them."""

TO_FOLLOW = (Role.REFERENCES, Role.ELEMENTS, Role.SCENES, Role.KEYFRAMES, Role.REFERENCE_VIDEOS)
"""Roles of which a model that takes any, and no start frame, needs at least one."""

ELEMENT_REFERENCES = 3
"""Pictures an element has beside its frontal one, at most. Live schema."""

PICTURES_WITH_ELEMENTS = 7
"""Pictures in all that a model takes which takes elements. Live service."""

FRAMES_PER_S = 24
"""What keyframes are counted in. Live schema."""

UPSCALE_FACTORS = (1, 2, 4)
"""1 makes the video better without making it larger. Live schema."""

UPSCALE_PROMPT = "Upscale this video."
"""What an upscaler is asked for where the user writes nothing: every request has to have a prompt. Live schema."""
