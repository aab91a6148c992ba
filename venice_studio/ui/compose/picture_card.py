"""The filled place of a picture."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from venice_studio.domain.media import Picture
from venice_studio.ui.compose import words
from venice_studio.ui.compose.preview import Preview, dashed_frame
from venice_studio.ui.theme import METRICS
from venice_studio.ui.widgets import Elided, PlainLabel, button


class Card(QWidget):
    """The filled slot: the picture, its facts, and two links."""

    def __init__(self) -> None:
        super().__init__()
        self._highlighted = False
        self._source = ""
        self.preview = Preview()
        self.name = Elided("", "strong", cut=Qt.TextElideMode.ElideMiddle)
        self.pixels = PlainLabel("", "secondary")
        self.sent = PlainLabel("", "secondary", wrap=True)
        self.replace = button("Replace", "link", small=True)
        self.replace.setAccessibleName("Replace the picture")
        self.remove = button("Remove", "quiet", small=True)
        self.remove.setAccessibleName("Remove the picture")
        self.remove.setCursor(Qt.CursorShape.PointingHandCursor)
        links = QHBoxLayout()
        links.setSpacing(METRICS.space_1)
        links.addWidget(self.replace)
        links.addWidget(self.remove)
        links.addStretch(1)
        facts = QVBoxLayout()
        facts.setContentsMargins(METRICS.space_3, METRICS.space_2, METRICS.space_2, METRICS.space_1)
        facts.setSpacing(2)
        for label in (self.name, self.pixels, self.sent):
            facts.addWidget(label)
        facts.addStretch(1)
        facts.addLayout(links)
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        row.addWidget(self.preview)
        row.addLayout(facts, 1)

    def show_picture(self, picture: Picture) -> None:
        """Say what is known of a picture; the preview comes later."""
        if self._source != picture.source.sha256:
            # Of the same picture in another shape the old preview stays until the new one is there.
            self.preview.show_image(QImage())
        self._source = picture.source.sha256
        self.preview.set_shape(picture.aspect)
        self.setFixedHeight(self.preview.height() + 2)
        self.name.setText(picture.name)
        self.pixels.setText(f"{picture.width} × {picture.height}")
        self.sent.setText(words.what_is_sent(picture))

    def set_highlighted(self, on: bool) -> None:
        """Show that what is being dragged may be let go."""
        self._highlighted = on
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        dashed_frame(QPainter(self), QRectF(self.rect()), highlighted=self._highlighted)
