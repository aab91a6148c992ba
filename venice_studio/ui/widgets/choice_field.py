"""One choice, in the form that suits how many there are to choose from."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Literal, assert_never

from PySide6.QtCore import Property, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from venice_studio.domain import choices as domain
from venice_studio.ui.widgets.choice_menu import ChoiceMenu
from venice_studio.ui.widgets.labels import PlainLabel
from venice_studio.ui.widgets.ratio_tiles import RatioTiles
from venice_studio.ui.widgets.seconds_field import SecondsField
from venice_studio.ui.widgets.segments import Hint, Segments

Kind = Literal["plain", "seconds", "ratio"]


class Form(Enum):
    """How a choice is shown."""

    LINE = "line"
    SEGMENTS = "segments"
    TILES = "tiles"
    SLIDER = "slider"
    MENU = "menu"


def form_for(kind: Kind, values: Sequence[str]) -> Form:
    """A line of text where there is no choice, segments up to four, then what shows the kind of choice best."""
    if len(values) <= 1:
        return Form.LINE
    if len(values) <= 4:
        return Form.SEGMENTS
    if kind == "ratio" and len(values) <= 10:
        return Form.TILES
    if kind == "seconds" and consecutive_seconds(values) is not None:
        return Form.SLIDER
    return Form.MENU


def consecutive_seconds(values: Sequence[str]) -> list[int] | None:
    """The lengths in s where they are whole and follow one another without a gap; else None."""
    lengths = [domain.seconds(value) for value in values]
    first = lengths[0] if lengths else None
    if first is None or first != int(first):
        return None
    series = [int(first) + step for step in range(len(lengths))]
    return series if lengths == [Decimal(second) for second in series] else None


class ChoiceField(QWidget):
    """A choice of one value. The widget stays the same while its form follows the choices it is given.

    `value` is a Qt property: reading gives the chosen value ("" if none), writing chooses as the user does and raises
    ValueError for a value that is not offered.
    """

    chosen = Signal(str)
    """The user chose another value."""

    def __init__(self, kind: Kind = "plain", *, hints: bool = False) -> None:
        """With `hints` there is room for one at each value where the form has a place for it."""
        super().__init__()
        self._kind = kind
        self._hints = hints
        self._values: list[str] = []
        self._labels: dict[str, str] = {}
        self._current = ""
        self._form = Form.LINE
        self._control: QWidget = PlainLabel()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._control)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def form(self) -> Form:
        """The form in use."""
        return self._form

    @property
    def values(self) -> tuple[str, ...]:
        """The values offered."""
        return tuple(self._values)

    def set_choices(
        self, values: Sequence[str], labels: Sequence[str] | None = None, current: str | None = None
    ) -> None:
        """Offer values, each with its label (the value itself if none is given); `current` is shown, not announced.

        Without `current`, or where it is not offered, the first value is shown.
        """
        named = dict(zip(values, labels if labels is not None else values, strict=True))
        shown = current if current in named else next(iter(named), "")
        if named != self._labels or list(values) != self._values:
            self._values, self._labels = list(values), named
            self._rebuild(form_for(self._kind, values))
        self.show_value(shown or "")

    def show_value(self, value: str) -> None:
        """Show a value as chosen without `chosen`."""
        self._current = value
        match self._control:
            case PlainLabel() as line:
                line.setText(self._labels.get(value, value))
            case SecondsField() as slider:
                slider.show_value(int(domain.seconds(value) or 0))
            case Segments() | RatioTiles() | ChoiceMenu() as control:
                control.show_value(value)
        self.setAccessibleName(self.accessibleName())

    def show_hints(self, hints: Mapping[str, Hint], *, awaited: bool = True) -> None:
        """Say of each value what choosing it would mean; `awaited`: a hint may still come."""
        match self._control:
            case Segments() as segments:
                segments.show_hints(hints, awaited=awaited)
            case ChoiceMenu() as menu:
                menu.show_tips({value: hint.sentence for value, hint in hints.items()})
            case _:
                pass

    def select(self, value: str) -> None:
        """Choose as the user does; emits `chosen` at a change. Raises ValueError for a value not offered."""
        if value not in self._labels:
            raise ValueError(f"{value!r} is not offered: {self._values}")
        if value != self._current:
            self.show_value(value)
            self.chosen.emit(value)

    def _get_value(self) -> str:
        return self._current

    if TYPE_CHECKING:
        value: str  # what reading and writing the property looks like
    else:
        value = Property(str, _get_value, select, notify=chosen)

    def setAccessibleName(self, name: str) -> None:
        """Name the choice for screen readers."""
        super().setAccessibleName(name)
        shown = self._labels.get(self._current, "")
        self._control.setAccessibleName(f"{name}: {shown}" if self._form is Form.LINE and shown else name)

    def _rebuild(self, form: Form) -> None:
        inside = self.focusWidget()
        had_focus = inside is not None and inside.hasFocus()
        if form is not self._form:
            old = self._control
            self._control = self._made(form)
            self._form = form
            self._column.replaceWidget(old, self._control)
            old.hide()
            old.deleteLater()
        self._fill()
        line = form is Form.LINE
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if line else Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self._control)
        if had_focus and not line:
            self._control.setFocus()

    def _fill(self) -> None:
        pairs = [(value, self._labels[value]) for value in self._values]
        match self._control:
            case SecondsField() as slider:
                slider.set_range(consecutive_seconds(self._values) or [0])
            case Segments() | RatioTiles() | ChoiceMenu() as control:
                control.set_choices(pairs)

    def _made(self, form: Form) -> QWidget:
        match form:
            case Form.LINE:
                return PlainLabel()
            case Form.SLIDER:
                slider = SecondsField()
                slider.chosen.connect(self._seconds_chosen)
                return slider
            case Form.SEGMENTS:
                control: Segments | RatioTiles | ChoiceMenu = Segments(hints=self._hints)
            case Form.TILES:
                control = RatioTiles()
            case Form.MENU:
                control = ChoiceMenu()
            case _:
                assert_never(form)
        control.chosen.connect(self._announce)
        return control

    def _seconds_chosen(self, seconds: int) -> None:
        self._announce(self._values[seconds - int(domain.seconds(self._values[0]) or 0)])

    def _announce(self, value: str) -> None:
        if value != self._current:
            self._current = value
            self.chosen.emit(value)
