"""What the table says, as plain functions."""

from collections import Counter
from collections.abc import Sequence

from venice_studio.domain.problem import Problem
from venice_studio.domain.quote import Quote, money
from venice_studio.domain.request import GenerationRequest
from venice_studio.studio.several import MOST, Contender
from venice_studio.ui.compose import words

UNKNOWN = "–"


def clip(request: GenerationRequest) -> str:
    """What clip it would be: `5 s · 720p · 16:9 · sound`."""
    parts = (
        words.duration(request.duration) if request.duration else "",
        words.resolution(request.resolution) if request.resolution else "",
        request.aspect_ratio or "",
        {True: "sound", False: "no sound", None: ""}[request.sound],
    )
    return " · ".join(part for part in parts if part)


def remark(contender: Contender) -> str:
    """Why it cannot be sent, else what the model changes in the form's values and pictures; empty: nothing."""
    if contender.faults:
        return contender.faults[0].message
    values = [words.change(change, after=contender.model) for change in contender.changes]
    return ", ".join((*values, *_pictures(contender)))


def _pictures(contender: Contender) -> list[str]:
    """What becomes of the frames before they are sent: `picture cropped to 16:9`."""
    return [
        f"{'picture' if count == 1 else 'pictures'} {words.made(fit)} to {aspect_ratio}"
        for (aspect_ratio, fit), count in Counter(contender.goals).items()
    ]


def price(known: Quote | Problem | None) -> str:
    """The price as far as it is known."""
    match known:
        case Quote(amount=amount, currency=currency):
            return money(amount, currency)
        case Problem():
            return "no price"
        case None:
            return UNKNOWN


def usual_time(contender: Contender) -> str:
    """How long clips like this took here: `about 1:20`."""
    if contender.usual_s is None:
        return UNKNOWN
    minutes, seconds = divmod(round(contender.usual_s), 60)
    return f"about {minutes}:{seconds:02}"


def offer(count: int, total: Quote | None) -> str:
    """What the button does: `Generate 3 clips for $1.42`."""
    if not count:
        return "Choose models"
    clips = "1 clip" if count == 1 else f"{count} clips"
    return f"Generate {clips}" if total is None else f"Generate {clips} for {money(total.amount, total.currency)}"


def standing(chosen: Sequence[Contender], problems: Sequence[Problem], total: Quote | None) -> str:
    """What is to be said under the table."""
    if problems:
        return problems[0].message
    if not chosen:
        return f"Choose up to {MOST} models. Each makes one clip, and they stay together in the list."
    if total is None:
        return "Asking for the prices…"
    return f"{MOST} models at most." if len(chosen) == MOST else ""


def spoken(contender: Contender, known: Quote | Problem | None) -> str:
    """What a screen reader says of a row."""
    parts = (contender.model.name, clip(contender.request), remark(contender), usual_time(contender), price(known))
    return ". ".join(part for part in parts if part and part != UNKNOWN)
