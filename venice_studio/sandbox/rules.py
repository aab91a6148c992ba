"""Judges a request by the tables of its model: what it asks for, or every field that is wrong.

Both dialects use these rules; where they differ, `Terms` says how.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from venice_studio.sandbox import media_rules
from venice_studio.sandbox.facts import Model, Models
from venice_studio.sandbox.refusal import Problem, Refusal, invalid
from venice_studio.sandbox.triggers import Triggers

Body = Mapping[str, Any]

# What the live schema allows where a model's listing names no durations.
_ANY_DURATION = (*(f"{seconds}s" for seconds in range(1, 31)), "-1", "1 gen", "auto", "Auto")
_LONGEST_REFERENCE_S = 150
_FACTORS = (1, 2, 4)
_USUAL_FACTOR = 2

# The attestations that the live schema asks for, all or none.
_ATTESTED = dict.fromkeys(
    ("confirmed_terms_and_privacy", "confirmed_legal_right", "confirmed_screening_acknowledged"), True
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Where the dialects' rules differ."""

    seed: bool
    """Whether `seed` is a field of the queue request."""
    sound_by_default: bool
    """What leaving out `audio` means where it can be chosen."""
    media_fields: frozenset[str]
    """The media fields that exist; all others are unknown and passed over."""
    picture_decides_shape: bool
    """Whether a start frame's ratio wins over an `aspect_ratio` that was sent."""
    upscaling: bool
    """Whether the fields of upscaling and of reference videos exist."""
    lenient_quotes: bool
    """Whether a quote takes a bare number of seconds for its duration, and null for what is not wanted."""
    consents: bool
    """Whether `consents` is a field of the queue request."""
    closed_fields: bool
    """Whether retrieve and complete refuse unknown fields."""
    id_field: str
    triggers: Triggers
    """What words in a prompt provoke."""
    json_only: bool
    """Whether a body of another declared type is refused (415)."""
    blocks_after_failures: bool
    """Whether many failed requests block a key for a while."""
    download_urls: bool
    """Whether a private model's clip is fetched from an address of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be priced: exactly these inputs decide the price, of an upscaler the video besides.

    `factor` is how many times larger an upscaler makes it, `reference_s` how long all reference videos are, s.
    """

    model: Model
    duration: str
    resolution: str | None
    aspect_ratio: str | None
    sound: bool
    factor: int | None
    reference_s: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A queue request that passed; media are still addresses or data URIs."""

    wanted: Wanted
    prompt: str
    negative_prompt: str
    seed: int | None
    media: tuple[media_rules.MediaItem, ...]


def judge_quote(models: Models, terms: Terms, body: Body) -> tuple[Wanted, tuple[media_rules.MediaItem, ...]]:
    """What is to be priced, and the video that decides it; raises Refusal (400) naming each wrong field."""
    model = _model(models, body)
    problems: list[Problem] = []
    if terms.lenient_quotes:
        body = {
            name: _seconds(value) if name == "duration" else value for name, value in body.items() if value is not None
        }
    wanted = _wanted(model, terms, body, problems)
    media, media_problems = media_rules.judge_priced(model, body) if wanted.factor else ((), [])
    problems += media_problems
    if problems:
        raise invalid(problems)
    return wanted, media


def judge_queue(models: Models, terms: Terms, body: Body) -> Order:
    """Raises Refusal (400) naming each wrong field."""
    order, problems = read_queue(models, terms, body)
    if problems:
        raise invalid(problems)
    return order


def read_queue(models: Models, terms: Terms, body: Body) -> tuple[Order, list[Problem]]:
    """What a queue request asks for, and what is wrong with it; raises Refusal without a model to judge it by."""
    model = _model(models, body)
    problems: list[Problem] = []
    wanted = _wanted(model, terms, body, problems)
    prompt = _text(body, "prompt", model.prompt_limit, problems)
    if "prompt" not in body and not model.upscales:
        problems.append(Problem(field="prompt", message="Required"))
    elif prompt is not None and not prompt.strip() and not model.upscales:
        problems.append(Problem(field="prompt", message="Must not be empty"))
    negative = _text(body, "negative_prompt", model.prompt_limit, problems)
    seed = _optional(body, "seed", _is_integer, "Must be an integer", problems) if terms.seed else None
    if terms.consents:
        _optional(body, "consents", _is_consent, "Each attestation must be there and be true", problems)
    media, media_problems = media_rules.judge(model, terms.media_fields, body)
    problems += media_problems
    order = Order(wanted=wanted, prompt=prompt or "", negative_prompt=negative or "", seed=seed, media=media)
    return order, problems


def judge_reference(terms: Terms, body: Body, *, more: frozenset[str] = frozenset()) -> tuple[str, str]:
    """The model and the id of a retrieve or complete request; raises Refusal (400) naming each wrong field."""
    problems = [
        Problem(field=name, message="Required" if name not in body else "Must be a string")
        for name in ("model", terms.id_field)
        if not isinstance(body.get(name), str)
    ]
    flag = "delete_media_on_completion"
    if flag in more and not isinstance(body.get(flag, False), bool):
        problems.append(Problem(field=flag, message="Must be true or false"))
    if terms.closed_fields:
        unknown = sorted(set(body) - {"model", terms.id_field} - more)
        problems += [Problem(field=name, message="Unrecognized field") for name in unknown]
    if problems:
        raise invalid(problems)
    return body["model"], body[terms.id_field]


def _model(models: Models, body: Body) -> Model:
    name = body.get("model")
    if not isinstance(name, str):
        message = "Required" if "model" not in body else "Must be a string"
        raise invalid([Problem(field="model", message=message)])
    if name not in models:
        raise invalid([Problem(field="model", message=f"Unknown model {name[:100]!r}")])
    model = models[name]
    if model.offline:
        raise Refusal(503, f"{model.name} is offline at the moment. Please try again later.")
    return model


def _seconds(value: object) -> object:
    """The duration that a number of seconds stands for; anything else as it is."""
    number = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    return f"{number}s" if number.isdecimal() else value


def _wanted(model: Model, terms: Terms, body: Body, problems: list[Problem]) -> Wanted:
    if "duration" not in body and "video_url" not in model.inputs:  # else the video has one
        problems.append(Problem(field="duration", message="Required"))
    # Whatever is asked of an upscaler, its clip is as long as its video.
    duration = _choice(body, "duration", model.durations or _ANY_DURATION, [] if model.upscales else problems)
    # Some listings write "4K" where the request's schema has "4k".
    resolutions = (*model.resolutions, *(["4k"] if "4K" in model.resolutions else []))
    if model.upscales:
        resolutions = tuple(f"{factor}x" for factor in _FACTORS)
    resolution = _choice(body, "resolution", resolutions, problems, empty_refuses=True)
    aspect_ratio = _choice(body, "aspect_ratio", model.aspect_ratios, problems, empty_refuses=True)
    factor = _factor(model, resolution, body, problems) if terms.upscaling else None
    return Wanted(
        model=model,
        duration=duration or "5s",
        resolution=f"{factor}x" if factor else resolution or model.default_resolution,
        aspect_ratio=aspect_ratio,
        sound=_sound(model, terms, body, problems),
        factor=factor,
        reference_s=_reference_s(model, body, problems) if terms.upscaling else Decimal(0),
    )


def _factor(model: Model, resolution: str | None, body: Body, problems: list[Problem]) -> int | None:
    """How many times larger: as `upscale_factor` says it, else `resolution` ("2x"), else the usual."""
    factor = _optional(body, "upscale_factor", _is_factor, "Must be 1, 2 or 4", problems)
    if not model.upscales:
        if factor is not None:
            problems.append(Problem(field="upscale_factor", message="Only upscale models take it"))
        return None
    named = next((factor for factor in _FACTORS if resolution == f"{factor}x"), _USUAL_FACTOR)
    return int(factor) if factor is not None else named


def _reference_s(model: Model, body: Body, problems: list[Problem]) -> Decimal:
    name = "reference_video_total_duration"
    length = _optional(body, name, _is_length, f"Must be a number from 0 to {_LONGEST_REFERENCE_S}", problems)
    return Decimal(str(length or 0)) if "reference_video_urls" in model.inputs else Decimal(0)


def _sound(model: Model, terms: Terms, body: Body, problems: list[Problem]) -> bool:
    asked = _optional(body, "audio", lambda value: isinstance(value, bool), "Must be true or false", problems)
    if model.audio and not model.audio_configurable:
        if asked is False:
            problems.append(Problem(field="audio", message="This model always makes sound"))
        return True
    return model.audio and (terms.sound_by_default if asked is None else bool(asked))


def _choice(
    body: Body, name: str, choices: tuple[str, ...], problems: list[Problem], *, empty_refuses: bool = False
) -> str | None:
    if name not in body:
        return None
    value = body[name]
    if not choices and empty_refuses:
        problems.append(Problem(field=name, message="This model does not support it; leave it out"))
    elif not isinstance(value, str):
        problems.append(Problem(field=name, message="Must be a string"))
    elif choices and value not in choices:
        problems.append(Problem(field=name, message=f"Must be one of {', '.join(choices)}"))
    else:
        return str(value)
    return None


def _text(body: Body, name: str, limit: int, problems: list[Problem]) -> str | None:
    value = _optional(body, name, lambda value: isinstance(value, str), "Must be a string", problems)
    if value is not None and len(value) > limit:
        problems.append(Problem(field=name, message=f"Must be at most {limit} characters long"))
    return None if value is None else str(value)


def _is_consent(value: object) -> bool:
    given = value.get("seedance", _ATTESTED) if isinstance(value, dict) else None
    return isinstance(given, dict) and given.keys() == _ATTESTED.keys() and all(said is True for said in given.values())


def _is_length(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= _LONGEST_REFERENCE_S


def _is_factor(value: object) -> bool:
    return _is_integer(value) and value in _FACTORS


def _is_integer(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _optional(body: Body, name: str, fits: Callable[[object], bool], message: str, problems: list[Problem]) -> Any:
    if name not in body:
        return None
    if fits(body[name]):
        return body[name]
    problems.append(Problem(field=name, message=message))
    return None
