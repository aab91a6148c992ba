"""A real sandbox in a process of its own, for tests."""

import subprocess
import sys
import uuid
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

_STOP_S = 10.0


def fresh_key() -> str:
    """A key nobody used before: an account of its own with $100.00."""
    return f"test-{uuid.uuid4().hex}"


class Sandbox:
    """Starts the service and waits for its line; ends it with the block.

    `options` are the command line's, for example `Sandbox("--speed", "100", state=tmp_path)`. The process ends with
    this one at the latest, because its standard input closes then.
    """

    def __init__(self, *options: str, speed: float = 100, state: Path | None = None) -> None:
        self._options: Sequence[str] = ("--speed", str(speed), *options)
        self._state = state
        self._process: subprocess.Popen[str] | None = None
        self.base_url = ""
        """For example http://127.0.0.1:40123/api/v1."""

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def pid(self) -> int:
        """The process's number."""
        assert self._process is not None
        return self._process.pid

    @property
    def port(self) -> int:
        """The port it listens on."""
        port = urlsplit(self.base_url).port
        assert port is not None
        return port

    def start(self, *, port: int = 0) -> None:
        """Starts the process and waits until it listens."""
        state = ("--state", str(self._state)) if self._state else ()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "venice_studio.sandbox", "--port", str(port), *self._options, *state],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line.startswith("listening on "), f"the sandbox did not start: {line!r}"
        self.base_url = line.removeprefix("listening on ").strip()

    def close_input(self) -> int:
        """Closes standard input, as the end of the parent does, and gives the exit status."""
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.close()
        return self._process.wait(_STOP_S)

    def stop(self) -> None:
        """Ends the process in good order; nothing happens when it has ended."""
        if self._process is None:
            return
        try:
            if self._process.stdin is not None:
                self._process.stdin.close()
            self._process.wait(_STOP_S)
        finally:
            self.kill()

    def kill(self) -> None:
        """Ends the process at once, as SIGKILL does."""
        if self._process is None:
            return
        self._process.kill()
        self._process.wait(_STOP_S)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        self._process = None

    def restart(self) -> None:
        """Starts again on the same port with the same state (kills first what still runs)."""
        port = self.port
        self.kill()
        self.start(port=port)
