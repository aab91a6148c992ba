"""Spares PySide the work of reading every module that is imported after it.

It does so to find who asks for other names of Qt's functions (`from __feature__ import snake_case`), and keeps what it
has read: of this program 12 MB, and a third of the time that imports take. Nobody asks for that here.
"""

import linecache
import sys
from types import ModuleType

import shiboken6  # brings what is looked for below

_FEATURES = "shibokensupport.feature"
_ASKS = "_mod_uses_pyside"


def spare() -> None:
    """Let PySide take it that no module asks; where a version of it has no such place, all stays as it is."""
    assert shiboken6
    features = sys.modules.get(_FEATURES)
    if features is not None and hasattr(features, _ASKS):
        setattr(features, _ASKS, _asks_for_nothing)
        linecache.clearcache()


def _asks_for_nothing(_module: ModuleType) -> bool:
    return False
