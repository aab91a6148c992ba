"""Tab goes the way people read, also after fields have come, gone or changed their form."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget


def tab_in_reading_order(pane: QWidget, parts: Sequence[QWidget]) -> None:
    """Chain everything in `parts` that takes the Tab key, part by part, each from top to bottom and left to right."""
    chain = [widget for part in parts for widget in _by_place(part)]
    for before, after in pairwise(chain):
        pane.setTabOrder(before, after)


def _by_place(part: QWidget) -> Iterable[QWidget]:
    stops = [
        widget
        for widget in part.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None and widget.isVisibleTo(part)
    ]
    return sorted(stops, key=lambda widget: _place(widget, part))


def _place(widget: QWidget, part: QWidget) -> tuple[int, int]:
    at = widget.mapTo(part, QPoint(0, widget.height() // 2))
    # Controls of one row differ by a few pixels in height.
    return (at.y() // 12, at.x())
