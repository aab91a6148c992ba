"""A note beside a clip on its way: that it is whole, and which name it is about to get.

It stays until the list of jobs knows the clip. Where the program is killed in between, the next run reads in it that
nothing must be fetched again, and which file of the folder is its own. Of a clip that the service deletes as it sends
it, or gives from an address that lives for a few fetches only, there is a note from its first byte on: what came may be
all there is.
"""

import os
from contextlib import suppress
from pathlib import Path

from venice_studio.library.landing import sync_folder

_ALONE = "?"
"""Begins the note on a clip of which there may be no other copy; no name of a clip begins so."""


class Promise:
    """The note at `path`. Every method belongs in the disk thread."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def name(self) -> str | None:
        """The name the clip is about to get; empty: none was chosen yet. None: no clip lies here whole."""
        text = self._text()
        return None if text is None or text.startswith(_ALONE) else Path(text).name

    @property
    def alone(self) -> bool:
        """Whether what lies here, whole or not, may be all there is of the clip."""
        return (self._text() or "").startswith(_ALONE)

    @property
    def announced(self) -> int | None:
        """The length in bytes that a clip which is `alone` should have, where the service named it."""
        length = (self._text() or "").removeprefix(_ALONE).partition("\n")[0]
        return int(length) if length.isdecimal() else None

    @property
    def version(self) -> str | None:
        """By what name its service knows a clip that is `alone` and can be gone on with; None: this one cannot."""
        _, can, version = (self._text() or "").partition("\n")
        return version if can and self.alone else None

    def begin_alone(self, announced: int | None, version: str | None) -> None:
        """Note that what begins to come may be had only once; `version`: as there. Raises OSError."""
        length = "" if announced is None else str(announced)
        self._write(f"{_ALONE}{length}" if version is None else f"{_ALONE}{length}\n{version}")

    def take_over(self, other: "Promise") -> None:
        """Note what the other one says. Raises OSError."""
        self._write(other._text() or "")

    def give(self, name: str = "") -> None:
        """Note, in one step, that the clip is whole and is about to be called `name`. Raises OSError."""
        self._write(name)

    def _text(self) -> str | None:
        try:
            return self._path.read_text(encoding="utf-8")
        except (OSError, ValueError):
            return None

    def _write(self, text: str) -> None:
        draft = draft_of(self._path)
        with draft.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._path)
        sync_folder(self._path.parent)

    def end(self) -> None:
        """The note is not needed any more, or not true any more. Never raises."""
        for path in (self._path, draft_of(self._path)):
            with suppress(OSError):
                path.unlink()


def draft_of(note: Path) -> Path:
    """Where a note is written before it is whole itself."""
    return note.with_suffix(".note.part")
