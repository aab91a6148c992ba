"""The practice service's command line: the same HTTP API on this computer, real clips, nothing charged."""

import argparse
import math
import os
import stat
import sys
from collections.abc import Sequence
from pathlib import Path

from venice_studio.sandbox import ending, triggers

_NICE = 5


def main(arguments: Sequence[str] | None = None) -> int:
    """Serves until its standard input closes (where that is a pipe) or it is told to stop."""
    options = _parser().parse_args(arguments)
    ending.at_signal(sys.exit)
    if sys.platform != "win32":
        os.nice(_NICE)
    # Imported late: the drawing processes load this module too, and need none of it.
    from venice_studio.sandbox import run
    from venice_studio.sandbox.jobs import StateError
    from venice_studio.sandbox.listed import ListingError

    try:
        return run.serve(
            run.Options(
                host=options.host,
                port=options.port,
                dialect=options.dialect,
                speed=options.speed,
                seed=options.seed,
                models=options.models,
                state=options.state,
                fault=options.fault,
                ends_with_input=_input_is_a_pipe(),
            )
        )
    except (ListingError, StateError) as error:
        print(error, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m venice_studio.sandbox",
        description=__doc__,
        epilog=triggers.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=_port, default=0, help="port to listen on (default: a free one)")
    parser.add_argument("--dialect", choices=("reference", "live"), default="reference")
    parser.add_argument("--speed", type=_speed, default=1.0, help="divides every wait (default: 1)")
    parser.add_argument("--seed", type=int, help="makes render times repeatable")
    parser.add_argument("--models", type=Path, metavar="FILE", help="a listing to serve instead of the built-in one")
    parser.add_argument("--state", type=Path, metavar="DIR", help="where account, jobs and clips survive a restart")
    parser.add_argument("--fault", choices=("black", "truncated", "short"), help="serve broken clips")
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError("must be a number from 0 to 65535")
    return int(text)


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = math.nan
    if not 0 < speed < 1e9:
        raise argparse.ArgumentTypeError("must be a number greater than 0 and less than a billion")
    return speed


def _input_is_a_pipe() -> bool:
    try:
        mode = os.fstat(0).st_mode
    except OSError:
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)


if __name__ == "__main__":
    from venice_studio import bootstrap

    code = bootstrap.prepare("venice_studio.sandbox", sys.argv[1:]) if bootstrap.python_fits() else 1
    sys.exit(main() if code is None else code)
