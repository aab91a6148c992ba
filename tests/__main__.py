"""Run the tests: `python3 -m tests`, with pytest's own arguments behind it."""

# As in `venice_studio.__main__`: to be read by every Python from 3.8.
from __future__ import annotations

import os
import sys

from venice_studio import bootstrap


def main() -> int:
    """Set up if need be, then hand over to pytest; gives the exit code where nothing was run."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if not bootstrap.python_fits():
        return 1
    arguments = sys.argv[1:]
    code = bootstrap.prepare("tests", arguments, needs=bootstrap.tests_needs(), with_dev=True)
    if code is not None:
        return code
    import pytest

    code = int(pytest.main(arguments))
    sys.stdout.flush()
    sys.stderr.flush()
    # Not by the way of `sys.exit`: the interpreter would take Qt's objects apart in an order that nobody chose.
    os._exit(code)


if __name__ == "__main__":
    sys.exit(main())
