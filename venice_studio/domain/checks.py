"""What the service would refuse of a request, as far as its listing tells, before anything is sent."""

from collections.abc import Iterator
from dataclasses import dataclass

from venice_studio.domain.inputs import ELEMENT_REFERENCES, PICTURES_WITH_ELEMENTS, RULES, Need, Role
from venice_studio.domain.keyframing import last_frame
from venice_studio.domain.media import Picture, Sound, Video
from venice_studio.domain.model import Dialect, VideoModel
from venice_studio.domain.request import SEED_MAX, SEED_MIN, GenerationRequest

BODY_LIMIT = 20_000_000
"""Bytes of a request that the service surely takes; from here to 25 MB it may refuse. Live service."""
BODY_LIMIT_WITH_VIDEO = 35_000_000
"""The same with a video in it, of everything together. Live service."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A value the service would refuse: the wire field it belongs to, and what to do about it."""

    field: str
    message: str


def check(request: GenerationRequest, model: VideoModel, dialect: Dialect | None = None) -> tuple[Fault, ...]:
    """Everything the service would refuse, as far as its listing tells; empty: send it.

    An unknown `dialect` (None) is judged like the live one where the two differ (seeds).
    """
    return tuple(_faults(request, model, dialect))


def _faults(request: GenerationRequest, model: VideoModel, dialect: Dialect | None) -> Iterator[Fault]:
    if model.offline:
        yield Fault(field="model", message=f"{model.name} is offline just now. Choose another model.")
    if not request.prompt.strip() and not model.upscale_factors:
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
    if request.upscale_factor is not None and request.upscale_factor not in model.upscale_factors:
        yield Fault(field="upscale_factor", message=f"{model.name} does not enlarge a video that much.")
    for role in Role:
        yield from _inputs(request, model, role)
    yield from _together(request, model)
    yield from _too_large(request)


_MISSING = {
    Role.START_FRAME: "needs a picture to start from",
    Role.END_FRAME: "needs a picture to end with, too",
    Role.SOURCE_VIDEO: "needs a video to work on",
}


def _inputs(request: GenerationRequest, model: VideoModel, role: Role) -> Iterator[Fault]:
    rule, given, most = RULES[role], request.given(role), model.count(role)

    def fault(message: str) -> Fault:
        return Fault(field=rule.wire, message=message)

    if not given:
        if model.need(role) is Need.MUST:
            yield fault(f"{model.name} {_MISSING[role]}.")
        return
    if not most:
        what = rule.one if rule.single else rule.many
        yield fault(
            f"{model.name} takes no {what}. Remove {'it' if len(given) == 1 else 'them'} or choose another model."
        )
        return
    if len(given) > most:
        yield fault(f"{model.name} takes {most} {rule.one if most == 1 else rule.many}. Remove {len(given) - most}.")
    timed = [medium for medium in given if isinstance(medium, Sound | Video)]
    least_s = model.least_sound_s if role is Role.SOUNDTRACK else rule.least_s
    for medium in timed:
        length_s = medium.duration_ms / 1000
        if least_s is not None and length_s < least_s:
            yield fault(f"{medium.name} has {length_s:.1f} s. {model.name} takes {least_s:g} s and more.")
        if rule.longest_s is not None and length_s > rule.longest_s:
            yield fault(f"{medium.name} has {length_s:.1f} s. {model.name} takes {rule.longest_s:g} s at most.")
        if rule.largest is not None and medium.size > rule.largest:
            megabytes = rule.largest // 1_000_000
            yield fault(f"{medium.name} has {medium.size / 1_000_000:.1f} MB. {megabytes} MB are taken at most.")
        if rule.mimes and medium.mime not in rule.mimes:
            kinds = " and ".join(_KINDS[mime] for mime in rule.mimes)
            yield fault(f"{medium.name} cannot be a {rule.one}. Only {kinds} can.")
    total_s = sum(medium.duration_ms for medium in timed) / 1000
    if rule.together_s is not None and len(timed) > 1 and total_s > rule.together_s:
        yield fault(f"The {rule.many} have {total_s:.1f} s together. {rule.together_s:g} s are taken at most.")


_KINDS = {"video/mp4": "MP4", "video/quicktime": "MOV"}


