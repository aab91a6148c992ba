"""The measures of the clip: duration, resolution and shape."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from venice_studio.studio.composer import Composer
from venice_studio.ui.compose import words
from venice_studio.ui.compose.beside import Beside
from venice_studio.ui.compose.differences import Differences
from venice_studio.ui.theme import METRICS
from venice_studio.ui.widgets import ChoiceField, Field, Form


class MeasurePart(QWidget):
    """Each measure in the form that suits its choices; what the model does not have is not shown."""

    def __init__(self, composer: Composer, width: int) -> None:
        """`width` is the room there is, px."""
        super().__init__()
        self._composer = composer
        self.duration = _choice("durationField", "seconds")
        self.resolution = _choice("resolutionField", "plain")
        self.ratio = _choice("aspectRatioField", "ratio")
        self.duration_field = Field("Duration", self.duration)
        self.resolution_field = Field("Resolution", self.resolution)
        self.ratio_field = Field("Shape", self.ratio)
        self._pair = Beside(self.duration_field, self.resolution_field, width)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(METRICS.space_4)
        column.addWidget(self._pair)
        column.addWidget(self.ratio_field)
        self.duration.chosen.connect(lambda value: composer.edit(duration=value))
        self.resolution.chosen.connect(lambda value: composer.edit(resolution=value))
        self.ratio.chosen.connect(lambda value: composer.edit(aspect_ratio=value))

    def show_differences(self, differences: Differences) -> None:
        """Say at each duration and resolution what it would cost."""
        for name, field, choice, labels in (
            ("duration", self.duration_field, self.duration, words.durations),
            ("resolution", self.resolution_field, self.resolution, words.resolutions),
        ):
            label = dict(zip(choice.values, labels(choice.values), strict=True))
            hints = differences.hints(name, choice.values, label.__getitem__)
            choice.show_hints(hints, awaited=differences.awaited)
            # Where the values are out of sight, the next ones speak for all of them.
            said = choice.form in (Form.SLIDER, Form.MENU)
            others = [f"{label[value]} {hint.short}" for value, hint in hints.items() if value != choice.value]
            field.set_note(" · ".join(others[:2]) if said else "")

    def refresh(self) -> None:
        """Show what the model offers and the draft says."""
        model, draft = self._composer.model, self._composer.draft.value
        durations = model.durations if model else ()
        resolutions = words.ascending(model.resolutions) if model else ()
        _offer(self.duration_field, self.duration, durations, words.durations(durations), draft.duration)
        _offer(self.resolution_field, self.resolution, resolutions, words.resolutions(resolutions), draft.resolution)
        ratios = model.aspect_ratios if model else ()
        if not ratios and draft.start_frame is not None:
            line = f"from your picture, {words.shape(draft.start_frame)}"
            _offer(self.ratio_field, self.ratio, ("",), (line,), "")
        else:
            _offer(self.ratio_field, self.ratio, ratios, ratios, draft.aspect_ratio)
        self.ratio_field.set_note(words.other_shape(draft.start_frame, draft.aspect_ratio))
        wide = (Form.SLIDER, Form.LINE)
        self._pair.arrange(apart=self.duration.form in wide or self.resolution.form is Form.LINE)
        self.setVisible(bool(durations or resolutions or self.ratio.values))


def _choice(name: str, kind: str) -> ChoiceField:
    if kind == "ratio":
        field = ChoiceField("ratio")
    else:
        field = ChoiceField("seconds" if kind == "seconds" else "plain", hints=True)
    field.setObjectName(name)
    return field


def _offer(
    field: Field, choice: ChoiceField, values: Sequence[str], labels: Sequence[str], current: str | None
) -> None:
    choice.set_choices(values, labels, current)
    if values and current not in values:
        # A value from an earlier clip that this model does not have: shown as no choice at all, with its fault.
        choice.show_value(current or "")
    field.setVisible(bool(values))
    field.set_inline(choice.form is Form.LINE)
