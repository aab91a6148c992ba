"""Tells the user of something while the window is behind others, in the system's own way."""

import logging
import sys

from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from venice_studio.library.threads import Worker
from venice_studio.ui.theme import app_icon

log = logging.getLogger(__name__)

SHOWN_MS = 8000


class Notices:
    """Speaks only while the window does not have the user's attention."""

    def __init__(self, window: QWidget, worker: Worker) -> None:
        self._window = window
        self._worker = worker
        self._tray: QSystemTrayIcon | None = None

    async def tell(self, title: str, text: str) -> None:
        """Show a notice; where the system has none, the window only asks for attention in the task bar."""
        if self._window.isActiveWindow():
            return
        QApplication.alert(self._window)
        if sys.platform == "linux":
            # A desktop without a tray has notices all the same, and they come over the session bus.
            await self._worker.run(_over_the_bus, title, text)
        elif QSystemTrayIcon.isSystemTrayAvailable():
            self._from_the_tray(title, text)

    def close(self) -> None:
        """Leave the tray."""
        if self._tray is not None:
            self._tray.hide()

    def _from_the_tray(self, title: str, text: str) -> None:
        if self._tray is None:
            self._tray = QSystemTrayIcon(app_icon(), self._window)
            self._tray.messageClicked.connect(self._window.activateWindow)
            self._tray.show()
        self._tray.showMessage(title, text, app_icon(), SHOWN_MS)


def _over_the_bus(title: str, text: str) -> None:
    from jeepney import DBusAddress, new_method_call  # type: ignore[import-untyped]
    from jeepney.io.blocking import open_dbus_connection  # type: ignore[import-untyped]

    path, name = "/org/freedesktop/Notifications", "org.freedesktop.Notifications"
    call = new_method_call(
        DBusAddress(path, bus_name=name, interface=name),
        "Notify",
        "susssasa{sv}i",
        # The body may be markup there: a prompt must not become any.
        ("Venice Studio", 0, "venice-studio", title, _plain(text), [], {"desktop-entry": ("s", "venice-studio")}, -1),
    )
    try:
        with open_dbus_connection() as connection:
            connection.send_and_get_reply(call, timeout=3)
    except Exception as error:
        # No bus, nobody who shows notices: the clip is in the list all the same.
        log.info("No notice could be shown: %r", error)


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
