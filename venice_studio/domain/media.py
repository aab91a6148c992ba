"""What goes along with a prompt: pictures, sounds and videos just as they are sent."""

from dataclasses import dataclass
from enum import StrEnum


class Fit(StrEnum):
    """What becomes of a picture that has another shape than the clip."""

    CROP = "crop"
    """Its middle, as much of it as has the clip's shape."""
    PAD = "pad"
    """The whole of it, with a blurred ground where it does not reach."""
    LEAVE = "leave"
    """As it is; the service does what it thinks best."""


class Remade(StrEnum):
    """Why a picture is not sent as it came."""

    KIND = "kind"
    """It is none of the kinds that the service reads."""
    MOVING = "moving"
    """It moves; its first frame is what is sent."""
    TURNED = "turned"
    """It lies on its side, and only a note in it says so."""
    PRINT = "print"
    """Its colours are a printer's."""
    DEEP_GREY = "deep grey"
    """It is grey in 16 bits, which many programs read as white."""
    LARGE = "large"
    """It is larger than the service takes it."""


def base64_length(size: int) -> int:
    """Characters of the base64 of `size` bytes: four for each three."""
    return (size + 2) // 3 * 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Medium:
    """A file just as it is sent; its bytes lie on the shelf under `sha256`."""

    sha256: str
    mime: str
    size: int
    """Bytes."""
    name: str
    """The file name the user knows it by."""

    @property
    def sent_size(self) -> int:
        """Bytes it takes in a request."""
        return base64_length(self.size)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture(Medium):
    """A picture, upright, as large as the service takes it."""

    width: int
    height: int
    as_is: bool
    """True: byte for byte the user's file; False: re-encoded for the service."""
    remade: Remade | None = None
    """Why it was re-encoded, as far as that was not the user's own wish."""
    located: bool = False
    """Whether its bytes tell where it was taken (EXIF or XMP)."""
    address: str | None = None
    """The web address it was fetched from."""
    link: bool = False
    """True: `address` is sent and the service fetches the picture itself."""
    fit: Fit | None = None
    """What the user wants to become of it where the clip has another shape; None: nobody chose. Of a fitted
    picture, what became of it."""
    fitted_to: str | None = None
    """The aspect ratio it was cropped or padded to; `original` is then the picture it was made from."""
    original: "Picture | None" = None

    @property
    def aspect(self) -> float:
        """Width over height."""
        return self.width / self.height

    @property
    def source(self) -> "Picture":
        """The picture as it came in, before it was fitted to a clip's shape."""
        return self.original or self

    @property
    def sent_size(self) -> int:
        """Bytes it takes in a request; as a link no more than its address."""
        return len(self.address or "") if self.link else base64_length(self.size)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound(Medium):
    """A piece of music or speech, WAV or MP3."""

    duration_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Video(Medium):
    """A video that another is made from, MP4, MOV or WebM."""

    duration_ms: int
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One character or thing that the clip is to show: `@Element1` in the prompt."""

    frontal: Picture | None = None
    references: tuple[Picture, ...] = ()
    """The same from other sides, three at most."""

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """All of its pictures, the frontal one first."""
        return (*((self.frontal,) if self.frontal else ()), *self.references)


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyframe:
    """A picture that the clip passes through."""

    picture: Picture
    frame_index: int
    """The frame of the clip, at 24 frames a second, from 0."""
