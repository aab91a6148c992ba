"""Asks for what a refused job's model wants agreed to."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from venice_studio.domain.consent import Consent
from venice_studio.domain.job import Job, Refused
from venice_studio.domain.quote import money
from venice_studio.studio.studio import Studio
from venice_studio.ui.stage.consent_dialog import ConsentDialog
from venice_studio.ui.widgets import Choice, ask


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreeing:
    """`open_page` opens an address in the browser; dialogs stand before `window`."""

    studio: Studio
    window: QWidget
    open_page: Callable[[str], None]

    async def agreed(self, job: Job) -> bool:
        """Whether the user agrees, for the sum that is named. The policy is shown unless this very text was agreed to
        before: then only the sending is asked about."""
        consent = job.state.problem.consent if isinstance(job.state, Refused) else None
        if consent is None:
            return False
        takes = 1 + len(self.studio.press.kept_back(job.id))
        price = money(job.quote.amount * takes, job.quote.currency)
        if self._covered(consent):
            text = "You have agreed to exactly this policy before, for another model. This model asks for it too."
            return await ask(self.window, "Send it with what you agreed to?", text, _send(price)) == "send"
        dialog = ConsentDialog(
            self.window,
            consent,
            model=self._name(job.request.model),
            price=price,
            takes=takes,
            open_page=self.open_page,
        )
        return await dialog.outcome()

    def _covered(self, consent: Consent) -> bool:
        service = self.studio.connection.service.value
        return service is not None and self.studio.consents.covers(service.account, consent)

    def _name(self, model_id: str) -> str:
        return next((it.name for it in self.studio.composer.models.value if it.id == model_id), model_id)


def _send(price: str) -> Choice:
    return Choice("send", f"Send for {price}", "primary")
