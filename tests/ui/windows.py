"""Windows for tests."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.support.patience import PATIENCE_MS


def show_active(qtbot: QtBot, widget: QWidget) -> None:
    """Show a widget as the active window, so that its parts can have the focus; it is closed with the test."""
    qtbot.addWidget(widget)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow, timeout=PATIENCE_MS)
