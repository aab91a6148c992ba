"""The empty place of a picture, a sound or a video."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy

from venice_studio.ui.compose.empty_place import EmptyPlace
from venice_studio.ui.theme import METRICS, colour, icon


class Strip(EmptyPlace):
    """The empty slot: a dashed strip that is a button."""

    def __init__(self, icon_name: str = "picture", welcome: str = "Let go to use this picture") -> None:
        """`welcome` is said while something that may be let go is over it."""
        super().__init__()
        self._icon_name = icon_name
        self._welcome = welcome
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(240, 44)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 44)

    def _draw(self, painter: QPainter, role: str) -> None:
        picture = icon(self._icon_name, role)
        left = METRICS.space_3
        picture.paint(painter, left, 0, 18, self.height())
        painter.setPen(colour(role))
        font = self.font()
        font.setPixelSize(METRICS.secondary_size)
        painter.setFont(font)
        area = self.rect().adjusted(left + 18 + METRICS.space_2, 0, -METRICS.space_2, 0)
        text = self._welcome if self._highlighted else self.text()
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, shown)
