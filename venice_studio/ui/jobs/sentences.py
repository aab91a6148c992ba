"""Whole sentences on jobs: for screen readers and for the lines under the clip."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from venice_studio.domain.attached import differing
from venice_studio.domain.job import Job, Saved
from venice_studio.domain.outlook import Outlook
from venice_studio.domain.problem import Cost
from venice_studio.domain.quote import money, together
from venice_studio.domain.request import GenerationRequest
from venice_studio.ui.jobs import offers
from venice_studio.ui.jobs.listing import Row
from venice_studio.ui.jobs.words import (
    COST_COLOURS,
    Section,
    charge,
    charge_colour,
    section,
    stopwatch,
    took,
    wait_note,
)
from venice_studio.ui.places import folder

Name = Callable[[str], str]
"""Gives a model's name by its id."""

_BEST_FIRST = (Section.SAVED, Section.RENDERING, Section.WAITING, Section.NEEDS_YOU)
_DEAREST_FIRST = (Cost.CHARGED, Cost.REFUNDED, Cost.NOT_CHARGED)


def spoken(row: Row, name: Name, now: datetime, outlook: Outlook, gone: offers.Gone = offers.all_there) -> str:
    """What a screen reader says of a row; `outlook` is that of its first take."""
    first = row.jobs[0]
    parts = [first.request.prompt, ", ".join(name(model) for model in row.models)]
    if len(row.jobs) == 1:
        parts += [section(first).value, wait_note(first, now, outlook)]
        if isinstance(first.state, Saved):
            parts.append(stopwatch(first.state.clip.duration_ms / 1000))
    else:
        parts.append(", ".join(counted(row)))
    parts += [", ".join(words for words, _ in charges(row)), price(row)]
    links = offers.links(row, gone)
    parts += [offers.label(act, row.foremost, row.jobs, short=True, gone=gone) for act in links]
    return ". ".join(part for part in parts if part)


def counted(row: Row) -> list[str]:
    """How the takes of one press stand: "1 saved", "1 waiting"."""
    return [tally(each, count) for each, count in standings(row)]


def tally(where: Section, count: int) -> str:
    """So many takes in one state: "2 saved", "2 need you"."""
    return f"{count} need you" if where is Section.NEEDS_YOU and count > 1 else f"{count} {where.value.lower()}"


def standings(row: Row) -> list[tuple[Section, int]]:
    """How many takes are where, what is there first."""
    return [(each, row.sections[each]) for each in _BEST_FIRST if row.sections[each]]


def charges(row: Row) -> list[tuple[str, str]]:
    """What a row cost whose takes all need the user, each part with the token of its colour; nothing for other rows.

    What is true of all takes is said once and with its reason, else they are counted; a doubt stands alone.
    """
    if len(row.needy) < len(row.jobs):
        return []
    costs = Counter(job.cost for job in row.jobs)
    said = {charge(job): charge_colour(job) for job in row.answered}
    if len(costs) == len(said) == 1:
        return list(said.items())
    if costs[Cost.UNKNOWN]:
        return [(f"{costs[Cost.UNKNOWN]} {Cost.UNKNOWN.value}", "warn")]
    return [(f"{costs[cost]} {cost.value}", COST_COLOURS[cost]) for cost in _DEAREST_FIRST if costs[cost]]


def price(row: Row) -> str:
    """What the takes of one press cost together, or may have, or will; empty where nobody knows, and for nothing."""
    costing = [job.quote for job in row.jobs if job.cost in (Cost.CHARGED, Cost.UNKNOWN) or _to_be_sent(job)]
    if not costing or any(_found(job) for job in row.jobs):
        return ""
    total = together(costing)
    return money(total.amount, total.currency)


def _to_be_sent(job: Job) -> bool:
    return section(job) is Section.WAITING


