"""Whether a press would do something now, and if not, why."""

from dataclasses import dataclass

from venice_studio.domain.problem import Problem
from venice_studio.domain.quote import Checking, NoQuote, Quoted, QuoteFailed
from venice_studio.studio.composer import Composer
from venice_studio.studio.quoter import Quoter
from venice_studio.ui.compose import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """`note` is for the button, `reason` says the same in a sentence; both empty where a press would do."""

    can: bool = False
    sending: bool = False
    sending_in_s: int = 0
    """So many seconds are left to take the last press back; 0: there is nothing to take back."""
    note: str = ""
    reason: str = ""


def readiness(
    composer: Composer, quoter: Quoter, *, sending: bool, sending_in_s: int = 0, disk: Problem | None = None
) -> Readiness:
    """Ready only with a price for exactly the draft, nothing in it that would be refused, and room for a clip."""
    if sending_in_s:
        return Readiness(sending_in_s=sending_in_s, reason="Nothing has been sent yet. Click or press Escape to undo.")
    if sending:
        return Readiness(sending=True, reason="The last press is still under way.")
    draft = composer.draft.value
    if faults := composer.faults:
        return Readiness(note=words.short_reason(faults[0], draft), reason=faults[0].message)
    if disk is not None:
        return Readiness(note="clips cannot be saved", reason=disk.message)
    match quoter.state.value:
        case Quoted(key=key) if key == draft.quote_key:
            return Readiness(can=True)
        case Quoted() | Checking():
            return Readiness(note="checking the price", reason="The price is being asked for.")
        case QuoteFailed(problem=problem):
            return Readiness(note="no price yet", reason=f"There is no price yet: {problem.message}")
        case NoQuote(reason=reason):
            return Readiness(note="no price yet", reason=reason)
