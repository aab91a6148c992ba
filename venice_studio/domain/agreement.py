"""A policy that the user has agreed to, as it is remembered."""

from dataclasses import dataclass
from datetime import datetime

from venice_studio.domain.consent import Consent
from venice_studio.domain.job import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What was agreed to, with which account, when (UTC), and which `models` (ids) have asked for it so far."""

    account: Account
    consent: Consent
    agreed_at: datetime
    models: tuple[str, ...] = ()

    def about(self, account: Account, consent: Consent) -> bool:
        """Whether it is this account's word on the flow of `consent`, in whatever version."""
        return self.account == account and self.consent.flow == consent.flow

    def covers(self, account: Account, consent: Consent) -> bool:
        """Whether the very text of `consent` was agreed to. Without a version nobody can tell: then it was not."""
        return (
            self.about(account, consent)
            and bool(consent.version)
            and (consent.version, consent.policy) == (self.consent.version, self.consent.policy)
        )
