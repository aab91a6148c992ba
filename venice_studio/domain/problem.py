"""What can go wrong, and what it cost.

Trouble                     an exception that carries a Problem
  Problem.kind              what happened, in the user's terms
  Problem.cost              what it cost, as far as anybody can know

before anything was sent    INVALID (ours), OFFLINE, NO_KEY, DISK, PICTURE, LIMIT (the user's own),
                            TAKEN_BACK (by the user), PRICE (it rose while the request waited)
the service's own word      INVALID (400, 415), KEY (401), FUNDS (402), FORBIDDEN (403), GONE (404, 410),
                            CONSENT (409), TOO_LARGE (413), CONTENT (422), BUSY (429), SERVICE (5xx),
                            FAILED (the render was given up; looking again is no use)
nobody's word               CUT (sent, no whole answer), GARBLED (an answer nobody can read),
                            BROKEN_CLIP (an answer that is no playable clip)
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from venice_studio.domain.consent import Consent


class Kind(StrEnum):
    """What happened."""

    INVALID = "invalid"
    KEY = "key"
    FUNDS = "funds"
    FORBIDDEN = "forbidden"
    GONE = "gone"
    CONSENT = "consent"
    TOO_LARGE = "too large"
    CONTENT = "content"
    BUSY = "busy"
    SERVICE = "service"
    FAILED = "failed"
    OFFLINE = "offline"
    CUT = "cut"
    GARBLED = "garbled"
    BROKEN_CLIP = "broken clip"
    NO_KEY = "no key"
    DISK = "disk"
    PICTURE = "picture"
    LIMIT = "limit"
    TAKEN_BACK = "taken back"
    PRICE = "price"


class Cost(StrEnum):
    """What an attempt cost, on the evidence there is; the values are the words the user reads."""

    NOT_CHARGED = "not charged"
    CHARGED = "charged"
    REFUNDED = "refunded"
    UNKNOWN = "may have been charged"


TRANSIENT = frozenset({Kind.BUSY, Kind.SERVICE, Kind.OFFLINE, Kind.CUT, Kind.GARBLED})
"""Kinds after which a question that costs nothing may simply be asked again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a request, by its wire field; `number`, from 1, where it is one of several in that field."""

    field: str
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that went wrong.

    `message` is plain text for the user: the server's own words where it said any. `fields` maps a wire field
    (`duration`, `image_url`, ...) to what is wrong with it. `retry_after_s` is how long the service asks to wait.
    Of a look at a job `cost` is what the job cost; of the paid request, what that request cost.
    """

    kind: Kind
    message: str
    cost: Cost = Cost.NOT_CHARGED
    status: int | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    retry_after_s: float | None = None
    code: str | None = None
    """The service's own word for a program, such as `needs_consent`. Live schema."""
    suggested_prompt: str | None = None
    """A prompt that would not be refused, where the service names one. Live schema."""
    recommended_model: str | None = None
    """The id of a model that may take what this one refused. Live schema."""
    parts: tuple[Part, ...] = ()
    """What of the request the service named, in its order; empty where it did not say."""
    consent: Consent | None = None
    """What has to be agreed to first, where the service gave the text of it. Live schema."""

    @property
    def transient(self) -> bool:
        """Whether asking the same again, later, may well succeed."""
        return self.kind in TRANSIENT


class Trouble(Exception):
    """Raised where work cannot go on; carries the `Problem` to show."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem
