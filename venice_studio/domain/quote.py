"""A price, what it was asked for, and how sure of it we are at the moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_UP, Decimal

from venice_studio.domain.media import Video
from venice_studio.domain.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteKey:
    """The inputs a price depends on; typing a prompt changes none of them."""

    model: str
    duration: str | None
    resolution: str | None
    aspect_ratio: str | None
    sound: bool | None
    upscale_factor: int | None = None
    source_video: Video | None = None
    """The video to make larger: its length and size decide the price."""
    reference_video_s: Decimal | None = None
    """Seconds of all reference videos together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What the service asks for one clip."""

    amount: Decimal
    currency: str = "USD"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoQuote:
    """Nothing to price yet: `reason` says what is missing."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checking:
    """A price is being asked for; the previous one stays in sight, dimmed."""

    key: QuoteKey
    previous: Quote | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """The price of exactly `key`, as the service said it at `at` (UTC)."""

    key: QuoteKey
    quote: Quote
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteFailed:
    """The service gave no price for `key`."""

    key: QuoteKey
    problem: Problem


QuoteState = NoQuote | Checking | Quoted | QuoteFailed


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What the account holds. None: the service names no balance of that kind (live schema: nullable)."""

    can_consume: bool
    currency: str | None
    usd: Decimal | None
    diem: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the account held when it was asked, at `at` (UTC)."""

    balance: Balance
    at: datetime


def together(quotes: Sequence[Quote]) -> Quote:
    """What several clips cost, at least one, all in one currency."""
    return Quote(amount=sum((quote.amount for quote in quotes), Decimal(0)), currency=quotes[0].currency)


def money(amount: Decimal, currency: str = "USD") -> str:
    """An amount as people write it: `$0.44`; two to four digits after the point, rounded up, since it may be paid."""
    exact = amount.normalize()
    digits = max(2, -int(exact.as_tuple().exponent)) if exact.is_finite() else 2
    if digits > 4:
        exact, digits = exact.quantize(Decimal("0.0001"), rounding=ROUND_UP), 4
    text = f"{exact:,.{digits}f}"
    return f"${text}" if currency == "USD" else f"{text} {currency}"
