"""Whether there is a screen, and of which kind. Qt itself would abort the process to say that there is none."""

from __future__ import annotations

import os
import sys


def has_no_screen() -> bool:
    """Whether a window could not be shown: Linux without Wayland or an X11 display that answers.

    Who sets `QT_QPA_PLATFORM` has decided and is not asked.
    """
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return False
    return not os.environ.get("WAYLAND_DISPLAY") and not (os.environ.get("DISPLAY") and _display_answers())


def uses_x11() -> bool:
    """Whether Qt will show the window by its xcb plugin."""
    platform = os.environ.get("QT_QPA_PLATFORM")
    if platform:
        return platform.startswith("xcb")
    return bool(os.environ.get("DISPLAY")) and not os.environ.get("WAYLAND_DISPLAY")


def _display_answers() -> bool:
    """Connects as Qt would: `DISPLAY` may be a leftover, or another user's (as under sudo)."""
    import ctypes

    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # not to be found out yet; the missing library is told of first
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    answers = not xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return answers
