"""The words of the form: prompt and negative prompt."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from venice_studio.studio.composer import Composer
from venice_studio.ui.compose.inputs.hands import Hands
from venice_studio.ui.compose.mentioning import Mentioning
from venice_studio.ui.theme import METRICS, icon
from venice_studio.ui.widgets import Field, PromptEdit, button

IDEAS = (
    "What happens in the clip? A gondola drifts towards the camera, water ripples catch the last light, slow push in"
)
NOT_NEEDED = "Nothing needs to be written: the video stays what it is"


class PromptPart(QWidget):
    """Prompt with its counter; the negative prompt unfolds under it."""

    def __init__(self, composer: Composer, hands: Hands) -> None:
        super().__init__()
        self._composer = composer
        self.prompt = PromptEdit(placeholder=IDEAS)
        self._mentions = Mentioning(self.prompt, composer, hands)
        self.dangling = self._mentions.remark
        self.prompt.setObjectName("promptEdit")
        self.prompt_field = Field("Prompt", self.prompt)
        self.disclosure = button("Negative prompt", "disclosure")
        self.disclosure.setCheckable(True)
        self.disclosure.setObjectName("negativePromptDisclosure")
        self.negative = PromptEdit(placeholder="What should not be seen: text, blur, extra fingers", least=2, most=6)
        self.negative.setObjectName("negativePromptEdit")
        self.negative_field = Field("Negative prompt", self.negative)
        self.negative_field.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(METRICS.space_1)
        column.addWidget(self.prompt_field)
        column.addWidget(self.dangling)
        column.addWidget(self.disclosure, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.negative_field)
        self._connect()
        self._unfold(False)

    def refresh(self) -> None:
        """Show what the draft says."""
        draft, model = self._composer.draft.value, self._composer.model
        if model is not None:
            for edit in (self.prompt, self.negative):
                edit.set_limit(model.prompt_limit)
            self.prompt.setPlaceholderText(NOT_NEEDED if model.upscale_factors else IDEAS)
        if draft.negative_prompt and not self.disclosure.isChecked():
            self.disclosure.setChecked(True)
        self.prompt.show_text(draft.prompt)
        self._mentions.refresh()
        self.negative.show_text(draft.negative_prompt)

    def _connect(self) -> None:
        self.prompt.textChanged.connect(lambda: self._composer.edit(prompt=self.prompt.toPlainText()))
        self.negative.textChanged.connect(lambda: self._composer.edit(negative_prompt=self.negative.toPlainText()))
        for edit, field in ((self.prompt, self.prompt_field), (self.negative, self.negative_field)):
            edit.counted.connect(
                lambda count, limit, edit=edit, field=field: field.set_note(
                    edit.counter() if count else "", alarming=0 < limit < count
                )
            )
        self.disclosure.toggled.connect(self._unfold)
        self.disclosure.clicked.connect(lambda on: self.negative.setFocus() if on else None)

    def _unfold(self, on: bool) -> None:
        self.disclosure.setIcon(icon("chevron-down" if on else "chevron-right", "secondary"))
        self.disclosure.setAccessibleDescription("unfolded" if on else "folded")
        self.negative_field.setVisible(on)