def settings(request: GenerationRequest, name: Name) -> list[str]:
    """What was asked for, as short as it goes: "Wan 2.6", "5 s", "720p", "16:9", "sound"."""
    duration = request.duration
    spaced = f"{duration[:-1]} s" if duration and duration[:-1].isdigit() and duration.endswith("s") else duration
    sound = None if request.sound is None else "sound" if request.sound else "no sound"
    seed = None if request.seed is None else f"seed {request.seed}"
    parts = (name(request.model), spaced, request.resolution, request.aspect_ratio, sound, seed)
    return [part for part in parts if part]


def gist(request: GenerationRequest, name: Name) -> tuple[str, ...]:
    """Model and the one thing that tells clips apart: the shape where it is not the usual one, else the resolution.
    Second, where there is such a thing, the model alone, for a row that has no room for both."""
    unusual = request.aspect_ratio not in (None, "16:9")
    detail = request.aspect_ratio if unusual else request.resolution
    model = name(request.model)
    return (f"{model} · {detail}", model) if detail else (model,)


def facts(job: Job, name: Name, *, missing: bool = False) -> str:
    """The line under a job's prompt: settings, cost, how long it took, where it lies, or that it is `missing` there."""
    return " · ".join([*settings(job.request, name), cost(job), *_ending(job, missing)])


def on_balance(job: Job, balance: Decimal) -> str:
    """What a balance says of an attempt that was not taken, or of one that nobody knows of."""
    price, now = money(job.quote.amount, job.quote.currency), money(balance)
    if job.cost is Cost.NOT_CHARGED:
        return f"Your balance is {now}. This clip was quoted at {price}."
    return f"Your balance is {now}. If it is lower by {price} than before, this attempt was charged."


def told_apart(first: Job, second: Job, name: Name) -> tuple[str, str]:
    """A line for each of two clips that are compared: in what they differ, or what they are where they do not."""

    def said(job: Job) -> list[str]:
        take = [f"Take {job.take}"] if first.group == second.group else []
        known = [] if _found(job) else [money(job.quote.amount, job.quote.currency)]
        return [*take, *settings(job.request, name), *known, f"“{job.request.prompt}”"]

    def line(job: Job, other: Job) -> str:
        return " · ".join([part for part in said(job) if part not in said(other)] or settings(job.request, name))

    return line(first, second), line(second, first)


def cost(job: Job) -> str:
    """What an attempt cost: "$0.55 charged", "not charged"."""
    if _found(job):
        return "found in its folder, cost not known"
    if job.cost is Cost.NOT_CHARGED:
        return job.cost.value
    unit = " practice money" if job.account.practice else ""
    return f"{money(job.quote.amount, job.quote.currency)}{unit} {job.cost.value}"


def _found(job: Job) -> bool:
    return isinstance(job.state, Saved) and job.state.found


def _ending(job: Job, missing: bool) -> list[str]:
    if not isinstance(job.state, Saved):
        return []
    rendered = [] if job.state.rendered_ms is None else [f"rendered in {took(job.state.rendered_ms)}"]
    deleted = ["copy at Venice deleted"] if job.state.copy_deleted and not job.state.found else []
    lies = "no longer" if missing else "saved"
    return [*rendered, f"{lies} in {folder(job.state.clip.path)}", *deleted]


def differences(job: Job, draft: GenerationRequest) -> list[str]:
    """In what the form differs from a job's request, in the form's own words."""
    request = job.request
    pairs = (
        ("prompt", request.prompt, draft.prompt),
        ("negative prompt", request.negative_prompt, draft.negative_prompt),
        ("model", request.model, draft.model),
        ("duration", request.duration, draft.duration),
        ("resolution", request.resolution, draft.resolution),
        ("shape", request.aspect_ratio, draft.aspect_ratio),
        ("sound", request.sound, draft.sound),
        ("seed", request.seed, draft.seed),
        ("enlargement", request.upscale_factor, draft.upscale_factor),
    )
    return [*differing(request, draft), *(word for word, of_job, of_draft in pairs if of_job != of_draft)]
