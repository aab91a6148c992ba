"""What can be done about a job: which acts, in which order, under which words."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import assert_never

from venice_studio.domain.job import Doubtful, Failed, Held, Intended, Job, Refused, Rendering, Saved, Stopped
from venice_studio.domain.problem import Cost, Kind, Problem
from venice_studio.domain.quote import money, together
from venice_studio.ui.connect.words import ANOTHER_KEY, CONNECT
from venice_studio.ui.jobs.listing import Row
from venice_studio.ui.jobs.words import Section
from venice_studio.ui.jobs.words import problem as problem_of


class Act(StrEnum):
    """One thing the user can do with a job."""

    PLAY = "play"
    CONTINUE = "continue"
    SAVE_AS = "save as"
    REUSE = "reuse"
    SHOW_IN_FOLDER = "show in folder"
    OPEN = "open"
    COMPARE = "compare"
    COPY_PROMPT = "copy prompt"
    COPY_RECEIPT = "copy receipt"
    SEND_AGAIN = "send again"
    SEND_ALL = "send all"
    SEND_KNOWINGLY = "send knowingly"
    KEY = "key"
    LOOK_AGAIN = "look again"
    AGREE = "agree"
    USE_PROMPT = "use prompt"
    USE_MODEL = "use model"
    HIDE = "hide"
    STOP = "stop"
    WATCH_AGAIN = "watch again"
    BALANCE = "balance"
    TAKE_BACK = "take back"
    DELETE = "delete"
    DISMISS = "dismiss"


def widget_name(act: Act, kind: str) -> str:
    """What scripts find a button or an entry of a menu by: `watchAgainButton`."""
    first, *others = act.value.split()
    return "".join((first, *(word.capitalize() for word in others), kind))


COPIES = (Act.COPY_PROMPT, Act.COPY_RECEIPT)
ON_A_CLIP = (
    *(Act.CONTINUE, Act.SAVE_AS, Act.REUSE, Act.COMPARE, Act.SHOW_IN_FOLDER, Act.OPEN),
    *(*COPIES, Act.DELETE),
)
ON_ITS_FILE = frozenset({Act.CONTINUE, Act.SAVE_AS, Act.COMPARE, Act.SHOW_IN_FOLDER, Act.OPEN})
"""What can be done with a clip only where its file is."""
UNDER_WAY = (Act.REUSE, Act.COPY_PROMPT)
SPENDING = frozenset({Act.SEND_AGAIN, Act.SEND_ALL, Act.SEND_KNOWINGLY})
"""Acts that cost money: their labels always carry the sum."""
SENDING = SPENDING | {Act.AGREE}
"""Acts that send a job once more; what is agreed to is sent for the sum that the question names."""
_LONGEST_NAME = 36

LABELS = {
    Act.PLAY: "Play",
    Act.CONTINUE: "Continue from this frame",
    Act.SAVE_AS: "Save as…",
    Act.REUSE: "Reuse settings",
    Act.SHOW_IN_FOLDER: "Show in folder",
    Act.OPEN: "Open in the system's player",
    Act.COMPARE: "Compare",
    Act.COPY_PROMPT: "Copy prompt",
    Act.COPY_RECEIPT: "Copy receipt",
    Act.SEND_AGAIN: "Send for {price}",
    Act.SEND_ALL: "Send {count} for {price}",
    Act.SEND_KNOWINGLY: "Send again knowingly, {price}",
    Act.KEY: ANOTHER_KEY,
    Act.LOOK_AGAIN: "Look again",
    Act.AGREE: "Read and agree…",
    Act.USE_PROMPT: "Use the suggested prompt",
    Act.USE_MODEL: "Use the recommended model",
    Act.HIDE: "Hide",
    Act.STOP: "Stop watching…",
    Act.WATCH_AGAIN: "Watch again",
    Act.BALANCE: "Look at your balance",
    Act.TAKE_BACK: "Don't send",
    Act.DELETE: "Delete…",
    Act.DISMISS: "Dismiss",
}
"""The words of each act; `label` puts in the sum of those that spend."""

Gone = Callable[[str], bool]
"""Whether a model is not on offer any more, by its id."""

_EDIT = "Edit"
"""What it is called to reuse the settings of a job that came to nothing."""
_SHORT = {Act.USE_PROMPT: "Use suggestion", Act.USE_MODEL: "Other model"}

_OF_SEVERAL = {Act.SEND_AGAIN: Act.SEND_ALL} | {
    act: act for act in (Act.AGREE, Act.KEY, Act.USE_PROMPT, Act.USE_MODEL, Act.BALANCE, Act.REUSE)
}
"""What becomes of a way out where it is one for several takes; all others are gone for each by itself, on the stage."""


def all_there(_model_id: str) -> bool:
    """No model is gone."""
    return False


def ways_out(job: Job, gone: Gone = all_there) -> tuple[Act, ...]:
    """What to do about a job that needs the user, the likeliest first; nothing for all others.

    What would send it is no way out once its model is gone: in its place its settings go into the form, which moves
    them to another model.
    """
    ways = _ways_out(job)
    if not gone(job.request.model):
        return ways
    return tuple(dict.fromkeys(Act.REUSE if act in SENDING else act for act in ways))


def _ways_out(job: Job) -> tuple[Act, ...]:
    """The ways out of a job whose model can be asked again.

    What would be refused again as it is comes after what helps. A doubtful one is never simply sent again. One that
    the service took is looked for again before money is spent a second time, unless the money came back or the service
    says that there is nothing to find.
    """
    match job.state:
        case Refused(problem=problem) if problem.consent is not None:
            return (Act.AGREE, Act.REUSE, Act.DISMISS)
        case Refused(problem=problem) if advised := _advised(problem):
            return (*advised, Act.SEND_AGAIN, Act.DISMISS)
        case Refused(problem=problem) if problem.kind in (Kind.KEY, Kind.NO_KEY):
            return (Act.KEY, Act.REUSE, Act.SEND_AGAIN, Act.DISMISS)
        case Refused(problem=problem) if problem.kind is Kind.FUNDS:
            return (Act.BALANCE, Act.SEND_AGAIN, Act.REUSE, Act.DISMISS)
        case Refused(problem=problem) if problem.fields:
            return (Act.REUSE, Act.SEND_AGAIN, Act.DISMISS)
        case Refused():
            return (Act.SEND_AGAIN, Act.REUSE, Act.DISMISS)
        case Stopped():
            return (Act.WATCH_AGAIN, Act.REUSE, Act.DISMISS)
        case Doubtful(problem=problem):
            return (*_advised(problem), Act.BALANCE, Act.SEND_KNOWINGLY, Act.DISMISS)
        case Failed(problem=problem) if advised := _advised(problem):
            return (*advised, Act.SEND_AGAIN, Act.DISMISS)
        case Failed(problem=problem) if problem.cost is Cost.REFUNDED or problem.kind is Kind.FAILED:
            return (Act.SEND_AGAIN, Act.REUSE, Act.DISMISS)
        case Failed():
            return (Act.LOOK_AGAIN, Act.SEND_AGAIN, Act.REUSE, Act.DISMISS)
        case Intended() | Held() | Rendering() | Saved():
            return ()
        case _ as never:
            assert_never(never)


def _advised(problem: Problem) -> tuple[Act, ...]:
    """What the service itself says would be taken."""
    return (
        *((Act.USE_PROMPT,) if problem.suggested_prompt else ()),
        *((Act.USE_MODEL,) if problem.recommended_model else ()),
    )


def menu(job: Job, takes: Sequence[Job] = (), gone: Gone = all_there) -> tuple[Act, ...]:
    """Everything that can be done with a job, as its context menu lists it; `takes` are all of its press."""
    match job.state:
        case Saved():
            return (Act.PLAY, *ON_A_CLIP)
        case Intended() | Held():
            return (Act.TAKE_BACK, *UNDER_WAY) if _has_to_wait(job) else UNDER_WAY
        case Rendering():
            return (*UNDER_WAY, Act.HIDE, Act.STOP)
        case Refused() | Doubtful() | Failed() | Stopped():
            ways = [act for act in ways_out(job, gone) if act is not Act.DISMISS]
            if job in (again := sendable(takes, gone)) and len(again) > 1:
                ways.insert(ways.index(Act.SEND_AGAIN) + 1, Act.SEND_ALL)
            rest = [act for act in (Act.REUSE, *COPIES) if act not in ways]
            return (*ways, *rest, Act.DISMISS)
        case _ as never:
            assert_never(never)


def _has_to_wait(job: Job) -> bool:
    """Whether there is time to take a job back: the first take of a press leaves at once, if it is not held."""
    return job.unsent and (isinstance(job.state, Held) or job.take > 1)


def in_row(job: Job, gone: Gone = all_there) -> tuple[Act, ...]:
    """The two ways out that stand in the row itself; the balance is said on the stage."""
    ways = ways_out(job, gone)
    if isinstance(job.state, Doubtful):
        return (ways[0], Act.DISMISS)
    if ways[:1] == (Act.BALANCE,):
        return ways[1:3]
    return tuple(dict.fromkeys(ways[:1] + ways[-2:-1]))


def links(row: Row, gone: Gone = all_there) -> tuple[Act, ...]:
    """What can be done about a row, in the row itself; what is about one take is about `Row.foremost`.

    Nothing where the takes need different things, nor while one is under way; what is held can be taken back, if no bar
    has the room for that.
    """
    if isinstance(row.foremost.state, Held) and not row.sections[Section.RENDERING]:
        return (Act.TAKE_BACK,)
    found = {in_row(job, gone) for job in row.answered}
    if row.live or len(found) != 1:
        return ()
    [acts] = found
    if len(row.needy) == 1:
        return acts
    return tuple(_OF_SEVERAL[act] for act in acts if act in _OF_SEVERAL) if acts[0] in _OF_SEVERAL else ()


def sendable(takes: Sequence[Job], gone: Gone = all_there) -> tuple[Job, ...]:
    """The takes of a press that may simply be sent again, without another question first."""
    return tuple(job for job in takes if Act.SEND_AGAIN in in_row(job, gone))


def label(
    act: Act,
    job: Job,
    takes: Sequence[Job] = (),
    *,
    short: bool = False,
    counting: str = "",
    name: Callable[[str], str] | None = None,
    instead: str = "",
    gone: Gone = all_there,
) -> str:
    """What a button, link or menu entry says; acts that spend name the sum, or say what is `counting` down to it.

    `takes` are all of its press; `short` is for the row; `name` gives a model's name by its id, and `instead` is that
    of the model in the place of one that is gone, where there is room for them.
    """
    if counting and act in SENDING:
        return counting
    trouble = problem_of(job)
    if act is Act.KEY and trouble is not None and trouble.kind is Kind.NO_KEY:
        return CONNECT
    if act is Act.REUSE and ways_out(job):
        return _use(instead) if instead else _EDIT
    if short and act in _SHORT:
        return _SHORT[act]
    if act is Act.USE_MODEL and name is not None and trouble is not None and trouble.recommended_model:
        return _use(name(trouble.recommended_model))
    if act is Act.TAKE_BACK and (count := sum(take.unsent and take.take >= job.take for take in takes)) > 1:
        return f"{LABELS[act]} {count}"
    sent = sendable(takes, gone) if act is Act.SEND_ALL else (job,)
    total = together([each.quote for each in sent])
    return LABELS[act].format(count=len(sent), price=money(total.amount, total.currency))


def _use(model: str) -> str:
    return f"Use {model if len(model) <= _LONGEST_NAME else f'{model[: _LONGEST_NAME - 1]}…'}"
