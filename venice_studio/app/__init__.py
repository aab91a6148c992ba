"""Builds the program out of its parts, and runs it.

Imports are late here: the window is painted before most of the program is imported.
"""

import gc
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from venice_studio import command_line

if TYPE_CHECKING:
    from venice_studio.app.program import Program

__all__ = ["build", "main"]


def build(argv: Sequence[str] = ()) -> "Program":
    """Make the whole program, window included, without starting its loop.

    The work behind the window (jobs, connection, practice service) starts when the window is first shown or
    `Program.begin` is called. `argv` holds options, with or without the name of the program before them (`sys.argv`).
    Uses the asyncio loop that runs or is set (one that runs must be Qt's, else RuntimeError is raised), else makes one.
    """
    from venice_studio.app.program import Program

    named = bool(argv) and not argv[0].startswith("-")
    return Program(command_line.parse(argv[1:] if named else argv))


def main(arguments: Sequence[str]) -> int:
    """Show the window and run until it is closed, or test the program and end; gives the exit code."""
    options = command_line.parse(arguments)
    # What a start makes is there to stay; from then on the program looks for garbage itself.
    gc.disable()
    from venice_studio.app import lean_imports

    lean_imports.spare()
    if options.self_test:
        from venice_studio.app import self_test

        return self_test.run(options)
    return _run(options)


def _run(options: command_line.Options) -> int:
    from venice_studio.app.folders import folders
    from venice_studio.app.opening import Opening

    opening = Opening(folders(options.data_dir))
    if not opening.one.first():
        print("Venice Studio is already running. Its window has been brought to the front.", file=sys.stderr)
        return 0
    opening.show()
    opening.import_the_rest()
    from venice_studio.app.program import Program

    return Program(options, opening=opening).run()
