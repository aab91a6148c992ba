"""The clip alone on the screen, with controls that go when nothing moves."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

_HIDES_AFTER_MS = 2500
_WIDEST = 900  # the widest the controls get, px


class FullScreen(QWidget):
    """Borrows the surface and the controls of the player; the player takes them back at `left`."""

    left = Signal()
    """Escape, the button or the window's end."""

    def __init__(self, surface: QWidget, controls: QWidget, on_key: Callable[[QKeyEvent], bool]) -> None:
        super().__init__()
        self._surface, self._controls, self._on_key = surface, controls, on_key
        self.setWindowTitle("Venice Studio")
        self.setProperty("surface", "stage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(surface)
        self._bar = QFrame(self)
        self._bar.setProperty("surface", "stage-bar")
        inside = QVBoxLayout(self._bar)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(controls)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_HIDES_AFTER_MS)
        self._rest.timeout.connect(self._hide_bar)
        self._watched = (self, surface, controls, *surface.findChildren(QWidget), *controls.findChildren(QWidget))
        for watched in self._watched:
            watched.setMouseTracking(True)
            watched.installEventFilter(self)

    def enter(self) -> None:
        """Fill the screen, also where no window manager does it for us."""
        self.setGeometry(self.screen().geometry())
        self.showFullScreen()
        self._surface.setFocus()
        self.wake()

    def wake(self) -> None:
        """Show the controls and the pointer for a while."""
        self._bar.show()
        self._bar.raise_()
        self.unsetCursor()
        self._rest.start()

    def give_back(self) -> None:
        """Stop watching what was borrowed and close; the owner puts it back into its own layout."""
        self._rest.stop()
        for watched in self._watched:
            watched.removeEventFilter(self)
        self.hide()

    @property
    def bar_shown(self) -> bool:
        """Whether the controls are on."""
        return self._bar.isVisible()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.MouseMove, QEvent.Type.KeyPress, QEvent.Type.FocusIn):
            self.wake()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif not self._on_key(event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = min(_WIDEST, self.width() - 32)
        height = self._bar.sizeHint().height()
        self._bar.setGeometry((self.width() - width) // 2, self.height() - height - 24, width, height)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.left.emit()

    def _hide_bar(self) -> None:
        if self._bar.underMouse():
            self._rest.start()
        else:
            self._bar.hide()
            self.setCursor(Qt.CursorShape.BlankCursor)
            self._surface.setFocus()
