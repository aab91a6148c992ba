"""JSON to domain: the models, from the service's listing or from the built-in facts."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from venice_studio.domain.inputs import UPSCALE_FACTORS, Need, Role
from venice_studio.domain.model import DEFAULT_PROMPT_LIMIT, VideoModel
from venice_studio.venice.makers import maker_of
from venice_studio.venice.wire import values
from venice_studio.venice.wire.calls import Call
from venice_studio.venice.wire.errors import garbled

_NO_FACTS: Mapping[str, VideoModel] = {}

# An id may have a suffix of its own, such as "-basic" or "-private". Live service.
_FROM_ONE_TO_ANOTHER = re.compile(r".*-(transition|first-last-frame-to-video)(-.*)?")

_TELLING = ("text-to-video", "image-to-video")
_ASKED_FOR = ("5s",)
"""The duration for a model that lists none: every request has to name one. Live schema."""
_AS_LONG = ("Auto",)
"""The duration for an upscaler that lists none: its clip is as long as the video. Live schema."""

# How many of a role a model takes where that is fewer than the schema has, by the pattern of its id. Live service.
_MOST: tuple[tuple[re.Pattern[str], tuple[tuple[Role, int], ...]], ...] = (
    (re.compile(r"(kling|grok)-.*"), ((Role.REFERENCES, 7),)),
    (re.compile(r"seedance-2[.-]5-.*"), ()),
    (
        re.compile(r"seedance-.*"),
        ((Role.REFERENCES, 9), (Role.REFERENCE_VIDEOS, 3), (Role.REFERENCE_SOUNDS, 3)),
    ),
    (
        re.compile(r"wan-3[.-]0-.*"),
        ((Role.REFERENCES, 10), (Role.REFERENCE_VIDEOS, 5), (Role.REFERENCE_SOUNDS, 5)),
    ),
)
_NEEDS_3_S_OF_SOUND = re.compile(r"wan-2[.-][567]-.*")

# Which inputs a model takes, by the pattern of its id; the first that fits. The listing itself does not say it.
_INPUTS: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = tuple(
    (re.compile(pattern), frozenset(inputs.split()))
    for pattern, inputs in (
        (r".*-text-to-video(-.*)?", ""),
        (r"(kling-(2[.-][56]|o3|v3)|seedance|wan-3[.-]0)-.*image-to-video(-.*)?", "image_url end_image_url"),
        (r".*-image-to-video(-.*)?", "image_url"),
        (_FROM_ONE_TO_ANOTHER.pattern, "image_url end_image_url"),
        (
            r"kling-(o3|v3-4k)-.*reference-to-video(-.*)?",
            "reference_image_urls elements scene_image_urls end_image_url",
        ),
        (
            r"(seedance-2|wan-3)[.-].*reference-to-video(-.*)?",
            "reference_image_urls reference_video_urls reference_audio_urls",
        ),
        (r".*-reference-to-video(-.*)?", "reference_image_urls"),
        (r".*-(video-to-video|motion-control|video-upscale)(-.*)?", "video_url"),
        (r".*-keyframes?(-to-video)?(-.*)?", "keyframes"),
    )
)


def read_listing(data: object, known: Mapping[str, VideoModel] = _NO_FACTS) -> tuple[VideoModel, ...]:
    """The models of a listing (`GET /models?type=video`), in its order, each id once.

    What an entry leaves out comes from the facts in `known`, by id. Entries without an id or of another type than
    video are passed over; an answer that is no listing raises `Trouble` (GARBLED).
    """
    entries = values.mapping(data).get("data") if isinstance(data, dict) else data
    if not isinstance(entries, list):
        raise garbled(Call.MODELS, "The service's answer is no list of models.")
    models: dict[str, VideoModel] = {}
    for entry in map(values.mapping, entries):
        model_id = values.identifier(entry.get("id"))
        if model_id and model_id not in models and entry.get("type", "video") == "video":
            spec = values.mapping(entry.get("model_spec"))
            constraints = values.mapping(spec.get("constraints"))
            facts = {**constraints, **spec, "owned_by": entry.get("owned_by")}
            models[model_id] = read_model(model_id, facts, known.get(model_id))
    return tuple(models.values())


def read_model(model_id: str, facts: Mapping[str, object], known: VideoModel | None = None) -> VideoModel:
    """One model from its facts, whose names are those of the listing's `model_spec` and `constraints` (live schema);
    `owned_by` is the entry's own."""
    fallback = known or VideoModel(id=model_id, name=model_id)
    model_type = _type_of(model_id, values.identifier(facts.get("model_type")) or fallback.model_type)

    def choices(name: str, otherwise: tuple[str, ...]) -> tuple[str, ...]:
        # What the service lists counts, however odd: where it is no list of words, there is nothing to choose.
        return values.texts(facts[name]) or () if name in facts else otherwise

    def switch(otherwise: bool, *names: str) -> bool:
        said = [value for name in names if (value := values.flag(facts.get(name))) is not None]
        return any(said) if said else otherwise

    said_inputs = values.texts(facts.get("inputs"))
    inputs = frozenset(said_inputs) if said_inputs is not None else known.inputs if known else None
    if inputs is None:
        inputs = frozenset(_inputs(model_id, model_type, facts))
    privacy = facts.get("privacy")
    limit = values.whole(facts.get("prompt_character_limit"))
    deprecation = values.mapping(facts.get("deprecation"))
    model = VideoModel(
        id=model_id,
        name=values.text(facts.get("name")) or fallback.name,
        model_type=model_type,
        durations=choices("durations", fallback.durations),
        resolutions=choices("resolutions", fallback.resolutions),
        aspect_ratios=choices("aspect_ratios", fallback.aspect_ratios),
        sound=switch(fallback.sound, "audio"),
        sound_configurable=switch(fallback.sound_configurable, "audio_configurable"),
        start_frame=_start_frame(model_type, inputs),
        end_frame="end_image_url" in inputs,
        needs_end_frame={"image_url", "end_image_url"} <= inputs
        and _FROM_ONE_TO_ANOTHER.fullmatch(model_id) is not None,
        inputs=inputs,
        most=next((most for pattern, most in _MOST if pattern.fullmatch(model_id)), ()),
        least_sound_s=3 if _NEEDS_3_S_OF_SOUND.fullmatch(model_id) else None,
        upscale_factors=UPSCALE_FACTORS if _upscales(model_id, inputs) else (),
        prompt_limit=limit or (known.prompt_limit if known else DEFAULT_PROMPT_LIMIT),
        private=privacy == "private" if isinstance(privacy, str) else fallback.private,
        offline=switch(False, "offline"),
        beta=switch(fallback.beta, "beta", "betaModel"),
        uncensored=switch(fallback.uncensored, "uncensored"),
        replacement=_another(model_id, deprecation.get("replacementModelId")) or fallback.replacement,
        goes_away_on=_day(deprecation, "removesAt", "date") or fallback.goes_away_on,
        warned_from=_day(deprecation, "startsAt") or fallback.warned_from,
        regions=values.texts(facts.get("regionRestrictions")) or fallback.regions,
        maker=maker_of(model_id, values.text(facts.get("owned_by"))),
        description=values.text(facts.get("description")) or fallback.description,
    )
    if model.upscale_factors:
        # It lists its factors as resolutions ("2x"), but a request names them in a field of their own.
        model = replace(model, resolutions=(), durations=model.durations or _AS_LONG)
    return model if model.durations else replace(model, durations=_ASKED_FOR)


