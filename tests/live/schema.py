"""What the service's published schema says of a request to quote or queue, in our own words."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

DURATIONS = {*(f"{seconds}s" for seconds in range(1, 31)), "-1", "1 gen", "auto", "Auto"}
RESOLUTIONS = {
    *("256p", "360p", "480p", "540p", "580p", "720p", "1080p", "1440p", "2160p"),
    *("4k", "2x", "4x", "2K", "768P", "true_1080p"),
}
RATIOS = {
    *("1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "9:21", "16:9", "21:9"),
    *("adaptive", "auto"),
}
ATTESTED = {"confirmed_terms_and_privacy", "confirmed_legal_right", "confirmed_screening_acknowledged"}

Judge = Callable[[Any], bool]


def text(value: Any) -> bool:
    return isinstance(value, str)


def whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def words(least: int) -> Judge:
    return lambda value: text(value) and least <= len(value) <= 20_000


def one_of(known: set[str]) -> Judge:
    return lambda value: text(value) and value in known


def up_to(most: int, judge: Judge = text) -> Judge:
    return lambda value: isinstance(value, list) and len(value) <= most and all(map(judge, value))


def fields(known: Mapping[str, Judge], *, needed: frozenset[str] = frozenset()) -> Judge:
    return lambda value: (
        isinstance(value, dict)
        and needed <= value.keys() <= known.keys()
        and all(known[name](one) for name, one in value.items())
    )


_PRICED: Mapping[str, Judge] = {
    "model": text,
    "duration": one_of(DURATIONS),
    "aspect_ratio": one_of(RATIOS),
    "resolution": one_of(RESOLUTIONS),
    "upscale_factor": lambda value: whole(value) and value in (1, 2, 4),
    "audio": lambda value: isinstance(value, bool),
    "video_url": text,
}
QUOTE: Mapping[str, Judge] = {
    **_PRICED,
    "reference_video_total_duration": lambda value: (whole(value) or isinstance(value, float)) and value >= 0,
}
QUEUE: Mapping[str, Judge] = {
    **_PRICED,
    "prompt": words(1),
    "negative_prompt": words(0),
    "image_url": text,
    "end_image_url": text,
    "audio_url": text,
    "reference_image_urls": up_to(30),
    "reference_video_urls": up_to(10),
    "reference_audio_urls": up_to(10),
    "reference_document_urls": up_to(1),
    "scene_image_urls": up_to(4),
    "elements": up_to(4, fields({"frontal_image_url": text, "reference_image_urls": up_to(3), "video_url": text})),
    "keyframes": up_to(
        10,
        fields(
            {"image_url": text, "frame_index": lambda value: whole(value) and value >= 0},
            needed=frozenset({"image_url", "frame_index"}),
        ),
    ),
    "consents": fields(
        {"seedance": fields(dict.fromkeys(ATTESTED, lambda value: value is True), needed=frozenset(ATTESTED))}
    ),
}


def against_the_schema(body: Mapping[str, Any], known: Mapping[str, Judge]) -> Iterator[str]:
    """The fields of a body that the schema does not have, has otherwise, or misses."""
    for name, value in body.items():
        if name not in known or not known[name](value):
            yield name
    yield from {"model", "duration", *({"prompt"} & known.keys())} - body.keys()