def _together(request: GenerationRequest, model: VideoModel) -> Iterator[Fault]:
    """What one input means for another."""
    follows = model.follows
    if follows and not any(request.given(role) for role in follows):
        first = RULES[follows[0]]
        yield Fault(field=first.wire, message=f"{model.name} needs at least one {first.one} to follow.")
    if request.reference_sounds and not request.references and not request.reference_videos:
        message = "A reference sound needs a reference picture or video beside it."
        yield Fault(field=RULES[Role.REFERENCE_SOUNDS].wire, message=message)
    if model.takes(Role.ELEMENTS) and (over := len(request.pictures) - PICTURES_WITH_ELEMENTS) > 0:
        message = f"{model.name} takes {PICTURES_WITH_ELEMENTS} pictures in all. Remove {over}."
        yield Fault(field=RULES[_last_with_pictures(request)].wire, message=message)
    for number, element in enumerate(request.elements, 1):
        if element.frontal is None:
            message = f"Element {number} needs a picture from the front."
            yield Fault(field=RULES[Role.ELEMENTS].wire, message=message)
        if (over := len(element.references) - ELEMENT_REFERENCES) > 0:
            message = f"Element {number} takes {ELEMENT_REFERENCES} more pictures. Remove {over}."
            yield Fault(field=RULES[Role.ELEMENTS].wire, message=message)
    yield from _keyframes(request)


def _last_with_pictures(request: GenerationRequest) -> Role:
    return next(role for role in reversed(Role) if any(isinstance(m, Picture) for m in request.media_of(role)))


def _keyframes(request: GenerationRequest) -> Iterator[Fault]:
    wire = RULES[Role.KEYFRAMES].wire
    indexes = [keyframe.frame_index for keyframe in request.keyframes]
    if len(set(indexes)) < len(indexes):
        yield Fault(field=wire, message="Two keyframes are at the same frame. Move one.")
    last = last_frame(request.duration)
    if last is not None and any(index > last for index in indexes):
        yield Fault(field=wire, message=f"The clip ends at frame {last}. Move the keyframes behind it.")


def _too_large(request: GenerationRequest) -> Iterator[Fault]:
    heaviest = [medium for medium in request.media if not isinstance(medium, Video)]
    over = words_size(request) + sum(medium.sent_size for medium in heaviest) - BODY_LIMIT
    with_video, most = sent_size(request)
    if with_video > most and most == BODY_LIMIT_WITH_VIDEO:
        role = next(role for role in Role if any(isinstance(medium, Video) for medium in request.media_of(role)))
        megabytes = max(0.1, (with_video - most) * 3 / 4 / 1_000_000)
        message = f"This is {megabytes:.1f} MB too large for one request. Shorten the video or make it smaller."
        yield Fault(field=RULES[role].wire, message=message)
    if over > 0 and heaviest:
        several = len(heaviest) > 1
        which = "The files together are" if any(isinstance(m, Sound) for m in heaviest) else "The pictures together are"
        remedy = "Remove one or make one smaller." if several else "Make it smaller."
        megabytes = max(0.1, over * 3 / 4 / 1_000_000)  # as files; base64 makes four bytes of three
        message = f"{which if several else 'The picture is'} {megabytes:.1f} MB too large for one request. {remedy}"
        first = next(role for role in Role if any(medium in heaviest for medium in request.media_of(role)))
        yield Fault(field=RULES[first].wire, message=message)


def sent_size(request: GenerationRequest) -> tuple[int, int]:
    """Bytes of a request, and how many the service surely takes of one like it: of two limits the nearer one, that of
    everything together or that of everything but the videos."""
    words = words_size(request)
    still = words + sum(medium.sent_size for medium in request.media if not isinstance(medium, Video))
    whole = words + sum(medium.sent_size for medium in request.media)
    if whole == still or still * BODY_LIMIT_WITH_VIDEO > whole * BODY_LIMIT:
        return still, BODY_LIMIT
    return whole, BODY_LIMIT_WITH_VIDEO


def words_size(request: GenerationRequest) -> int:
    """Bytes that the words of a request may take: JSON has up to six for each character."""
    return 6 * (len(request.prompt) + len(request.negative_prompt))


def _listed(field: str, value: str | None, offered: tuple[str, ...], model: VideoModel) -> Iterator[Fault]:
    if offered and value is None and field == "duration":
        yield Fault(field=field, message="Choose a duration.")
    elif value is not None and value not in offered:
        name = field.replace("_", " ")
        message = f"{model.name} has {', '.join(offered)}." if offered else f"{model.name} has no choice of {name}."
        yield Fault(field=field, message=message)
