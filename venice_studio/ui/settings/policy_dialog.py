"""The text of a policy that was agreed to."""

from PySide6.QtWidgets import QWidget

from venice_studio.domain.consent import Consent
from venice_studio.ui.widgets import ReadingDialog


class PolicyDialog(ReadingDialog):
    """To read again, and nothing else."""

    def __init__(self, parent: QWidget | None, consent: Consent) -> None:
        heading = f"{consent.flow}, version {consent.version}"
        super().__init__(parent, "What you agreed to", consent.policy, name="Policy", heading=heading)
        self.setObjectName("policyDialog")
        self.text.setObjectName("policyText")
        self.done_button.setObjectName("policyDoneButton")
