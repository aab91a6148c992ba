"""A few choices side by side, one of them chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from venice_studio.ui.theme import METRICS, colour, weighted
from venice_studio.ui.widgets.labels import plain_tip
from venice_studio.ui.widgets.painting import focus_ring, rounded

_PADDING, _LEAST_PADDING = 10, 3
"""At each side of a label, where there is room, and where there is not, px."""
_MARGIN = 3
_HINT_ROOM = 8
"""How much higher a segment is that has room for a hint below its label, px."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """What choosing a value would mean: in a word, and as a sentence for the tooltip and screen readers."""

    short: str
    sentence: str


class Segments(QWidget):
    """Up to about four exclusive choices. Arrow keys move, Tab reaches the chosen one.

    `value` is a Qt property as that of `ChoiceField`: reading gives the chosen value (None if none), writing chooses.
    """

    chosen = Signal(str)
    """The user chose another value."""

    def __init__(self, *, equal: bool = True, hints: bool = False) -> None:
        """With `equal` all choices are as wide; without, each is as wide as its label needs. With `hints` there is
        room for one below each label, whether it is known yet or not."""
        super().__init__()
        self._equal = equal
        self._hint_room = _HINT_ROOM if hints else 0
        self._buttons: dict[str, _Segment] = {}
        self._current: str | None = None
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        self._row.setSpacing(0)
        policy = QSizePolicy.Policy.Expanding if equal else QSizePolicy.Policy.Minimum
        self.setSizePolicy(policy, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(METRICS.control + self._hint_room)

    def _get_value(self) -> str | None:
        return self._current

    def set_choices(
        self,
        choices: Sequence[tuple[str, str]],
        current: str | None = None,
        disabled: Mapping[str, str] | None = None,
    ) -> None:
        """Offer (value, label) pairs; `disabled` maps values that cannot be chosen to the reason, shown as tooltip."""
        if [value for value, _ in choices] != list(self._buttons):
            self._rebuild(choices)
        for value, label in choices:
            button = self._buttons[value]
            button.setText(label)
            button.setAccessibleName(label)
            reason = (disabled or {}).get(value)
            button.setEnabled(reason is None)
            button.setToolTip(plain_tip(reason or ""))
        self.show_value(current)

    def room_for(self, choices: Sequence[tuple[str, str]]) -> int:
        """How broad it would have to be, at least, to offer (value, label) pairs, px."""
        return sum(_least_width(label, self.font()) for _, label in choices) + 2 * _MARGIN

    def show_hints(self, hints: Mapping[str, Hint], *, awaited: bool = True) -> None:
        """Say of each value what choosing it would mean; values without a hint say nothing. Where some are `awaited`,
        their room is kept, so that nothing moves when one comes."""
        for value, button in self._buttons.items():
            button.keep_room(awaited or bool(hints))
            if button.isEnabled():
                button.show_hint(hints.get(value), self.accessibleName())

    def show_value(self, value: str | None) -> None:
        """Show a value as chosen without `chosen`; an unknown one shows none."""
        self._current = value if value in self._buttons else None
        self._group.setExclusive(False)
        for known, button in self._buttons.items():
            button.setChecked(known == value)
        self._group.setExclusive(True)

    def select(self, value: str) -> None:
        """Choose as the user does; emits `chosen` at a change. Raises ValueError for a value not offered."""
        if value not in self._buttons:
            raise ValueError(f"{value!r} is not offered: {list(self._buttons)}")
        self._buttons[value].click()

    if TYPE_CHECKING:
        value: str | None  # what reading and writing the property looks like
    else:
        value = Property(str, _get_value, select, notify=chosen)

    def button(self, value: str) -> QRadioButton:
        """The button of one value, for a help text or a screenshot; KeyError if not offered."""
        return self._buttons[value]

    def setAccessibleName(self, name: str) -> None:
        """Name the choice as a whole for screen readers."""
        super().setAccessibleName(name)
        for button in self._buttons.values():
            button.setAccessibleDescription(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        rounded(QPainter(self), self.rect(), METRICS.radius_field, colour("field"), colour("line"))

    def _rebuild(self, choices: Sequence[tuple[str, str]]) -> None:
        had_focus = any(button.hasFocus() for button in self._buttons.values())
        for button in self._buttons.values():
            self._group.removeButton(button)
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = {}
        for value, label in choices:
            button = _Segment(label, self._hint_room)
            button.setAccessibleDescription(self.accessibleName())
            button.toggled.connect(lambda on, value=value: self._toggled(value, on))
            self._buttons[value] = button
            self._group.addButton(button)
            self._row.addWidget(button, 1 if self._equal else 0)
        if self._buttons:
            self.setFocusProxy(next(iter(self._buttons.values())))
        if had_focus:
            self.setFocus()

    def _toggled(self, value: str, on: bool) -> None:
        """However it came to be chosen: by a click, an arrow key, a screen reader, a script."""
        if on:
            self.setFocusProxy(self._buttons[value])
        if on and value != self._current:
            self._current = value
            self.chosen.emit(value)


class _Segment(QRadioButton):
    """One choice; wide enough for its label in bold, so that choosing does not move its neighbours."""

    def __init__(self, label: str, hint_room: int = 0) -> None:
        super().__init__(label)
        self._hint_room = hint_room
        self._keeps_room = hint_room > 0
        self._hint = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def keep_room(self, keep: bool) -> None:
        """Leave the room below the label free for a hint, or stand in the middle of it."""
        self._keeps_room = keep and self._hint_room > 0
        self.update()

    def show_hint(self, hint: Hint | None, name: str) -> None:
        """Show what choosing this would mean; `name` is that of the whole choice."""
        self._hint = hint.short if hint else ""
        self.setToolTip(plain_tip(hint.sentence if hint else ""))
        self.setAccessibleDescription(f"{name}, {hint.sentence}" if hint else name)
        self.update()

    def sizeHint(self) -> QSize:
        width = _least_width(self.text(), self.font()) + 2 * (_PADDING - _LEAST_PADDING)
        return QSize(width, METRICS.control_small + self._hint_room)

    def minimumSizeHint(self) -> QSize:
        return QSize(_least_width(self.text(), self.font()), self.sizeHint().height())

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.isChecked():
            rounded(painter, self.rect(), METRICS.radius_segment, colour("raised"))
            painter.setFont(weighted(self.font(), METRICS.semibold))
        painter.setPen(colour(self._ink()))
        label = self._label_area()
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, self.text())
        if not self.isEnabled():
            self._strike(painter, label)
        if self._hint:
            self._paint_hint(painter, label)
        if self.hasFocus():
            focus_ring(painter, self.rect(), METRICS.radius_segment)

    def _label_area(self) -> QRect:
        """In the middle where there are no hints; else always at the same place."""
        if not self._keeps_room:
            return self.rect()
        return QRect(0, 3, self.width(), self.fontMetrics().height())

    def _paint_hint(self, painter: QPainter, label: QRect) -> None:
        small = weighted(self.font(), 400)
        small.setPixelSize(METRICS.badge_size)
        painter.setFont(small)
        painter.setPen(colour("secondary" if self.isChecked() else "hint"))
        area = self.rect().adjusted(0, label.bottom(), 0, -2)
        shown = painter.fontMetrics().elidedText(self._hint, Qt.TextElideMode.ElideRight, self.width() - 4)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, shown)

    def _ink(self) -> str:
        if not self.isEnabled():
            return "hint"
        return "text" if self.isChecked() or self.underMouse() else "secondary"

    def _strike(self, painter: QPainter, label: QRect) -> None:
        """A choice that cannot be had differs by more than its colour."""
        width = self.fontMetrics().horizontalAdvance(self.text()) + 4
        middle = label.center()
        painter.drawLine(middle.x() - width // 2, middle.y() + 1, middle.x() + width // 2, middle.y() + 1)


def _least_width(label: str, font: QFont) -> int:
    """Of a segment, in bold: it may be the chosen one."""
    return QFontMetrics(weighted(font, METRICS.semibold)).horizontalAdvance(label) + 2 * _LEAST_PADDING
