"""How a picture and the place for one are painted."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from venice_studio.ui.theme import METRICS, colour

WIDEST, HIGHEST = 190, 122
"""The preview's size at most, px."""
_NARROWEST, _LOWEST = 56, 108


def dashed_frame(painter: QPainter, area: QRectF, *, highlighted: bool) -> None:
    """The ground of a place that takes drops."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(colour("accent" if highlighted else "hint"), 1.5 if highlighted else 1, Qt.PenStyle.CustomDashLine)
    pen.setDashPattern([4, 3])
    painter.setPen(pen)
    painter.setBrush(colour("selected" if highlighted else "field"))
    painter.drawRoundedRect(area.adjusted(0.75, 0.75, -0.75, -0.75), METRICS.radius_drop, METRICS.radius_drop)


class Preview(QWidget):
    """A picture, whole, as wide as its shape asks for."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_shape(16 / 9)

    def set_shape(self, aspect: float) -> None:
        """Take the room that a picture of this width over height needs."""
        width = max(_NARROWEST, min(WIDEST, round(HIGHEST * aspect)))
        self.setFixedSize(width, max(_LOWEST, min(HIGHEST, round(width / aspect))))

    def show_image(self, image: QImage) -> None:
        """Paint another picture."""
        self._image = image
        self.update()

    @property
    def image(self) -> QImage:
        """What is painted."""
        return self._image

    def wanted_pixels(self) -> QSize:
        """How large a picture is worth reading, device pixels."""
        return QSize(WIDEST, HIGHEST) * self.devicePixelRatioF()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setClipPath(self._outline())
        painter.fillRect(self.rect(), colour("raised"))
        if not self._image.isNull():
            size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRectF((self.width() - size.width()) / 2, (self.height() - size.height()) / 2, 0, 0)
            place.setSize(size.toSizeF())
            painter.drawImage(place, self._image)

    def _outline(self) -> QPainterPath:
        """Round at the left like the card, square where the facts begin."""
        outline = QPainterPath()
        radius = METRICS.radius_drop - 1
        outline.addRoundedRect(QRectF(0, 0, self.width() + 2 * radius, self.height()), radius, radius)
        return outline
