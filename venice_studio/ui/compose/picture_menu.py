"""What else can be done with a picture and its place: the card's menu, and the one of the right button."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from venice_studio.domain.media import Picture

AS_LINK, AS_PICTURE = "Send as a link", "Send the picture itself"


class PictureMenu(QMenu):
    """Holds what concerns the picture there is; `address` can be had without any."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.browse = self._add("Choose a file…")
        self.address = self._add("From an address…")
        self._rule = self.addSeparator()
        self.link = self._add(AS_LINK)
        self.forget = self._add("Remove location data")
        self.show_for(None)

    def show_for(self, picture: Picture | None) -> None:
        """Offer what fits a picture, or an empty place."""
        self.link.setVisible(picture is not None and picture.address is not None)
        self.link.setText(AS_PICTURE if picture is not None and picture.link else AS_LINK)
        self.forget.setVisible(picture is not None and picture.source.located and not picture.link)
        self._rule.setVisible(self.link.isVisible() or self.forget.isVisible())

    def open_below(self, widget: QWidget) -> None:
        """Unfold under a button."""
        self.popup(widget.mapToGlobal(QPoint(0, widget.height() + 2)))

    def _add(self, text: str) -> QAction:
        action = QAction(text, self)
        self.addAction(action)
        return action
