"""What the clip is made from, where the chosen model leaves a choice, and how much larger it makes a video."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from venice_studio.domain.model import Basis
from venice_studio.studio.composer import Composer
from venice_studio.ui.compose.inputs.remedies import BASES
from venice_studio.ui.widgets import Field, Segments


class BasisPart(QWidget):
    """Hidden where there is nothing to choose."""

    def __init__(self, composer: Composer) -> None:
        super().__init__()
        self._composer = composer
        self._shown: object = None
        self.basis = Segments(equal=False)
        self.basis.setObjectName("basisField")
        self.field = Field("Made from", self.basis)
        self.basis.chosen.connect(lambda value: composer.choose_basis(Basis(value)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.field)

    def refresh(self) -> None:
        """Show what the family offers and what is chosen."""
        shown = (self._composer.models.value, self._composer.draft.value.model)
        if shown == self._shown:
            return
        self._shown = shown
        family, model = self._composer.family, self._composer.model
        bases = family.bases if family is not None else ()
        self.basis.set_choices([(basis.value, BASES[basis]) for basis in bases], model.basis.value if model else None)
        self.setVisible(len(bases) > 1)


class UpscalePart(QWidget):
    """Hidden where the model is no upscaler."""

    def __init__(self, composer: Composer) -> None:
        super().__init__()
        self._composer = composer
        self.factor = Segments()
        self.factor.setObjectName("upscaleField")
        self.field = Field("Enlarge", self.factor)
        self.factor.chosen.connect(lambda value: composer.edit(upscale_factor=int(value)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.field)

    def refresh(self) -> None:
        """Show what the model offers and the draft says."""
        model, chosen = self._composer.model, self._composer.draft.value.upscale_factor
        factors = model.upscale_factors if model is not None else ()
        self.factor.set_choices([(str(factor), f"{factor}×") for factor in factors], str(chosen) if chosen else None)
        self.field.set_note("better, but not larger" if chosen == 1 else "")
        self.setVisible(bool(factors))
