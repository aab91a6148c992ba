"""Which part of a request an error answer speaks of, and its words on each."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from venice_studio.domain.consent import field_of_faces
from venice_studio.domain.problem import Part
from venice_studio.venice.wire import values

_PARAM = re.compile(r"([A-Za-z_]\w*)(?:\[|\.)?(\d{1,3})?\b")
_MOST = 100


@dataclass(frozen=True, slots=True)
class Blame:
    """`fields`: wire field to words. `parts`: everything that was named, also without words of its own."""

    fields: Mapping[str, str]
    parts: tuple[Part, ...]


def read_blame(fields: Mapping[str, object], inner: Mapping[str, object]) -> Blame:
    """What the fields of an error body, and of the `error` object `inner` to it, name of the request."""
    words: dict[str, str] = {}
    parts: dict[Part, None] = {}
    for source in (fields, inner):
        for part, text in (*_tree(source.get("details")), *_issues(source.get("issues")), *_param(source)):
            words.setdefault(part.field, text)
            parts.setdefault(part)
        for face in values.texts(source.get("face_media_roles")) or ():
            parts.setdefault(Part(field=field_of_faces(face)))
    # Of a field that was named with a number, the name alone says nothing more.
    numbered = {part.field for part in parts if part.number is not None}
    named = [part for part in parts if part.number is not None or part.field not in numbered]
    return Blame(words, tuple(named[:_MOST]))


def _tree(details: object) -> Iterator[tuple[Part, str]]:
    """A tree of `_errors` by field; what lies deeper counts for the field at the top, and for its number there."""
    for name, below in values.mapping(details).items():
        words = values.text(" ".join(dict.fromkeys(values.strings_in(below))))
        if name == "_errors" or not words or not values.identifier(name):
            continue
        wrong = [key for key, deeper in values.mapping(below).items() if any(values.strings_in(deeper))]
        for number in [_number(key) for key in wrong if key != "_errors"] or [None]:
            yield Part(field=name, number=number), words


def _issues(issues: object) -> Iterator[tuple[Part, str]]:
    """A list of `{"path": [field, index, ...], "message": ...}`."""
    for issue in issues if isinstance(issues, list) else ():
        path, words = values.mapping(issue).get("path"), values.text(values.mapping(issue).get("message"))
        steps = path if isinstance(path, list) else [path]
        name = values.identifier(steps[0]) if steps else None
        if name and words:
            yield Part(field=name, number=_number(steps[1]) if len(steps) > 1 else None), words


def _param(source: Mapping[str, object]) -> Iterator[tuple[Part, str]]:
    """`param` beside `message`: `model`, `reference_image_urls[2]`."""
    param, words = values.identifier(source.get("param")), values.text(source.get("message"))
    if param and words and (found := _PARAM.match(param)):
        yield Part(field=found[1], number=_number(found[2])), words


def _number(index: object) -> int | None:
    """An index from 0 as people count: from 1. None for what is no index."""
    if isinstance(index, str) and index.isascii() and index.isdecimal() and len(index) < 4:
        index = int(index)
    return index + 1 if isinstance(index, int) and not isinstance(index, bool) and 0 <= index < 1000 else None
