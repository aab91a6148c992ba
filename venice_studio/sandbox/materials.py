"""What a request brings along, read and checked: the bytes of each picture and its shape."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageOps

from venice_studio.sandbox import inputs, recordings
from venice_studio.sandbox.media_rules import MediaItem
from venice_studio.sandbox.refusal import Problem, Refusal, invalid


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """One piece of media. `picture` is what a clip can start from, `ratio` its width over its height, upright."""

    field: str
    picture: bytes | None
    ratio: float


def collect(items: Sequence[MediaItem]) -> list[Material]:
    """Reads all media of a request, start frame first; raises Refusal (400 naming the field, 413)."""
    found: list[Material] = []
    problems: list[Problem] = []
    total = 0
    for item in sorted(items, key=lambda item: item.field != "image_url"):
        if not item.kind:
            # Documents and pages: fetched by the service itself, and of no use to a practice clip.
            continue
        try:
            data = inputs.picture(item.url) if item.kind == "image/" else inputs.media(item.url, item.kind)
            material = _material(item, data)
        except inputs.BadMediaError as error:
            problems.append(Problem(field=item.field, message=str(error)))
            continue
        except inputs.MediaTooLargeError as error:
            raise too_large() from error
        total += len(data)
        if total > inputs.MAX_MEDIA_BYTES:
            raise too_large()
        found.append(material)
    if problems:
        raise invalid(problems)
    return found


def too_large() -> Refusal:
    """The answer to more bytes than the service takes."""
    message = "File exceeds the maximum allowed size of 25 MB."
    return Refusal(413, message, extra={"code": "PAYLOAD_TOO_LARGE"})


def _material(item: MediaItem, data: bytes) -> Material:
    match item.kind:
        case "image/":
            picture: bytes | None = data
        case "video/":
            picture = recordings.first_frame(data)
        case _:
            recordings.check_sound(data)
            picture = None
    if picture is None:
        return Material(field=item.field, picture=None, ratio=1.0)
    with Image.open(io.BytesIO(picture)) as image:
        width, height = ImageOps.exif_transpose(image).size
    return Material(field=item.field, picture=picture, ratio=width / height)
