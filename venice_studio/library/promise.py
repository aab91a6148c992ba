"""A note beside a clip on its way: that it is whole, and which name it is about to get.

It stays until the list of jobs knows the clip. Where the program is killed in between, the next run reads in it that
nothing must be fetched again, and which file of the folder is its own.
"""

import os
from contextlib import suppress
from pathlib import Path


class Promise:
    """The note at `path`. Every method belongs in the disk thread."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def name(self) -> str | None:
        """The name the clip is about to get; empty: none was chosen yet. None: no clip lies here whole."""
        try:
            return Path(self._path.read_text(encoding="utf-8")).name
        except (OSError, ValueError):
            return None

    def give(self, name: str = "") -> None:
        """Note, in one step, that the clip is whole and is about to be called `name`. Raises OSError."""
        draft = draft_of(self._path)
        with draft.open("w", encoding="utf-8") as file:
            file.write(name)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._path)

    def end(self) -> None:
        """The note is not needed any more, or not true any more. Never raises."""
        for path in (self._path, draft_of(self._path)):
            with suppress(OSError):
                path.unlink()


def draft_of(note: Path) -> Path:
    """Where a note is written before it is whole itself."""
    return note.with_suffix(".note.part")
