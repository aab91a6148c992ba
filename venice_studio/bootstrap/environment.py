"""The checkout's own environment, `.venv`: made, filled, mended, and recognised as ready within a few milliseconds.

A file in it, written last, says for which requirements it was filled and what then lay in it. An environment without
that file was interrupted half-way and is made anew; what was downloaded is still in pip's cache. One filled for
other requirements is brought up to date in place.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from venice_studio.bootstrap.errors import SetupError
from venice_studio.bootstrap.project import Project
from venice_studio.bootstrap.say import say

STAMP = "venice-studio-ready"


class Environment:
    """`.venv` in the checkout of `project`."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self.folder = project.root / ".venv"
        windows = os.name == "nt"
        self.python = self.folder / ("Scripts/python.exe" if windows else "bin/python")
        self._stamp = self.folder / STAMP

    def is_running_this(self) -> bool:
        """Whether this process runs on the environment's own Python."""
        return os.path.realpath(sys.prefix) == os.path.realpath(str(self.folder))

    def is_ready(self) -> bool:
        """Whether everything wanted was installed to the end and still lies there."""
        stamp = self._read_stamp()
        if not stamp or not self._python_is_the_same(stamp):
            return False
        fingerprint, dev, _, *names = stamp
        wanted = fingerprint == self._project.fingerprint() and (dev == "dev" or not self._project.with_dev)
        return wanted and set(names) <= self._entries()

    def make(self) -> None:
        """Make or mend it; a second copy of the program that does the same at the same time waits for the first.

        Raises:
            SetupError: it could not be made; the text says why.
        """
        from venice_studio.bootstrap.lock import locked

        try:
            with locked(self.folder.with_name(".venv.lock")) as lock:
                if not self.is_ready():  # another copy may have made it meanwhile
                    self._make(lock)
        except OSError as error:
            raise SetupError(f"Could not set up {self.folder}: {error}") from error

    def _make(self, lock: int) -> None:
        from venice_studio.bootstrap import installer  # 40 ms of imports that a start without set-up must not pay

        stamp = self._read_stamp()
        usable = bool(stamp) and self._python_is_the_same(stamp) and set(stamp[3:]) <= self._entries()
        if usable:
            say(f"Bringing {self.folder} up to date.")
            self._stamp.unlink()
        else:
            say(f"Setting up in {self.folder}; this happens once.")
            self._create()
        installer.install(self.python, self._project, lock)
        self._make_importable()
        self._write_stamp()
        say("Ready.")

    def _create(self) -> None:
        import shutil
        import venv

        if self.folder.exists():
            if not self._looks_like_an_environment():
                raise SetupError(f"{self.folder} is in the way: it is no Python environment. Please move it.")
            shutil.rmtree(str(self.folder))

        # Without pip: Debian's Python has none to put in unless python3-venv is installed.
        venv.create(str(self.folder), with_pip=False, symlinks=os.name != "nt")

    def _looks_like_an_environment(self) -> bool:
        marks = {"pyvenv.cfg", "bin", "Scripts", "lib", "lib64", "Lib", "include", "Include", STAMP}
        return {entry.name for entry in self.folder.iterdir()} <= marks | {".gitignore", "share", "etc"}

    def _make_importable(self) -> None:
        """The checkout itself, so that `.venv`'s Python finds it from any folder, also after a move."""
        packages = self._packages()
        line = os.path.relpath(str(self._project.root), str(packages))
        (packages / "venice_studio_checkout.pth").write_text(line + "\n", encoding="utf-8")

    def _packages(self) -> Path:
        """The folder of the installed packages; raises StopIteration when there is none."""
        return next(self.folder.glob("Lib/site-packages" if os.name == "nt" else "lib/python3.*/site-packages"))

    def _entries(self) -> set[str]:
        try:
            return {entry.name for entry in self._packages().iterdir()}
        except (OSError, StopIteration):
            return set()

    def _real_python(self) -> str:
        # A system upgrade may put another Python behind the same name, for which nothing here was installed.
        return os.path.realpath(str(self.python))

    def _python_is_the_same(self, stamp: list[str]) -> bool:
        return stamp[2] == self._real_python() and self.python.exists()

    def _read_stamp(self) -> list[str]:
        try:
            lines = self._stamp.read_text(encoding="utf-8").splitlines()
        except (OSError, ValueError):
            return []
        return lines if len(lines) > 3 else []

    def _write_stamp(self) -> None:
        dev = "dev" if self._project.with_dev else "run"
        # What Python writes there by itself is not ours to miss.
        names = sorted(self._entries() - {"__pycache__"})
        unfinished = self._stamp.with_name(STAMP + ".part")
        lines = [self._project.fingerprint(), dev, self._real_python(), *names]
        unfinished.write_text("\n".join(lines) + "\n", encoding="utf-8")
        unfinished.replace(self._stamp)
