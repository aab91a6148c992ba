"""What else is to be known of a picture: what was made of it, where it came from, what it tells of its maker."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from venice_studio.domain.media import Picture
from venice_studio.ui.compose import words
from venice_studio.ui.theme import METRICS
from venice_studio.ui.widgets import PlainLabel, button


class PictureNotes(QWidget):
    """Lines under the card; hidden while there is nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        self.remade = PlainLabel("", "hint", wrap=True)
        self.origin = PlainLabel("", "hint", wrap=True)
        self._location = QWidget()
        self.forget = button("Remove it", "link", small=True)
        self.forget.setObjectName("forgetPlaceButton")
        self.forget.setAccessibleName("Remove the location data from the picture")
        row = QHBoxLayout(self._location)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(METRICS.space_1)
        row.addWidget(PlainLabel("It tells where it was taken.", "warn"))
        row.addWidget(self.forget)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.remade)
        column.addWidget(self.origin)
        column.addWidget(self._location)
        self.show_picture(None)

    def show_picture(self, picture: Picture | None) -> None:
        """Say what is to be known of `picture`."""
        remade = words.why_remade(picture) if picture is not None else ""
        origin = words.origin(picture) if picture is not None else ""
        located = picture is not None and picture.located and not picture.link
        self.remade.setText(remade)
        self.remade.setVisible(bool(remade))
        self.origin.setText(origin)
        self.origin.setVisible(bool(origin))
        self._location.setVisible(located)
        self.setVisible(bool(remade or origin) or located)
