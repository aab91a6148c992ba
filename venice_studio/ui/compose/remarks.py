"""What is to be said at which field: our own checks, and the service's words until the value changes."""

from collections.abc import Mapping
from dataclasses import dataclass

from venice_studio.domain.checks import Fault
from venice_studio.domain.inputs import RULES
from venice_studio.domain.problem import Problem
from venice_studio.domain.quote import QuoteFailed
from venice_studio.domain.request import GenerationRequest
from venice_studio.studio.composer import Composer
from venice_studio.studio.quoter import Quoter
from venice_studio.studio.signals import Disconnect, Value
from venice_studio.ui.compose import words
from venice_studio.ui.jobs.blame import at_field

PLACES: Mapping[str, str] = {
    "prompt": "prompt",
    "negative_prompt": "negative_prompt",
    "model": "model",
    "duration": "duration",
    "resolution": "resolution",
    "aspect_ratio": "aspect_ratio",
    "audio": "sound",
    "seed": "seed",
    "upscale_factor": "upscale_factor",
    **{rule.wire: role.value for role, rule in RULES.items()},
}
"""The wire fields that have a place in the form, and the draft's name for each."""


@dataclass(frozen=True, slots=True)
class _Heard:
    """The service's word on one value."""

    message: str
    value: object


class Remarks:
    """Keeps `said` true to the draft: wire field to message.

    What is merely not filled in yet is kept quiet until `reveal`. The service's words on a value go with the value.
    """

    def __init__(self, composer: Composer, quoter: Quoter) -> None:
        self.said: Value[Mapping[str, str]] = Value({})
        self._composer = composer
        self._quoter = quoter
        self._heard: dict[str, _Heard] = {}
        self._revealed = False
        self._disconnects: tuple[Disconnect, ...] = tuple(
            value.bind(lambda _: self._refresh()) for value in (composer.draft, composer.models, composer.dialect)
        )
        self._disconnects += (quoter.state.bind(lambda _: self._refresh()),)

    def close(self) -> None:
        """Hear no more of draft and price."""
        for disconnect in self._disconnects:
            disconnect()

    def take(self, problem: Problem, request: GenerationRequest) -> bool:
        """Keep the service's words on `request` at their fields. False: some of them have no field here."""
        placed = {field: at_field(problem, field) for field in problem.fields if _has_place(field, request)}
        for field, text in placed.items():
            self._heard[field] = _Heard(text, _value(request, field))
        self._refresh()
        return bool(placed) and len(placed) == len(problem.fields)

    def reveal(self) -> None:
        """Say what is missing too: the user asked for a clip without it."""
        self._revealed = True
        self._refresh()

    @property
    def missing(self) -> tuple[Fault, ...]:
        """What is not filled in yet."""
        draft = self._composer.draft.value
        return tuple(fault for fault in self._composer.faults if words.missing(fault, draft))

    def _refresh(self) -> None:
        draft = self._composer.draft.value
        faults = self._composer.faults
        if not any(words.missing(fault, draft) for fault in faults):
            self._revealed = False
        said: dict[str, str] = {}
        for fault in faults:
            if self._composer.model is not None and (self._revealed or not words.missing(fault, draft)):
                said.setdefault(fault.field, fault.message)
        state = self._quoter.state.value
        if isinstance(state, QuoteFailed) and state.key == draft.quote_key:
            said |= {field: text for field, text in state.problem.fields.items() if field in PLACES}
        self._heard = {field: heard for field, heard in self._heard.items() if heard.value == _value(draft, field)}
        self.said.set(said | {field: heard.message for field, heard in self._heard.items()})


def _has_place(field: str, request: GenerationRequest) -> bool:
    # A factor has its place only with models that enlarge.
    return field in PLACES and (field != "upscale_factor" or request.upscale_factor is not None)


def _value(request: GenerationRequest, field: str) -> object:
    return getattr(request, PLACES[field])
