"""A choice from a list that unfolds."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QIcon, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QListView, QSizePolicy, QStyle, QStyleOptionComboBox, QStylePainter

from venice_studio.ui.theme import icon
from venice_studio.ui.widgets.labels import plain_tip

_CHEVRON = 16


class ChoiceMenu(QComboBox):
    """A combo box with the theme's own arrow. The wheel scrolls the pane under it, it never changes the value."""

    chosen = Signal(str)
    """The user chose another value."""

    def __init__(self) -> None:
        super().__init__()
        self.setView(QListView())
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.setMaxVisibleItems(12)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._current: str | None = None
        self.currentIndexChanged.connect(self._index_changed)

    @property
    def value(self) -> str | None:
        """The chosen value; None if none is."""
        return self._current

    def set_choices(self, choices: Sequence[tuple[str, str]], current: str | None = None) -> None:
        """Offer (value, label) pairs."""
        self.blockSignals(True)
        self.clear()
        for value, label in choices:
            self.addItem(label, value)
        self.blockSignals(False)
        self.show_value(current)

    def show_value(self, value: str | None) -> None:
        """Show a value as chosen without `chosen`; an unknown one shows none."""
        self.blockSignals(True)
        self.setCurrentIndex(self.findData(value))
        self.blockSignals(False)
        self._current = self._value_at(self.currentIndex())
        self.update()

    def show_tips(self, tips: Mapping[str, str]) -> None:
        """Say of each value what choosing it would mean, while the mouse is on its entry."""
        for at in range(self.count()):
            self.setItemData(at, plain_tip(tips.get(str(self.itemData(at)), "")), Qt.ItemDataRole.ToolTipRole)

    def select(self, value: str) -> None:
        """Choose as the user does; emits `chosen` at a change. Raises ValueError for a value not offered."""
        at = self.findData(value)
        if at < 0:
            offered = [self.itemData(each) for each in range(self.count())]
            raise ValueError(f"{value!r} is not offered: {offered}")
        self.setCurrentIndex(at)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def shown(self) -> str:
        """The chosen label as it is painted: cut with … where there is no room, which Qt would not show."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        place = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        room = place.width() - 2 - self.room_beside()
        return self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)

    def room_beside(self) -> int:
        """What is kept free behind the label, px."""
        return 0

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self.shown()
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        box = QRect(self.width() - _CHEVRON - 9, (self.height() - _CHEVRON) // 2, _CHEVRON, _CHEVRON)
        mode = QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled
        icon("chevron-down", "secondary").paint(painter, box, Qt.AlignmentFlag.AlignCenter, mode)

    def _value_at(self, at: int) -> str | None:
        return None if at < 0 else str(self.itemData(at))

    def _index_changed(self, at: int) -> None:
        value = self._value_at(at)
        if value is not None and value != self._current:
            self._current = value
            self.chosen.emit(value)
