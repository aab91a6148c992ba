"""What the form says, as plain functions: labels, summaries and reasons."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from urllib.parse import urlsplit

from venice_studio.domain import choices
from venice_studio.domain.checks import Fault
from venice_studio.domain.fitting import Change
from venice_studio.domain.inputs import RULES, Role
from venice_studio.domain.media import Fit, Picture, Remade
from venice_studio.domain.model import VideoModel
from venice_studio.domain.quote import Balance, Quote, money
from venice_studio.domain.request import GenerationRequest

_RATIOS = ("16:9", "9:16", "1:1", "4:3", "3:4", "3:2", "2:3", "21:9", "9:21", "5:4", "4:5")
ROLES = {rule.wire: role for role, rule in RULES.items()}
"""Which input a wire field belongs to."""
_NEAR = 0.015
"""How far a picture may be from a ratio that people have a name for, as a share."""


def duration(value: str) -> str:
    """`5s` as people write it: `5 s`."""
    length = choices.seconds(value)
    if length is None:
        return "auto" if value in ("-1", "Auto", "auto") else value
    return f"{length.normalize():f} s"


def durations(values: Sequence[str]) -> list[str]:
    """Durations side by side: those that would read the same are told apart by what the listing calls them."""
    labels = [duration(value) for value in values]
    return [label if labels.count(label) == 1 else value for value, label in zip(values, labels, strict=True)]


def resolution(value: str) -> str:
    """A resolution as people write it."""
    return f"{value.removeprefix('true_')} (true)" if value.startswith("true_") else value


def resolutions(values: Sequence[str]) -> list[str]:
    """Resolutions side by side."""
    return [resolution(value) for value in values]


def ascending(resolutions: Sequence[str]) -> tuple[str, ...]:
    """Resolutions from small to large: listings have them in any order."""
    return tuple(sorted(resolutions, key=lambda value: choices.lines(value) or 0))


def shape(picture: Picture) -> str:
    """The ratio of a picture, by its usual name where it has one: `16:9`, else `1.85:1`."""
    for name in _RATIOS:
        if (known := choices.ratio(name)) and abs(picture.aspect / known - 1) < _NEAR:
            return name
    return f"{picture.aspect:.2f}:1" if picture.aspect >= 1 else f"1:{1 / picture.aspect:.2f}"


def other_shape(picture: Picture | None, aspect_ratio: str | None) -> str:
    """Says that a picture is not of the shape asked for; empty where it is, or where nobody knows."""
    asked = choices.ratio(aspect_ratio) if aspect_ratio else None
    if picture is None or asked is None or abs(picture.aspect / asked - 1) < 2 * _NEAR:
        return ""
    return f"your picture is {shape(picture)}"


def file_size(size: int) -> str:
    """Bytes as people read them: `2.1 MB`."""
    if size < 1000:
        return f"{size} bytes"
    return f"{size / 1000:.0f} kB" if size < 999_500 else f"{size / 1_000_000:.1f} MB"


def what_is_sent(picture: Picture) -> str:
    """How much of a picture is sent, and whether it is the user's own file."""
    if picture.link:
        return "sent as a link"
    if picture.fitted_to:
        return f"{file_size(picture.size)}, {made(picture.fit)} to {picture.fitted_to}"
    return f"{file_size(picture.size)}, {'sent as it is' if picture.as_is else 're-encoded for Venice'}"


def made(fit: Fit | None) -> str:
    """How a picture was brought to the clip's shape."""
    return "padded" if fit is Fit.PAD else "cropped"


_REMADE = {
    Remade.KIND: "",
    Remade.MOVING: "It moves. Its first frame is sent.",
    Remade.TURNED: "It is turned upright before it is sent.",
    Remade.PRINT: "Its colours are a printer's. They are sent as a screen's.",
    Remade.DEEP_GREY: "It is grey in 16 bits. It is sent in 8, so that nobody takes it for white.",
    Remade.LARGE: "It is made smaller before it is sent.",
}


def why_remade(picture: Picture) -> str:
    """Why a picture is not sent as it is; empty where it is, as a link too, and where its kind says it."""
    return "" if picture.link or picture.source.remade is None else _REMADE[picture.source.remade]


def origin(picture: Picture) -> str:
    """Where a picture came from, and whether it goes out as its address; empty for one of this computer."""
    if picture.address is None:
        return ""
    parts = urlsplit(picture.address)
    host = parts.hostname or picture.address
    if picture.link:
        return f"Sent as a link: {host}/{'…' if parts.path.strip('/') else ''} Venice fetches it itself."
    return f"From {host}."


