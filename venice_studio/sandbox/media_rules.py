"""Which pictures, sounds and videos a request carries, and whether its model takes them. Source: live schema."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from venice_studio.sandbox.facts import Model
from venice_studio.sandbox.refusal import Problem

_KINDS = {
    "image_url": "image/",
    "end_image_url": "image/",
    "reference_image_urls": "image/",
    "elements": "image/",
    "scene_image_urls": "image/",
    "keyframes": "image/",
    "video_url": "video/",
    "reference_video_urls": "video/",
    "audio_url": "audio/",
    "reference_audio_urls": "audio/",
    "reference_document_urls": "",
}
"""All fields with media, and how the media type of what is in them begins."""
_MOST = {
    "reference_image_urls": 30,
    "reference_video_urls": 10,
    "reference_audio_urls": 10,
    "reference_document_urls": 1,
    "elements": 4,
    "scene_image_urls": 4,
    "keyframes": 10,
}
_ELEMENT_REFERENCES = 3
_PICTURES_WITH_ELEMENTS = 7
_TO_FOLLOW = ("reference_image_urls", "elements", "scene_image_urls", "keyframes", "reference_video_urls")
_FPS = 24

ALL_FIELDS = frozenset(_KINDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaItem:
    """One address or data URI, the field it came in and how its media type must begin.

    `frame` is the frame of the clip that a keyframe is pinned to.
    """

    field: str
    url: str
    kind: str
    frame: int | None = None


class _WrongError(ValueError):
    """A field cannot be read; the message says why in a sentence."""


def judge(model: Model, fields: frozenset[str], body: Mapping[str, Any]) -> tuple[tuple[MediaItem, ...], list[Problem]]:
    """The media of a request and what is wrong with them, as far as it shows without their bytes."""
    items: list[MediaItem] = []
    problems: list[Problem] = []
    for name in (name for name in _KINDS if name in fields and name in body):
        try:
            found = list(_read(name, body[name]))
        except _WrongError as error:
            problems.append(Problem(field=name, message=str(error)))
            continue
        items += found
        wrong: list[str] = []
        if name in model.inputs:
            wrong += _counted(model, name, body[name])
        elif body[name]:
            wrong.append("This model does not take it")
        problems += [Problem(field=name, message=message) for message in wrong]
    given = {item.field for item in items} | {problem.field for problem in problems}
    problems += _missing(model, fields, given)
    problems += _together(model, items, body)
    return tuple(items), problems


def judge_priced(model: Model, body: Mapping[str, Any]) -> tuple[tuple[MediaItem, ...], list[Problem]]:
    """The video that an upscaler is asked the price for, where it is there."""
    return judge(model, frozenset({"video_url"}), body) if "video_url" in body else ((), [])


def _counted(model: Model, name: str, value: object) -> Iterator[str]:
    most = model.most.get(name, _MOST.get(name, 1))
    if isinstance(value, list) and len(value) > most:
        yield f"At most {most} are taken"
    if name == "elements":
        for element in _objects(value):
            if not {"frontal_image_url", "video_url"} & element.keys():
                yield "Each element must have a frontal_image_url"
            if len(_list(element.get("reference_image_urls", []))) > _ELEMENT_REFERENCES:
                yield f"Each element takes at most {_ELEMENT_REFERENCES} reference images"


def _missing(model: Model, fields: frozenset[str], given: set[str]) -> Iterator[Problem]:
    takes = model.inputs & fields
    if "video_url" in takes and "video_url" not in given:
        yield Problem(field="video_url", message="Required by this model")
    if "image_url" in takes and "image_url" not in given and model.model_type != "text-to-video":
        yield Problem(field="image_url", message="Required: this model starts from an image")
    if "end_image_url" in takes and "end_image_url" not in given and model.needs_end:
        yield Problem(field="end_image_url", message="Required: this model goes from one image to another")
    to_follow = [name for name in _TO_FOLLOW if name in takes]
    if to_follow and not takes & {"image_url", "video_url"} and not given & set(to_follow):
        yield Problem(field=to_follow[0], message="Required: this model follows references")


def _together(model: Model, items: list[MediaItem], body: Mapping[str, Any]) -> Iterator[Problem]:
    """What one input means for another."""
    fields = {item.field for item in items}
    if "reference_audio_urls" in fields and not fields & {"reference_image_urls", "reference_video_urls"}:
        message = "Must be paired with at least one reference image or reference video"
        yield Problem(field="reference_audio_urls", message=message)
    pictures = [item for item in items if item.kind == "image/"]
    if "elements" in model.inputs and len(pictures) > _PICTURES_WITH_ELEMENTS:
        yield Problem(field=pictures[-1].field, message=f"At most {_PICTURES_WITH_ELEMENTS} images are taken in all")
    frames = [item.frame for item in items if item.frame is not None]
    if len(set(frames)) < len(frames):
        yield Problem(field="keyframes", message="Each frame_index must be unique")
    length = re.fullmatch(r"(\d{1,4})\s*s?", str(body.get("duration", "")), re.ASCII)
    if length and any(frame > int(length[1]) * _FPS for frame in frames):
        yield Problem(field="keyframes", message=f"No frame_index may be greater than {int(length[1]) * _FPS}")


def _read(name: str, value: object) -> Iterator[MediaItem]:
    kind = _KINDS[name]
    match name:
        case "elements":
            for element in _objects(value):
                yield from _element(element)
        case "keyframes":
            for keyframe in _objects(value):
                index = keyframe.get("frame_index")
                if not isinstance(index, int) or isinstance(index, bool) or index < 0:
                    raise _WrongError("Each frame_index must be a whole number from 0")
                yield MediaItem(field=name, url=_string(keyframe.get("image_url")), kind=kind, frame=index)
        case _ if name in _MOST:
            for url in _list(value):
                yield MediaItem(field=name, url=_string(url), kind=kind)
        case _:
            yield MediaItem(field=name, url=_string(value), kind=kind)


def _element(element: Mapping[str, Any]) -> Iterator[MediaItem]:
    if "frontal_image_url" in element:
        yield MediaItem(field="elements", url=_string(element["frontal_image_url"]), kind="image/")
    for url in _list(element.get("reference_image_urls", [])):
        yield MediaItem(field="elements", url=_string(url), kind="image/")
    if "video_url" in element:
        yield MediaItem(field="elements", url=_string(element["video_url"]), kind="video/")


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise _WrongError("Must be a URL or a data URL")
    return value


def _objects(value: object) -> list[Mapping[str, Any]]:
    found = _list(value)
    if not all(isinstance(one, dict) for one in found):
        raise _WrongError("Must hold objects")
    return found


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise _WrongError("Must be a list")
    return value
