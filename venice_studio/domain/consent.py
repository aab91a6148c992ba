"""What a model's maker wants agreed to before it takes a request. Source: live schema, the 409 of a queue request."""

from collections.abc import Mapping
from dataclasses import dataclass

from venice_studio.domain.inputs import RULES, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One text to agree to, as the service gave it. `flow` is its name for it, such as `seedance`.

    `policy` is plain text and whole: one too long to be shown is never kept in part. An empty `version` means that
    the service named none: then nobody could tell a newer text from this one.
    """

    flow: str
    policy: str
    version: str = ""
    faces: tuple[str, ...] = ()
    """In which inputs the service saw people, in its own words: `image`, `reference_video` and so on."""
    page: str | None = None
    """The https address where the document can be read."""


FACES: Mapping[str, Role] = {
    "image": Role.START_FRAME,
    "end_image": Role.END_FRAME,
    "reference_image": Role.REFERENCES,
    "video": Role.SOURCE_VIDEO,
    "reference_video": Role.REFERENCE_VIDEOS,
}
"""The service's words for inputs with people in them. Source: live schema, `face_media_roles`."""


def field_of_faces(word: str) -> str:
    """The wire field that a word of `face_media_roles` speaks of; the word itself where it is new."""
    role = FACES.get(word)
    return word if role is None else RULES[role].wire
