"""What is said of a job, in the same words everywhere: in its row, in the filters, on the stage."""

from datetime import datetime
from enum import StrEnum
from typing import assert_never

from venice_studio.domain.job import Doubtful, Failed, Held, Intended, Job, Refused, Rendering, Saved, Stopped
from venice_studio.domain.outlook import Outlook
from venice_studio.domain.problem import Cost, Kind, Problem


class Section(StrEnum):
    """How people sort jobs; the values are the words they read."""

    WAITING = "Waiting"
    RENDERING = "Rendering"
    SAVED = "Saved"
    NEEDS_YOU = "Needs you"


SECTION_COLOURS = {
    Section.WAITING: "secondary",
    Section.RENDERING: "accent_text",
    Section.SAVED: "good",
    Section.NEEDS_YOU: "bad",
}
"""The token in whose colour each word is written."""

_REASONS = {
    Kind.INVALID: "it was refused",
    Kind.KEY: "the key was refused",
    Kind.FUNDS: "balance was too low",
    Kind.FORBIDDEN: "not allowed",
    Kind.GONE: "the clip is gone",
    Kind.CONSENT: "consent is needed",
    Kind.TOO_LARGE: "picture was too large",
    Kind.CONTENT: "content was refused",
    Kind.BUSY: "the service was busy",
    Kind.SERVICE: "service failed",
    Kind.FAILED: "the render failed",
    Kind.OFFLINE: "no connection",
    Kind.CUT: "no answer",
    Kind.GARBLED: "unclear answer",
    Kind.BROKEN_CLIP: "the clip is broken",
    Kind.NO_KEY: "there was no key",
    Kind.DISK: "it could not be saved",
    Kind.PICTURE: "picture was refused",
    Kind.LIMIT: "your own limit is reached",
    Kind.TAKEN_BACK: "taken back",
    Kind.PRICE: "the price rose",
}

COST_COLOURS = {Cost.NOT_CHARGED: "secondary", Cost.REFUNDED: "secondary", Cost.CHARGED: "bad", Cost.UNKNOWN: "warn"}
"""The token in whose colour it is written what an attempt cost: that nothing was lost is no bad news."""

_SHORTER = {
    "longer than usual": "takes longer",
    "no answer, looking again": "no answer yet",
    "waits for its key": "needs its key",
    "cannot be saved yet": "not saved yet",
}

_SNAGS = {Kind.NO_KEY: "waits for its key", Kind.DISK: "cannot be saved yet"}
"""What holds a render up although the service answers."""


def section(job: Job) -> Section:
    """Where a job belongs."""
    match job.state:
        case Intended() | Held():
            return Section.WAITING
        case Rendering():
            return Section.RENDERING
        case Saved():
            return Section.SAVED
        case Refused() | Doubtful() | Failed() | Stopped():
            return Section.NEEDS_YOU
        case _ as never:
            assert_never(never)


def problem(job: Job) -> Problem | None:
    """What went wrong with a job that needs the user; None for all others."""
    match job.state:
        case Refused(problem=problem) | Doubtful(problem=problem) | Failed(problem=problem):
            return problem
        case _:
            return None


def charge(job: Job) -> str:
    """What a job that needs the user cost, and the shortest why: "Not charged: balance was too low".

    Doubt stands alone: there is no room for both, and the doubt is what matters.
    """
    if isinstance(job.state, Stopped):
        return "Not watched any more"
    if (trouble := problem(job)) is None:
        return ""
    words = trouble.cost.value.capitalize()
    return words if trouble.cost is Cost.UNKNOWN else f"{words}: {_REASONS[trouble.kind]}"


def charge_colour(job: Job) -> str:
    """The token in whose colour it is written what a job that needs the user cost."""
    return "warn" if isinstance(job.state, Stopped) else COST_COLOURS[job.cost]


def wait_note(job: Job, now: datetime, outlook: Outlook) -> str:
    """What to say of the time a job that is under way still takes; empty for one that is not."""
    match job.state:
        case Intended(leaving=leaving):
            return "being sent" if leaving else "next to be sent"
        case Held(until=until):
            return f"goes out in {rough(max(1.0, (until - now).total_seconds()))}"
        case Rendering(trouble=trouble):
            if trouble is not None:
                return _SNAGS.get(trouble.kind, "no answer, looking again")
            return _time_left(outlook)
        case _:
            return ""


def shorter(note: str) -> str:
    """A note on the time for a row that has no room for all of it."""
    return _SHORTER.get(note, note.replace("about ", "~"))


def _time_left(outlook: Outlook) -> str:
    if outlook.usual_s is None:
        return f"{stopwatch(outlook.elapsed_s)} so far"
    if outlook.left_s is not None:
        return _between(*outlook.left_s)
    return "longer than usual" if outlook.long else "any moment now"


def _between(least_s: float, most_s: float) -> str:
    """How long it may still take: "seconds left", "up to 30 s left", "2–3 min left"."""
    if most_s < 5:
        return "seconds left"
    most = rough(most_s)
    if least_s < 5:
        return f"up to {most} left"
    # Both in the unit of the longer one: the row has room for one.
    least = rough(max(least_s, {"s": 0, "min": 60, "h": 5400}[most.split()[1]]))
    return f"about {most} left" if least == most else f"{least.split()[0]}–{most} left"


def rough(seconds: float) -> str:
    """A length as coarse as a guess deserves: "8 s", "30 s", "3 min"."""
    if seconds < 10:
        return f"{max(1, round(seconds))} s"
    if seconds < 58:
        return f"{5 * round(seconds / 5)} s"
    minutes = round(seconds / 60)
    return f"{max(1, minutes)} min" if minutes < 90 else f"{round(minutes / 60)} h"


def took(milliseconds: int) -> str:
    """A length that was measured: "58 s", "2 min 5 s"."""
    seconds = max(1, round(milliseconds / 1000))
    return f"{seconds} s" if seconds < 60 else f"{seconds // 60} min {seconds % 60} s"


def stopwatch(seconds: float) -> str:
    """A length as a clip shows it: "0:05", "1:02:09"."""
    whole = int(seconds)
    hours, minutes = whole // 3600, whole // 60 % 60
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"
