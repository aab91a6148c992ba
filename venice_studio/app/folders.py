"""Where things lie on this computer."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths

NAME = "Venice Studio"


@dataclass(frozen=True, slots=True, kw_only=True)
class Folders:
    """All paths of one run; `clips` is where clips go unless the user chose another folder."""

    data: Path
    clips: Path

    @property
    def jobs(self) -> Path:
        """The list of jobs."""
        return self.data / "jobs.sqlite3"

    @property
    def settings(self) -> Path:
        """The settings, without any key."""
        return self.data / "settings.json"

    @property
    def draft(self) -> Path:
        """What was being written when the program ended."""
        return self.data / "draft.json"

    @property
    def pictures(self) -> Path:
        """The bytes of pictures that were sent or are about to be."""
        return self.data / "pictures"

    @property
    def thumbnails(self) -> Path:
        """Small stills of clips."""
        return self.data / "thumbnails"

    @property
    def listings(self) -> Path:
        """What services listed last."""
        return self.data / "models"

    @property
    def practice(self) -> Path:
        """What the practice service remembers."""
        return self.data / "practice"

    @property
    def practice_all(self) -> Path:
        """What the practice service with every model remembers."""
        return self.data / "practice-all"


def folders(data_dir: Path | None) -> Folders:
    """Everything under `data_dir` where one is given, else where the system keeps such things."""
    if data_dir is not None:
        data = data_dir.absolute()
        return Folders(data=data, clips=data / "clips")
    generic = QStandardPaths.StandardLocation.GenericDataLocation
    movies = QStandardPaths.StandardLocation.MoviesLocation
    return Folders(
        data=Path(QStandardPaths.writableLocation(generic)) / NAME,
        clips=Path(QStandardPaths.writableLocation(movies)) / NAME,
    )
