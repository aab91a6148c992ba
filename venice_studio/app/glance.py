"""A first look into the settings, for what the first paint needs of them.

`library.settings` reads them all, and says what is wrong with them; its imports take longer than the first paint.
"""

from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QJsonDocument

from venice_studio.ui.theme import Mode


class Glance(NamedTuple):
    """How the window looked last time."""

    theme: Mode
    geometry: str


def glance(settings: Path) -> Glance:
    """Read the file; what is missing or odd is as at the first start."""
    found: dict[str, Any] = {}
    with suppress(OSError):
        # Qt's reader is there already; the one of the standard library would have to be imported.
        found = QJsonDocument.fromJson(settings.read_bytes()).object()
    geometry = found.get("geometry")
    match theme := found.get("theme"):
        case "dark" | "light":
            mode: Mode = theme
        case _:
            mode = "system"
    return Glance(mode, geometry if isinstance(geometry, str) else "")
