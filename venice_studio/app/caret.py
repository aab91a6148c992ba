"""The caret stops blinking where nobody writes: a blink is two wake-ups a second, for as long as the window is open."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

RESTS_AFTER_MS = 10_000
"""As GTK has it."""


class RestingCaret(QObject):
    """Lets the caret blink for a while after each move of it, in whichever field; then it stands still, in sight."""

    def __init__(self, app: QGuiApplication, rests_after_ms: int = RESTS_AFTER_MS) -> None:
        super().__init__(app)
        self._hints = app.styleHints()
        self._blink_ms = self._hints.cursorFlashTime()
        self._rest = QTimer(self, interval=rests_after_ms)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._stand_still)
        app.inputMethod().cursorRectangleChanged.connect(self._blink)
        app.focusObjectChanged.connect(self._blink)
        self._blink()

    def _blink(self) -> None:
        self._rest.start()
        if self._hints.cursorFlashTime() != self._blink_ms:
            self._hints.setCursorFlashTime(self._blink_ms)

    def _stand_still(self) -> None:
        self._hints.setCursorFlashTime(0)

    def end(self) -> None:
        """Leave the caret as it was found."""
        self._rest.stop()
        self._rest.timeout.disconnect(self._stand_still)
        self._hints.setCursorFlashTime(self._blink_ms)
        self.deleteLater()
