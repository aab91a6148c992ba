"""A paid request with a picture of 20 MB, beside a plain streamed post and `json=`."""

import base64
import hashlib
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx

from tests.benchmarks.alone import in_turn
from tests.benchmarks.client import client
from tests.benchmarks.figures import Figure, Report, ratio
from tests.benchmarks.serving import serving
from venice_studio.domain.media import Picture
from venice_studio.domain.request import GenerationRequest

SIZE = 20_000_000
TIMES = 21
_PIECE = 192 * 1024
_BEFORE, _AFTER = b'{"model": "ltx", "image_url": "data:image/png;base64,', b'"}'


def measure(report: Report) -> None:
    """Memory and time."""
    report.title(f"upload: a picture of {SIZE // 10**6} MB, medians of {TIMES} runs by turns")
    with tempfile.TemporaryDirectory() as folder, serving(1000) as origin:
        picture = Path(folder) / "picture.png"
        picture.write_bytes(bytes(range(256)) * (SIZE // 256))
        mine, stream, page = in_turn(TIMES, [ours, plain, whole], origin, str(picture))
    beside = f"plain stream {stream.grown_bytes / 1e6:.0f} MB, json= {page.grown_bytes / 1e6:.0f} MB"
    report.add(
        Figure(what="peak memory above rest", value=mine.grown_bytes / 1e6, unit="MB", at_most=10, beside=beside),
        ratio("time beside a plain streamed post", mine.seconds, stream.seconds, "s", at_most=1.2),
        ratio("time beside json=", mine.seconds, page.seconds, "s"),
    )


async def ours(origin: str, path: str) -> float:
    """The program's paid request; like every one it comes after its price."""
    data = Path(path)
    size = data.stat().st_size
    sha256 = hashlib.sha256(b"picture").hexdigest()
    picture = Picture(
        name="picture.png", sha256=sha256, mime="image/png", width=4000, height=3000, size=size, as_is=True
    )
    request = GenerationRequest(model="ltx", prompt="A gondola drifts", start_frame=picture)
    async with client(origin, data) as service:
        await service.quote(request)
        began = time.perf_counter()
        await service.queue(request)
        return time.perf_counter() - began


async def plain(origin: str, path: str) -> float:
    """The least that sends the same: base64 of what is read, piece by piece."""

    async def body() -> AsyncIterator[bytes]:
        yield _BEFORE
        for piece in _pieces(Path(path)):
            yield base64.b64encode(piece)
        yield _AFTER

    length = len(_BEFORE) + (Path(path).stat().st_size + 2) // 3 * 4 + len(_AFTER)
    async with httpx.AsyncClient() as http:
        (await http.post(f"{origin}/video/quote", json={"model": "ltx"})).raise_for_status()
        began = time.perf_counter()
        answer = await http.post(f"{origin}/upload", content=body(), headers={"Content-Length": str(length)})
        answer.raise_for_status()
        return time.perf_counter() - began


async def whole(origin: str, path: str) -> float:
    """The reference page's way: the picture's base64 in a tree, the tree as JSON."""
    async with httpx.AsyncClient(timeout=60) as http:
        (await http.post(f"{origin}/video/quote", json={"model": "ltx"})).raise_for_status()
        began = time.perf_counter()
        picture = base64.b64encode(Path(path).read_bytes()).decode()
        tree = {"model": "ltx", "image_url": f"data:image/png;base64,{picture}"}
        (await http.post(f"{origin}/upload", json=tree)).raise_for_status()
        return time.perf_counter() - began


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece
