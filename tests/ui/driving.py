"""Driving widgets as people do, and waiting for what comes of it."""

from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from tests.support.patience import until as until

T = TypeVar("T", bound=QObject)


def part(parent: QObject, kind: type[T], name: str) -> T:
    """The one descendant of that kind and name."""
    found = parent.findChild(kind, name)
    assert isinstance(found, kind), f"there is no {kind.__name__} {name}"
    return found


def seen_texts(parent: QWidget) -> set[str]:
    """What the labels in sight say."""
    return {label.text() for label in parent.findChildren(QLabel) if label.isVisible()}


class Paints(QObject):
    """Counts how often a widget is painted by itself: `grab()` paints afresh, and so sees nothing that is stale."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.Paint
        return False


def click(target: QWidget, at: QPoint | None = None) -> None:
    """Press and release the left button, in the middle unless told where."""
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=at or target.rect().center())


def middle_of_words(button: QWidget) -> float:
    """How far below the middle of a button its words stand, px."""
    picture = button.grab().toImage()
    ground = picture.pixelColor(1, picture.height() // 2)
    inked = [
        y
        for y in range(picture.height())
        if any(picture.pixelColor(x, y) != ground for x in range(8, picture.width() - 8))
    ]
    return (inked[0] + inked[-1]) / 2 - (picture.height() - 1) / 2
