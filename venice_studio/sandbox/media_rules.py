"""Which pictures, sounds and videos a request carries, and whether its model takes them. Source: live schema."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from venice_studio.sandbox.facts import Model
from venice_studio.sandbox.refusal import Problem

_LISTS = {
    "reference_image_urls": 30,
    "reference_video_urls": 10,
    "reference_audio_urls": 10,
    "reference_document_urls": 1,
    "scene_image_urls": 4,
}
_KINDS = {"audio_url": "audio/", "video_url": "video/", "reference_video_urls": "video/"}
_KINDS |= {"reference_audio_urls": "audio/", "reference_document_urls": ""}
_PICTURES_TO_FOLLOW = ("reference_image_urls", "elements", "scene_image_urls")
_FPS = 24

ALL_FIELDS = frozenset(
    {*_LISTS, *_KINDS, "image_url", "end_image_url", "elements", "keyframes"},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaItem:
    """One address or data URI, the field it came in and how its media type must begin."""

    field: str
    url: str
    kind: str


def judge(
    model: Model, fields: frozenset[str], body: Mapping[str, Any], duration: str
) -> tuple[tuple[MediaItem, ...], list[Problem]]:
    """The media of a request and what is wrong with them."""
    items: list[MediaItem] = []
    problems: list[Problem] = []
    for name in sorted(fields & body.keys()):
        try:
            found = list(_read(name, body[name], duration))
        except ValueError as error:
            problems.append(Problem(field=name, message=str(error)))
            continue
        if name not in model.inputs and found:
            problems.append(Problem(field=name, message="This model does not take it"))
        items += found
    problems += _missing(model, fields, {item.field for item in items} | {problem.field for problem in problems})
    return tuple(items), problems


def _missing(model: Model, fields: frozenset[str], given: set[str]) -> Iterator[Problem]:
    takes = model.inputs & fields
    if "video_url" in takes and "video_url" not in given:
        yield Problem(field="video_url", message="Required by this model")
    if model.model_type != "image-to-video":
        return
    needed = {"image_url"} & takes
    if needed and ("transition" in model.id or "first-last-frame" in model.id):
        needed |= {"end_image_url"} & takes
    for name in sorted(needed - given):
        yield Problem(field=name, message="Required: this model starts from an image")
    to_follow = [name for name in _PICTURES_TO_FOLLOW if name in takes]
    if to_follow and not needed and not given & set(to_follow):
        yield Problem(field=to_follow[0], message="Required: this model follows reference images")


def _read(name: str, value: object, duration: str) -> Iterator[MediaItem]:
    kind = _KINDS.get(name, "image/")
    match name:
        case "elements":
            for element in _list(value, 4):
                yield from _element(element)
        case "keyframes":
            yield from _keyframes(_list(value, 10), duration)
        case _ if name in _LISTS:
            for url in _list(value, _LISTS[name]):
                yield MediaItem(field=name, url=_string(url), kind=kind)
        case _:
            yield MediaItem(field=name, url=_string(value), kind=kind)


def _element(value: object) -> Iterator[MediaItem]:
    element = _object(value)
    if "frontal_image_url" in element:
        yield MediaItem(field="elements", url=_string(element["frontal_image_url"]), kind="image/")
    for url in _list(element.get("reference_image_urls", []), 3):
        yield MediaItem(field="elements", url=_string(url), kind="image/")
    if "video_url" in element:
        yield MediaItem(field="elements", url=_string(element["video_url"]), kind="video/")


def _keyframes(values: list[object], duration: str) -> Iterator[MediaItem]:
    seen: set[int] = set()
    seconds = int(duration[:-1]) if duration[:-1].isdigit() else None
    for value in values:
        frame = _object(value)
        index = frame.get("frame_index")
        if not isinstance(index, int) or isinstance(index, bool) or index < 0 or index in seen:
            raise ValueError("Each frame_index must be a unique whole number from 0")
        if seconds is not None and index > seconds * _FPS:
            raise ValueError(f"No frame_index may be greater than {seconds * _FPS}")
        seen.add(index)
        yield MediaItem(field="keyframes", url=_string(frame.get("image_url")), kind="image/")


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("Must be a URL or a data URL")  # noqa: TRY004 - the request is wrong, not this code
    return value


def _object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("Must hold objects")  # noqa: TRY004 - the request is wrong, not this code
    return value


def _list(value: object, most: int) -> list[object]:
    if not isinstance(value, list):
        raise ValueError("Must be a list")  # noqa: TRY004 - the request is wrong, not this code
    if len(value) > most:
        raise ValueError(f"At most {most} are taken")
    return value
