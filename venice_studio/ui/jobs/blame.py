"""What of a request was refused, in the words of the form."""

from venice_studio.domain.consent import Consent, field_of_faces
from venice_studio.domain.inputs import RULES
from venice_studio.domain.problem import Kind, Part, Problem

_FIELDS = {
    "audio": "sound",
    "aspect_ratio": "shape",
}
_BY_WIRE = {rule.wire: rule for rule in RULES.values()}
_MOST = 6
"""As many are named one by one."""


def named(part: Part) -> str:
    """A part as people know it: "prompt", "start frame", "reference picture 3"."""
    rule = _BY_WIRE.get(part.field)
    if rule is None:
        words = _FIELDS.get(part.field, part.field.replace("_", " "))
        return words if part.number is None else f"{words} {part.number}"
    if part.number is None:
        return rule.one if rule.single else rule.many
    return rule.one if rule.single else f"{rule.one} {part.number}"


def refused(problem: Problem) -> str:
    """A line that says what was refused, as far as the service said it; empty where it did not."""
    if problem.kind not in (Kind.CONTENT, Kind.INVALID) or not problem.parts:
        return ""
    return f"Refused: {_listed([named(part) for part in problem.parts])}."


def words_on(problem: Problem) -> list[str]:
    """The service's words on each field, without those that are the message anyway."""
    own = {field: text for field, text in problem.fields.items() if text not in problem.message}
    return [f"{_sentence_case(named(Part(field=field)))}: {text}" for field, text in own.items()]


def at_field(problem: Problem, field: str) -> str:
    """The service's words on a field, as they stand at it: with the numbers of those that are meant, where it has
    several."""
    meant = [part for part in problem.parts if part.field == field and part.number is not None]
    words = problem.fields[field]
    return f"{_sentence_case(_listed([named(part) for part in meant]))}: {words}" if meant else words


def with_faces(consent: Consent) -> str:
    """In which inputs the service saw people: "start frame, reference pictures"; empty where it did not say."""
    return _listed([named(Part(field=field_of_faces(word))) for word in consent.faces])


def _listed(names: list[str]) -> str:
    shown = list(dict.fromkeys(names))
    rest = len(shown) - _MOST
    return ", ".join(shown) if rest <= 0 else f"{', '.join(shown[:_MOST])} and {rest} more"


def _sentence_case(words: str) -> str:
    return words[:1].upper() + words[1:]
