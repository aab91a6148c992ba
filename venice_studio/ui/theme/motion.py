"""Whether things move: animations ask here how long they may take."""

import os
import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

_VARIABLE = "VENICE_STUDIO_REDUCED_MOTION"
_wish: bool | None = None


def set_reduced_motion(wish: bool | None) -> None:
    """The user's own choice; None follows the system."""
    global _wish
    _wish = wish


def reduced_motion() -> bool:
    """True where the user, the variable VENICE_STUDIO_REDUCED_MOTION=1 or the system asks for less motion."""
    if _wish is not None:
        return _wish
    if _VARIABLE in os.environ:
        return os.environ[_VARIABLE] not in ("", "0")
    # Only Windows tells Qt; elsewhere the answer would be Qt's own default, which is "no effects" on some platforms.
    return sys.platform == "win32" and not QApplication.isEffectEnabled(Qt.UIEffect.UI_General)


def motion_ms(default: int) -> int:
    """The length in ms an animation may have: the default, or 0 where less motion is wanted."""
    return 0 if reduced_motion() else default
