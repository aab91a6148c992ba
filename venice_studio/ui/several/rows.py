"""Draws the box before a model's name: Qt's own has no colours for a table that lets its ground show through."""

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from venice_studio.ui.theme import METRICS, colour, icon
from venice_studio.ui.widgets import rounded

Index = QModelIndex | QPersistentModelIndex

_SIDE = 16  # of the box, px
_TICK = 12


class BoxRows(QStyledItemDelegate):
    """The first column's cells: a box, ticked or not, and the name."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown = QStyleOptionViewItem(option)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, colour("selected"))
        shown.state &= ~(QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus)
        checked = index.data(Qt.ItemDataRole.CheckStateRole)
        if checked is not None:
            box = QRect(option.rect.left() + METRICS.space_2, 0, _SIDE, _SIDE)
            box.moveTop(option.rect.center().y() - _SIDE // 2 + 1)
            self._draw(
                painter, box, on=checked == Qt.CheckState.Checked, can=bool(index.flags() & Qt.ItemFlag.ItemIsEnabled)
            )
            shown.rect = option.rect.adjusted(METRICS.space_2 + _SIDE, 0, 0, 0)
        super().paint(painter, shown, index)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        size = super().sizeHint(option, index)
        boxed = index.data(Qt.ItemDataRole.CheckStateRole) is not None
        return size + QSize(METRICS.space_2 + _SIDE, 0) if boxed else size

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.features &= ~QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """A click anywhere in the row is the dialog's business."""
        return False

    def _draw(self, painter: QPainter, box: QRect, *, on: bool, can: bool) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = colour("accent") if on else colour("field")
        rounded(
            painter, box, METRICS.radius_picture, ground, colour("accent") if on else colour("hint" if can else "line")
        )
        if on:
            tick = QRect(0, 0, _TICK, _TICK)
            tick.moveCenter(box.center())
            icon("check", "accent_ink").paint(painter, tick)
        painter.restore()
