"""Says that the chosen model goes away, and offers the one in its place; that for one that is offline, too."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from venice_studio.studio.composer import Composer
from venice_studio.studio.lineup import Lineup
from venice_studio.ui.compose import model_words
from venice_studio.ui.theme import METRICS
from venice_studio.ui.widgets import PlainLabel, button


class EndingNote(QWidget):
    """`Sora 2 goes away on 1 Dec.`, and a link that moves the draft to what is used instead."""

    def __init__(self, composer: Composer, lineup: Lineup) -> None:
        super().__init__()
        self._composer = composer
        self._lineup = lineup
        self._text = PlainLabel("", "warn", wrap=True)
        self.move_on = button("", "link", small=True)
        self.move_on.setObjectName("moveOnButton")
        self.move_on.clicked.connect(composer.move_on)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(METRICS.space_2)
        row.addWidget(self._text, 1)
        row.addWidget(self.move_on, 0, Qt.AlignmentFlag.AlignTop)

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def refresh(self) -> None:
        """Show itself where the chosen model is deprecated, or offline and there is another in its place."""
        model, today = self._composer.model, self._lineup.now().date()
        advice = self._composer.advice
        ends = model is not None and model.deprecated(today)
        self.setVisible(ends or (model is not None and model.offline and advice is not None))
        if model is None or self.isHidden():
            return
        # That it is offline is said as what stands in the way of sending.
        self._text.setText(model_words.ending(model, today) if ends else "")
        self.move_on.setVisible(advice is not None)
        if advice is not None:
            self.move_on.setText(f"Use {advice.name}".replace("&", "&&"))
            self.move_on.setAccessibleName(f"Use {advice.name} instead")
