"""FFmpeg inside Qt writes a dozen lines about each clip to the terminal; nobody asked for them."""

import ctypes
from contextlib import suppress
from pathlib import Path

import PySide6

_ERROR = 16
"""FFmpeg's `AV_LOG_ERROR`: what cannot be played is still said."""
_NAMES = ("Qt/lib/libavutil.so.*", "Qt/lib/libavutil.*.dylib", "avutil-*.dll")
"""Where PySide6 keeps it: Linux, macOS, Windows."""


def hush() -> None:
    """Let FFmpeg speak of errors alone. Does nothing where Qt brings no FFmpeg."""
    folder = Path(PySide6.__file__).parent
    library = next((found for name in _NAMES for found in sorted(folder.glob(name))), None)
    if library is None:
        return
    with suppress(OSError, AttributeError):
        # The very file that Qt's multimedia plug-in loads: one copy of its settings in this process.
        ctypes.CDLL(str(library)).av_log_set_level(_ERROR)
