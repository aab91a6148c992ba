"""Runs pip for an environment that has none, and tells in short lines how far it is."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from pathlib import Path

from venice_studio.bootstrap import pip_wheel
from venice_studio.bootstrap.errors import SetupError
from venice_studio.bootstrap.project import Project
from venice_studio.bootstrap.say import say

_DOWNLOAD = re.compile(r"\s*Downloading (?:\S*/)?([^\s/-]+)-([^\s-]+)-\S*\.whl(?:\S*) \(([\d.]+) (kB|MB|GB)\)")


def install(python: Path, project: Project, lock: int) -> None:
    """Install what `project` requires, in its pinned versions, for `python`.

    Raises:
        SetupError: pip failed; the text ends with its own words.
    """
    with tempfile.TemporaryDirectory(prefix="venice-studio-") as folder:
        pip = pip_wheel.provide(Path(folder))
        command = [str(python), "-I", str(pip / "pip"), "install", "--no-input", "--progress-bar", "off"]
        command += ["--disable-pip-version-check", "--only-binary", ":all:", "-c", str(project.constraints)]
        _run(command + project.requirements(), lock)


def _run(command: list[str], lock: int) -> None:
    # A user's pip settings (index, certificates, proxy) count; that they install elsewhere by default must not.
    environment = dict(os.environ, PIP_USER="0", PYTHONIOENCODING="utf-8")
    for elsewhere in ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_REQUIRE_HASHES", "PIP_NO_DEPS", "PIP_QUIET"):
        environment.pop(elsewhere, None)
    inherited = {} if os.name == "nt" else {"pass_fds": (lock,)}
    output: list[str] = []
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environment,
        encoding="utf-8",
        errors="replace",
        **inherited,  # type: ignore[call-overload]
    ) as process:
        for line in process.stdout:
            output.append(line.rstrip())
            _report(line)
    if process.returncode:
        errors = [line for line in output if line.startswith("ERROR")] or output[-5:]
        raise SetupError(
            "The packages could not be installed. Is there a connection to the package index?\n"
            "pip said:\n  " + "\n  ".join(errors)
        )


def _report(line: str) -> None:
    download = _DOWNLOAD.match(line)
    if download and download.group(4) != "kB":
        say("  downloading {} {} ({} {})".format(*download.groups()))
    elif line.startswith("Installing collected packages"):
        say("  unpacking")
