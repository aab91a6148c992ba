"""Says that the key is out of reach because the keyring is, and asks for it to be opened."""

import asyncio

from venice_studio.studio.connection import Connection, ConnectionState, Keyring, KeySource
from venice_studio.studio.tasks import Tasks
from venice_studio.ui.binding import until_destroyed
from venice_studio.ui.widgets import Banner

UNLOCK, CANCEL = "unlock", "cancel"


class KeyringBanner(Banner):
    """In sight while there is no key and the keyring is locked or silent. Put away, it stays so until that changes."""

    def __init__(self, connection: Connection, tasks: Tasks) -> None:
        super().__init__()
        self._connection = connection
        self._tasks = tasks
        self._asking: asyncio.Task[None] | None = None
        self._shown: Keyring | None = None
        self.setObjectName("keyringBanner")
        self.acted.connect(self._act)
        until_destroyed(self, connection.state.bind(self._show))

    def _act(self, key: str) -> None:
        if key == UNLOCK:
            self._asking = self._tasks.start(self._unlock(), "unlock")
        elif self._asking is not None:
            self._asking.cancel()

    async def _unlock(self) -> None:
        self.show_notice("info", "Waiting for the keyring…", [(CANCEL, "Cancel")], dismissable=False)
        try:
            found = await self._connection.unlock()
        finally:
            self._asking = None
            self._shown = None
            self.hide()
            self._show(self._connection.state.value)
        if found is Keyring.OPEN and self._connection.state.value.key_source is KeySource.NONE:
            self.show_notice("info", "The keyring is open, but there is no key for Venice in it.")

    def _show(self, state: ConnectionState) -> None:
        if self._asking is not None:
            return
        keyring = state.keyring if state.key_source is KeySource.NONE else None
        if keyring is self._shown:
            return
        self._shown = keyring
        if keyring is Keyring.LOCKED:
            self.show_notice("warn", "Your keyring is locked. Unlock it to connect Venice.", [(UNLOCK, "Unlock…")])
        elif keyring is Keyring.SILENT:
            self.show_notice(
                "warn", "The keyring does not answer, so your key is out of reach.", [(UNLOCK, "Try again")]
            )
        else:
            self.hide()
