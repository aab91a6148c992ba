"""The one value object from which payload, price, replay and metadata of a clip derive."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from venice_studio.domain import choices
from venice_studio.domain.model import Dialect, Need, VideoModel
from venice_studio.domain.quote import QuoteKey

SEED_MIN, SEED_MAX = 0, 2**31 - 1
BODY_LIMIT = 20_000_000
"""Bytes of a request that the service surely takes; from here to 25 MB it may refuse. Live service."""


class Fit(StrEnum):
    """What becomes of a picture that has another shape than the clip."""

    CROP = "crop"
    """Its middle, as much of it as has the clip's shape."""
    PAD = "pad"
    """The whole of it, with a blurred ground where it does not reach."""
    LEAVE = "leave"
    """As it is; the service does what it thinks best."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture just as it is sent; its bytes lie on the picture shelf under `sha256`."""

    sha256: str
    mime: str
    width: int
    height: int
    size: int
    """Bytes."""
    name: str
    """The file name the user knows it by."""
    as_is: bool
    """True: byte for byte the user's file; False: re-encoded for the service."""
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
        """Bytes it takes in a request: base64 makes four of three."""
        return len(self.address or "") if self.link else (self.size + 2) // 3 * 4


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

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """Every picture that is sent."""
        return tuple(picture for picture in (self.start_frame, self.end_frame) if picture is not None)

    @property
    def quote_key(self) -> QuoteKey:
        """The inputs that the price depends on."""
        return QuoteKey(
            model=self.model,
            duration=self.duration,
            resolution=self.resolution,
            aspect_ratio=self.aspect_ratio,
            sound=self.sound,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A value the service would refuse: the wire field it belongs to, and what to do about it."""

    field: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A value that had to change so that a request fits a model; None stands for "not sent"."""

    field: str
    before: str | None
    after: str | None


def check(request: GenerationRequest, model: VideoModel, dialect: Dialect | None = None) -> tuple[Fault, ...]:
    """Everything the service would refuse, as far as its listing tells; empty: send it.

    An unknown `dialect` (None) is judged like the live one where the two differ (seeds).
    """
    return tuple(_faults(request, model, dialect))


def _faults(request: GenerationRequest, model: VideoModel, dialect: Dialect | None) -> Iterator[Fault]:
    if model.offline:
        yield Fault(field="model", message=f"{model.name} is offline just now. Choose another model.")
    if not request.prompt.strip():
        yield Fault(field="prompt", message="Say what should happen in the clip.")
    for name, text in (("prompt", request.prompt), ("negative_prompt", request.negative_prompt)):
        if (over := len(text) - model.prompt_limit) > 0:
            yield Fault(field=name, message=f"{over} characters too long for {model.name}.")
    yield from _listed("duration", request.duration, model.durations, model)
    yield from _listed("resolution", request.resolution, model.resolutions, model)
    yield from _listed("aspect_ratio", request.aspect_ratio, model.aspect_ratios, model)
    if request.sound is not None and not model.sound_configurable:
        yield Fault(field="audio", message=f"{model.name} has no switch for sound.")
    if request.seed is not None and (dialect is not Dialect.REFERENCE or not SEED_MIN <= request.seed <= SEED_MAX):
        limits = f"A seed is a whole number from {SEED_MIN} to {SEED_MAX}."
        yield Fault(field="seed", message=limits if dialect is Dialect.REFERENCE else "This service takes no seed.")
    if request.start_frame is None and model.start_frame is Need.MUST:
        yield Fault(field="image_url", message=f"{model.name} needs a picture to start from.")
    if request.start_frame is not None and model.start_frame is Need.NEVER:
        yield Fault(field="image_url", message=f"{model.name} takes no picture. Remove it or choose another model.")
    if request.end_frame is not None and not model.end_frame:
        yield Fault(field="end_image_url", message=f"{model.name} takes no end frame.")
    if request.end_frame is None and model.needs_end_frame:
        yield Fault(field="end_image_url", message=f"{model.name} needs a picture to end with, too.")
    yield from _too_large(request)


def _too_large(request: GenerationRequest) -> Iterator[Fault]:
    words = len(request.prompt) + len(request.negative_prompt)  # JSON may take six bytes for each character
    over = sum(picture.sent_size for picture in request.pictures) + 6 * words - BODY_LIMIT
    if over > 0 and request.pictures:
        which = "The pictures together are" if len(request.pictures) > 1 else "The picture is"
        remedy = "Remove one or make one smaller." if len(request.pictures) > 1 else "Make it smaller."
        megabytes = max(0.1, over * 3 / 4 / 1_000_000)  # as files; base64 makes four bytes of three
        message = f"{which} {megabytes:.1f} MB too large for one request. {remedy}"
        yield Fault(field="image_url" if request.start_frame else "end_image_url", message=message)


def _listed(field: str, value: str | None, offered: tuple[str, ...], model: VideoModel) -> Iterator[Fault]:
    if offered and value is None and field == "duration":
        yield Fault(field=field, message="Choose a duration.")
    elif value is not None and value not in offered:
        name = field.replace("_", " ")
        message = f"{model.name} has {', '.join(offered)}." if offered else f"{model.name} has no choice of {name}."
        yield Fault(field=field, message=message)


def fit_to(
    request: GenerationRequest, model: VideoModel, dialect: Dialect | None = None
) -> tuple[GenerationRequest, tuple[Change, ...]]:
    """The request made to fit `model`, nearest values first, and what had to change.

    Prompt and pictures are never dropped: `check` says it where they do not fit. Values that the draft left open
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
        end_frame=request.end_frame,
    )
    names = (
        ("duration", "duration"),
        ("resolution", "resolution"),
        ("aspect_ratio", "aspect_ratio"),
        ("sound", "audio"),
    )
    changes = tuple(
        Change(field=wire, before=_text(before), after=_text(after))
        for name, wire in names
        if (before := getattr(request, name)) != (after := getattr(fitted, name)) and before is not None
    )
    return fitted, changes


def _text(value: str | bool | None) -> str | None:
    if isinstance(value, bool):
        return "on" if value else "off"
    return value
