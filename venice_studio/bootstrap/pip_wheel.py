"""Finds a pip to run: the one that came with Python, else the pinned one from the package index."""

from __future__ import annotations

import hashlib
import html
import os
import re
import ssl
import urllib.error
import urllib.request
from configparser import ConfigParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from venice_studio.bootstrap.errors import SetupError
from venice_studio.bootstrap.say import say

WHEEL = "pip-26.3-py3-none-any.whl"
SHA256 = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"
_TIMEOUT_S = 60


def provide(folder: Path) -> Path:
    """The path of a wheel of pip; it is put into `folder` if it must be fetched.

    Raises:
        SetupError: it cannot be had.
    """
    return bundled() or fetch(index_url(), folder)


def bundled() -> Path | None:
    """The wheel inside Python's own ensurepip; Debian takes it out unless python3-venv is installed."""
    try:
        import ensurepip
    except ImportError:
        return None
    wheels = sorted((Path(ensurepip.__file__).parent / "_bundled").glob("pip-*.whl"))
    return wheels[-1] if wheels else None


def index_url() -> str:
    """The package index as pip would choose it: environment, then the user's settings, then the machine's."""
    chosen = os.environ.get("PIP_INDEX_URL")
    files = [os.environ.get("PIP_CONFIG_FILE"), "~/.config/pip/pip.conf", "~/.pip/pip.conf", "/etc/pip.conf"]
    for file in filter(None, files):
        settings = ConfigParser(interpolation=None)
        settings.read(Path(file).expanduser(), encoding="utf-8")
        chosen = chosen or settings.get("global", "index-url", fallback=None)
    return (chosen or "https://pypi.org/simple").rstrip("/") + "/"


def fetch(index: str, folder: Path) -> Path:
    """Download the pinned wheel from a package index into `folder`.

    Raises:
        SetupError: no answer, no such wheel there, or not the pinned one.
    """
    say("  downloading pip (2 MB)")
    page_url = urljoin(index, "pip/")
    try:
        page = _read(page_url).decode("utf-8", "replace")
        link = re.search(rf"""href\s*=\s*["']([^"']*{re.escape(WHEEL)}[^"']*)["']""", page)
        if link is None:
            raise SetupError(f"The package index at {_shown(index)} has no {WHEEL}.")
        content = _read(urljoin(page_url, html.unescape(link.group(1))))
    except (OSError, ValueError) as error:
        raise SetupError(f"Could not fetch pip from {_shown(index)}: {error}") from error
    if hashlib.sha256(content).hexdigest() != SHA256:
        raise SetupError(f"What {_shown(index)} gave as {WHEEL} is not what it should be; nothing was run.")
    wheel = folder / WHEEL
    wheel.write_bytes(content)
    return wheel


def _shown(index: str) -> str:
    return urlsplit(index).hostname or index


def _read(url: str) -> bytes:
    authority = os.environ.get("PIP_CERT") or os.environ.get("REQUESTS_CA_BUNDLE")
    trusting = ssl.create_default_context(cafile=authority if authority and Path(authority).is_file() else None)
    try:
        return _get(url, trusting)
    except urllib.error.URLError as error:
        if not isinstance(error.reason, ssl.SSLCertVerificationError):
            raise
    # A bare system has no certificates to check others by. What comes is compared with a hash that came with the
    # checkout, so it needs no trust in who sent it; the pip in it brings certificates of its own.
    return _get(url, ssl._create_unverified_context())


def _get(url: str, context: ssl.SSLContext) -> bytes:
    with urllib.request.urlopen(url, timeout=_TIMEOUT_S, context=context) as answer:
        content: bytes = answer.read()
    return content
