"""Real input events sent to widgets found by their object names: what the self-test works with."""

from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

W = TypeVar("W", bound=QWidget)


class Missing(Exception):
    """There is no such widget in the window, or it is of another kind."""


def find(window: QWidget, name: str, kind: type[W]) -> W:
    """The widget called `name`. Raises `Missing`."""
    widget = window.findChild(kind, name)
    if widget is None:
        raise Missing(f"The window has no {kind.__name__} called {name}.")
    return widget


def write(widget: QWidget, text: str) -> None:
    """Put the focus on a field, clear it and type."""
    widget.setFocus()
    QTest.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(widget, text)


def click(widget: QWidget) -> None:
    """Click in the middle of a widget."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, widget.rect().center())


def click_row(view: QAbstractItemView, row: int) -> None:
    """Click in the middle of a row."""
    at = view.visualRect(view.model().index(row, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)


def drop_file(widget: QWidget, path: Path) -> bool:
    """Drag a file over a widget and let it go there; False where the widget does not take it."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    at: QPoint = widget.rect().center()
    actions, buttons, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at, actions, data, buttons, keys)
    QApplication.sendEvent(widget, enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(widget, QDragMoveEvent(at, actions, data, buttons, keys))
    drop = QDropEvent(QPointF(at), actions, data, buttons, keys, QEvent.Type.Drop)
    QApplication.sendEvent(widget, drop)
    return drop.isAccepted()
