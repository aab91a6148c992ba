"""What the studio needs from outside: the only two interfaces with more than one implementation."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from venice_studio.domain.job import Account, Begun, Progress, Ticket
from venice_studio.domain.listing import Listing
from venice_studio.domain.model import Dialect
from venice_studio.domain.quote import Balance, Quote
from venice_studio.domain.request import GenerationRequest


class Clock(Protocol):
    """Time as the program sees it."""

    def now(self) -> datetime:
        """The wall clock, in UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that only go forward."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Come back after `seconds`."""
        ...


class Sink(Protocol):
    """Where a clip's bytes go."""

    async def begin(self, size: int | None, mime: str, *, version: str | None = None) -> None:
        """A body begins: its length in bytes, where the service named it, and its content type. May come again
        when a transfer starts over: what was written before is then void. `version`: it comes from an address that
        goes on where it was left; see `Begun`."""
        ...

    async def resume(self) -> Begun | None:
        """Go on behind what came from such an address in an earlier try, and say what that is; None: nothing did."""
        ...

    async def write(self, chunk: bytes) -> None:
        """The next bytes."""
        ...


class Service(Protocol):
    """Venice, seen from one account. Every method raises `Trouble`; none repeats a request that could cost money."""

    @property
    def account(self) -> Account:
        """Whose money it is."""
        ...

    @property
    def dialect(self) -> Dialect | None:
        """How the service was heard to speak; None before the first answer that tells."""
        ...

    async def quote(self, request: GenerationRequest) -> Quote:
        """The price of `request`."""
        ...

    def payload(self, request: GenerationRequest) -> str:
        """The JSON that `queue` would send, pictures replaced by their fingerprints."""
        ...

    async def queue(self, request: GenerationRequest) -> Ticket:
        """The paid request, sent once. `Trouble.problem.cost` says what a failure may have cost."""
        ...

    async def retrieve(
        self, ticket: Ticket, sink: Sink, *, delete: bool = False, worth: Callable[[], float] = ...
    ) -> Progress | None:
        """Look at a job: its progress, or None after the whole clip went into `sink`.

        With `delete` the service deletes its copy as it sends it. Where looks must wait, the one that is `worth` most
        goes first.
        """
        ...

    async def complete(self, ticket: Ticket) -> None:
        """Delete the service's copy of a clip."""
        ...

    async def models(self) -> Listing:
        """The listing."""
        ...

    async def balance(self) -> Balance:
        """What the account holds."""
        ...
