"""How many paid requests were begun, and what the account was known to hold before the next one."""

from dataclasses import dataclass

from venice_studio.domain.quote import Balance, Reading
from venice_studio.studio.ports import Clock, Service

EVIDENCE_S = 60.0
"""How long what an account held says something of a payment: a refund or another program may change it unseen."""


@dataclass(frozen=True, slots=True)
class Known:
    """A balance, when it was asked for (s of the clock), and how many paid requests had begun by then."""

    reading: Reading
    asked_s: float
    payments: int

    @property
    def balance(self) -> Balance:
        """What the account held."""
        return self.reading.balance


class Payments:
    """Counts paid requests. `known` is the balance in sight."""

    def __init__(self, clock: Clock) -> None:
        self.count = 0
        self.known: Known | None = None
        self._clock = clock

    async def ask(self, service: Service) -> Known:
        """What the account holds. Raises `Trouble`."""
        # All of it as it was before the question went out: what happens meanwhile may be in the answer or not.
        at, asked_s, payments = self._clock.now(), self._clock.monotonic(), self.count
        return Known(Reading(balance=await service.balance(), at=at), asked_s, payments)

    def begin(self) -> Reading | None:
        """A paid request begins: the balance before it, if it was read just now and no other was begun since."""
        known, before = self.known, self.count
        self.count += 1
        if known is None or known.payments != before or self._clock.monotonic() - known.asked_s > EVIDENCE_S:
            return None
        return known.reading
