"""A fast service on a real socket that keeps a truthful record on disk of everything it was asked and did."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from tests.support.clips import make_clip
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


def padded(clip: bytes, mark: bytes = b"", length: int = _PADDING) -> bytes:
    """A clip with a box behind its pictures that makes it long enough for several pieces, and unlike any other."""
    padding = mark.ljust(length, b".")
    return clip + (8 + len(padding)).to_bytes(4, "big") + b"free" + padding


@dataclass
class _Rendering:
    prompt: str
    looks: int = 0
    deleted: bool = False


@dataclass
class TruthfulService:
    """Takes every job, says `processing` once, then gives a clip of its own for each job. `at` hears its steps."""

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
        """Whether its copy of a clip is gone."""
        return self._jobs[queue_id].deleted

    async def __aenter__(self) -> Self:
        self._pictures = make_clip(self.folder / "made.mp4", frames=6, size=(160, 90)).read_bytes()
        self._log = (self.folder / "log").open("a")
        self._server = await FaultyServer(self._answer).__aenter__()
        self.base_url = f"{self._server.origin}{_BASE}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._server.__aexit__(kind, error, trace)
        self._log.close()

    def _clip(self, queue_id: str) -> bytes:
        return padded(self._pictures, queue_id.encode(), self.padding)

    async def _answer(self, asked: Received, writer: asyncio.StreamWriter) -> None:
        path = asked.path.removeprefix(_BASE)
        body = json.loads(asked.body or b"{}")
        job_id = body.get("queueid") or body.get("queue_id") or f"job-{len(self._jobs) + 1}"
        if path == "/video/queue":
            self._jobs[job_id] = _Rendering(body["prompt"])
        self._note(path=path, queue_id=job_id, prompt=body.get("prompt"))
        match path:
            case "/video/queue":
                self.at("the service took the paid request")
                await self._in_halves(writer, told({"queueid": job_id, "status": "queued"}), "paid answer")
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

    async def _look(self, job_id: str, writer: asyncio.StreamWriter) -> None:
        job = self._jobs.get(job_id)
        if job is None or job.deleted:
            writer.write(told({"error": "There is no such job."}, 404))
            return
        job.looks += 1
        if job.looks == 1:
            writer.write(told({"status": "processing", "executionDuration": 5, "estimatedDuration": 10}))
        else:
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
