"""What the user should know before the program ends: what goes on without it, what waits for it, what would be lost."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from venice_studio.domain.job import Intended, Job, Rendering
from venice_studio.ui.widgets import Choice

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True, kw_only=True)
class Farewell:
    """A question before the end."""

    title: str
    text: str
    go: Choice


def before_quitting(jobs: Collection[Job], unwritten: Collection[str], now: datetime) -> Farewell | None:
    """What to ask at `now` (UTC); None where nothing is under way. `unwritten`: the ids of jobs that the disk has
    refused so far."""
    rendering = [job for job in jobs if isinstance(job.state, Rendering)]
    if any(job.id in unwritten for job in rendering):
        text = (
            "A clip you paid for could not be written down yet, so Venice Studio would not know of it at the next "
            "start. Free some space on the disk first: it is written as soon as there is room."
        )
        return Farewell(title="Lose a clip?", text=text, go=Choice("quit", "Quit anyway", "danger"))
    leaving = [job for job in jobs if isinstance(job.state, Intended) and job.state.leaving]
    waiting = [job for job in jobs if job.unsent]
    if not (rendering or leaving or waiting):
        return None
    unsent = [part for part in (_of_leaving(leaving), _of_waiting(waiting)) if part]
    text = " ".join([*unsent, *_of_rendering(rendering, now, alone=not unsent)])
    return Farewell(title=f"Quit while {_what(rendering, leaving)}?", text=text, go=Choice("quit", "Quit", "primary"))


def _what(rendering: Sequence[Job], leaving: Sequence[Job]) -> str:
    if leaving:
        return "a clip is being sent"
    if not rendering:
        return "a clip waits to be sent"
    return "a clip renders" if len(rendering) == 1 else f"{len(rendering)} clips render"


def _of_leaving(jobs: Sequence[Job]) -> str:
    if not jobs:
        return ""
    return (
        f"{_are(jobs, 'on its way', 'on their way')} to the service: quitting waits for the answer, a minute at most."
    )


def _of_waiting(jobs: Sequence[Job]) -> str:
    if not jobs:
        return ""
    return f"{_are(jobs, 'not sent yet', 'not sent yet')} and will not be sent, nor charged."


def _of_rendering(jobs: Sequence[Job], now: datetime, *, alone: bool) -> list[str]:
    """Where others are spoken of before, these are told from them: what is said here is not true of the unsent."""
    if not jobs:
        return []
    practice = all(job.account.practice for job in jobs)
    one, more = ("It", "They") if alone else ("The one that renders", f"The {len(jobs)} that render")
    goes_on = f"{one} goes on" if len(jobs) == 1 else f"{more} go on"
    ends = [end for job in jobs if isinstance(job.state, Rendering) and (end := job.state.fetch_before)]
    left = [end for end in ends if end > now]
    what = "looked for" if len(left) < len(ends) else "fetched"
    text = f"{goes_on} {'without you' if practice else 'at Venice'}, and will be {what} at the next start."
    said = [text, *_of_ends(left, len(ends) - len(left))]
    return [*said, "Nothing is lost."] if alone and not ends else said


def _of_ends(left: Sequence[datetime], past: int) -> list[str]:
    """Until when the addresses of clips live, and of how many that is over."""
    said = [f"{_clips(len(left))} must be fetched before {_hour(min(left))}."] if left else []
    if past:
        said.append(f"The time to fetch {_clips(past)} is over, and {'it' if past == 1 else 'they'} may be gone.")
    return said


def _clips(count: int) -> str:
    return "1 clip" if count == 1 else f"{count} clips"


def _hour(at: datetime) -> str:
    here = at.astimezone()
    return f"{_DAYS[here.weekday()]} {here:%H:%M}"  # %a would be in the system's language


def _are(jobs: Sequence[Job], one: str, more: str) -> str:
    return f"A clip is {one}" if len(jobs) == 1 else f"{len(jobs)} clips are {more}"
