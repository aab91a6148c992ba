"""Builds the program out of its parts, and runs it."""

from collections.abc import Sequence

from venice_studio import command_line
from venice_studio.app.program import Program

__all__ = ["Program", "build", "main"]


def build(argv: Sequence[str] = ()) -> Program:
    """Make the whole program, window included, without starting its loop.

    The work behind the window (jobs, connection, practice service) starts when the window is first shown or
    `Program.begin` is called. Uses the running asyncio loop where there is one (it must be Qt's), else makes one.
    """
    return Program(command_line.parse(argv))


def main(arguments: Sequence[str]) -> int:
    """Show the window and run until it is closed, or test the program and end; gives the exit code."""
    program = build(arguments)
    if not program.options.self_test:
        return program.run()
    from venice_studio.app.self_test import SelfTest

    return program.run(SelfTest(program, program.options.out).run)
