"""One attached file: what all cards of files have in common, whatever they look like."""

from PySide6.QtCore import QByteArray, QEvent, QMimeData, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QPushButton, QSizePolicy

from venice_studio.ui.compose.inputs.origin import MIME, Origin
from venice_studio.ui.theme import METRICS, colour, icon
from venice_studio.ui.widgets import focus_ring, plain_tip

_BACK, _ON = (Qt.Key.Key_Left, Qt.Key.Key_Up), (Qt.Key.Key_Right, Qt.Key.Key_Down)
_GRAB_WIDTH = 120


class Item(QPushButton):
    """A card that is a button: a click or the menu key unfolds its menu, Enter replaces, Delete removes, Alt or Ctrl
    with an arrow moves it, and it can be dragged."""

    replace_asked = Signal()
    remove_asked = Signal()
    step_asked = Signal(int)
    """Move it so many places on."""
    menu_asked = Signal(QPoint)
    """Unfold the menu at this point of the screen."""

    def __init__(self) -> None:
        super().__init__()
        self.origin: Origin | None = None
        """Which input this is; None where it cannot be dragged."""
        self._pressed: QPoint | None = None
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.remove = RemoveBadge(self)
        self.remove.clicked.connect(self.remove_asked)
        self.clicked.connect(lambda _=False: self.menu_asked.emit(self.mapToGlobal(QPoint(8, self.height() - 4))))

    def name_it(self, name: str, facts: str, *, bare: str) -> None:
        """`name` with its number for screen readers, `bare` the file's own, `facts` what is known of it."""
        self.setAccessibleName(name)
        self.setAccessibleDescription(facts)
        self.remove.setAccessibleName(f"Remove {bare}")
        self.setToolTip(plain_tip(f"{bare}\n{facts}"))

    def data(self) -> QMimeData | None:
        """What a drag of it carries; None where it cannot be dragged."""
        if self.origin is None:
            return None
        carried = QMimeData()
        carried.setData(MIME, QByteArray(self.origin.encoded()))
        return carried

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moving = event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier)
        match event.key():
            case key if moving and key in (*_BACK, *_ON):
                self.step_asked.emit(-1 if key in _BACK else 1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not moving:
                self.replace_asked.emit()
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self.remove_asked.emit()
            case _:
                super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(event.globalPos())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._pressed is None or (at - self._pressed).manhattanLength() < QApplication.startDragDistance():
            super().mouseMoveEvent(event)
            return
        self._pressed = None
        if (carried := self.data()) is not None:
            self.setDown(False)
            self.drag(carried)

    def drag(self, carried: QMimeData) -> None:
        """Begin to drag the card about."""
        drag = QDrag(self)
        drag.setMimeData(carried)
        shown = self.grab()
        if self.width() > _GRAB_WIDTH:
            shown = shown.scaledToWidth(
                round(_GRAB_WIDTH * self.devicePixelRatioF()), Qt.TransformationMode.SmoothTransformation
            )
        drag.setPixmap(shown)
        drag.setHotSpot(QPoint(20, 20))
        drag.exec(Qt.DropAction.MoveAction | Qt.DropAction.CopyAction, Qt.DropAction.MoveAction)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._pressed = None

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._show_badge()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._show_badge()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_badge()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_badge()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.remove.move(self.width() - self.remove.width(), 0)

    def outline(self) -> QPainterPath:
        """The card's shape."""
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect()), METRICS.radius_field, METRICS.radius_field)
        return path

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillPath(self.outline(), colour("field"))
        painter.save()
        painter.setClipPath(self.outline())
        self.paint_content(painter)
        painter.restore()
        painter.setPen(QPen(colour("hover" if self.underMouse() else "line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        edge = METRICS.radius_field - 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), edge, edge)
        if self.hasFocus():
            focus_ring(painter, self.rect(), METRICS.radius_field)

    def paint_content(self, painter: QPainter) -> None:
        """Paint what is in the card, cut to its shape."""
        raise NotImplementedError

    def _show_badge(self) -> None:
        self.remove.setVisible(self.hasFocus() or self.underMouse())
        self.update()


class RemoveBadge(QPushButton):
    """A cross on a dark disc, legible on any picture. Not in the tab order: Delete does the same."""

    def __init__(self, parent: QPushButton) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedSize(28, 28)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.hide()

    def sizeHint(self) -> QSize:
        return QSize(28, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = colour("stage_hover" if self.underMouse() else "stage_bar")
        ground.setAlpha(235)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawEllipse(QRectF(5, 5, 18, 18))
        icon("close", "stage_text").paint(painter, 8, 8, 12, 12)
