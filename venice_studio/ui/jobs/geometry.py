"""Where things are in a row; one place for whoever paints them and whoever asks what was clicked. Sizes in px."""

from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics

ROW_HEIGHT = 88
SIDE = 14
_RIGHT = 16  # from the words to the edge, or into a scroll bar that stands there
TILES_WIDTH, TILES_HEIGHT = 104, 60
_TOP = 13
_GAP = 4
_LINE = 17
_LINK_TARGET = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPlaces:
    """The places of one row, in the coordinates of its view."""

    tiles: tuple[QRect, ...]
    prompt: QRect
    """Two lines high."""
    text: QRect
    """The column of text as a whole."""


def places(row: QRect, takes: int) -> RowPlaces:
    """The places in a row for a press of `takes` takes."""
    left, top = row.left() + SIDE, row.top() + _TOP
    text_left = left + TILES_WIDTH + 12
    width = max(40, row.right() - _RIGHT + 1 - text_left)
    return RowPlaces(
        tiles=tiles(left, top, takes),
        prompt=QRect(text_left, top - 3, width, 2 * _LINE),
        text=QRect(text_left, top - 3, width, ROW_HEIGHT - 2 * (_TOP - 3)),
    )


def tiles(left: int, top: int, takes: int) -> tuple[QRect, ...]:
    """One tile fills the place, two and three stand side by side, four and more two by two (more are not shown)."""
    columns = takes if takes <= 3 else 2
    lines = 1 if takes <= 3 else 2
    width = (TILES_WIDTH - _GAP * (columns - 1)) // columns
    height = (TILES_HEIGHT - _GAP * (lines - 1)) // lines
    return tuple(
        QRect(left + (at % columns) * (width + _GAP), top + (at // columns) * (height + _GAP), width, height)
        for at in range(min(takes, columns * lines))
    )


def below_prompt(place: RowPlaces, lines: int) -> QRect:
    """The line of text under a prompt of so many lines."""
    return QRect(place.text.left(), place.prompt.top() + lines * _LINE + 2, place.text.width(), _LINE)


def links(line: QRect, labels: list[str], metrics: QFontMetrics) -> list[QRect]:
    """Where each link is: as wide as its words, as high as a finger needs."""
    made: list[QRect] = []
    left = line.left()
    for label in labels:
        width = metrics.horizontalAdvance(label)
        made.append(QRect(left, line.center().y() - _LINK_TARGET // 2, width, _LINK_TARGET))
        left += width + 14
    return made
