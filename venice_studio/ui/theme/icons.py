"""The icon family: SVG files drawn in one stroke, coloured by the theme when they are painted."""

from functools import cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from venice_studio import assets
from venice_studio.ui.theme.current import tokens

_DIMMED = 0.45


@cache
def icon(name: str, role: str = "text") -> QIcon:
    """The icon of resources/icons/NAME.svg in the colour of a token; on a checked button in the accent colour.

    It follows the theme by itself. Raises FileNotFoundError if there is no such icon.
    """
    return QIcon(_Engine(name, role))


def load() -> None:
    """Read all icons, so that no file is opened later while something is painted."""
    for file in assets.path("icons").glob("*.svg"):
        _source(file.stem)


@cache
def app_icon() -> QIcon:
    """The icon of the program."""
    return QIcon(str(assets.path("icons", "app.png")))


def icon_image(name: str, hex_colour: str, pixels: int) -> QImage:
    """An icon as a square image with transparent ground, in a colour given as "#rrggbb"."""
    image = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", hex_colour).encode()))
    renderer.render(painter, QRectF(image.rect()))
    painter.end()
    return image


@cache
def _source(name: str) -> str:
    return assets.path("icons", f"{name}.svg").read_text(encoding="utf-8")


@cache
def _rendered(name: str, hex_colour: str, pixels: int) -> QImage:
    return icon_image(name, hex_colour, pixels)


class _Engine(QIconEngine):
    """Draws at the size asked for, in the colour in force, so no icon is ever stale or blurred."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name, self._role = name, role
        _source(name)

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._role)

    def isNull(self) -> bool:
        return False

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        device = painter.device()
        side = min(rect.width(), rect.height())
        on = "stage_accent" if self._role.startswith("stage") else "accent_text"
        role = on if state is QIcon.State.On else self._role
        image = _rendered(self._name, str(getattr(tokens(), role)), round(side * device.devicePixelRatioF()))
        target = QRect(rect.x() + (rect.width() - side) // 2, rect.y() + (rect.height() - side) // 2, side, side)
        painter.save()
        if mode is QIcon.Mode.Disabled:
            painter.setOpacity(painter.opacity() * _DIMMED)
        painter.drawImage(target, image)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        image = QImage(size * scale, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(scale)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return QPixmap.fromImage(image)