def shapes_apart(picture: Picture, aspect_ratio: str) -> str:
    """That a picture has another shape than the clip."""
    return f"Your picture is {shape(picture.source)}, the clip {aspect_ratio}."


def summary(request: GenerationRequest, model: VideoModel | None, takes: int) -> str:
    """What is about to be bought: `5 s · 720p · 16:9 · sound on · 2 takes`, or `2 × as large` of an upscaler."""
    sound = {True: "sound on", False: "sound off", None: "with sound" if model and model.sound else ""}[request.sound]
    factor = request.upscale_factor
    larger = "" if factor is None else "as large, but better" if factor == 1 else f"{factor} × as large"
    parts = (
        # An upscaler's clip is as long as the video: there is nothing to choose, and nothing to say.
        duration(request.duration) if request.duration and not larger else larger,
        resolution(request.resolution) if request.resolution else "",
        request.aspect_ratio or "",
        sound,
        f"{takes} takes" if takes > 1 else "",
    )
    return " · ".join(part for part in parts if part)


def change(what: Change, before: VideoModel | None = None, after: VideoModel | None = None) -> str:
    """A value that followed a change of model: `10 s → 8 s`. The models say what stands in the place of no value."""
    return f"{_value(what.field, what.before, before)} → {_value(what.field, what.after, after)}"


def _value(field: str, value: str | None, model: VideoModel | None) -> str:
    if value is None:
        return _without_value(field, model)
    match field:
        case "duration":
            return duration(value)
        case "resolution":
            return resolution(value)
        case "audio":
            return f"sound {value}"
        case "upscale_factor":
            return f"{value} as large"
        case _:
            return value


def _without_value(field: str, model: VideoModel | None) -> str:
    """Who or what decides where a value is not sent."""
    from_video = model is not None and model.takes(Role.SOURCE_VIDEO)
    match field:
        case "audio":
            return "no switch for sound"
        case "upscale_factor":
            return "not made larger"
        case "aspect_ratio" | "duration" if from_video:
            return "the video's shape" if field == "aspect_ratio" else "the video's length"
        case "resolution" if model is not None and model.upscale_factors:
            return "the video's size"
        case "aspect_ratio" if model is not None and model.takes(Role.START_FRAME):
            return "the picture's shape"
        case _:
            return "the model's choice"


def age(at: datetime, now: datetime) -> str:
    """How long ago a price was heard."""
    minutes = int((now - at).total_seconds() // 60)
    if minutes < 1:
        return "just now"
    return f"{minutes} min ago" if minutes < 60 else f"{minutes // 60} h ago"


def remaining(balance: Balance | None, total: Quote) -> Decimal | None:
    """What the account holds after `total`; None where it does not pay in the currency of the price."""
    if balance is None or (balance.currency or total.currency) != total.currency:
        return None
    held = {"USD": balance.usd, "DIEM": balance.diem}.get(total.currency)
    return None if held is None else held - total.amount


def remaining_line(left: Decimal | None, currency: str = "USD") -> str:
    """What is left after the press; empty where nobody knows."""
    if left is None:
        return ""
    return f"leaves {money(left, currency)}" if left >= 0 else f"{money(-left, currency)} more than you have"


def difference(amount: Decimal, currency: str) -> tuple[str, str]:
    """How much more something costs: in short, and as the end of a sentence."""
    if not amount:
        return "same", "the same price"
    sum_ = money(abs(amount), currency)
    return (f"+{sum_}", f"{sum_} more") if amount > 0 else (f"−{sum_}", f"{sum_} less")


def missing(fault: Fault, request: GenerationRequest) -> bool:
    """Whether a fault is only something not filled in yet, which is no reason to scold."""
    match fault.field:
        case "prompt":
            return not request.prompt.strip()
        case field if field in ROLES:
            return not request.given(ROLES[field])
        case _:
            return False


def short_reason(fault: Fault, request: GenerationRequest) -> str:
    """Why Generate is off, in a few words for the button itself."""
    if missing(fault, request):
        if fault.field not in ROLES:
            return "write a prompt first"
        what = "picture" if ROLES[fault.field] is Role.START_FRAME else RULES[ROLES[fault.field]].one
        return f"needs {'an' if what[0] == 'e' else 'a'} {what}"
    if fault.field in ROLES:
        rule = RULES[ROLES[fault.field]]
        return f"see {rule.one if rule.single else rule.many}"
    return f"see {'sound' if fault.field == 'audio' else fault.field.replace('_', ' ')}"


def clips(takes: int) -> str:
    """`clip`, or `2 clips`."""
    return "clip" if takes == 1 else f"{takes} clips"
