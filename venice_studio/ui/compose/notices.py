"""What is said across the pane after a press that did not, or not wholly, go through."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from venice_studio.domain.job import Doubtful, Failed, Held, Job, Refused, Rendering
from venice_studio.domain.problem import Cost, Kind, Problem
from venice_studio.domain.quote import money, together
from venice_studio.studio.submitter import TAKEN_BACK

CONNECT, FOLDER, SETTINGS, SUGGESTION, MODEL = "connect", "folder", "settings", "suggestion", "model"
AGREE = "agree"
"""What the user may do about it: give a key, choose a folder, change a limit of their own, take the suggested prompt or
the recommended model, read what has to be agreed to."""

_ENDED = re.compile(r"[.!?…][)\]\"'”’»]*$")
"""A sentence with its end, be it in brackets or quoted."""

_LEFT_OUT = {
    Cost.UNKNOWN: "may have been charged",
    Cost.CHARGED: "charged and not made",
    Cost.REFUNDED: "charged and paid back",
    Cost.NOT_CHARGED: "not sent, not charged",
}
"""What is said of so many takes that were not taken, what matters most first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A sentence or two, and at most two ways on, as (key, label). What it cost stands in the ending, which is in sight
    however much the service says."""

    tone: Literal["warn", "bad"]
    text: str
    ending: str = ""
    actions: tuple[tuple[str, str], ...] = ()


def notice(problem: Problem) -> Notice:
    """What to say of a press that failed as a whole."""
    said = _sentence(problem.message)
    tone: Literal["warn", "bad"] = "warn" if problem.cost is Cost.UNKNOWN or problem.kind is Kind.OFFLINE else "bad"
    return Notice(tone=tone, text=said, ending=_cost_line(problem), actions=_ways_on(problem))


def outcome(jobs: Sequence[Job]) -> Notice | None:
    """What to say of the jobs of one press; None where all were taken that the user did not take back."""
    jobs = [job for job in jobs if job.state != TAKEN_BACK]
    left_out = [job for job in jobs if not isinstance(job.state, Rendering | Held)]
    first = next((trouble for job in left_out if (trouble := problem_of(job))), None)
    if first is None:
        return None
    told = notice(first)
    sent = [job for job in jobs if job not in left_out]
    costs = Counter(job.cost for job in left_out)
    if len(jobs) in (1, costs[Cost.NOT_CHARGED]):
        return told
    parts = [f"{len(sent)} sent ({_sum(sent)})"] if sent else []
    parts += [f"{costs[cost]} {words}" for cost, words in _LEFT_OUT.items() if costs[cost]]
    counted = " · ".join(parts)
    doubt = " What may have been charged is not sent again by itself. It is in the list." if costs[Cost.UNKNOWN] else ""
    return Notice(tone=told.tone, text=f"{counted}. {_sentence(first.message)}{doubt}", actions=told.actions)


def problem_of(job: Job) -> Problem | None:
    """Why a job of a press did not go through."""
    match job.state:
        case Refused(problem=problem) | Doubtful(problem=problem) | Failed(problem=problem):
            return problem
        case _:
            return None


def _sentence(message: str) -> str:
    said = message.strip() or "That did not work."
    return said if _ENDED.search(said) else f"{said}."


def _cost_line(problem: Problem) -> str:
    """What a press cost that did not go through."""
    match problem.cost:
        case Cost.NOT_CHARGED if problem.kind in (Kind.OFFLINE, Kind.DISK, Kind.NO_KEY, Kind.LIMIT):
            return "Nothing was sent, nothing charged."
        case Cost.NOT_CHARGED:
            return "Nothing was charged."
        case Cost.REFUNDED:
            return "It was charged and paid back."
        case Cost.UNKNOWN:
            return "It may have been charged, so it is not sent again by itself. It is in the list."
        case Cost.CHARGED:
            return "It was charged."


def _ways_on(problem: Problem) -> tuple[tuple[str, str], ...]:
    ways: list[tuple[str, str]] = []
    if problem.kind in (Kind.KEY, Kind.NO_KEY):
        ways.append((CONNECT, "Connect…"))
    if problem.kind is Kind.DISK:
        ways.append((FOLDER, "Choose another folder…"))
    if problem.kind is Kind.LIMIT:
        ways.append((SETTINGS, "Settings…"))
    if problem.consent is not None:
        ways.append((AGREE, "Read and agree…"))
    if problem.suggested_prompt:
        ways.append((SUGGESTION, "Use the suggested prompt"))
    if problem.recommended_model:
        ways.append((MODEL, "Use the recommended model"))
    return tuple(ways[:2])


def _sum(jobs: Sequence[Job]) -> str:
    total = together([job.quote for job in jobs])
    return money(total.amount, total.currency)
