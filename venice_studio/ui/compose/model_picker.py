"""The choice of a model: one entry for each name people know, found by typing."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent

from venice_studio.domain.family import Family
from venice_studio.studio.lineup import Lineup
from venice_studio.ui.compose.model_list import ModelList
from venice_studio.ui.theme import METRICS, colour
from venice_studio.ui.widgets import ChoiceMenu, rounded


class ModelPicker(ChoiceMenu):
    """A combo box of families that shows how the chosen one starts, and unfolds into a list that can be searched."""

    def __init__(self, lineup: Lineup) -> None:
        super().__init__()
        self._badge = ""
        self._families: tuple[Family, ...] = ()
        self._list = ModelList(self, lineup)
        self._list.chosen.connect(self.select)

    @property
    def badge(self) -> str:
        """What the chosen variant starts from, as shown."""
        return self._badge

    @property
    def unfolded(self) -> bool:
        """Whether the list is in sight."""
        return self._list.isVisible()

    def show_families(self, families: Sequence[Family], current: str | None, badge: str) -> None:
        """Offer families by name; `badge` is said beside the chosen one."""
        if tuple(families) != self._families:
            self._families = tuple(families)
            self.set_choices([(family.name, family.name) for family in families], current)
            self._list.show_families(families)
        elif current != self.value:
            self.show_value(current)
        self._badge = badge
        self.setAccessibleDescription(badge)
        self.update()

    def showPopup(self) -> None:
        self._list.unfold(self.mapToGlobal(QPoint(0, self.height() + 2)), self.value)

    def hidePopup(self) -> None:
        self._list.hide()
        super().hidePopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter unfold; a letter unfolds and begins the search with it."""
        bare = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if bare and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.showPopup()
        elif bare and event.text().isalnum():
            self.showPopup()
            self._list.search_for(event.text())
        else:
            super().keyPressEvent(event)

    def room_beside(self) -> int:
        """The badge is there however long the name is."""
        return METRICS.space_2 + self._badge_width() if self._badge else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._badge or not self.currentText():
            return
        painter = QPainter(self)
        left = METRICS.space_3 + self.fontMetrics().horizontalAdvance(self.shown()) + METRICS.space_2
        painter.setFont(self._badge_font())
        box = self.rect().adjusted(left, 0, 0, 0)
        box.setWidth(self._badge_width())
        box.setTop((self.height() - 19) // 2)
        box.setHeight(19)
        rounded(painter, box, METRICS.radius_picture, colour("selected"))
        painter.setPen(colour("accent_text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._badge)

    def _badge_width(self) -> int:
        return QFontMetrics(self._badge_font()).horizontalAdvance(self._badge) + 12

    def _badge_font(self) -> QFont:
        font = self.font()
        font.setPixelSize(METRICS.badge_size)
        return font
