"""Sound, seed and how many takes."""

from PySide6.QtCore import QEvent, QRegularExpression
from PySide6.QtGui import QKeyEvent, QKeySequence, QRegularExpressionValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from venice_studio.domain.model import Dialect
from venice_studio.domain.request import SEED_MAX
from venice_studio.studio.composer import MAX_TAKES, Composer
from venice_studio.ui.compose.differences import Differences
from venice_studio.ui.compose.offer import clipboard, may_bring_picture
from venice_studio.ui.theme import METRICS
from venice_studio.ui.widgets import Field, PlainLabel, Segments, Toggle


class SeedEdit(QLineEdit):
    """Digits only. Pasting a picture here is left to the pane."""

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("random")
        self.setValidator(QRegularExpressionValidator(QRegularExpression(r"\d{0,10}"), self))

    @property
    def seed(self) -> int | None:
        """The number written; None for none."""
        return int(self.text()) if self.text() else None

    def show_seed(self, seed: int | None) -> None:
        """Show a number, or none."""
        self.setText("" if seed is None else str(seed))

    def event(self, event: QEvent) -> bool:
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Paste):
            data = clipboard()
            if may_bring_picture(data) and not data.hasText():
                event.ignore()
                return False
        return super().event(event)


class DetailPart(QWidget):
    """What is left to say: each where the model, or the service, has it."""

    def __init__(self, composer: Composer) -> None:
        super().__init__()
        self._composer = composer
        self.sound = Toggle()
        self.sound.setObjectName("audioToggle")
        self.sound_field = Field("Sound", self.sound, inline=True)
        self.sound_line = Field("Sound", PlainLabel("always on"), inline=True)
        self.seed = SeedEdit()
        self.seed.setObjectName("seedEdit")
        self.seed_field = Field("Seed", self.seed)
        self.takes = Segments()
        self.takes.setObjectName("takesField")
        self.takes.set_choices([(str(count), str(count)) for count in range(1, MAX_TAKES + 1)])
        self.takes_field = Field("Takes", self.takes)
        self._instead_of_seed = QWidget()
        row = QHBoxLayout()
        row.setSpacing(METRICS.space_2)
        for widget in (self.takes_field, self.seed_field, self._instead_of_seed):
            row.addWidget(widget, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(METRICS.space_4)
        column.addWidget(self.sound_field)
        column.addWidget(self.sound_line)
        column.addLayout(row)
        self.sound.toggled.connect(self._sound_toggled)
        self.seed.textChanged.connect(lambda _: self._seed_written())
        self.takes.chosen.connect(lambda value: composer.set_takes(int(value)))

    def show_differences(self, differences: Differences) -> None:
        """Say what the sound costs, or what it would."""
        on = bool(self._composer.draft.value.sound)
        hint = differences.hint("Without sound" if on else "With sound", sound=not on)
        self.sound_field.set_note("" if hint is None else f"{hint.short} without" if on else hint.short)
        self.sound_field.set_description(hint.sentence if hint else "")

    def refresh(self) -> None:
        """Show what the model offers and the draft says."""
        model, draft, takes = self._composer.model, self._composer.draft.value, self._composer.takes.value
        configurable = model is not None and model.sound_configurable
        self.sound_field.setVisible(configurable or draft.sound is not None)
        self.sound_line.setVisible(model is not None and model.sound and not configurable)
        self.sound.setChecked(bool(draft.sound))
        has_seeds = self._composer.dialect.value is Dialect.REFERENCE
        self.seed_field.setVisible(has_seeds or draft.seed is not None)
        self._instead_of_seed.setVisible(self.seed_field.isHidden())
        if self.seed.seed != draft.seed:
            self.seed.show_seed(draft.seed)
        several = draft.seed is not None and takes > 1 and draft.seed <= SEED_MAX
        self.seed_field.set_note("+1 for each take" if several else "")
        self.takes.show_value(str(takes))

    def _seed_written(self) -> None:
        known = self._composer.draft.value.seed
        if not self.seed.hasAcceptableInput():
            # Only keys ask the validator.
            self.seed.show_seed(known)
        elif self.seed.seed != known:
            self._composer.edit(seed=self.seed.seed)

    def _sound_toggled(self, on: bool) -> None:
        if on != bool(self._composer.draft.value.sound):
            self._composer.edit(sound=on)
