"""The one value object from which payload, price, replay and metadata of a clip derive."""

from dataclasses import dataclass
from decimal import Decimal

from venice_studio.domain.inputs import Role
from venice_studio.domain.media import Element, Keyframe, Medium, Picture, Sound, Video
from venice_studio.domain.quote import QuoteKey

SEED_MIN, SEED_MAX = 0, 2**31 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerationRequest:
    """What is asked for. None means: the field is not sent, the service decides."""

    model: str
    prompt: str = ""
    negative_prompt: str = ""
    duration: str | None = None
    resolution: str | None = None
    aspect_ratio: str | None = None
    sound: bool | None = None
    seed: int | None = None
    start_frame: Picture | None = None
    end_frame: Picture | None = None
    references: tuple[Picture, ...] = ()
    elements: tuple[Element, ...] = ()
    scenes: tuple[Picture, ...] = ()
    keyframes: tuple[Keyframe, ...] = ()
    source_video: Video | None = None
    reference_videos: tuple[Video, ...] = ()
    soundtrack: Sound | None = None
    reference_sounds: tuple[Sound, ...] = ()
    upscale_factor: int | None = None
    consents: tuple[str, ...] = ()
    """Policies that the user has agreed to, by the service's name of each, such as `seedance`. Live schema."""

    def given(self, role: Role) -> tuple[Medium | Element | Keyframe, ...]:
        """What is there in a role, in its order."""
        held = getattr(self, role.value)
        if held is None:
            return ()
        return held if isinstance(held, tuple) else (held,)

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """Every picture that is sent."""
        return tuple(medium for medium in self.media if isinstance(medium, Picture))

    @property
    def media(self) -> tuple[Medium, ...]:
        """Every file that is sent, role by role."""
        return tuple(medium for role in Role for medium in self.media_of(role))

    def media_of(self, role: Role) -> tuple[Medium, ...]:
        """The files that are sent in a role."""
        return tuple(medium for item in self.given(role) for medium in _files(item))

    @property
    def quote_key(self) -> QuoteKey:
        """The inputs that the price depends on."""
        length_ms = sum(video.duration_ms for video in self.reference_videos)
        return QuoteKey(
            model=self.model,
            duration=self.duration,
            resolution=self.resolution,
            aspect_ratio=self.aspect_ratio,
            sound=self.sound,
            upscale_factor=self.upscale_factor,
            # Of an upscaler the price depends on the video itself, which the service measures; of others it does not.
            source_video=self.source_video if self.upscale_factor else None,
            reference_video_s=Decimal(length_ms) / 1000 if length_ms else None,
        )


def _files(item: Medium | Element | Keyframe) -> tuple[Medium, ...]:
    match item:
        case Element():
            return item.pictures
        case Keyframe():
            return (item.picture,)
        case _:
            return (item,)
