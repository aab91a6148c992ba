"""What the picker says of models, as plain functions."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from venice_studio.domain import choices
from venice_studio.domain.family import Family
from venice_studio.domain.inputs import Need
from venice_studio.domain.listing import Freshness
from venice_studio.domain.model import DEFAULT_PROMPT_LIMIT, Basis, VideoModel
from venice_studio.domain.quote import Quote, money
from venice_studio.ui.compose import words

_FEW = 3
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def badge(model: VideoModel, *, with_picture: bool) -> str:
    """What the chosen variant starts from."""
    match model.basis:
        case Basis.VIDEO:
            return "from a video"
        case Basis.REFERENCES:
            return "follows references"
        case Basis.FRAMES:
            from_picture = model.start_frame is Need.MUST or (model.start_frame is Need.MAY and with_picture)
            return "from a picture" if from_picture else "from text"


def sources(family: Family) -> tuple[str, ...]:
    """What its clips can be made from, in single words."""
    frames = [model for model in family.variants if model.basis is Basis.FRAMES]
    bases = {model.basis for model in family.variants}
    found = {
        "text": any(model.start_frame is not Need.MUST for model in frames),
        "picture": any(model.start_frame is not Need.NEVER for model in frames),
        "references": Basis.REFERENCES in bases,
        "video": Basis.VIDEO in bases,
    }
    return tuple(word for word, there in found.items() if there)


def facts(family: Family) -> str:
    """What it takes and makes: `text, picture · 5–15 s · 720p, 1080p · sound`."""
    parts = (
        ", ".join(sources(family)),
        lengths(_union(model.durations for model in family.variants)),
        sizes(_union(model.resolutions for model in family.variants)),
        "sound" if any(model.sound or model.sound_configurable for model in family.variants) else "",
    )
    return " · ".join(part for part in parts if part)


def lengths(durations: Sequence[str]) -> str:
    """Durations in short: `5 s`, `5, 10 s`, `3–15 s`, `4–8 s, auto`."""
    measured = sorted({length for value in durations if (length := choices.seconds(value)) is not None})
    if len(measured) > _FEW:
        told = [f"{measured[0].normalize():f}–{measured[-1].normalize():f} s"]
    else:
        told = [", ".join(f"{length.normalize():f}" for length in measured) + " s"] if measured else []
    odd = dict.fromkeys(words.duration(value) for value in durations if choices.seconds(value) is None)
    return ", ".join((*told, *list(odd)[:2]))


def sizes(resolutions: Sequence[str]) -> str:
    """Resolutions in short, from small to large: `720p, 1080p`, `480p–4K`."""
    # Some listings write 4K, some 4k.
    ordered = [*dict.fromkeys(words.resolution(value).replace("k", "K") for value in words.ascending(resolutions))]
    return ", ".join(ordered) if len(ordered) <= _FEW else f"{ordered[0]}–{ordered[-1]}"


def privacy(family: Family) -> str:
    """Who gets to see what is sent, in a word or two."""
    private = {model.private for model in family.variants}
    return "partly private" if len(private) > 1 else "private" if True in private else "anonymised"


def marks(family: Family, today: date) -> tuple[tuple[str, str], ...]:
    """What one has to know before choosing it: words and the colour's token for each."""
    found: list[tuple[str, str]] = []
    if all(model.offline for model in family.variants):
        found.append(("offline", "bad"))
    if all(model.deprecated(today) for model in family.variants):
        found.append((going_away(family.variants, today), "warn"))
    if any(model.beta for model in family.variants):
        found.append(("beta", "secondary"))
    regions = _union(model.regions for model in family.variants)
    if regions and all(model.regions for model in family.variants):
        found.append((f"{', '.join(regions[:2])}{'…' if len(regions) > 2 else ''} only", "secondary"))
    return tuple(found)


def going_away(models: Iterable[VideoModel], today: date) -> str:
    """When the first of these goes away, in short."""
    days = sorted(model.goes_away_on for model in models if model.goes_away_on is not None)
    # Some stay listed for weeks after the day that was announced.
    return f"goes {day(days[0])}" if days and days[0] > today else "going away"


def day(when: date) -> str:
    """A day without its year: `1 Dec`."""
    return f"{when.day} {_MONTHS[when.month - 1]}"


def ending(model: VideoModel, today: date) -> str:
    """That a deprecated model goes away, as a sentence."""
    if model.goes_away_on is None:
        return f"{model.name} goes away."
    if model.goes_away_on <= today:
        return f"{model.name} was to go away on {day(model.goes_away_on)}."
    return f"{model.name} goes away on {day(model.goes_away_on)}."


def price_from(quote: Quote | None) -> str:
    """What it costs at least; empty where nobody knows."""
    return f"from {money(quote.amount, quote.currency)}" if quote is not None else ""


def details(family: Family) -> str:
    """All there is to know beside what a row shows, a line for each."""
    models = family.variants
    limits = sorted({model.prompt_limit for model in models})
    regions = _union(model.regions for model in models)
    private = {model.private for model in models}
    lines = (
        next((model.description for model in models if model.description), ""),
        f"Made by {models[0].maker}." if models[0].maker else "",
        {
            frozenset({True}): "Private: nobody keeps your prompt and pictures.",
            frozenset({False}): "Anonymised: its maker gets your prompt and pictures, without your name.",
        }.get(frozenset(private), "Some variants are private, others anonymised."),
        f"Prompts of up to {limits[-1]:,} characters." if limits[-1] != DEFAULT_PROMPT_LIMIT else "",
        "Uncensored." if all(model.uncensored for model in models) else "",
        f"To be had in {', '.join(regions)} only." if regions else "",
    )
    return "\n".join(line for line in lines if line)


def freshness(of: Freshness, now: datetime) -> str:
    """How old the models on offer are: `Models as of 14:10`."""
    unreached = "the service cannot be reached" if not of.reached else ""
    if of.as_of is None:
        return f"The models known without asking{': ' + unreached if unreached else ''}"
    heard, today = of.as_of.astimezone(), now.astimezone().date()
    days = (today - heard.date()).days
    when = f"as of {heard:%H:%M}" if days <= 0 else "from yesterday" if days == 1 else f"from {day(heard.date())}"
    return f"Models {when}{', ' + unreached if unreached else ''}"


def _union(lists: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for values in lists for value in values))
