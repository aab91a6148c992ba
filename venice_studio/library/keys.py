"""The API key in the system's keyring; nothing else in the program may ask for it there.

Each call has a daemon thread of its own: a keyring may show a dialog or hang, and neither may hold up the window,
the next call or the exit. No answer, no log line and no error text holds the key, but `Found.key`.
"""

import asyncio
import logging
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    # Importing it takes 94 ms, which are spent in the thread.
    from keyring.backend import KeyringBackend

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

SERVICE = "Venice Studio"
"""The name of our entries; each is for one base URL as its user."""
PROBE_S = 3.0
"""How long a keyring may take that has nobody to ask."""
UNLOCK_S = 60.0
"""How long the user may take to answer the keyring's own dialog."""

_NONE = "This system has no keyring, or it is not running."
_UNSAFE = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt")
"""Back ends that keep nothing, or keep it in a plain file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The key is there."""

    key: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The key was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotThere:
    """The keyring works and holds no key for this address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoKeyring:
    """This system offers no safe keyring at the moment."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Locked:
    """The keyring is locked and was not opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedOut:
    """No answer in time; what was asked may still happen."""


Refusal = NoKeyring | Locked | TimedOut
KeyAnswer = Found | NotThere | Refusal
SetAnswer = Kept | Refusal
DeleteAnswer = NotThere | Refusal


class KeyChest:
    """Reads and writes keys. Cancelling a call stops the waiting, not the dialog that the system may show."""

    def __init__(self, *, probe_s: float = PROBE_S, unlock_s: float = UNLOCK_S) -> None:
        self._probe_s = probe_s
        self._unlock_s = unlock_s

    async def get(self, base_url: str, *, unlock: bool = False) -> KeyAnswer:
        """The key for `base_url`. Only with `unlock` may the system ask the user to open a locked keyring."""

        def read(backend: "KeyringBackend") -> KeyAnswer:
            if refused := _refused(backend, unlock=unlock):
                return refused
            key = backend.get_password(SERVICE, base_url)
            return NotThere() if key is None else Found(key=key)

        return await _in_time(lambda: _asked(read), self._unlock_s if unlock else self._probe_s)

    async def set(self, base_url: str, key: str) -> SetAnswer:
        """Keep `key` for `base_url`; the system may ask the user to open the keyring."""

        def write(backend: "KeyringBackend") -> SetAnswer:
            refused = _refused(backend, unlock=True)
            if refused and not isinstance(refused, NotThere):
                return refused
            backend.set_password(SERVICE, base_url, key)
            return Kept()

        return await _in_time(lambda: _asked(write), self._unlock_s)

    async def delete(self, base_url: str) -> DeleteAnswer:
        """Remove the key for `base_url`, if there is one; the system may ask the user to open the keyring."""

        def remove(backend: "KeyringBackend") -> DeleteAnswer:
            if refused := _refused(backend, unlock=True):
                return refused
            if backend.get_password(SERVICE, base_url) is not None:
                backend.delete_password(SERVICE, base_url)
            return NotThere()

        return await _in_time(lambda: _asked(remove), self._unlock_s)


class _OwnThread(Executor):
    """A thread for each question. Nobody waits for its end: a keyring may never answer."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        answer: Future[T] = Future()

        def run() -> None:
            try:
                answer.set_result(fn(*args, **kwargs))
            except BaseException as error:
                answer.set_exception(error)

        threading.Thread(target=run, name="keyring", daemon=True).start()
        return answer


async def _in_time(work: Callable[[], T], seconds: float) -> T | TimedOut:
    asked = asyncio.get_running_loop().run_in_executor(_OwnThread(), work)
    try:
        # Shielded, since a future that was cancelled cannot take the answer that comes too late.
        return await asyncio.wait_for(asyncio.shield(asked), seconds)
    except TimeoutError:
        return TimedOut()


def _asked(question: Callable[["KeyringBackend"], T]) -> T | NoKeyring | Locked:
    from keyring.errors import InitError, KeyringError, KeyringLocked

    try:
        backend = _backend()
        if backend is None:
            return NoKeyring(reason=_NONE)
        return question(backend)
    except KeyringLocked:
        return Locked()
    except InitError:
        return NoKeyring(reason="The keyring could not be opened or set up.")
    except KeyringError as error:
        # Its text is not ours to trust: it may repeat what was to be written.
        log.warning("The keyring refused: %s", type(error).__name__)
        return NoKeyring(reason="The keyring refused to work.")
    except Exception as error:
        log.warning("The keyring failed: %s", type(error).__name__)
        return NoKeyring(reason=f"The keyring does not work ({type(error).__name__}).")


def _backend() -> "KeyringBackend | None":
    import keyring
    from keyring.core import init_backend

    if (safe := _safe(keyring.get_keyring())) is None:
        # It may have been started since we first looked.
        init_backend()
        safe = _safe(keyring.get_keyring())
    return safe


def _safe(backend: "KeyringBackend") -> "KeyringBackend | None":
    from keyring.backends.chainer import ChainerBackend

    candidates = backend.backends if isinstance(backend, ChainerBackend) else (backend,)
    return next((one for one in candidates if not type(one).__module__.startswith(_UNSAFE)), None)


def _refused(backend: "KeyringBackend", *, unlock: bool) -> Locked | NoKeyring | NotThere | None:
    """What the Secret Service answers before it is asked for a key; None: go on.

    Keyring would unlock it too, but always, with a dialog, and it leaves its connection open where that fails.
    NotThere: it has no collection yet, so no key; who writes one begins it.
    """
    if sys.platform != "linux" or not type(backend).__module__.endswith(".SecretService"):
        return None
    import secretstorage
    from secretstorage.exceptions import ItemNotFoundException, SecretServiceNotAvailableException

    try:
        with closing(secretstorage.dbus_init()) as connection:
            collection = secretstorage.Collection(connection)
            if collection.is_locked() and unlock:
                collection.unlock()
            return Locked() if collection.is_locked() else None
    except ItemNotFoundException:
        return NotThere()
    except SecretServiceNotAvailableException:
        return NoKeyring(reason=_NONE)
