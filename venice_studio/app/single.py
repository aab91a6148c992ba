"""One program for one data folder: a second start brings the first one's window to the front."""

from pathlib import Path

from PySide6.QtCore import QCryptographicHash, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

PATIENCE_MS = 500
_HERE = b"here\n"


class OneProgram(QObject):
    """Holds the place of the running program. Waits at most half a second, and only before there is a window."""

    another_start = Signal()
    """Somebody started the program again over the same folder."""

    def __init__(self, data: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        mark = QCryptographicHash.hash(str(data.resolve()).encode(), QCryptographicHash.Algorithm.Sha256)
        self._name = f"venice-studio-{mark.toHex().toStdString()[:16]}"
        self._server: QLocalServer | None = None

    def first(self) -> bool:
        """Take the place, if need be. False: the program runs already, and has been asked to show itself."""
        if self._server is not None:
            return True
        if self._wake():
            return False
        # What a killed program left in its place is nobody's.
        QLocalServer.removeServer(self._name)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._somebody_came)
        # Where no place can be taken, the list of jobs still lets only one program in.
        self._server.listen(self._name)
        return True

    def leave(self) -> None:
        """Give the place back."""
        if self._server is not None:
            self._server.close()

    def _wake(self) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(PATIENCE_MS):
            return False
        # One that is there but hangs gets the benefit of the doubt: it has the jobs.
        socket.waitForReadyRead(PATIENCE_MS)
        socket.disconnectFromServer()
        return True

    def _somebody_came(self) -> None:
        assert self._server is not None
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.write(_HERE)
            socket.flush()
            self.another_start.emit()
