"""Which policies of models' makers the user has agreed to, and which requests say so."""

from collections.abc import Sequence
from dataclasses import replace

from venice_studio.domain.agreement import Agreement
from venice_studio.domain.consent import Consent
from venice_studio.domain.job import Account, Job, Refused
from venice_studio.domain.request import GenerationRequest
from venice_studio.library.settings import Settings
from venice_studio.studio.ports import Clock
from venice_studio.studio.signals import Value


class Consents:
    """Remembers agreements in the settings, for each account, flow and version.

    A request says that a policy was agreed to only where its model has asked for that, and where the text that was
    agreed to is the last one that the service has shown: a newer one is asked about anew.
    """

    def __init__(self, settings: Value[Settings], clock: Clock) -> None:
        self._settings = settings
        self._clock = clock

    @property
    def agreements(self) -> tuple[Agreement, ...]:
        """Everything that is agreed to at present."""
        return self._settings.value.agreements

    def covers(self, account: Account, consent: Consent) -> bool:
        """Whether this very text was agreed to before."""
        return any(agreement.covers(account, consent) for agreement in self.agreements)

    def signed(self, account: Account, request: GenerationRequest, now: Consent | None = None) -> GenerationRequest:
        """The request with the consents that hold for its model, with that which was agreed to just `now`, and with no
        others: those it was made with may have been taken back."""
        held = [it for it in self.agreements if it.account == account and request.model in it.models]
        flows = [*(agreement.consent.flow for agreement in held), *([now.flow] if now else [])]
        return replace(request, consents=tuple(dict.fromkeys(flows)))

    def agree(self, account: Account, consent: Consent, model: str) -> None:
        """The user has read and agreed: from now on requests to `model` say so. Without a version, that is not kept:
        nobody could tell when the text becomes another one."""
        if not consent.version:
            return
        before = next((it for it in self.agreements if it.covers(account, consent)), None)
        models = (*before.models, model) if before else (model,)
        agreement = Agreement(
            account=account,
            consent=consent,
            agreed_at=before.agreed_at if before else self._clock.now(),
            models=tuple(dict.fromkeys(models)),
        )
        self._keep([*(it for it in self.agreements if not it.about(account, consent)), agreement])

    def withdraw(self, agreement: Agreement) -> None:
        """The user takes it back: from now on no request says so. What was sent stays sent."""
        self._keep([it for it in self.agreements if not it.about(agreement.account, agreement.consent)])

    def heard(self, jobs: Sequence[Job]) -> None:
        """What came of requests. Who was agreed with and asks again wants something else agreed to."""
        for job in jobs:
            if not isinstance(job.state, Refused) or (consent := job.state.problem.consent) is None:
                continue
            refused = consent.flow in job.request.consents or not self.covers(job.account, consent)
            if refused:
                self._keep([it for it in self.agreements if not it.about(job.account, consent)])

    def _keep(self, agreements: Sequence[Agreement]) -> None:
        self._settings.set(replace(self._settings.value, agreements=tuple(agreements)))
