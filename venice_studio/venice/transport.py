"""HTTP: time-outs, one table of what may go wrong on the way, and no cancellation while httpx connects.

Four lanes, each a client of its own:
  paid    the queue request; no idle connections, since a stale one would read as "may have been charged"
  looks   looks at jobs, whose answers may be long clips, any number at once
  reads   everything else of the service, which never waits for a clip
  plain   addresses of files; never sees the key
"""

import asyncio
import encodings.idna
import logging
import ssl
import zlib
from collections.abc import AsyncIterable, AsyncIterator, Callable, Coroutine, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, TypeVar

import anyio._backends._asyncio
import httpx

from venice_studio import __version__
from venice_studio.domain.addresses import is_here
from venice_studio.domain.problem import Kind, Problem, Trouble
from venice_studio.venice.wire.calls import Call
from venice_studio.venice.wire.errors import cost_of, garbled

T = TypeVar("T")
Headers = Mapping[str, str]

ANSWER_LIMIT = 4 * 1024 * 1024
"""Bytes of JSON beyond which an answer cannot be right; a listing of 100 models has 0.1 MB."""

# What httpx and ssl would import in the middle of the first call, from files, on the window's thread.
IMPORTED_EARLY = (anyio._backends._asyncio, encodings.idna)

# httpx reports every address, and a download_url is a secret.
logging.getLogger("httpx").setLevel(logging.WARNING)
logging.getLogger("httpcore").setLevel(logging.WARNING)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timings:
    """How long to wait for what, in s."""

    connect_s: float = 10.0
    read_s: float = 30.0
    paid_write_s: float = 60.0
    paid_read_s: float = 60.0
    deadline_s: float = 90.0
    """A whole answer of JSON, however slowly it drips."""
    paid_deadline_s: float = 900.0
    """The same for the paid request, whose pictures may go out over a slow line."""
    retry_waits_s: tuple[float, ...] = (0.3, 1.0)
    """Waits between the tries of what costs nothing."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer. `headers` have lower-case names; `body` is at most `ANSWER_LIMIT` bytes.

    Where it cannot be read to its end, `broken` says why and `body` is what came before.
    """

    status: int
    headers: Headers
    body: bytes
    broken: Trouble | None = None


# What httpx raises before anything has left; whatever else it raises may have come after.
_NOTHING_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
)


def problem_of(call: Call, error: Exception) -> Problem:
    """What an error on the way means. Its own words stay out: they may hold addresses."""
    if not isinstance(error, _NOTHING_SENT):
        message = "The connection broke off before the service's answer was here."
        return Problem(kind=Kind.CUT, message=message, cost=cost_of(call, Kind.CUT))
    message = "The service cannot be reached. Check the connection to the internet."
    if isinstance(error, ProxyUnusableError):
        message = (
            "The proxy that this computer's settings name cannot be used here. Name one that begins with http:// in "
            "HTTPS_PROXY or ALL_PROXY, or none, and start again."
        )
    if "CERTIFICATE" in str(error).upper():
        message = "No safe connection: the service's certificate is not trusted here. Check the clock and the proxy."
    return Problem(kind=Kind.OFFLINE, message=message, cost=cost_of(call, Kind.OFFLINE))


@contextmanager
def as_trouble(call: Call) -> Iterator[None]:
    """Turn what httpx raises into `Trouble`."""
    try:
        yield
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        # OSError: a deadline, and what ssl says of a record that was mangled on the way, which httpx lets through.
        log.info("%s: %s", call.name, type(error).__name__)
        raise Trouble(problem_of(call, error)) from None


class ProxyUnusableError(httpx.ConnectError):
    """What the system's settings say of proxies cannot be followed, so nothing was sent."""


