"""A job: one attempt at one clip, and its states as a union, each holding only the fields valid in it.

Intended   written down, the paid request is about to leave or has left
  Held        the service asked to wait; the same intent goes out later
  Refused     the service took nothing: not charged
  Doubtful    it left and nobody knows what came of it: may have been charged
  Rendering   the service took it; we look from time to time
    Saved        the clip is on this computer, checked
    Stopped      nobody looks any more, at the user's word
    Failed       the service gave it up, or the clip cannot be had
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never

from venice_studio.domain.model import Dialect
from venice_studio.domain.problem import Cost, Problem
from venice_studio.domain.quote import Quote
from venice_studio.domain.request import GenerationRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Whose money it is: the service's address (or one of `PRACTICES`) and a fingerprint of the key, never the key."""

    service: str
    fingerprint: str

    @property
    def practice(self) -> bool:
        """Whether this is an embedded service, where nothing is charged."""
        return self.service in PRACTICES


class CopyAtVenice(StrEnum):
    """What becomes of the service's own copy of a clip."""

    KEEP = "keep"
    AFTER_SAVING = "delete after saving"
    """Once the clip is here, whole and checked."""
    WITH_DOWNLOAD = "delete with the download"
    """The service deletes it as it sends it (`delete_media_on_completion`): a cut line then loses the clip."""


PRACTICE = "practice"
PRACTICE_ALL = "practice-all"
PRACTICES = (PRACTICE, PRACTICE_ALL)
"""The embedded services: one with the few models of the reference page, one with every model there is."""
PRACTICE_ACCOUNT = Account(service=PRACTICE, fingerprint=PRACTICE)
PRACTICE_ALL_ACCOUNT = Account(service=PRACTICE_ALL, fingerprint=PRACTICE)


DOWNLOAD_LIVES = timedelta(hours=24)
"""How long a `download_url` can be fetched from. Live schema."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """What the queue answer gave: all that is needed to fetch the clip."""

    queue_id: str
    model: str
    dialect: Dialect
    download_url: str | None = field(default=None, repr=False)
    """A secret with an end (`DOWNLOAD_LIVES`): where a private model's clip lies. Live schema."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """The beginning of a clip that came from its `download_url`: `received` of `size` bytes, of the `version` that the
    service named it by (an ETag; empty: it named none)."""

    received: int
    size: int
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """The service's own words on a job that is not ready, in ms; `estimate_ms` None where it named none."""

    elapsed_ms: int
    estimate_ms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A finished clip on this computer."""

    path: str
    size: int
    """Bytes."""
    duration_ms: int
    width: int
    height: int
    fps: float
    frames: int
    sound: bool
    thumbnail: str
    """Path of a small still."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intended:
    """Written down before anything was sent.

    `leaving` is written just before the first byte: found at a start, True means stopped in the middle of the paid
    request, False means that nothing of it was ever sent.
    """

    leaving: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The service said 429: the same intent goes out again at `until` (UTC)."""

    until: datetime
    problem: Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Nothing was taken and nothing charged."""

    problem: Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubtful:
    """The request left and no whole answer came: it is never repeated by itself."""

    problem: Problem
    evidence: str = ""
    """What speaks for a charge or against it, such as the balance before and after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """The service works on it. `trouble` is what the last look ran into, while we go on looking."""

    ticket: Ticket
    queued_at: datetime
    progress: Progress | None = None
    trouble: Problem | None = None

    @property
    def fetch_before(self) -> datetime | None:
        """When the address of the clip runs out (UTC), where it has one."""
        return self.queued_at + DOWNLOAD_LIVES if self.ticket.download_url else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """The clip is here, whole. `copy_deleted`: the service has removed its copy at our word; `copy_due`: it was to do
    so, and has not said yet that it did. `found`: it was taken in from its folder, and nobody knows what it cost."""

    ticket: Ticket
    clip: Clip
    saved_at: datetime
    rendered_ms: int | None = None
    copy_deleted: bool = False
    copy_due: bool = False
    found: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """Taken, but there will be no clip."""

    ticket: Ticket
    problem: Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """Nobody looks any more, at the user's word. There is no cancelling: the service may render and charge on."""

    ticket: Ticket
    queued_at: datetime


JobState = Intended | Held | Refused | Doubtful | Rendering | Saved | Failed | Stopped


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One attempt at one clip. Takes of one press share `group` and differ in `take` (from 1)."""

    id: str
    group: str
    take: int = 1
    created_at: datetime
    account: Account
    request: GenerationRequest
    payload: str
    """The JSON that was sent, pictures replaced by their fingerprints."""
    quote: Quote
    state: JobState
    hidden: bool = False
    """Out of sight at the user's word; it is watched and saved all the same."""

    def to(self, state: JobState) -> "Job":
        """The same job in another state."""
        return replace(self, state=state)

    @property
    def cost(self) -> Cost:
        """What this attempt cost, on the evidence there is."""
        match self.state:
            case Intended(leaving=leaving):
                return Cost.UNKNOWN if leaving else Cost.NOT_CHARGED
            case Held():
                return Cost.NOT_CHARGED
            case Refused(problem=problem) | Doubtful(problem=problem) | Failed(problem=problem):
                return problem.cost
            case Saved(found=True):
                return Cost.NOT_CHARGED
            case Rendering() | Saved() | Stopped():
                return Cost.CHARGED
            case _ as never:
                assert_never(never)

    @property
    def unsent(self) -> bool:
        """Whether it is still to be sent: nothing of it has left, or what left was not taken."""
        return isinstance(self.state, Held) or self.state == Intended()

    @property
    def ticket(self) -> Ticket | None:
        """The queue answer, once there is one."""
        match self.state:
            case Rendering(ticket=ticket) | Saved(ticket=ticket) | Failed(ticket=ticket) | Stopped(ticket=ticket):
                return ticket
            case _:
                return None


def new_job_id(at: datetime, random_hex: str) -> str:
    """An id that sorts by time: milliseconds since 1970 in hex, then randomness."""
    return f"{int(at.timestamp() * 1000):012x}-{random_hex}"
