"""Aspect ratios as small tiles that show the shape."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QSizePolicy, QWidget

from venice_studio.domain import choices as domain
from venice_studio.ui.theme import METRICS, colour
from venice_studio.ui.widgets.painting import focus_ring, rounded

_TILE = QSize(58, 52)
_SHAPE = 24  # the longer side of the drawn shape, px
_IN_A_ROW = 5


class RatioTiles(QWidget):
    """One of several aspect ratios, five tiles in a row. Arrow keys move, Tab reaches the chosen one."""

    chosen = Signal(str)
    """The user chose another aspect ratio."""

    def __init__(self) -> None:
        super().__init__()
        self._tiles: dict[str, _Tile] = {}
        self._current: str | None = None
        self._group = QButtonGroup(self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(METRICS.space_1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def value(self) -> str | None:
        """The chosen aspect ratio; None if none is."""
        return self._current

    def set_choices(self, choices: Sequence[tuple[str, str]], current: str | None = None) -> None:
        """Offer (value, label) pairs; a value that is no ratio ("auto") is drawn as a dashed square."""
        for tile in self._tiles.values():
            self._group.removeButton(tile)
            self._grid.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self._tiles = {}
        for at, (value, label) in enumerate(choices):
            tile = self._tiles[value] = _Tile(value, label)
            tile.setAccessibleDescription(self.accessibleName())
            tile.toggled.connect(lambda on, value=value: self._toggled(value, on))
            self._group.addButton(tile)
            self._grid.addWidget(tile, at // _IN_A_ROW, at % _IN_A_ROW)
        if self._tiles:
            self.setFocusProxy(next(iter(self._tiles.values())))
        self.show_value(current)

    def show_value(self, value: str | None) -> None:
        """Show a value as chosen without `chosen`; an unknown one shows none."""
        self._current = value if value in self._tiles else None
        self._group.setExclusive(False)
        for known, tile in self._tiles.items():
            tile.setChecked(known == value)
        self._group.setExclusive(True)

    def select(self, value: str) -> None:
        """Choose as the user does; emits `chosen` at a change. Raises ValueError for a value not offered."""
        if value not in self._tiles:
            raise ValueError(f"{value!r} is not offered: {list(self._tiles)}")
        self._tiles[value].click()

    def _toggled(self, value: str, on: bool) -> None:
        if on:
            self.setFocusProxy(self._tiles[value])
        if on and value != self._current:
            self._current = value
            self.chosen.emit(value)


class _Tile(QRadioButton):
    def __init__(self, value: str, label: str) -> None:
        super().__init__(label)
        self._ratio = domain.ratio(value)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        return _TILE

    def minimumSizeHint(self) -> QSize:
        return QSize(40, _TILE.height())

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        checked = self.isChecked()
        ground = "raised" if checked else "field"
        rounded(painter, self.rect(), METRICS.radius_field, colour(ground), colour("line"))
        ink = colour("text" if checked or self.underMouse() else "secondary")
        self._draw_shape(painter, colour("accent_text") if checked else ink)
        font = self.font()
        font.setPixelSize(METRICS.badge_size)
        painter.setFont(font)
        painter.setPen(ink)
        bottom = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
        painter.drawText(self.rect().adjusted(0, 0, 0, -5), bottom, self.text())
        if self.hasFocus():
            focus_ring(painter, self.rect(), METRICS.radius_field)

    def _draw_shape(self, painter: QPainter, ink: QColor) -> None:
        ratio = self._ratio or 1.0
        width, height = (_SHAPE, _SHAPE / ratio) if ratio >= 1 else (_SHAPE * ratio, _SHAPE)
        if ratio < 1:
            width, height = width * 0.9, height * 0.9  # a tall shape looks larger than a wide one
        box = QRectF((self.width() - width) / 2, 19 - height / 2, width, height)
        pen = QPen(ink, 1.5, Qt.PenStyle.SolidLine if self._ratio else Qt.PenStyle.DotLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 2, 2)
