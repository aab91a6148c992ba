"""A small list under the text cursor to choose from while writing."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from venice_studio.ui.theme import METRICS, colour, weighted

_ROW = 40
_WIDTH = 300
_MOST_ROWS = 6
_PICTURE = QSize(48, 30)
_LABEL = Qt.ItemDataRole.UserRole
_IMAGE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Something to be written: the words, what they stand for, and what that looks like."""

    text: str
    label: str
    image: QImage | None = None


class MentionList(QListWidget):
    """Never takes the keyboard: the field it belongs to stays the one that is written in."""

    picked = Signal(str)
    """The user clicked on a suggestion."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("mentionList")
        self.setAccessibleName("What the prompt can speak of")
        self.setProperty("surface", "popup")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setItemDelegate(_Rows(self))
        self.itemEntered.connect(self.setCurrentItem)
        self.itemClicked.connect(lambda item: self.picked.emit(item.text()))
        self.hide()

    def offer(self, suggestions: Sequence[Suggestion]) -> None:
        """Show these; the one that was chosen among the last ones stays so."""
        before = self.chosen
        self.clear()
        for suggestion in suggestions:
            item = QListWidgetItem(suggestion.text)
            item.setData(_LABEL, suggestion.label)
            item.setData(_IMAGE, suggestion.image)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{suggestion.text}, {suggestion.label}")
            self.addItem(item)
        texts = [suggestion.text for suggestion in suggestions]
        self.setCurrentRow(texts.index(before) if before in texts else 0)
        self.setFixedSize(_WIDTH, min(_MOST_ROWS, len(texts)) * _ROW + 10)

    def show_image(self, text: str, image: QImage) -> None:
        """What a suggestion looks like."""
        for row in range(self.count()):
            if self.item(row).text() == text:
                self.item(row).setData(_IMAGE, image)

    @property
    def chosen(self) -> str:
        """The words of the suggestion that is marked; empty for none."""
        item = self.currentItem()
        # The stubs do not know that there may be none.
        return item.text() if isinstance(item, QListWidgetItem) else ""

    def step(self, by: int) -> None:
        """Mark the next or the one before, round the ends."""
        if self.count():
            self.setCurrentRow((self.currentRow() + by) % self.count())

    def open_at(self, cursor: QRect, field: QWidget) -> None:
        """Show under a rectangle of `field`, or over it where there is no room below."""
        window = field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        below = field.mapTo(window, cursor.bottomLeft() + QPoint(-METRICS.space_3, METRICS.space_1))
        above = field.mapTo(window, cursor.topLeft()).y() - self.height() - METRICS.space_1
        top = below.y() if below.y() + self.height() <= window.height() else max(0, above)
        left = max(METRICS.space_2, min(below.x(), window.width() - self.width() - METRICS.space_2))
        self.move(left, top)
        self.show()
        self.raise_()


class _Rows(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(_WIDTH - 20, _ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        area: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("raised"))
            painter.drawRoundedRect(area.adjusted(2, 1, -2, -1), METRICS.radius_segment, METRICS.radius_segment)
        box = QRect(area.left() + 8, area.center().y() - _PICTURE.height() // 2, _PICTURE.width(), _PICTURE.height())
        image = index.data(_IMAGE)
        painter.fillRect(box, colour("raised"))
        if isinstance(image, QImage) and not image.isNull():
            size = image.size().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(QPoint(0, 0), size)
            place.moveCenter(box.center())
            painter.drawImage(place, image)
        words = QRect(box.right() + 10, area.top() + 4, area.right() - box.right() - 18, 17)
        self._line(painter, words, str(index.data()), "text", bold=True)
        self._line(painter, words.translated(0, 16), str(index.data(_LABEL)), "hint", bold=False)
        painter.restore()

    def _line(self, painter: QPainter, area: QRect, text: str, role: str, *, bold: bool) -> None:
        font = painter.font()
        font.setPixelSize(METRICS.secondary_size if bold else METRICS.badge_size)
        painter.setFont(weighted(font, METRICS.semibold if bold else 400))
        painter.setPen(colour(role))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
