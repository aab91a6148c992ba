"""A fast service on a real socket that keeps a truthful record on disk of everything it was asked and did."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Protocol, Self

from tests.support.clips import make_clip, make_noise
from tests.support.faulty_server import FaultyServer, Received, http, told

_BASE = "/api/v1"
_PADDING = 700_000
"""Bytes behind the pictures of a served clip, so that it comes in several pieces."""


class Truth(Protocol):
    """What really happened at a service."""

    @property
    def base_url(self) -> str:
        """The address for the program."""
        ...

    @property
    def posts(self) -> list[tuple[str, str | None]]:
        """Prompt and queue id of each paid request that was taken; None: the id is not known."""
        ...

    def served(self, queue_id: str) -> set[bytes]:
        """The clips that a job gave, byte for byte."""
        ...

    def deleted(self, queue_id: str) -> bool:
        """Whether its copy of a clip is gone."""
        ...

    def fetched(self, queue_id: str) -> list[int]:
        """From which byte on a clip was asked for at an address of its own, each time."""
        ...


def padded(clip: bytes, mark: bytes = b"", length: int = _PADDING) -> bytes:
    """A clip with a box behind its pictures that makes it long enough for several pieces, and unlike any other."""
    padding = mark.ljust(length, b".")
    return clip + (8 + len(padding)).to_bytes(4, "big") + b"free" + padding


@dataclass
class _Rendering:
    prompt: str
    looks: int = 0
    deleted: bool = False
    fetched: list[int] = field(default_factory=list)
    """From which byte on, at an address of its own."""
    spent: bool = False
    """Whether that address gives nothing any more."""


@dataclass
class TruthfulService:
    """Takes every job, says `processing` once, then gives a clip of its own for each job. `at` hears its steps.

    It speaks as the reference page does.
    """

    _ID: ClassVar = "queueid"
    _NEWS: ClassVar = {"status": "processing", "executionDuration": 5, "estimatedDuration": 10}

    folder: Path
    padding: int = _PADDING
    at: Callable[[str], object] = lambda _step: None
    base_url: str = ""
    _jobs: dict[str, _Rendering] = field(default_factory=dict)
    _asked: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def posts(self) -> list[tuple[str, str | None]]:
        with (self.folder / "log").open() as log:
            lines = [json.loads(line) for line in log]
        return [(line["prompt"], line["queue_id"]) for line in lines if line["path"] == "/video/queue"]

    def served(self, queue_id: str) -> set[bytes]:
        return {self._clip(queue_id)}

    def deleted(self, queue_id: str) -> bool:
        return self._jobs[queue_id].deleted

    def fetched(self, queue_id: str) -> list[int]:
        return self._jobs[queue_id].fetched

    async def __aenter__(self) -> Self:
        self._pictures = self._made(self.folder / "made.mp4").read_bytes()
        self._log = (self.folder / "log").open("a")
        self._server = await FaultyServer(self._answer).__aenter__()
        self.base_url = f"{self._server.origin}{_BASE}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._server.__aexit__(kind, error, trace)
        self._log.close()

    def _made(self, path: Path) -> Path:
        return make_clip(path, frames=6, size=(160, 90))

    def _clip(self, queue_id: str) -> bytes:
        return padded(self._pictures, queue_id.encode(), self.padding)

    async def _answer(self, asked: Received, writer: asyncio.StreamWriter) -> None:
        path = asked.path.removeprefix(_BASE)
        body = json.loads(asked.body or b"{}")
        job_id = body.get(self._ID) or f"job-{len(self._jobs) + 1}"
        if path == "/video/queue":
            self._jobs[job_id] = _Rendering(body["prompt"])
        self._note(path=path, queue_id=job_id, prompt=body.get("prompt"))
        match path:
            case "/video/queue":
                self.at("the service took the paid request")
                await self._in_halves(writer, told(self._queued(job_id)), "paid answer")
            case "/video/retrieve":
                await self._look(job_id, writer)
                if (job := self._jobs.get(job_id)) and job.looks > 1 and body.get("delete_media_on_completion"):
                    job.deleted = True
            case "/video/complete":
                self._jobs[job_id].deleted = True
                self.at("the service deleted its copy")
                writer.write(told({"success": True}))
            case _:
                writer.write(told({"canConsume": True, "consumptionCurrency": "USD", "balances": {"usd": 9.5}}))

    def _queued(self, job_id: str) -> dict[str, str]:
        return {self._ID: job_id, "status": "queued"}

    async def _look(self, job_id: str, writer: asyncio.StreamWriter) -> None:
        job = self._jobs.get(job_id)
        if job is None or job.deleted:
            writer.write(told({"error": "There is no such job."}, 404))
            return
        job.looks += 1
        if job.looks == 1:
            writer.write(told(self._NEWS))
        else:
            await self._give(job_id, writer)

    async def _give(self, job_id: str, writer: asyncio.StreamWriter) -> None:
        await self._in_halves(writer, http(200, self._clip(job_id), mime="video/mp4"), "clip")

    async def _in_halves(self, writer: asyncio.StreamWriter, answer: bytes, what: str) -> None:
        half = len(answer) // 2
        writer.write(answer[:half])
        await writer.drain()
        self.at(f"half of the {what} was sent")
        await asyncio.sleep(0)
        writer.write(answer[half:])

    def _note(self, **line: object) -> None:
        self._log.write(json.dumps(line) + "\n")
        self._log.flush()


@dataclass
class LiveService(TruthfulService):
    """The same in the words of the live service with a private model: each clip lies at an address of its own.

    The address takes no key, breaks off half-way `CUTS` times and goes on where it is asked to, until it is deleted.
    """

    CUTS: ClassVar = 3
    """As often as a look tries in one go: the last part comes to a file that was left and is opened again."""

    padding: int = 1000
    """Little, since the pictures are long, and a wrong byte is to be one of theirs."""

    _ID: ClassVar = "queue_id"
    _NEWS: ClassVar = {"status": "PROCESSING", "execution_duration": 5, "average_execution_time": 10}
    _VERSION: ClassVar = '"the only one"'

    def deleted(self, queue_id: str) -> bool:
        return self._jobs[queue_id].deleted and self._jobs[queue_id].spent

    def _made(self, path: Path) -> Path:
        return make_noise(path)

    def _queued(self, job_id: str) -> dict[str, str]:
        return {self._ID: job_id, "model": "wan", "download_url": f"{self._server.origin}/clips/{job_id}?token=secret"}

    async def _give(self, job_id: str, writer: asyncio.StreamWriter) -> None:
        writer.write(told({"status": "COMPLETED"}))

    async def _answer(self, asked: Received, writer: asyncio.StreamWriter) -> None:
        path, _, token = asked.path.partition("?")
        if not path.startswith("/clips/"):
            await super()._answer(asked, writer)
            return
        job = self._jobs[job_id := path.removeprefix("/clips/")]
        if "authorization" in asked.headers or token != "token=secret":
            writer.write(told({"error": "Nobody may ask so."}, 400))
        elif job.spent:
            writer.write(told({"error": "This address has expired."}, 410))
        elif asked.method == "DELETE":
            job.spent = True
            self.at("the address deleted its copy")
            writer.write(http(204))
        else:
            await self._fetch(job_id, asked, writer)

    async def _fetch(self, job_id: str, asked: Received, writer: asyncio.StreamWriter) -> None:
        clip, fetched = self._clip(job_id), self._jobs[job_id].fetched
        goes_on = "range" in asked.headers and asked.headers.get("if-range", self._VERSION) == self._VERSION
        first = int(asked.headers["range"].removeprefix("bytes=").removesuffix("-")) if goes_on else 0
        fetched.append(first)
        status, where = (206, f"bytes {first}-{len(clip) - 1}/{len(clip)}") if goes_on else (200, "none")
        answer = http(status, clip[first:], mime="video/mp4", ETag=self._VERSION, Content_Range=where)
        half = answer[: len(answer) // 2] if len(fetched) <= self.CUTS else answer
        await self._in_halves(writer, half, "rest" if goes_on else "clip at its address")
