"""What the program remembers of how it is used: a small JSON file, never the key."""

import json
import logging
import math
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

from venice_studio.domain.agreement import Agreement
from venice_studio.domain.job import CopyAtVenice
from venice_studio.library import agreements
from venice_studio.library.landing import write_whole
from venice_studio.library.threads import Worker
from venice_studio.library.trouble import told

log = logging.getLogger(__name__)


class Theme(StrEnum):
    """Which colours the window has."""

    SYSTEM = "system"
    DARK = "dark"
    LIGHT = "light"


class Names(tuple[str, ...]):
    """Names in the order in which they were added."""

    __slots__ = ()
    MOST = 200


_NONE = Names()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting with what it is at the first start."""

    theme: Theme = Theme.SYSTEM
    clips_folder: str | None = None
    """None: our own folder among the system's videos."""
    volume: float = 1.0
    """0 to 1."""
    muted: bool = False
    loop: bool = True
    practice_real_waits: bool = False
    """Whether practice clips take as long as real ones."""
    practice_all_models: bool = False
    """Whether practice has every model and every input, not only the few models it begins with."""
    geometry: str = ""
    """Place and size of the window, in the window's own words."""
    last_model: str | None = None
    tag_clips: bool = False
    """Whether prompt and settings are written into the file of each clip."""
    copy_at_venice: CopyAtVenice = CopyAtVenice.KEEP
    undo_send_s: int = 0
    """How long a press can still be taken back before it is sent; 0: it is sent at once."""
    ask_above: str | None = None
    """A press that costs more US dollars than this is asked about first; None: none is."""
    stop_at: str | None = None
    """So many US dollars may be spent in a day; None: no limit."""
    anonymised_pictures_told: bool = False
    """Whether the user knows that some models' makers get to see the pictures."""
    agreements: tuple[Agreement, ...] = ()
    """The policies of models' makers that the user has agreed to: one of each account and flow."""
    favourite_models: Names = _NONE
    """By the names of their families."""


class SettingsFile:
    """The file. What a newer version wrote into it stays there; what cannot be understood counts as not set."""

    def __init__(self, path: Path, worker: Worker) -> None:
        self._path = path
        self._worker = worker
        self._found: dict[str, Any] = {}

    def load(self) -> Settings:
        """Read the file, in the caller's thread: meant for the time before there is a window."""
        try:
            found = json.loads(self._path.read_bytes())
        except FileNotFoundError:
            found = {}
        except (OSError, ValueError, RecursionError) as error:
            log.warning("The settings in %s cannot be read: %s", self._path, error)
            found = {}
        self._found = found if isinstance(found, dict) else {}
        return _understood(self._found)

    async def save(self, settings: Settings) -> None:
        """Write the file, whole or not at all. Raises `Trouble` (DISK)."""
        await self._worker.run(self._save, settings)

    def _save(self, settings: Settings) -> None:
        self._found = self._found | asdict(settings) | {"agreements": agreements.to_json(settings.agreements)}
        with told(self._path.parent):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._path, json.dumps(self._found, ensure_ascii=False, indent=2).encode())


def _understood(found: dict[str, Any]) -> Settings:
    defaults = Settings()
    known = {field.name: found[field.name] for field in fields(Settings) if field.name in found}
    return Settings(**{name: _value(value, getattr(defaults, name)) for name, value in known.items()})


def _value(value: object, default: object) -> Any:
    """`value` where it is of the kind of `default`, else `default`."""
    match default:
        case StrEnum():
            return next((choice for choice in type(default) if choice == value), default)
        case bool():
            return value if isinstance(value, bool) else default
        case int():
            return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 10 else default
        case float():
            return _share(value, default)
        case Names():
            names = value if isinstance(value, list) else ()
            return Names(list(dict.fromkeys(name for name in names if isinstance(name, str)))[-Names.MOST :])
        case tuple():
            return agreements.from_json(value)
        case _:
            return value if isinstance(value, str) else default


def _share(value: object, default: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return default
    return min(1.0, max(0.0, float(value)))
