"""Driving widgets as people do, and waiting for what comes of it."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

T = TypeVar("T", bound=QObject)


def part(parent: QObject, kind: type[T], name: str) -> T:
    """The one descendant of that kind and name."""
    found = parent.findChild(kind, name)
    assert isinstance(found, kind), f"there is no {kind.__name__} {name}"
    return found


def click(target: QWidget, at: QPoint | None = None) -> None:
    """Press and release the left button, in the middle unless told where."""
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=at or target.rect().center())


async def until(true: Callable[[], bool], patience_s: float = 20) -> None:
    """Let the program go on until something is so; fails where it never gets there."""
    async with asyncio.timeout(patience_s):
        while not true():  # noqa: ASYNC110 - what is waited for is only seen from outside
            await asyncio.sleep(0.01)
