"""What becomes of a picture that has another shape than the clip, and who makes clips of its shape."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from venice_studio.domain.framing import fit_of, makers, misfits, ratio_of
from venice_studio.domain.media import Fit, Picture
from venice_studio.domain.model import VideoModel
from venice_studio.ui.compose import words
from venice_studio.ui.theme import METRICS
from venice_studio.ui.widgets import PlainLabel, Segments, button

_LABELS = {Fit.CROP: "Crop", Fit.PAD: "Pad", Fit.LEAVE: "Leave to Venice"}
ROOM = 340
"""Width for the names of models, px."""


class FitPart(QWidget):
    """In sight only while picture and clip disagree."""

    fit_chosen = Signal(str)
    ratio_chosen = Signal(str)
    """The user would rather have a clip of the picture's shape; this model makes it."""
    model_chosen = Signal(str)
    """The same; the model with this id makes it."""

    def __init__(self) -> None:
        super().__init__()
        self.said = PlainLabel("", "secondary", wrap=True)
        self.ways = Segments(equal=False)
        self.ways.setObjectName("fitField")
        self.ways.setAccessibleName("What becomes of the picture")
        self.ways.set_choices([(fit.value, label) for fit, label in _LABELS.items()])
        self.ways.chosen.connect(self.fit_chosen)
        self.offers: list[QPushButton] = []
        self._offer = QWidget()
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, METRICS.space_1, 0, 0)
        column.setSpacing(METRICS.space_1 + 1)
        column.addWidget(self.said)
        column.addWidget(self.ways, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._offer)
        self._shown: object = None
        self.hide()

    def show_for(
        self,
        picture: Picture | None,
        aspect_ratio: str | None,
        model: VideoModel | None,
        models: Sequence[VideoModel],
    ) -> None:
        """Show what there is to choose for this picture on this model."""
        apart = picture is not None and not picture.link and misfits(picture, aspect_ratio)
        self.setVisible(apart)
        if picture is None or not apart:
            return
        self.said.setText(words.shapes_apart(picture, aspect_ratio or ""))
        self.ways.show_value(fit_of(picture, aspect_ratio).value)
        ratio = ratio_of(picture)
        self._show_offer(ratio, model, makers(models, ratio) if ratio else ())

    def _show_offer(self, ratio: str | None, model: VideoModel | None, others: Sequence[VideoModel]) -> None:
        if (ratio, model, others) == self._shown:
            return
        self._shown = (ratio, model, others)
        self._offer.hide()
        self._offer.deleteLater()
        if ratio is not None and model is not None and ratio in model.aspect_ratios:
            self._offer = self._ratio_offer(ratio)
        else:
            self._offer = self._model_offer(ratio or "", others)
        self._column.addWidget(self._offer)
        self._offer.setVisible(bool(self.offers))

    def _ratio_offer(self, ratio: str) -> QWidget:
        link = button(f"Make the clip {ratio}", "link", small=True)
        link.clicked.connect(lambda: self.ratio_chosen.emit(ratio))
        self.offers = [link]
        return _row(self.offers)

    def _model_offer(self, ratio: str, models: Sequence[VideoModel]) -> QWidget:
        """As many models by name as there is room for, the others in a menu."""
        first_of_name = {model.name: model for model in reversed(models)}
        named = [first_of_name[name] for name in dict.fromkeys(model.name for model in models)]
        links = [self._model_link(model) for model in named]
        more = button("more…", "link", small=True)
        room = ROOM - more.sizeHint().width()
        shown: list[QPushButton] = []
        for link in links:
            room -= link.sizeHint().width() + METRICS.space_1
            if room < 0:
                break
            shown.append(link)
        if rest := named[len(shown) :]:
            more.setAccessibleName(f"More models that make {ratio}")
            more.clicked.connect(lambda: self._unfold(more, rest))
            shown.append(more)
        self.offers = shown
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(PlainLabel(f"These models make {ratio}:", "secondary"))
        column.addWidget(_row(shown))
        return box

    def _model_link(self, model: VideoModel) -> QPushButton:
        link = button(model.name, "link", small=True)
        link.clicked.connect(lambda: self.model_chosen.emit(model.id))
        return link

    def _unfold(self, under: QPushButton, models: Sequence[VideoModel]) -> None:
        menu = QMenu(self)
        menu.setObjectName("shapeModelsMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for model in models:
            action = menu.addAction(model.name.replace("&", "&&"))
            action.triggered.connect(lambda _=False, chosen=model.id: self.model_chosen.emit(chosen))
        menu.popup(under.mapToGlobal(QPoint(0, under.height() + 2)))


def _row(links: Sequence[QPushButton]) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(METRICS.space_1)
    for link in links:
        row.addWidget(link)
    row.addStretch(1)
    return box
