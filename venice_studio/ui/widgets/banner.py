"""A notice across a pane."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from venice_studio.ui.theme import METRICS, colour, icon
from venice_studio.ui.widgets.buttons import button, icon_button
from venice_studio.ui.widgets.labels import PlainLabel
from venice_studio.ui.widgets.painting import rounded

Tone = Literal["info", "good", "warn", "bad"]

_NARROW = 440  # px
_ICONS = {"info": "info", "good": "check", "warn": "warning", "bad": "warning"}
_COLOURS = {"info": "secondary", "good": "good", "warn": "warn", "bad": "bad"}


class Banner(QWidget):
    """One sentence or two, up to two actions, and a way to put it away. Hidden until something is shown."""

    acted = Signal(str)
    """An action's key: its button was pressed."""

    dismissed = Signal()
    """The user put the notice away; it is hidden."""

    def __init__(self) -> None:
        super().__init__()
        self._tone: Tone = "info"
        self._mark = _Mark()
        self._text = PlainLabel(wrap=True)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(METRICS.space_2)
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._middle.setSpacing(0)
        self._middle.addWidget(self._text, 1)
        self._middle.addLayout(self._actions)
        self._close = icon_button("close", "Dismiss", size=14)
        self._close.clicked.connect(self._put_away)
        row = QHBoxLayout(self)
        row.setContentsMargins(METRICS.space_3, METRICS.space_1 + 2, METRICS.space_2, METRICS.space_1 + 2)
        row.setSpacing(METRICS.space_2)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(self._middle, 1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def show_notice(
        self, tone: Tone, text: str, actions: Sequence[tuple[str, str]] = (), *, dismissable: bool = True
    ) -> None:
        """Show a notice in place of the last; `actions` are (key, label) pairs, two at most."""
        self._tone = tone
        self._mark.show_icon(_ICONS[tone], _COLOURS[tone])
        self._text.setText(text)
        self.setAccessibleName(text)
        self._close.setVisible(dismissable)
        while (item := self._actions.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for key, label in actions[:2]:
            made = button(label, "link")
            made.clicked.connect(lambda _, key=key: self.acted.emit(key))
            self._actions.addWidget(made)
        self._actions.addStretch(1)
        self.show()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the actions stand below the text, or that would be a column of single words."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        self._middle.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rounded(painter, self.rect(), METRICS.radius_field, colour("field"), colour("line"))
        painter.setClipRect(0, 0, 3, self.height())
        rounded(painter, self.rect().adjusted(0, 0, 0, 0), METRICS.radius_field, colour(_COLOURS[self._tone]))

    def _put_away(self) -> None:
        self.hide()
        self.dismissed.emit()


class _Mark(QLabel):
    """The notice's icon, drawn new at each paint so that it follows the theme."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = icon("info")
        self.setFixedSize(QSize(18, 18))

    def show_icon(self, name: str, role: str) -> None:
        self._icon = icon(name, role)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        self._icon.paint(QPainter(self), self.rect())
