"""A real Secret Service for a test: a message bus and a GNOME keyring of their own, in a home of their own.

Nothing of the machine's own session is touched, and nothing is started by itself: a bus without a keyring has none.
"""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import secretstorage
from jeepney.io.blocking import DBusConnection  # type: ignore[import-untyped]

PASSWORD = "open sesame"
_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>
  <policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
</busconfig>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A running bus. `environment` is all that a program needs to find it, and nothing of the real session."""

    home: Path
    environment: dict[str, str]

    def lock(self) -> None:
        """Lock the keyring, as a screen lock may do; nobody is there to open it again."""
        with self._connection() as connection:
            secretstorage.get_default_collection(connection).lock()

    @contextmanager
    def _connection(self) -> Iterator[DBusConnection]:
        with self.entered(), closing(secretstorage.dbus_init()) as connection:
            yield connection

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Make it this process's own session."""
        with pytest.MonkeyPatch.context() as patch:
            for name in ("DISPLAY", "WAYLAND_DISPLAY", "PYTHON_KEYRING_BACKEND"):
                patch.delenv(name, raising=False)
            for name, value in self.environment.items():
                patch.setenv(name, value)
            yield

    def _available(self) -> bool:
        with self._connection() as connection:
            return secretstorage.check_service_availability(connection)


@contextmanager
def session_bus(home: Path) -> Iterator[Session]:
    """A message bus with nobody on it."""
    config = home / "bus.conf"
    config.write_text(_BUS)
    command = ["dbus-daemon", f"--config-file={config}", "--print-address", "--nofork", "--nopidfile"]
    environment = {
        "HOME": str(home),
        **{f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "DATA", "CACHE", "STATE")},
        "XDG_RUNTIME_DIR": str(home),
    }
    with _running(command, environment) as bus:
        assert bus.stdout is not None
        address = bus.stdout.readline().decode().strip()
        yield Session(home=home, environment=environment | {"DBUS_SESSION_BUS_ADDRESS": address})


@contextmanager
def secret_service(home: Path) -> Iterator[Session]:
    """A bus with an open GNOME keyring on it, whose files lie in `home`."""
    with ExitStack() as stack:
        session = stack.enter_context(session_bus(home))
        (home / "data").mkdir(exist_ok=True)
        command = ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"]
        keyring = stack.enter_context(_running(command, session.environment))
        assert keyring.stdin is not None
        keyring.stdin.write(PASSWORD.encode())
        keyring.stdin.close()
        while not session._available():
            assert keyring.poll() is None, "the keyring did not start"
            time.sleep(0.02)
        yield session


@contextmanager
def _running(command: list[str], environment: dict[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    with subprocess.Popen(
        command,
        env={"PATH": os.environ["PATH"], **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            yield process
        finally:
            process.terminate()
