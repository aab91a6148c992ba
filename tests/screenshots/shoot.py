"""One process of `python -m tests.screenshots`: one platform, one scale."""

import sys
import tempfile
from pathlib import Path

import qasync
from PySide6.QtWidgets import QApplication

from tests.screenshots.desk import Film
from tests.screenshots.scenes import shoot


def main() -> None:
    out, clips, only, *flags = sys.argv[1:]
    film = Film(out=Path(out), clips=Path(clips), only=only, few="--few" in flags)
    app = QApplication(sys.argv[:1])
    loop = qasync.QEventLoop(app)
    with tempfile.TemporaryDirectory(prefix="screenshots-") as scratch:
        loop.run_until_complete(shoot(film, Path(scratch)))
    loop.close()


if __name__ == "__main__":
    main()
