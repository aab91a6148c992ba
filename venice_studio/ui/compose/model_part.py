"""The model, and what followed from changing it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from venice_studio.domain.quote import money
from venice_studio.library.draft_file import Draft
from venice_studio.studio.composer import Composer
from venice_studio.studio.lineup import Lineup
from venice_studio.studio.past import Switch
from venice_studio.studio.quoter import Quoter
from venice_studio.ui.binding import until_destroyed
from venice_studio.ui.compose import model_words, words
from venice_studio.ui.compose.ending_note import EndingNote
from venice_studio.ui.compose.model_picker import ModelPicker
from venice_studio.ui.theme import METRICS
from venice_studio.ui.widgets import Field, PlainLabel, button


class ModelPart(QWidget):
    """The picker, and under it what a change of model changed beside itself."""

    def __init__(self, composer: Composer, quoter: Quoter, lineup: Lineup) -> None:
        super().__init__()
        self._composer = composer
        self.picker = ModelPicker(lineup)
        self.picker.setObjectName("modelPicker")
        self.field = Field("Model", self.picker)
        self.ending = EndingNote(composer, lineup)
        self.note = SwitchNote(composer, quoter)
        self.several = button("Try several models…", "link", small=True)
        self.several.setObjectName("severalModelsButton")
        self.every = button("Practise with every model", "link", small=True)
        self.every.setObjectName("everyModelButton")
        self.every.setToolTip("Practise with all models and inputs; Settings has the way back")
        self.every.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(METRICS.space_1)
        column.addWidget(self.field)
        column.addWidget(self.ending)
        column.addWidget(self.note)
        links = QHBoxLayout()
        links.addWidget(self.several)
        links.addStretch(1)
        links.addWidget(self.every)
        column.addLayout(links)
        self.picker.chosen.connect(composer.choose_family)

    def refresh(self) -> None:
        """Show what is listed and what the draft says."""
        model, family = self._composer.model, self._composer.family
        with_picture = self._composer.draft.value.start_frame is not None
        badge = model_words.badge(model, with_picture=with_picture) if model else ""
        self.picker.show_families(self._composer.families, family.name if family else None, badge)
        self.ending.refresh()


class SwitchNote(QWidget):
    """`10 s → 8 s, $0.44 → $0.88`, and a link that takes it back; in sight where there is anything to say."""

    def __init__(self, composer: Composer, quoter: Quoter) -> None:
        super().__init__()
        self._composer = composer
        self._quoter = quoter
        self._text = PlainLabel("", "secondary", wrap=True, numbers=True)
        self.undo = button("Undo", "link", small=True)
        self.undo.setObjectName("undoSwitchButton")
        self.undo.setAccessibleName("Bring back the form as it was")
        self.undo.clicked.connect(composer.undo)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(METRICS.space_2)
        row.addWidget(self._text, 1)
        row.addWidget(self.undo, 0, Qt.AlignmentFlag.AlignTop)
        until_destroyed(
            self,
            composer.switched.bind(lambda _: self._refresh()),
            quoter.state.bind(lambda _: self._refresh()),
        )

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def _refresh(self) -> None:
        switch = self._composer.switched.value
        said = self._said(switch) if switch is not None else ""
        self._text.setText(said)
        self.setVisible(bool(said))

    def _said(self, switch: Switch) -> str:
        before = self._composer.listed(switch.before.request.model)
        changes = [words.change(change, before, self._composer.model) for change in switch.changes]
        facts = ", ".join(changes + self._prices(switch.before))
        return f"{switch.said} {facts}".strip()

    def _prices(self, before: Draft) -> list[str]:
        sums = []
        for draft in (before, self._composer.now):
            quote = self._quoter.known(draft.request.quote_key)
            if quote is None:
                return []
            sums.append(money(quote.amount * draft.takes, quote.currency))
        return [" → ".join(sums)] if sums[0] != sums[1] else []
