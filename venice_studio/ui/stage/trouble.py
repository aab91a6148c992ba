"""What is looked at where a job needs the user: what happened, what it cost, what to do."""

from collections.abc import Callable, Sequence
from typing import assert_never

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from venice_studio.domain.job import Doubtful, Failed, Held, Intended, Job, Refused, Rendering, Saved, Stopped
from venice_studio.domain.problem import Cost, Kind, Problem
from venice_studio.domain.quote import money
from venice_studio.domain.request import GenerationRequest
from venice_studio.ui.jobs import offers
from venice_studio.ui.jobs.blame import refused, with_faces, words_on
from venice_studio.ui.jobs.offers import SPENDING, Act, Gone
from venice_studio.ui.jobs.sentences import Name
from venice_studio.ui.jobs.words import COST_COLOURS, problem
from venice_studio.ui.stage.centred import centred
from venice_studio.ui.theme import METRICS, colour, set_look
from venice_studio.ui.widgets import PlainLabel, button, plain_tip
from venice_studio.ui.widgets.wrapping import breakable

_WIDTH = 540
_MOST_WORDS = 700  # characters of the service's own words; the rest is in the tooltip
_ASIDE = (Act.REUSE, Act.DISMISS)
_ADVICE = (Act.USE_PROMPT, Act.USE_MODEL)
"""They have long names and a row of their own."""
_ALL = (Act.AGREE, Act.KEY, Act.BALANCE, Act.LOOK_AGAIN, Act.WATCH_AGAIN, *_ADVICE, *SPENDING, *_ASIDE)
_WHEN_STOPPED = Problem(
    kind=Kind.FAILED,
    message="Venice may have gone on with it. Watch again to fetch the clip if it is there; that costs nothing.",
    cost=Cost.CHARGED,
)