def _another(model_id: str, said: object) -> str | None:
    named = values.identifier(said)
    return None if named == model_id else named


def _day(deprecation: Mapping[str, object], *names: str) -> date | None:
    """The day (UTC) of the first of `names` that is a moment such as `2026-12-01T00:00:00.000Z`."""
    for name in names:
        said = values.identifier(deprecation.get(name))
        try:
            moment = datetime.fromisoformat(said) if said else None
            if moment is not None:
                return (moment.astimezone(UTC) if moment.tzinfo else moment).date()
        except (ValueError, OverflowError):
            continue
    return None


def _upscales(model_id: str, inputs: frozenset[str]) -> bool:
    return "upscale" in model_id and "video_url" in inputs


def _type_of(model_id: str, listed: str) -> str:
    """The listed type where it is one that is known, else what the id says."""
    if listed in (*_TELLING, "video"):
        return listed
    return next((name for name in _TELLING if f"-{name}-" in f"{model_id}-"), listed)


def _start_frame(model_type: str, inputs: frozenset[str]) -> Need:
    if "image_url" not in inputs:
        return Need.NEVER
    # The reference page's "Text/Image-to-Video" models are text models that take a picture too.
    return Need.MAY if model_type == "text-to-video" else Need.MUST


def _inputs(model_id: str, model_type: str, facts: Mapping[str, object]) -> Iterator[str]:
    by_type = {"image-to-video": frozenset({"image_url"}), "video": frozenset({"video_url"})}
    # What works on a video is listed as "image-to-video", too.
    by_listing = by_type["video"] if facts.get("video_input") is True else by_type.get(model_type, frozenset())
    by_id = next((inputs for pattern, inputs in _INPUTS if pattern.fullmatch(model_id)), None)
    inputs = by_listing if by_id is None else by_id
    yield from inputs
    if facts.get("audio_input") is True:
        yield "audio_url"
    if facts.get("per_reference_audio") is True and "reference_image_urls" in inputs:
        yield "reference_audio_urls"
