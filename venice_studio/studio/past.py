"""What can be taken back in the form: the last change that is told, and the drafts that others took the place of."""

from dataclasses import dataclass

from venice_studio.domain.fitting import Change
from venice_studio.library.draft_file import Draft
from venice_studio.studio.signals import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """What came of another model, or of another draft in the form, so that it can be told and undone."""

    before: Draft
    changes: tuple[Change, ...] = ()
    """Values that are not what they were, of another draft what the model changed in it; empty: at most the price."""
    said: str = ""
    """What there is to say of it beside that, in a sentence."""


class Past:
    """The way back, one step after the other. What the user writes after a change of model settles that one; a draft
    that was replaced is kept for longer."""

    def __init__(self) -> None:
        self.switched: Value[Switch | None] = Value(None)
        self._replaced: list[Draft] = []

    @property
    def holds_drafts(self) -> bool:
        """Whether there is a replaced draft to go back to."""
        return bool(self._replaced)

    def keep(self, draft: Draft) -> None:
        """Remember a draft that is not in the form, or not for long."""
        self._replaced.append(draft)

    def settle(self) -> None:
        """Let the last change be as it is."""
        self.switched.set(None)

    def step_back(self) -> Draft | None:
        """Forget the last step; gives what the form held before it, or None where there is none."""
        switch = self.switched.value
        self.settle()
        if switch is None:
            return self._replaced.pop() if self._replaced else None
        if self._replaced and self._replaced[-1] == switch.before:
            self._replaced.pop()
        return switch.before
