"""What a request brings along, read and checked: its bytes, its shape, its length."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PIL import Image, ImageOps

from venice_studio.sandbox import inputs, recordings
from venice_studio.sandbox.facts import Model
from venice_studio.sandbox.inputs import BadMediaError, MediaTooLargeError
from venice_studio.sandbox.media_rules import MediaItem
from venice_studio.sandbox.recordings import Film
from venice_studio.sandbox.refusal import Problem, Refusal

# Encoders add up to a few frames to what was cut.
_SLACK_S = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """One piece of media. `picture` can be shown (of a video its first frame), `ratio` is width over height, upright.

    `length_s` is 0 for a picture; `frame` is where a keyframe belongs.
    """

    field: str
    data: bytes
    picture: bytes | None = None
    ratio: float = 1.0
    length_s: float = 0.0
    film: Film | None = None
    frame: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Limits:
    """Of the recordings in one field. Source: live schema."""

    least_s: float = 0.0
    longest_s: float
    together_s: float | None = None
    largest: int | None = None
    webm: bool = True


_LIMITS = {
    "audio_url": _Limits(longest_s=30, largest=15_000_000),
    "reference_audio_urls": _Limits(least_s=2, longest_s=15, together_s=15, largest=15_000_000),
    "video_url": _Limits(longest_s=300),
    "reference_video_urls": _Limits(least_s=2, longest_s=15, together_s=15, largest=50_000_000, webm=False),
}


def collect(model: Model, items: Sequence[MediaItem]) -> tuple[list[Material], list[Problem]]:
    """Reads all media of a request, and says what is wrong with them; raises Refusal (413)."""
    found: list[Material] = []
    problems: list[Problem] = []
    total = 0
    for item in items:
        if not item.kind:
            # Documents and pages: fetched by the service itself, and of no use to a practice clip.
            continue
        try:
            material = _read(item)
        except BadMediaError as error:
            problems.append(Problem(field=item.field, message=str(error)))
            continue
        except MediaTooLargeError as error:
            raise too_large() from error
        # Videos have limits of their own.
        total += len(material.data) if material.film is None else 0
        if total > inputs.MAX_MEDIA_BYTES:
            raise too_large()
        found.append(material)
    for field, limits in _LIMITS.items():
        recorded = [material for material in found if material.field == field]
        messages = _wrong(limits, model.least_s.get(field, limits.least_s), recorded)
        problems += [Problem(field=field, message=message) for message in messages]
    return found, problems


def too_large() -> Refusal:
    """The answer to more bytes than the service takes."""
    message = "File exceeds the maximum allowed size of 25 MB."
    return Refusal(413, message, extra={"code": "PAYLOAD_TOO_LARGE"})


def _read(item: MediaItem) -> Material:
    match item.kind:
        case "image/":
            data = picture = inputs.picture(item.url)
            with Image.open(io.BytesIO(picture)) as image:
                width, height = ImageOps.exif_transpose(image).size
            return Material(field=item.field, data=data, picture=picture, ratio=width / height, frame=item.frame)
        case "video/":
            data = inputs.media(item.url, item.kind)
            film = recordings.film(data)
            ratio = film.width / film.height
            picture = film.first_frame
            return Material(
                field=item.field, data=data, picture=picture, ratio=ratio, length_s=film.length_s, film=film
            )
        case _:
            data = inputs.media(item.url, item.kind)
            return Material(field=item.field, data=data, length_s=recordings.sound_length_s(data))


def _wrong(limits: _Limits, least_s: float, recorded: list[Material]) -> Iterator[str]:
    for material in recorded:
        if material.length_s < least_s - _SLACK_S:
            yield f"Must be at least {least_s:g} s long"
        if material.length_s > limits.longest_s + _SLACK_S:
            yield f"Must be at most {limits.longest_s:g} s long"
        if limits.largest is not None and len(material.data) > limits.largest:
            yield f"Must have at most {limits.largest // 1_000_000} MB"
        if material.film is not None and material.film.webm and not limits.webm:
            yield "Only MP4 and MOV are taken"
    total_s = sum(material.length_s for material in recorded)
    if limits.together_s is not None and len(recorded) > 1 and total_s > limits.together_s + _SLACK_S:
        yield f"All together must be at most {limits.together_s:g} s long"
