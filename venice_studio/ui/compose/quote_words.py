"""What the quote panel says in each state of the price."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from venice_studio.domain.problem import Kind, Problem
from venice_studio.domain.quote import (
    Balance,
    Checking,
    NoQuote,
    Quote,
    Quoted,
    QuoteFailed,
    QuoteKey,
    QuoteState,
    money,
)
from venice_studio.ui.compose import words
from venice_studio.ui.connect.words import ANOTHER_KEY, CONNECT

UNKNOWN_PRICE = "$ –"

_OFFLINE = ("no connection: your jobs go on at Venice;", "we look again when you are back")

_HEADLINES = {
    Kind.OFFLINE: "no connection",
    Kind.CUT: "no answer",
    Kind.NO_KEY: "no key",
    Kind.BUSY: "Venice is busy",
    Kind.SERVICE: "Venice has a problem",
    Kind.GARBLED: "an answer nobody can read",
}
_TO_THE_KEY = {Kind.KEY: ANOTHER_KEY, Kind.NO_KEY: CONNECT}


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteLook:
    """The panel in one state. `lines` has one or two lines, `hint` what the lines have no room for."""

    price: str
    lines: tuple[str, ...]
    dimmed: bool = False
    tone: str = "secondary"
    hint: str = ""
    retry: bool = False
    connect: str = ""
    """What leads to the key; empty where the key is not what matters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Purse:
    """Whose money it is and how much of it there is."""

    balance: Balance | None = None
    practice: bool = False
    key_refused: bool = False
    """Whether the service refuses the key altogether, and not for one model only."""


def quote_look(state: QuoteState, key: QuoteKey, takes: int, purse: Purse, now: datetime) -> QuoteLook:
    """How to show `state` for a draft priced by `key`."""
    match state:
        case NoQuote(reason=reason):
            return QuoteLook(price=UNKNOWN_PRICE, lines=(reason,), dimmed=True)
        case Checking(previous=previous):
            return _checking(previous, takes)
        case Quoted(key=quoted) if quoted != key:
            return _checking(state.quote, takes)
        case Quoted(quote=quote, at=at):
            return _quoted(quote, at, takes, purse, now)
        case QuoteFailed(problem=problem) if problem.kind is Kind.OFFLINE and not purse.practice:
            hint = f"{problem.message} {_sentence(_OFFLINE)}"
            return QuoteLook(price=UNKNOWN_PRICE, lines=_OFFLINE, dimmed=True, tone="warn", hint=hint, retry=True)
        case QuoteFailed(problem=problem):
            return _failed(problem, purse)
        case _ as never:
            assert_never(never)


def without_room(look: QuoteLook, disk: Problem) -> QuoteLook:
    """The same price, but a clip could not be saved: that is what matters now."""
    lines = ("clips cannot be saved", disk.message)
    return replace(look, lines=lines, tone="bad", hint=disk.message, retry=False, connect="")


def total(quote: Quote, takes: int) -> Quote:
    """The price of all takes together."""
    return Quote(amount=quote.amount * takes, currency=quote.currency)


def _sentence(lines: tuple[str, ...]) -> str:
    said = " ".join(lines)
    return f"{said[0].upper()}{said[1:]}."


def _price(quote: Quote, takes: int) -> str:
    sum_ = total(quote, takes)
    return money(sum_.amount, sum_.currency)


def _failed(problem: Problem, purse: Purse) -> QuoteLook:
    headline = _HEADLINES.get(problem.kind, "Venice gave no price")
    if problem.kind is Kind.KEY and purse.key_refused:
        headline = "the key was refused"
    return QuoteLook(
        price=UNKNOWN_PRICE,
        lines=(headline, problem.message),
        dimmed=True,
        tone="warn" if problem.transient else "bad",
        hint=f"{_sentence((headline,))[:-1]}: {problem.message}",
        retry=True,
        connect=_TO_THE_KEY.get(problem.kind, ""),
    )


def _checking(previous: Quote | None, takes: int) -> QuoteLook:
    return QuoteLook(
        price=_price(previous, takes) if previous else UNKNOWN_PRICE, lines=("checking the price…",), dimmed=True
    )


def _quoted(quote: Quote, at: datetime, takes: int, purse: Purse, now: datetime) -> QuoteLook:
    heard = "practice money" if purse.practice else f"quoted {words.age(at, now)}"
    each = f"{takes} × {money(quote.amount, quote.currency)}, " if takes > 1 else ""
    left = words.remaining(purse.balance, total(quote, takes))
    lines = tuple(line for line in (f"{each}{heard}", words.remaining_line(left, quote.currency)) if line)
    return QuoteLook(
        price=_price(quote, takes), lines=lines, tone="warn" if left is not None and left < 0 else "secondary"
    )
