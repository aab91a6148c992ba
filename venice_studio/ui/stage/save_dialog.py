"""Where a copy of a clip shall lie."""

import asyncio
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


async def ask_where(parent: QWidget, name: str) -> Path | None:
    """Ask for the place of a copy, `name` being proposed; None if the user changed their mind.

    The dialog itself asks before a file is replaced.
    """
    dialog = QFileDialog(parent, "Save a copy")
    dialog.setObjectName("saveAsDialog")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setNameFilter("Video (*.mp4)")
    dialog.setDefaultSuffix("mp4")
    dialog.selectFile(name)
    ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def end(result: int) -> None:
        if not ended.done():
            ended.set_result(result)

    dialog.finished.connect(end)
    dialog.open()
    try:
        accepted = await ended == QFileDialog.DialogCode.Accepted.value
        chosen = dialog.selectedFiles() if accepted else []
    finally:
        dialog.hide()
        dialog.deleteLater()
    return Path(chosen[0]) if chosen else None