class TroubleCard(QWidget):
    """A card on the dark ground with the ways out as buttons; the one that spends is the `retryButton`."""

    acted = Signal(str)
    """The `Act` the user chose."""

    def __init__(self, name: Name, gone: Gone, instead: Callable[[GenerationRequest], str]) -> None:
        """`name` gives a model's name by its id, `gone` whether it is not on offer any more, `instead` the name of the
        one that then takes its place; empty: none does."""
        super().__init__()
        self._name, self._gone, self._instead = name, gone, instead
        self._title = PlainLabel(role="title", wrap=True)
        self._cost = PlainLabel(role="bad", wrap=True)
        self._words = PlainLabel(wrap=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words.setObjectName("problemText")
        self._words.setAccessibleName("What happened")
        self._fields = PlainLabel(role="secondary", wrap=True)
        self._evidence = PlainLabel(role="secondary", wrap=True)
        self._evidence.setAccessibleName("What is known of its cost")
        self._receipt = button(offers.LABELS[Act.COPY_RECEIPT], "link", small=True)
        self._receipt.setObjectName("copyReceiptButton")
        self._receipt.setAccessibleName(self._receipt.text())
        self._receipt.clicked.connect(lambda: self.acted.emit(Act.COPY_RECEIPT.value))
        self._buttons = {act: button("") for act in _ALL}
        self._advised, self._row = QHBoxLayout(), QHBoxLayout()
        card = QWidget()
        card.setProperty("surface", "field")
        card.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        card.setMaximumWidth(_WIDTH)
        column = QVBoxLayout(card)
        column.setContentsMargins(METRICS.space_6, METRICS.space_6, METRICS.space_6, METRICS.space_4)
        column.setSpacing(METRICS.space_2)
        for part in (self._title, self._cost, self._words, self._fields):
            column.addWidget(part)
        proof = QHBoxLayout()
        proof.setSpacing(METRICS.space_2)
        proof.addWidget(self._evidence, 1)
        proof.addWidget(self._receipt, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(proof)
        column.addSpacing(METRICS.space_2)
        for row in (self._advised, self._row):
            row.setSpacing(METRICS.space_2)
            column.addLayout(row)
        centred(self, card)
        self._name_buttons()
        for act, made in self._buttons.items():
            # What it costs is known of a job, and a name is needed before there is one.
            made.setAccessibleName("Send again" if act in SPENDING else offers.LABELS[act])
            made.setProperty("ground", "card")
            made.hide()
            self._row.addWidget(made)
            made.clicked.connect(lambda _=False, act=act: self.acted.emit(act.value))

    def show_job(self, job: Job, counting: str = "") -> None:
        """Show a job that needs the user; `counting`: what the button says that is about to send it again."""
        trouble = problem(job) or _WHEN_STOPPED
        self._title.setText(_title(job))
        self._cost.setText(_cost(job, trouble))
        self._cost.set_role(COST_COLOURS[trouble.cost])
        _show(self._words, trouble.message)
        details = [*_details(trouble, self._name), *self._not_on_offer(job)]
        _show(self._fields, "\n".join(details))
        self._fields.setVisible(bool(details))
        self._evidence.setText(_evidence(job, trouble))
        self._show_buttons(job, counting)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour("stage"))

    def _show_buttons(self, job: Job, counting: str) -> None:
        for row in (self._advised, self._row):
            while row.takeAt(0) is not None:
                pass
        ways = offers.ways_out(job, self._gone)
        instead = self._in_place(job)
        for act, made in self._buttons.items():
            made.setVisible(act in ways)
        self._name_buttons(ways)
        for act in ways:
            made = self._buttons[act]
            says = offers.label(act, job, counting=counting, name=self._name, instead=instead)
            made.setText(says.replace("&", "&&"))
            made.setAccessibleName(made.text().replace("&&", "&"))
            set_look(made, kind="primary" if act is ways[0] else "quiet" if act in _ASIDE else "")
            (self._advised if act in _ADVICE else self._row).addWidget(made)
        self._advised.addStretch(1)
        self._row.addStretch(1)

    def _in_place(self, job: Job) -> str:
        return self._instead(job.request) if self._gone(job.request.model) else ""

    def _not_on_offer(self, job: Job) -> list[str]:
        if not self._gone(job.request.model):
            return []
        instead = self._in_place(job)
        then = f"{instead} takes its place." if instead else "Edit it to make the clip with another model."
        return [f"{self._name(job.request.model)} is not on offer any more. {then}"]

    def _name_buttons(self, ways: Sequence[Act] = ()) -> None:
        """One of those that spend is always there to be found, the one that is offered if any is."""
        retry = next((act for act in ways if act in SPENDING), Act.SEND_AGAIN)
        for act, made in self._buttons.items():
            made.setObjectName("retryButton" if act is retry else offers.widget_name(act, "Button"))


def _show(label: PlainLabel, text: str) -> None:
    """A text of any length and with words of any length, so that the card stays within the stage."""
    shortened = len(text) > _MOST_WORDS
    label.setText(breakable(f"{text[:_MOST_WORDS].rstrip()}…" if shortened else text))
    label.setToolTip(plain_tip(text) if shortened else "")


def _details(trouble: Problem, name: Name) -> list[str]:
    """What was refused, and what the service says would be taken."""
    lines = [refused(trouble), *words_on(trouble)]
    if trouble.kind is Kind.CONSENT:
        lines.append(_asked(trouble))
    if trouble.suggested_prompt:
        lines.append(f"Venice suggests: “{trouble.suggested_prompt}”")
    if (other := trouble.recommended_model) and name(other) == other:
        lines.append(f"Venice recommends {other}, which is not in its list of models just now.")
    return [line for line in lines if line]


def _asked(trouble: Problem) -> str:
    if trouble.consent is None:
        return "Venice sent no policy that could be shown whole, so there is nothing to agree to. Choose another model."
    faces = with_faces(trouble.consent)
    return f"It is about: {faces}." if faces else ""


def _title(job: Job) -> str:
    match job.state:
        case Refused(problem=problem) if problem.kind is Kind.CONSENT:
            return "This model asks you to agree first"
        case Refused():
            return "This clip was not made"
        case Doubtful(problem=problem) if problem.cost is Cost.CHARGED:
            return "This clip was charged and not made"
        case Doubtful():
            return "Nobody knows whether Venice took this"
        case Failed():
            return "Venice took this, but there is no clip"
        case Stopped():
            return "You stopped watching this"
        case Intended() | Held() | Rendering() | Saved():
            return ""
        case _ as never:
            assert_never(never)


def _evidence(job: Job, trouble: Problem) -> str:
    """How that is known: the quote, the status of the answer, what the account held."""
    quote = f"Quoted at {money(job.quote.amount, job.quote.currency)}."
    status = "" if trouble.status is None else f" The service answered with HTTP {trouble.status}."
    found = job.state.evidence if isinstance(job.state, Doubtful) else ""
    return f"{quote}{status} {found}".rstrip()


def _cost(job: Job, trouble: Problem) -> str:
    price = money(job.quote.amount, job.quote.currency)
    price += " practice money" if job.account.practice else ""
    match trouble.cost:
        case Cost.NOT_CHARGED:
            return "Not charged."
        case Cost.CHARGED:
            return f"{price} was charged when Venice took it."
        case Cost.REFUNDED:
            return f"{price} was charged and came back."
        case Cost.UNKNOWN if trouble.kind is Kind.CONTENT:
            return f"It may have been charged: {price}. Venice did not say. {_of_content(job)}".rstrip()
        case Cost.UNKNOWN:
            return f"It may have been charged: {price}. It is not sent again by itself."
        case _ as never:
            assert_never(never)


def _of_content(job: Job) -> str:
    """What is known of models that charge for refused content. Source: live service."""
    if not job.request.model.startswith("grok-imagine"):
        return ""
    # Only a private model's clips get an address of their own.
    if job.ticket is not None and job.ticket.download_url is not None:
        return "A private Grok Imagine is not billed for refused content."
    return "Refused content is billed with Grok Imagine, unless it is a private one."