class Lane:
    """A client for services on this computer and one for all others, each made when it is first needed and made anew
    when its pool is stuck."""

    def __init__(self, build: Callable[[bool], httpx.AsyncClient], disk: Executor) -> None:
        """`build` is told whether the system's settings, proxies above all, are to be followed."""
        self._build = build
        self._disk = disk
        self._clients: dict[bool, httpx.AsyncClient] = {}
        self._retired: list[httpx.AsyncClient] = []
        self._making = asyncio.Lock()

    async def _ready(self, url: str) -> httpx.AsyncClient:
        # What goes to this very computer goes past no proxy, which could read the key and finds nobody there.
        by_settings = not is_here(url)
        async with self._making:
            if by_settings not in self._clients:
                # Certificates are read from files.
                work = asyncio.get_running_loop().run_in_executor(self._disk, self._build, by_settings)
                try:
                    self._clients[by_settings] = await work
                except (ImportError, ValueError, httpx.InvalidURL) as error:
                    raise ProxyUnusableError(type(error).__name__) from None
            return self._clients[by_settings]

    async def open(
        self, method: str, url: str, *, headers: Headers, content: bytes | AsyncIterable[bytes] | None = None
    ) -> httpx.Response:
        """Send a request and come back with the answer's head; its body is still to be read, and to be closed."""
        client = await self._ready(url)
        try:
            return await self._send(client, method, url, headers, content)
        except httpx.PoolTimeout:
            # Places that are taken for good (httpx 0.28.1 loses them when a call is cancelled as it connects).
            # Nothing has left, so a fresh client may try at once.
            for kind in [kind for kind, stuck in self._clients.items() if stuck is client]:
                log.warning("No free connection in the pool; making a new one")
                self._retired.append(self._clients.pop(kind))
            return await self._send(await self._ready(url), method, url, headers, content)

    async def _send(
        self,
        client: httpx.AsyncClient,
        method: str,
        url: str,
        headers: Headers,
        content: bytes | AsyncIterable[bytes] | None,
    ) -> httpx.Response:
        request = client.build_request(method, url, headers=dict(headers), content=content)
        return await client.send(request, stream=True)

    async def close(self) -> None:
        """Close every connection."""
        for client in (*self._retired, *self._clients.values()):
            await client.aclose()
        self._retired.clear()
        self._clients.clear()


class Transport:
    """The four lanes and the tasks that run on them. Closed before its loop."""

    def __init__(self, *, disk: Executor, timings: Timings) -> None:
        self._timings = timings
        self._tasks: set[asyncio.Task[Any]] = set()
        self._closed = False
        t = timings
        read = httpx.Timeout(t.read_s, connect=t.connect_s, pool=t.connect_s)
        paid = httpx.Timeout(connect=t.connect_s, write=t.paid_write_s, read=t.paid_read_s, pool=t.connect_s)
        shared = httpx.Limits(max_connections=32, max_keepalive_connections=8, keepalive_expiry=30)
        single = httpx.Limits(max_connections=None, max_keepalive_connections=0)
        crowd = httpx.Limits(max_connections=None, max_keepalive_connections=8, keepalive_expiry=30)
        self.paid = Lane(partial(_client, paid, single), disk)
        self.looks = Lane(partial(_client, read, crowd), disk)
        self.reads = Lane(partial(_client, read, shared), disk)
        self.plain = Lane(partial(_client, read, single, follow_redirects=True), disk)

    async def ask(
        self,
        call: Call,
        lane: Lane,
        url: str,
        *,
        headers: Headers,
        content: bytes | AsyncIterable[bytes] | None = None,
        method: str | None = None,
    ) -> Answer:
        """One request and its whole answer. Raises `Trouble` (OFFLINE, CUT, GARBLED), never for a status."""

        async def whole() -> Answer:
            response = await lane.open(method or call.method, url, headers=headers, content=content)
            try:
                return await read_answer(call, response)
            finally:
                await response.aclose()

        deadline = self._timings.paid_deadline_s if lane is self.paid else self._timings.deadline_s
        with as_trouble(call):
            return await self._unbroken(whole(), deadline)

    @asynccontextmanager
    async def stream(
        self, call: Call, lane: Lane, url: str, *, headers: Headers, content: bytes | None = None
    ) -> AsyncIterator[httpx.Response]:
        """One request and an answer to be read piece by piece. Raises `Trouble` as `ask` does."""
        opening = lane.open(call.method, url, headers=headers, content=content)
        with as_trouble(call):
            response = await self._unbroken(opening, self._timings.deadline_s, _close)
        try:
            yield response
        finally:
            await response.aclose()

    async def rest(self, call: Call, response: httpx.Response) -> Answer:
        """The whole of an answer that `stream` gave. Raises `Trouble` as `ask` does."""
        with as_trouble(call):
            async with asyncio.timeout(self._timings.deadline_s):
                return await read_answer(call, response)

    async def _unbroken(
        self,
        work: Coroutine[object, object, T],
        deadline_s: float,
        drop: Callable[[T], Coroutine[object, object, None]] | None = None,
    ) -> T:
        """Do `work` in a task that no cancellation of ours reaches; what nobody waits for any more is dropped."""
        if self._closed:
            work.close()
            raise httpx.ConnectError("closed")
        task = asyncio.get_running_loop().create_task(work)
        self._keep(task)
        try:
            await asyncio.wait({task}, timeout=deadline_s)
        except asyncio.CancelledError:
            task.add_done_callback(lambda done: self._drop(done, drop))
            raise
        if task.cancelled():
            raise httpx.ReadError("closed")  # by `close`, not by whoever waits
        if task.done():
            return task.result()
        task.cancel()  # long past connecting, where a cancellation does harm
        task.add_done_callback(lambda done: self._drop(done, drop))
        raise httpx.ReadTimeout("deadline")

    def _keep(self, task: "asyncio.Task[Any]") -> None:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _drop(self, task: "asyncio.Task[T]", drop: Callable[[T], Coroutine[object, object, None]] | None) -> None:
        if task.cancelled() or task.exception() is not None or drop is None:
            return
        self._keep(asyncio.get_running_loop().create_task(drop(task.result())))

    async def close(self) -> None:
        """End what still runs and close every connection."""
        self._closed = True
        while tasks := tuple(self._tasks):
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        for lane in (self.paid, self.looks, self.reads, self.plain):
            await lane.close()


