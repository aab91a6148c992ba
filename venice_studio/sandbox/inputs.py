"""Pictures and other media of a request: from a data URI or an address to bytes that really are what they say."""

import base64
import binascii
import io
import ipaddress
import urllib.request
import warnings
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.parse import unquote_to_bytes, urlsplit

from PIL import Image, UnidentifiedImageError

MAX_MEDIA_BYTES = 25_000_000
"""Of a picture or a sound, and of all of them together."""
MAX_VIDEO_BYTES = 100_000_000
"""Of a video that is fetched from its address; one that comes in a request is bounded by the request."""
_MAX_PIXELS = 100_000_000
_FETCH_TIMEOUT_S = 10.0


class BadMediaError(ValueError):
    """What was sent cannot be used; the message says why in a sentence."""


class MediaTooLargeError(ValueError):
    """What was sent is larger than the service takes."""


def picture(url: str) -> bytes:
    """The bytes of a picture, given as a data URI or an http(s) address, decoded once to be sure.

    Raises BadMediaError, MediaTooLargeError.
    """
    data = media(url, "image/")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as image:
                if image.width * image.height > _MAX_PIXELS:
                    raise BadMediaError("The image has too many pixels")
                image.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        if isinstance(error, BadMediaError):
            raise
        raise BadMediaError("The image could not be decoded") from error
    return data


def media(url: str, kind: str) -> bytes:
    """The bytes behind `url`; `kind` is how the media type of a data URI must begin, for example "image/".

    Raises BadMediaError, MediaTooLargeError.
    """
    match url[:10].partition(":")[0].lower():
        case "data":
            data = _from_data_uri(url, kind)
        case "http" | "https":
            data = _fetch(url, _most(kind))
        case _:
            raise BadMediaError("Must be a URL (http/https) or a data URL")
    if len(data) > _most(kind):
        raise MediaTooLargeError
    if not data:
        raise BadMediaError("The file is empty")
    return data


def _from_data_uri(url: str, kind: str) -> bytes:
    head, comma, body = url.partition(",")
    media_type, *parameters = (part.strip() for part in head.removeprefix(head[:5]).lower().split(";"))
    if not comma or not media_type.startswith(kind):
        raise BadMediaError(f"A data URL must begin with data:{kind}")
    data = unquote_to_bytes(body)
    if "base64" not in parameters:
        return data
    # White space and missing padding are forgiven, as in the data URLs of the web: `base64` breaks its lines.
    letters = b"".join(data.split())
    try:
        return base64.b64decode(letters + b"=" * (-len(letters) % 4), validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadMediaError("The data URL is not valid base64") from error


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A redirect could lead away from this computer."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


def _most(kind: str) -> int:
    return MAX_VIDEO_BYTES if kind == "video/" else MAX_MEDIA_BYTES


def _fetch(url: str, most: int) -> bytes:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError as error:
        raise BadMediaError("The address is not valid") from error
    if not _is_loopback(host):
        raise BadMediaError("Practice mode can only fetch from this computer; send the picture itself")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirects)
    try:
        with opener.open(url, timeout=_FETCH_TIMEOUT_S) as answer:
            return bytes(answer.read(most + 1))
    except (OSError, ValueError, HTTPException) as error:
        raise BadMediaError("The address could not be fetched") from error


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
