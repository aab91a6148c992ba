"""Cards side by side in rows, and the line that shows where a dragged one would go."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from venice_studio.ui.compose.empty_place import EmptyPlace
from venice_studio.ui.compose.inputs.item import Item
from venice_studio.ui.theme import METRICS, colour, icon

Card = TypeVar("Card", bound=Item)
GAP = METRICS.space_2


class AddTile(EmptyPlace):
    """The next empty place: a dashed card that is a button."""

    def __init__(self, size: QSize, text: str = "Add") -> None:
        super().__init__(text)
        self.setFixedSize(size)

    def _draw(self, painter: QPainter, role: str) -> None:
        font = self.font()
        font.setPixelSize(METRICS.badge_size if self.width() < 100 else METRICS.secondary_size)
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(self.text())
        low = self.height() < 48
        box = QRect(0, 0, width + 22, 18) if low else QRect(0, 0, max(18, width), 38)
        box.moveCenter(self.rect().center())
        picture = QRect(box.left(), box.top() + (1 if low else 0), 16, 16)
        if not low:
            picture.moveLeft(box.center().x() - 8)
        icon("plus", role).paint(painter, picture)
        painter.setPen(colour(role))
        across = Qt.AlignmentFlag.AlignRight if low else Qt.AlignmentFlag.AlignHCenter
        down = Qt.AlignmentFlag.AlignVCenter if low else Qt.AlignmentFlag.AlignBottom
        painter.drawText(box, across | down, self.text())


class CardGrid(QWidget, Generic[Card]):
    """Keeps as many cards as there are inputs; a card stays at its place and shows what is there."""

    changed = Signal()

    def __init__(self, make: Callable[[], Card], columns: int, size: QSize, add_size: QSize, add_text: str) -> None:
        super().__init__()
        self._make = make
        self._columns = columns
        self._size = size
        self._marker: int | None = None
        self.cards: list[Card] = []
        self.add = AddTile(add_size, add_text)
        self.add.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_count(self, count: int, *, more: bool) -> None:
        """Have so many cards; `more`: and a place to add one."""
        lost_focus = any(card.hasFocus() for card in self.cards[count:])
        while len(self.cards) > count:
            card = self.cards.pop()
            card.hide()
            card.deleteLater()
        while len(self.cards) < count:
            card = self._make()
            card.setParent(self)
            card.show()
            self.cards.append(card)
        self.add.setVisible(more)
        self._lay_out(more)
        if lost_focus:
            (self.cards[-1] if self.cards else self.add).setFocus()

    def index_at(self, at: QPoint) -> int:
        """Before which card something let go at a point would come."""
        for index, card in enumerate(self.cards):
            area = card.geometry().adjusted(-GAP, -GAP, 0, GAP)
            if self._columns == 1:
                if at.y() < card.geometry().center().y():
                    return index
            elif at.y() <= area.bottom() and at.x() < card.geometry().center().x():
                return index
            elif area.top() <= at.y() <= area.bottom() and (index + 1) % self._columns == 0:
                return index + 1
        return len(self.cards)

    def mark(self, index: int | None) -> None:
        """Show where what is being dragged would go; None: nowhere."""
        if index != self._marker:
            self._marker = index
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._marker is None or not self.cards:
            return
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent"))
        last = self._marker >= len(self.cards)
        box = self.cards[-1 if last else self._marker].geometry()
        if self._columns == 1:
            y = box.bottom() + GAP / 2 if last else box.top() - GAP / 2
            painter.drawRoundedRect(QRectF(0, max(0.0, y - 1), self.width(), 3), 1.5, 1.5)
        else:
            x = box.right() + GAP / 2 + 1 if last else box.left() - GAP / 2
            painter.drawRoundedRect(QRectF(max(0.0, x - 1.5), box.top(), 3, box.height()), 1.5, 1.5)

    def _lay_out(self, more: bool) -> None:
        step_x, step_y = self._size.width() + GAP, self._size.height() + GAP
        places: list[QWidget] = [*self.cards, *([self.add] if more else [])]
        bottom = 0
        for index, widget in enumerate(places):
            widget.move(index % self._columns * step_x, index // self._columns * step_y)
            bottom = max(bottom, widget.y() + widget.height())
        self.setFixedSize(self._columns * step_x - GAP, bottom)
        self.changed.emit()
