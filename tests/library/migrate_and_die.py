"""Opens a list of jobs and is killed as one of its steps begins, so that a test can look what is left.

python -m tests.library.migrate_and_die FILE NUMBER
"""

import os
import signal
import sys
from itertools import count
from pathlib import Path
from types import FrameType

from venice_studio.library.database import open_database

STEPS = {"Connection.execute", "connect", "open", "rename", "replace", "unlink"}
"""By the names of the functions behind them: statements, and what changes the names of files."""


def main() -> None:
    file, number = sys.argv[1:]
    begun = count(1)

    def look(_frame: FrameType, event: str, what: object) -> None:
        if event == "c_call" and getattr(what, "__qualname__", "") in STEPS and next(begun) == int(number):
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(look)
    open_database(Path(file)).connection.close()


if __name__ == "__main__":
    main()
