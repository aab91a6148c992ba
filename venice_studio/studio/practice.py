"""The embedded service as a process of its own, so that drawing frames never fights the window for time."""

import asyncio
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from venice_studio.domain.problem import Kind, Problem, Trouble

DEFAULT_SPEED = 7.0
"""How much shorter than real waits practice is: a clip then takes about 15 s."""
KEY = "practice"
_ANNOUNCEMENT = "listening on "


class Practice:
    """Starts the service, reads its address from its one line, and ends it by closing its standard input.

    It ends with this program however that ends, since the pipe closes with the process. Its account, jobs and clips
    stay in `state_dir` for the next start.
    """

    def __init__(
        self,
        *,
        state_dir: Path,
        command: Sequence[str],
        environment: Mapping[str, str] | None = None,
        speed: float = DEFAULT_SPEED,
    ) -> None:
        self.speed = speed
        self._environment = environment
        self._command = [*command, "--port", "0", "--speed", str(speed), "--state", str(state_dir)]
        self._state_dir = state_dir
        self._process: subprocess.Popen[str] | None = None
        # Its own thread: the loop's default pool also serves name look-ups.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="practice")

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self._process is not None and self._process.poll() is None

    async def start(self) -> str:
        """Start the process; its base URL. Raises `Trouble` (SERVICE) where it does not come up."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._start)

    def _start(self) -> str:
        self._end()
        try:
            self._state_dir.mkdir(parents=True, exist_ok=True)
            with (self._state_dir / "service.log").open("w", encoding="utf-8") as log:
                self._process = subprocess.Popen(
                    self._command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    env=self._environment,
                    text=True,
                    encoding="utf-8",
                    creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0) if sys.platform == "win32" else 0,
                )
        except OSError as error:
            raise _did_not_start(str(error)) from error
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line.startswith(_ANNOUNCEMENT):
            self._end()  # while it lingers it would be taken for one that runs
            raise _did_not_start(f"see {self._state_dir / 'service.log'}")
        return line.removeprefix(_ANNOUNCEMENT).strip()

    async def stop(self) -> None:
        """End the process and wait for it, also one that never said where it listens."""
        if (process := self._process) is not None and process.stdin is not None:
            process.stdin.close()
        await asyncio.get_running_loop().run_in_executor(self._thread, self._end)
        self._thread.shutdown(wait=False)

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.close()
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()


def _did_not_start(why: str) -> Trouble:
    return Trouble(Problem(kind=Kind.SERVICE, message=f"The practice service did not start: {why}"))
