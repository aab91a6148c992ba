"""The scrolling part of the left pane: everything that is asked for, in reading order."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QSize, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from venice_studio.studio.composer import Composer
from venice_studio.studio.lineup import Lineup
from venice_studio.studio.quoter import Quoter
from venice_studio.ui.binding import until_destroyed
from venice_studio.ui.compose.detail_part import DetailPart
from venice_studio.ui.compose.differences import Differences
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

    def __init__(self, composer: Composer, quoter: Quoter, lineup: Lineup) -> None:
        super().__init__()
        self._composer = composer
        self.start_frame = PictureSlot("Start frame")
        self.start_frame.setObjectName("startFrameSlot")
        self.end_frame = PictureSlot("End frame")
        self.end_frame.setObjectName("endFrameSlot")
        self.words = PromptPart(composer)
        self.model = ModelPart(composer, quoter, lineup)
        self.measures = MeasurePart(composer, WIDTH)
        self.details = DetailPart(composer)
        self._differences = Differences(composer, quoter)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(METRICS.space_4, METRICS.space_4 - 2, 0, METRICS.space_4)
        column.setSpacing(METRICS.space_4)
        for part in (self.start_frame, self.end_frame, self.words, self.model, self.measures, self.details):
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
        }

    def show_remarks(self, said: Mapping[str, str]) -> None:
        """What is wrong with which value, by the wire's names."""
        for name, field in self.fields.items():
            field.set_problem(said.get(name, ""))
            if name in said and name != "negative_prompt":
                field.show()
        if "negative_prompt" in said:
            self.words.disclosure.setChecked(True)

    def place_of(self, name: str) -> QWidget:
        """The widget to bring the user to for a wire field."""
        slots = {"image_url": self.start_frame, "end_image_url": self.end_frame}
        return slots.get(name) or self.fields[name].control

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
        model, draft = self._composer.model, self._composer.draft.value
        for part in (self.words, self.model, self.measures, self.details):
            part.refresh()
        self._show_differences()
        only_from_picture = model is not None and not model.takes_text_alone
        self.start_frame.set_wish("Needs a start frame" if only_from_picture else "")
        self.end_frame.setVisible((model is not None and model.end_frame) or draft.end_frame is not None)

    def _show_differences(self) -> None:
        for part in (self.measures, self.details):
            part.show_differences(self._differences)
