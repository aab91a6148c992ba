"""Which Pythons the program runs on, and what to tell somebody who has another one."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence

from venice_studio.bootstrap.say import say

OLDEST = (3, 11)
NEWEST = (3, 13)


def python_fits() -> bool:
    """Whether this Python can run the program; says so if not."""
    reason = misfit(sys.version_info[:3], sys.executable)
    if reason:
        say(reason)
    return not reason


def misfit(version: Sequence[int], executable: str) -> str:
    """Why Python `version` will not do; empty if it will."""
    if OLDEST <= tuple(version[:2]) <= NEWEST:
        return ""
    fitting = [f"python{OLDEST[0]}.{minor}" for minor in range(NEWEST[1], OLDEST[1] - 1, -1)]
    there = [name for name in fitting if shutil.which(name)]
    advice = f"Start it with {there[0]} instead." if there else "Please install one from https://www.python.org/"
    number = ".".join(str(part) for part in version)
    return f"Venice Studio needs Python 3.11, 3.12 or 3.13; this is Python {number} ({executable}). {advice}"
