"""The set-up's own words: plain ASCII lines on standard error, readable in any locale."""

from __future__ import annotations

import sys


def say(line: str) -> None:
    """Tell the user, at once; without a console (Windows' pythonw) there is nobody to tell."""
    if sys.stderr is not None:
        print(line, file=sys.stderr, flush=True)
