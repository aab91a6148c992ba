"""Two fields in one row where both fit, one below the other where not."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QWidget

from venice_studio.ui.theme import METRICS
from venice_studio.ui.widgets import Field


class Beside(QWidget):
    """Holds two fields; `arrange` after what they offer has changed."""

    def __init__(self, first: Field, second: Field, width: int) -> None:
        """`width` is the room there is, px."""
        super().__init__()
        self._fields = (first, second)
        self._width = width
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        for field in self._fields:
            # The lower of the two does not sink into the height of the other: their labels stand on one line.
            self._box.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)

    def arrange(self, *, apart: bool = False) -> None:
        """Choose the direction; `apart` where one of the two needs a row of its own anyway."""
        shown = [field for field in self._fields if not field.isHidden()]
        self.setVisible(bool(shown))
        widths = [field.control.sizeHint().width() for field in shown]
        gap = METRICS.space_2
        beside = not apart and sum(widths) + gap <= self._width
        self._box.setDirection(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom,
        )
        self._box.setSpacing(gap if beside else METRICS.space_4)
        equal = all(width <= (self._width - gap) // 2 for width in widths)
        for at, field in enumerate(self._fields):
            self._box.setStretch(at, 1 if equal or not beside else max(1, field.control.sizeHint().width()))
