"""What the operating system must bring along on Linux: Qt's shared libraries, and the programs the tests use.

Qt without them ends in a traceback about libEGL, or aborts with a message about xcb. So they are looked for before
Qt is imported: root gets what is missing installed where there is apt-get, everybody else gets the line to type.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from venice_studio.bootstrap.errors import SetupError
from venice_studio.bootstrap.say import say
from venice_studio.bootstrap.screen import uses_x11


class Need(NamedTuple):
    """A shared library (by its soname) or a program, and the packages it comes in."""

    name: str
    apt: str
    pacman: str

    def is_there(self) -> bool:
        """Whether the dynamic linker, or the search path, finds it."""
        if ".so" not in self.name:
            return shutil.which(self.name) is not None
        import ctypes

        try:
            ctypes.CDLL(self.name)
        except OSError:
            return False
        return True

    @property
    def rpm(self) -> str:
        """What dnf and zypper take instead of a package name."""
        return "/usr/bin/" + self.name if ".so" not in self.name else f"'{self.name}()(64bit)'"


# What Qt's libraries and plugins are linked to, beyond what every Linux has. QtMultimedia brings in libpulse
# (without it its import fails), libgssapi (by way of QtNetwork) and libXrandr (without it no video is decoded).
WINDOW = (
    Need("libglib-2.0.so.0", "libglib2.0-0", "glib2"),
    Need("libGL.so.1", "libgl1", "libglvnd"),
    Need("libEGL.so.1", "libegl1", "libglvnd"),
    Need("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
    Need("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
    Need("libdbus-1.so.3", "libdbus-1-3", "dbus"),
    Need("libgssapi_krb5.so.2", "libgssapi-krb5-2", "krb5"),
    Need("libpulse.so.0", "libpulse0", "libpulse"),
    Need("libXrandr.so.2", "libxrandr2", "libxrandr"),
)

# What the xcb platform plugin is linked to: only a window on an X11 screen needs it.
X11 = (
    Need("libxcb.so.1", "libxcb1", "libxcb"),
    Need("libX11-xcb.so.1", "libx11-xcb1", "libx11"),
    Need("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
    Need("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
    Need("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
    Need("libxcb-image.so.0", "libxcb-image0", "xcb-util-image"),
    Need("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
    Need("libxcb-randr.so.0", "libxcb-randr0", "libxcb"),
    Need("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil"),
    Need("libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
    Need("libxcb-sync.so.1", "libxcb-sync1", "libxcb"),
    Need("libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb"),
    Need("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb"),
)

# What the tests start: a screen, a keyring and the bus it is reached by, and a second opinion on clips.
TOOLS = (
    Need("Xvfb", "xvfb", "xorg-server-xvfb"),
    Need("gnome-keyring-daemon", "gnome-keyring", "gnome-keyring"),
    Need("dbus-daemon", "dbus-daemon", "dbus"),
    Need("ffmpeg", "ffmpeg", "ffmpeg"),
)


def window_needs() -> Sequence[Need]:
    """What the program needs, where it is about to show its window."""
    return WINDOW + X11 if uses_x11() else WINDOW


def tests_needs() -> Sequence[Need]:
    """What the tests need."""
    return WINDOW + X11 + TOOLS


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def provide(needs: Sequence[Need], *, as_root: bool | None = None) -> None:
    """Make sure that everything in `needs` is there.

    Args:
        needs: libraries and programs.
        as_root: whether this process may install; None: ask the system.

    Raises:
        SetupError: something is missing and cannot be installed from here; the text says what to type.
    """
    missing = _missing(needs)
    if missing and (_is_root() if as_root is None else as_root) and shutil.which("apt-get"):
        packages = _unique(need.apt for need in missing)
        say("Installing what is missing on this system: " + " ".join(packages))
        _apt_get(packages)
        missing = _missing(missing)
    if missing:
        raise SetupError(_advice(missing))


def _missing(needs: Sequence[Need]) -> list[Need]:
    return [need for need in needs if not need.is_there()] if sys.platform.startswith("linux") else []


def _apt_get(packages: Sequence[str]) -> None:
    import subprocess

    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive", LC_ALL="C")
    install = ["install", "-y", "-q", "--no-install-recommends", *packages]
    for arguments in (["update", "-q"], install):
        done = subprocess.run(
            ["apt-get", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    if done.returncode:
        raise SetupError("apt-get could not install them:\n  " + "\n  ".join(done.stdout.splitlines()[-8:]))


def _advice(missing: Sequence[Need]) -> str:
    names = ", ".join(need.name for need in missing)
    return (
        f"This system lacks what the program needs: {names}\n"
        f"Please install it, then start again:\n  {install_line(missing)}"
    )


def install_line(missing: Sequence[Need]) -> str:
    """What to type to get `missing`, for the package manager found here."""
    if shutil.which("dnf"):
        return "sudo dnf install " + " ".join(_unique(need.rpm for need in missing))
    if shutil.which("zypper"):
        return "sudo zypper install " + " ".join(_unique(need.rpm for need in missing))
    if shutil.which("pacman"):
        return "sudo pacman -S " + " ".join(_unique(need.pacman for need in missing))
    return "sudo apt-get install " + " ".join(_unique(need.apt for need in missing))


def _unique(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
