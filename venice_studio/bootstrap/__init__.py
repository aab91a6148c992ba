"""First-run set-up, with nothing but the standard library.

`prepare()` makes sure that what the program needs is there before the program is imported. In a checkout it makes
`.venv` and goes on in it; in an installed or frozen program, or in an environment that has everything already,
it steps aside. This package must stay readable for Python 3.8, so that an old Python gets a sentence, not a
traceback.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from venice_studio.bootstrap import active
from venice_studio.bootstrap.environment import Environment
from venice_studio.bootstrap.errors import SetupError
from venice_studio.bootstrap.project import Project
from venice_studio.bootstrap.python_version import python_fits
from venice_studio.bootstrap.say import say
from venice_studio.bootstrap.screen import has_no_screen
from venice_studio.bootstrap.system import Need, provide, window_needs
from venice_studio.bootstrap.system import tests_needs as tests_needs

__all__ = ["has_no_screen", "prepare", "python_fits", "say", "tests_needs", "window_needs"]


def prepare(
    module: str,
    arguments: Sequence[str],
    *,
    needs: Sequence[Need] = (),
    with_dev: bool = False,
    root: Path | None = None,
) -> int | None:
    """Get everything ready for `python -m module arguments`.

    None: this process may go on and import the rest. A number: the program ran elsewhere, or cannot run; exit with
    it. On Linux and macOS the environment's Python takes this process over, so that the call does not return.

    Args:
        module: what the environment's Python is to run.
        arguments: its command line.
        needs: what the operating system must provide.
        with_dev: install the tools of the tests and checks as well.
        root: the checkout, if not the one this file lies in.
    """
    try:
        return _prepare(module, arguments, needs, Project.found(root, with_dev=with_dev))
    except SetupError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("Stopped. The next start takes it up again.")
        return 130


def _prepare(module: str, arguments: Sequence[str], needs: Sequence[Need], project: Project | None) -> int | None:
    if project is None or active.chosen_and_complete(project):
        provide(needs)
        return None
    environment = Environment(project)
    if not environment.is_ready():
        provide(needs)  # before a long download, not after it
        if active.is_complete(project):
            return None
        environment.make()
    if environment.is_running_this():
        provide(needs)
        return None
    return _go_on_with(environment.python, ["-m", module, *arguments])


def _go_on_with(python: Path, arguments: Sequence[str]) -> int:
    command = [str(python), *arguments]
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name != "nt":
        os.execv(command[0], command)
    # Windows' exec ends this process at once, and the shell would not wait for the program.
    import subprocess

    with subprocess.Popen(command) as program:
        while True:
            try:
                return program.wait()
            except KeyboardInterrupt:
                continue  # the program got it too, and decides
