"""Draws the box before a model's name: Qt's own has no colours for a table that lets its ground show through."""

from PySide6.QtCore import QAbstractItemModel, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from venice_studio.ui.theme import METRICS, colour
from venice_studio.ui.widgets.painting import tick_box
from venice_studio.ui.widgets.table import Index

_SIDE = 16  # of the box, px


class BoxRows(QStyledItemDelegate):
    """The first column's cells: a box, ticked or not, and the name."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown = QStyleOptionViewItem(option)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, colour("selected"))
        shown.state &= ~(QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus)
        checked = index.data(Qt.ItemDataRole.CheckStateRole)
        if checked is not None:
            top = option.rect.center().y() - _SIDE // 2 + 1
            box = QRectF(option.rect.left() + METRICS.space_2, top, _SIDE, _SIDE)
            painter.setOpacity(1.0 if index.flags() & Qt.ItemFlag.ItemIsEnabled else 0.5)
            tick_box(painter, box, on=checked == Qt.CheckState.Checked)
            painter.setOpacity(1.0)
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
