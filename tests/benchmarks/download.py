"""A clip of 500 MB from the service to a file, beside a plain httpx stream and the reference page's way."""

import asyncio
import tempfile
from pathlib import Path

import httpx
import requests

from tests.benchmarks.alone import in_turn
from tests.benchmarks.client import client
from tests.benchmarks.figures import Figure, Report, ratio
from tests.benchmarks.serving import serving
from venice_studio.domain.job import Ticket
from venice_studio.domain.model import Dialect
from venice_studio.library.part import PartFile
from venice_studio.library.threads import Worker

SIZE = 500_000_000
TIMES = 3


def measure(report: Report) -> None:
    """Memory and throughput."""
    report.title(f"download: a clip of {SIZE // 10**6} MB, medians of {TIMES} runs by turns")
    with tempfile.TemporaryDirectory() as folder, serving(SIZE) as origin:
        mine, stream, page = in_turn(TIMES, [ours, plain, whole], origin, folder)
    beside = f"httpx stream {stream.grown_bytes / 1e6:.0f} MB, the page's loop {page.grown_bytes / 1e6:.0f} MB"
    report.add(
        Figure(what="peak memory grows by", value=mine.grown_bytes / 1e6, unit="MB", at_most=32, beside=beside),
        ratio(
            "throughput beside a plain httpx stream",
            SIZE / mine.seconds / 1e6,
            SIZE / stream.seconds / 1e6,
            "MB/s",
            at_least=0.8,
        ),
    )


async def ours(origin: str, folder: str) -> None:
    """The program's client into the program's file."""
    disk = Worker("disk")
    part = PartFile(Path(folder) / "ours.part", disk)
    ticket = Ticket(queue_id="q1", model="ltx", dialect=Dialect.LIVE)
    async with client(origin) as service:
        assert await service.retrieve(ticket, part) is None
    assert part.path.stat().st_size >= SIZE - 10**6
    await part.discard()
    disk.close()


async def plain(origin: str, folder: str) -> None:
    """What httpx does by itself."""
    path = Path(folder) / "plain"
    with path.open("wb") as file:
        async with httpx.AsyncClient() as http, http.stream("POST", f"{origin}/video/retrieve", json={}) as answer:
            async for piece in answer.aiter_raw(256 * 1024):
                file.write(piece)
    path.unlink()


async def whole(origin: str, folder: str) -> None:
    """The reference page's way: the whole body in memory."""
    await asyncio.to_thread(_whole, origin, Path(folder) / "whole")


def _whole(origin: str, path: Path) -> None:
    with path.open("wb") as file:
        file.write(requests.post(f"{origin}/video/retrieve", json={}, timeout=60).content)
    path.unlink()
