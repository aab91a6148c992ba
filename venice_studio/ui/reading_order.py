"""Tab goes the way people read, through parts that come and go: worked out at each press, so nothing has to be kept."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QRadioButton, QScrollArea, QWidget

_SAME_LINE = 12
"""Controls of one line may differ by so many px in height."""


def step(parts: Sequence[QWidget], now: QWidget | None, *, forward: bool) -> bool:
    """Move the focus to the next stop after `now`, or the one before it, from the last part back to the first.

    False: there is nowhere to go.
    """
    chain = [stop for part in parts if part.isVisible() for stop in stops(part)]
    if not chain:
        return False
    at = next((at for at, stop in enumerate(chain) if now is not None and _within(now, stop)), None)
    if at is None:
        at = -1 if forward else 0
    target = chain[(at + (1 if forward else -1)) % len(chain)]
    target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    _bring_into_sight(target)
    return True


def stops(part: QWidget) -> list[QWidget]:
    """Everything in `part` that Tab reaches now, from top to bottom and from left to right."""
    found = [widget for widget in part.findChildren(QWidget) if _takes_tab(widget, part)]
    return sorted(found, key=lambda widget: _place(widget, part))


def _takes_tab(widget: QWidget, part: QWidget) -> bool:
    if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus or widget.focusProxy() is not None:
        return False
    if not widget.isVisible() or not widget.isEnabled() or widget.window() is not part.window():
        return False
    return not isinstance(widget, QRadioButton) or _speaks_for_group(widget)


def _speaks_for_group(choice: QRadioButton) -> bool:
    """Of exclusive choices Tab reaches the chosen one; arrows reach the others."""
    group = choice.group()
    return choice.isChecked() or group is None or group.checkedButton() is None


def _place(widget: QWidget, part: QWidget) -> tuple[int, int]:
    at = widget.mapTo(part, QPoint(0, widget.height() // 2))
    return (at.y() // _SAME_LINE, at.x())


def _within(widget: QWidget, stop: QWidget) -> bool:
    return widget is stop or stop.isAncestorOf(widget)


def _bring_into_sight(widget: QWidget) -> None:
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget)
        above = above.parentWidget()
