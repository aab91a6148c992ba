"""The model, and what followed from changing it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from venice_studio.domain.family import family_name
from venice_studio.domain.quote import money
from venice_studio.studio.composer import Composer, Switch
from venice_studio.studio.lineup import Lineup
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
        model = self._composer.model
        with_picture = self._composer.draft.value.start_frame is not None
        badge = model_words.badge(model, with_picture=with_picture) if model else ""
        self.picker.show_families(self._composer.families, family_name(model) if model else None, badge)
        self.ending.refresh()


class SwitchNote(QWidget):
    """`10 s → 8 s, $0.44 → $0.88`, and a link that takes it back."""

    def __init__(self, composer: Composer, quoter: Quoter) -> None:
        super().__init__()
        self._composer = composer
        self._quoter = quoter
        self._text = PlainLabel("", "secondary", wrap=True, numbers=True)
        self.undo = button("Undo", "link", small=True)
        self.undo.setObjectName("undoSwitchButton")
        self.undo.setAccessibleName("Undo the change of model")
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
        self.setVisible(switch is not None)
        if switch is not None:
            self._text.setText(", ".join([words.change(change) for change in switch.changes] + self._prices(switch)))

    def _prices(self, switch: Switch) -> list[str]:
        before, after = (
            self._quoter.known(request.quote_key) for request in (switch.before, self._composer.draft.value)
        )
        if before is None or after is None or before == after:
            return []
        takes = self._composer.takes.value
        return [" → ".join(money(quote.amount * takes, quote.currency) for quote in (before, after))]
