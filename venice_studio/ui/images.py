"""Pictures in and out of Qt, decoded and encoded in threads of their own so that the window never waits."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader


class ImageWorker:
    """Reads stills for cards and rows, and writes frames as PNG."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="stills")

    async def load(self, path: str, within: QSize | None = None) -> QImage:
        """The picture at `path`, upright, at most `within` (device pixels); a null image where it cannot be read."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, _load, path, within)

    async def decode(self, data: bytes) -> QImage:
        """The picture that `data` is; a null image where it cannot be read."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, _decode, data)

    async def png(self, image: QImage) -> bytes:
        """`image` as PNG bytes, full size."""
        # A deep copy: the caller's pixels may belong to a player that goes on.
        return await asyncio.get_running_loop().run_in_executor(self._pool, _png, image.copy())

    def close(self) -> None:
        """Let the threads end."""
        self._pool.shutdown(wait=True, cancel_futures=True)


def _load(path: str, within: QSize | None) -> QImage:
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    if within is not None and reader.size().isValid():
        size = reader.size()
        if size.width() > within.width() or size.height() > within.height():
            reader.setScaledSize(size.scaled(within, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def _decode(data: bytes) -> QImage:
    return QImage.fromData(data)


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
