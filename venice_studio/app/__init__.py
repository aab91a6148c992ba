"""Builds the program, and runs it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from venice_studio import command_line


class _FirstPaint(QObject):
    """Ends the program once its window has been painted."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, QApplication.quit)
        return super().eventFilter(watched, event)


def main(arguments: Sequence[str]) -> int:
    """Show the window; gives the exit code."""
    options = command_line.parse(arguments)
    application = QApplication.instance() or QApplication(["venice-studio"])
    window = QMainWindow()
    window.setWindowTitle("Venice Studio")
    window.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose)
    if options.self_test:
        window.installEventFilter(_FirstPaint(window))
    window.show()
    return application.exec()
