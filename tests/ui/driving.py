"""Driving widgets as people do, and waiting for what comes of it."""

from typing import TypeVar

from PySide6.QtCore import QObject, QPoint, Qt
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


def click(target: QWidget, at: QPoint | None = None) -> None:
    """Press and release the left button, in the middle unless told where."""
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=at or target.rect().center())
