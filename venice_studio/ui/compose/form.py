"""The scrolling part of the left pane: everything that is asked for, in reading order."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QSize, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from venice_studio.domain.inputs import Need, Role
from venice_studio.domain.model import Basis
from venice_studio.studio.composer import Composer
from venice_studio.studio.lineup import Lineup
from venice_studio.studio.quoter import Quoter
from venice_studio.ui.binding import until_destroyed
from venice_studio.ui.compose import words
from venice_studio.ui.compose.basis_part import BasisPart, UpscalePart
from venice_studio.ui.compose.detail_part import DetailPart
from venice_studio.ui.compose.differences import Differences
from venice_studio.ui.compose.inputs.hands import Hands
from venice_studio.ui.compose.inputs.part import InputsPart
from venice_studio.ui.compose.inputs.remedies import Remedies
from venice_studio.ui.compose.measure_part import MeasurePart
from venice_studio.ui.compose.model_part import ModelPart
from venice_studio.ui.compose.picture_slot import PictureSlot
from venice_studio.ui.compose.prompt_part import PromptPart
from venice_studio.ui.theme import METRICS
from venice_studio.ui.widgets import Field

WIDTH = 340
"""Of every field, px; what is beside it belongs to the margins."""


class Form(QWidget):
    """Shows the draft, and changes it through the composer. Where a picture comes from is not its business."""

    laid_out = Signal()
    """Fields came, went or moved."""

    def __init__(self, composer: Composer, quoter: Quoter, lineup: Lineup, hands: Hands) -> None:
        super().__init__()
        self._composer = composer
        self.start_frame = PictureSlot("Start frame")
        self.start_frame.setObjectName("startFrameSlot")
        self.end_frame = PictureSlot("End frame")
        self.end_frame.setObjectName("endFrameSlot")
        self.basis = BasisPart(composer)
        self.remedies = Remedies(composer, hands.attachments, lambda role: self._browse(role))
        self.inputs = InputsPart(composer, hands, self.remedies)
        self.upscale = UpscalePart(composer)
        self.words = PromptPart(composer, hands)
        self.model = ModelPart(composer, quoter, lineup)
        self.measures = MeasurePart(composer, WIDTH)
        self.details = DetailPart(composer)
        self._differences = Differences(composer, quoter)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(METRICS.space_4, METRICS.space_4 - 2, 0, METRICS.space_4)
        column.setSpacing(METRICS.space_4)
        self._said: Mapping[str, str] = {}
        for part in (
            self.basis,
            self.start_frame,
            self.end_frame,
            self.inputs,
            self.upscale,
            self.words,
            self.model,
            self.measures,
            self.details,
        ):
            part.setFixedWidth(WIDTH)
            column.addWidget(part)
        column.addStretch(1)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.timeout.connect(self.laid_out)
        until_destroyed(
            self,
            *(
                value.bind(lambda _: self._refresh())
                for value in (composer.models, composer.draft, composer.takes, composer.dialect)
            ),
            quoter.state.bind(lambda _: self._show_differences()),
            quoter.heard.connect(lambda _: self._show_differences()),
        )

    @property
    def fields(self) -> Mapping[str, Field]:
        """The fields by the wire's names; the pictures have slots of their own."""
        return {
            "prompt": self.words.prompt_field,
            "negative_prompt": self.words.negative_field,
            "model": self.model.field,
            "duration": self.measures.duration_field,
            "resolution": self.measures.resolution_field,
            "aspect_ratio": self.measures.ratio_field,
            "audio": self.details.sound_field,
            "seed": self.details.seed_field,
            "upscale_factor": self.upscale.field,
        }

    def show_remarks(self, said: Mapping[str, str]) -> None:
        """What is wrong with which value, by the wire's names."""
        for name, field in self.fields.items():
            field.set_problem(said.get(name, ""))
            if name in said and name != "negative_prompt":
                field.show()
        self._said = said
        self.inputs.show_remarks(said)
        self._show_frames()
        if "negative_prompt" in said:
            self.words.disclosure.setChecked(True)

    def place_of(self, name: str) -> QWidget:
        """The widget to bring the user to for a wire field."""
        if name not in words.ROLES:
            return self.fields[name].control
        role = words.ROLES[name]
        return self.slot(role) or self.start_frame

    def slot(self, role: Role) -> QWidget | None:
        """The place of an input; None where there is none in sight."""
        frames: Mapping[Role, QWidget] = {Role.START_FRAME: self.start_frame, Role.END_FRAME: self.end_frame}
        if (frame := frames.get(role)) is not None:
            return None if frame.isHidden() else frame
        return self.inputs.slot(role)

    def minimumSizeHint(self) -> QSize:
        """All it would like to have: it scrolls rather than being pressed together."""
        natural = self._column.totalSizeHint()
        if self._column.hasHeightForWidth():
            # A scroll area does not ask wrapped text how high it gets; so this does.
            natural.setHeight(self._column.totalHeightForWidth(WIDTH + METRICS.space_4))
        return natural

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._settled.start(0)
        return super().event(event)

    def _refresh(self) -> None:
        for part in (self.basis, self.inputs, self.upscale, self.words, self.model, self.measures, self.details):
            part.refresh()
        self._show_differences()
        self._show_frames()

    def _show_frames(self) -> None:
        """A start frame has its place wherever the family begins with one, as the variant follows it."""
        model, draft = self._composer.model, self._composer.draft.value
        wish = model is not None and model.need(Role.START_FRAME) is Need.MUST
        self.start_frame.set_wish("Needs a start frame" if wish else "")
        family = self._composer.family
        begins = family is None or any(variant.takes(Role.START_FRAME) for variant in family.variants)
        start = begins and (model is None or model.basis is Basis.FRAMES or model.takes(Role.START_FRAME))
        self.start_frame.setVisible(start or draft.start_frame is not None or "image_url" in self._said)
        end = model is not None and model.takes(Role.END_FRAME)
        self.end_frame.setVisible(end or draft.end_frame is not None or "end_image_url" in self._said)

    def _browse(self, role: Role) -> None:
        if (slot := self.inputs.slot(role)) is not None:
            slot.browse()

    def _show_differences(self) -> None:
        for part in (self.measures, self.details):
            part.show_differences(self._differences)
