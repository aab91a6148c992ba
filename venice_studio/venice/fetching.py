"""Pictures from web addresses, fetched the way a browser does: by somebody who has no key to give away."""

import asyncio
from concurrent.futures import Executor
from http import HTTPStatus

import httpx

from venice_studio.domain.problem import Kind, Problem, Trouble
from venice_studio.venice.transport import Timings, TooLongError, Transport, as_trouble, unpacked
from venice_studio.venice.wire.calls import Call

MAX_BYTES = 25_000_000
"""Of a picture at an address: more than the service takes, so that what is too large for it can be made smaller."""
MAX_REDIRECTS = 5
_PAGES = (b"<!doctype", b"<html", b"<head", b"<?xml")
_ACCEPTED = {"Accept": "image/jpeg, image/png, image/webp, image/*;q=0.9, */*;q=0.1"}


class PictureFetcher:
    """Fetches what lies at an address. It knows no key; any address the user names is fine, also one at home."""

    def __init__(self, *, disk: Executor, timings: Timings | None = None) -> None:
        self._timings = timings or Timings()
        self._transport = Transport(disk=disk, timings=self._timings)

    async def fetch(self, address: str) -> bytes:
        """The bytes at an http(s) address, whatever they are. Raises `Trouble` (PICTURE), which says what to do."""
        url = _url(address)
        try:
            async with asyncio.timeout(self._timings.deadline_s):
                return await self._follow(url)
        except TimeoutError:
            raise _unusable(f"{url.host} takes too long to send the picture. Try again, or save it first.") from None

    async def aclose(self) -> None:
        """Close every connection."""
        await self._transport.close()

    async def _follow(self, url: httpx.URL) -> bytes:
        for _ in range(MAX_REDIRECTS + 1):
            answer = await self._ask(url)
            if isinstance(answer, bytes):
                return answer
            url = answer
        raise _unusable(f"{url.host} sends us from one address to the next without end.")

    async def _ask(self, url: httpx.URL) -> bytes | httpx.URL:
        """The bytes at `url`, or the address to which it leads on."""
        try:
            async with self._transport.stream(
                Call.DOWNLOAD, self._transport.reads, str(url), headers=_ACCEPTED
            ) as response:
                if response.has_redirect_location:
                    return _url(str(url.join(response.headers["location"])))
                if not response.is_success:
                    raise _unusable(_refusal(url.host, response.status_code))
                with as_trouble(Call.DOWNLOAD):
                    return _no_page(b"".join([piece async for piece in unpacked(response, MAX_BYTES)]), url.host)
        except TooLongError:
            message = f"The file at {url.host} has more than {MAX_BYTES // 1_000_000} MB. Save a smaller one first."
            raise _unusable(message) from None
        except (ValueError, httpx.InvalidURL):
            raise _unusable(f"{url.host} sent something that nobody can read.") from None
        except Trouble as trouble:
            raise _in_other_words(trouble.problem, url.host) from None


def _url(address: str) -> httpx.URL:
    try:
        url = httpx.URL(address.strip())
    except (httpx.InvalidURL, UnicodeError):
        raise _unusable("That is no web address. It begins with https:// or http://.") from None
    if url.scheme not in ("http", "https") or not url.host:
        raise _unusable("That is no web address. It begins with https:// or http://.")
    return url


def _no_page(body: bytes, host: str) -> bytes:
    if not body:
        raise _unusable(f"There is nothing at that address of {host}.")
    if body[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(_PAGES):
        message = f"That is a page of {host}, not a picture. Open the picture alone and take its address."
        raise _unusable(message)
    return body


def _refusal(host: str, status: int) -> str:
    match status:
        case HTTPStatus.NOT_FOUND | HTTPStatus.GONE:
            return f"There is no picture at that address of {host} ({status})."
        case HTTPStatus.UNAUTHORIZED | HTTPStatus.FORBIDDEN:
            return f"{host} does not give that picture to us ({status}). Save it in your browser, then drop the file."
        case HTTPStatus.TOO_MANY_REQUESTS:
            return f"{host} is too busy for us at the moment ({status}). Try again in a while."
        case _:
            return f"{host} could not send the picture ({status}). Try again, or save it and drop the file."


def _in_other_words(problem: Problem, host: str) -> Trouble:
    """The transport speaks of the service; here it is somebody else who does not answer."""
    match problem.kind:
        case Kind.PICTURE:
            return Trouble(problem)
        case Kind.OFFLINE:
            return _unusable(f"{host} does not answer. Check the address and the connection to the internet.")
        case _:
            return _unusable(f"The connection to {host} broke off before the picture was here. Try again.")


def _unusable(message: str) -> Trouble:
    return Trouble(Problem(kind=Kind.PICTURE, message=message))