async def _close(response: httpx.Response) -> None:
    await response.aclose()


def _client(
    timeout: httpx.Timeout, limits: httpx.Limits, by_settings: bool, *, follow_redirects: bool = False
) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        trust_env=by_settings,
        verify=_trust(),
        timeout=timeout,
        limits=limits,
        follow_redirects=follow_redirects,
        max_redirects=5,
        headers={"User-Agent": f"venice-studio/{__version__}", "Accept-Encoding": "identity"},
    )


@cache
def _trust() -> ssl.SSLContext:
    """The certificates we trust, read once: it takes longer than all else that a client needs."""
    return httpx.create_ssl_context()


async def read_answer(call: Call, response: httpx.Response) -> Answer:
    """The body of an answer, with a limit on what it may unfold to.

    Of an answer whose status is no success the body may be cut or odd: the status alone says enough. Of the paid
    request's answer what came before a cut is kept: the job's id may be in it.
    """
    headers = {name.lower(): value for name, value in response.headers.items()}
    body, broken = bytearray(), None
    try:
        async for piece in unpacked(response, ANSWER_LIMIT):
            body += piece
    except ValueError:
        broken = garbled(call, "The service sent an answer that nobody can read.", response.status_code)
    except httpx.HTTPError as error:
        broken = Trouble(problem_of(call, error))
    if broken is not None and response.is_success and call is not Call.QUEUE:
        raise broken
    return Answer(response.status_code, headers, bytes(body), broken)


class TooLongError(ValueError):
    """A body has more bytes than anybody wants."""


async def unpacked(response: httpx.Response, limit: int) -> AsyncIterator[bytes]:
    """The body in pieces, unpacked by ourselves so that a few bytes cannot unfold to gigabytes.

    Raises TooLongError beyond `limit` bytes, ValueError for what cannot be unpacked, and what httpx raises.
    """
    unpack = _unpacker(response.headers.get("content-encoding", ""))
    length = 0
    async for packed in response.aiter_raw():
        piece = unpack(packed, limit + 1 - length)
        length += len(piece)
        if length > limit:
            raise TooLongError("too long")
        yield piece


def _unpacker(encoding: str) -> Callable[[bytes, int], bytes]:
    match encoding.strip().lower():
        case "" | "identity":
            return lambda piece, _: piece
        case "gzip" | "x-gzip" | "deflate":
            inflater = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)

            def inflate(piece: bytes, limit: int) -> bytes:
                try:
                    return inflater.decompress(inflater.unconsumed_tail + piece, limit)
                except zlib.error:
                    raise ValueError("not what it says it is") from None

            return inflate
        case _:
            raise ValueError("unknown encoding")
