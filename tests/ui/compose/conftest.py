"""The left pane over a studio whose service is scripted, and hands to drive it with."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDragMoveEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.support.fake_service import FakeService
from tests.support.patience import until
from tests.support.whole_studio import WholeStudio
from tests.ui.windows import show_active
from venice_studio.domain.request import GenerationRequest
from venice_studio.studio.composer import Composer
from venice_studio.ui.compose import PANE_WIDTH, ComposePane
from venice_studio.ui.images import ImageWorker
from venice_studio.ui.theme import Theme


class Bench:
    """The pane in sight, connected and priced."""

    def __init__(self, pane: ComposePane, whole: WholeStudio) -> None:
        self.pane = pane
        self.whole = whole

    @property
    def composer(self) -> Composer:
        return self.whole.studio.composer

    @property
    def draft(self) -> GenerationRequest:
        return self.composer.draft.value

    @property
    def service(self) -> FakeService:
        return self.whole.service

    def find(self, name: str) -> QWidget:
        found: QWidget | None = self.pane.findChild(QWidget, name)
        assert found is not None, name
        return found

    def text(self, name: str) -> str:
        return str(self.find(name).property("text"))

    async def write(self, name: str, text: str) -> None:
        field = self.find(name)
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(field, text)
        await self.settle()

    async def settle(self) -> None:
        """Wait until nothing is under way, and Qt has heard of it."""
        await self.whole.settle()
        await asyncio.sleep(0.01)

    async def until(self, holds: Callable[[], bool]) -> None:
        await until(holds)

    async def press_generate(self) -> None:
        click(self.find("generateButton"))
        await self.settle()

    async def question(self) -> QDialog:
        """The question that is being asked."""
        await self.until(lambda: self.pane.window().findChild(QDialog, "question") is not None)
        dialog: QDialog | None = self.pane.window().findChild(QDialog, "question")
        assert dialog is not None
        return dialog

    async def answer(self, key: str) -> None:
        """Press one of its buttons."""
        found: QAbstractButton | None = (await self.question()).findChild(QAbstractButton, f"{key}Choice")
        assert found is not None
        click(found)
        await self.settle()


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, widget.rect().center())


def drop(widget: QWidget, data: QMimeData, at: QPoint | None = None) -> bool:
    """Drag something over a widget and let it go, in the middle unless told where; False where nothing takes it."""
    at = at or widget.rect().center()
    both = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    how = (both, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(at, *how)
    QApplication.sendEvent(widget, enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(widget, QDragMoveEvent(at, *how))
    letting_go = QDropEvent(QPointF(at), *how, QEvent.Type.Drop)
    QApplication.sendEvent(widget, letting_go)
    return letting_go.isAccepted()


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def image(width: int = 160, height: int = 90, colour: str = "#c04020") -> QImage:
    made = QImage(width, height, QImage.Format.Format_RGB32)
    made.fill(QColor(colour))
    return made


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "gondola.png"
    assert image().save(str(path))
    return path


@pytest.fixture
def service() -> FakeService:
    """What is behind the bench."""
    return FakeService()


@pytest.fixture
def alternatives() -> int:
    """For how many alternatives of the draft a price is asked."""
    return 0


@pytest_asyncio.fixture
async def bench(
    theme: Theme, qtbot: QtBot, tmp_path: Path, service: FakeService, alternatives: int
) -> AsyncIterator[Bench]:
    whole = WholeStudio(tmp_path / "home", service, alternatives=alternatives)
    images = ImageWorker()
    await whole.begin()
    pane = ComposePane(whole.studio, images, whole.parts.clock.now)
    pane.resize(PANE_WIDTH, 820)
    show_active(qtbot, pane)
    bench = Bench(pane, whole)
    await bench.settle()
    yield bench
    await whole.end()
    images.close()
