"""Where in the draft something that comes in is to go."""

from dataclasses import dataclass

from venice_studio.domain.inputs import ELEMENT_REFERENCES, RULES, Role
from venice_studio.domain.media import Element
from venice_studio.domain.model import VideoModel
from venice_studio.domain.request import GenerationRequest


@dataclass(frozen=True, slots=True)
class Target:
    """A role; `at`: in the place of that one; `element`: into that element, where `at` counts its pictures."""

    role: Role
    at: int | None = None
    element: int | None = None

    def room(self, request: GenerationRequest, model: VideoModel | None) -> int:
        """How many files there is room for."""
        return max(0, self.most(model) - self._held(request))

    def most(self, model: VideoModel | None) -> int:
        """How many there may be here in all."""
        if self.element is not None:
            return 1 + ELEMENT_REFERENCES
        return model.count(self.role) if model is not None else RULES[self.role].most

    def _held(self, request: GenerationRequest) -> int:
        """How many there are that what comes in does not take the place of."""
        given = request.given(self.role)
        if self.element is None:
            return len(given) - (self.at is not None)
        if self.element >= len(given):
            return 0
        element = given[self.element]
        assert isinstance(element, Element)
        # The front has its place also while it is empty.
        places = (element.frontal, *element.references)
        return sum(picture is not None for at, picture in enumerate(places) if at != self.at)
