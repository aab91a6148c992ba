"""What the program asks of the system around it."""

from pathlib import Path

from PySide6.QtCore import QFile, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices


def trash(path: Path) -> bool:
    """Move a file to the trash; False where the system has none for it. Touches the disk."""
    # Without this folder Qt finds no trash on Linux.
    data = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    Path(data).mkdir(parents=True, exist_ok=True)
    return QFile(str(path)).moveToTrash()


def open_file(path: Path) -> None:
    """Open a file in the system's own program for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def show_in_folder(path: Path) -> None:
    """Open the folder a file lies in."""
    open_file(path.parent)


def open_page(address: str) -> None:
    """Open an https address in the browser; nothing else is opened."""
    url = QUrl(address, QUrl.ParsingMode.StrictMode)
    if url.isValid() and url.scheme() == "https" and url.host():
        QDesktopServices.openUrl(url)
