"""Lets one part of the window take what is dropped on another."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget


class DropsElsewhere(QObject):
    """Hands drags over `where` to `target`, but for those that began there: a frame let go over its own clip."""

    def __init__(self, where: QWidget, target: QWidget) -> None:
        super().__init__(where)
        self._where = where
        self._target = target
        where.setAcceptDrops(True)
        where.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """True: the drag has found its place."""
        # The target's own methods: an event that is under way cannot be sent anew.
        match event.type():
            case QEvent.Type.DragEnter if isinstance(event, QDragEnterEvent):
                if not self._from_here(event):
                    self._target.dragEnterEvent(event)
            case QEvent.Type.DragMove if isinstance(event, QDragMoveEvent):
                self._target.dragMoveEvent(event)
            case QEvent.Type.DragLeave if isinstance(event, QDragLeaveEvent):
                self._target.dragLeaveEvent(event)
            case QEvent.Type.Drop if isinstance(event, QDropEvent):
                self._target.dropEvent(event)
            case _:
                return False
        return True

    def _from_here(self, event: QDragEnterEvent) -> bool:
        source = event.source()
        return isinstance(source, QWidget) and self._where.isAncestorOf(source)
