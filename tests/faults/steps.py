"""Every step of a run that changes something, named, so that a run can be ended at exactly that step."""

import sys
import threading
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from venice_studio.domain.job import Account, Begun, Job, Progress, Ticket
from venice_studio.domain.request import GenerationRequest
from venice_studio.library.part import CHUNK
from venice_studio.library.store import Store
from venice_studio.studio.connection import ClosableService
from venice_studio.studio.ports import Sink

Step = Callable[[str], None]


class Steps:
    """Names each step to whoever holds the other end of `pipe`, and stands still until told to go on."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._one_at_a_time = threading.Lock()

    def __call__(self, name: str) -> None:
        with self._one_at_a_time:
            self._pipe.send(name)
            self._pipe.recv()


def watch_files(home: Path, step: Step) -> None:
    """Let every change of a file below `home` be a step, for the rest of this process."""
    inside = str(home)

    def hook(event: str, args: tuple[object, ...]) -> None:
        if event not in ("open", "os.rename", "os.link", "os.remove") or not str(args[0]).startswith(inside):
            return
        mode = str(args[1])
        if event == "open" and not set(mode) & set("wa+"):
            return
        if kind := _kind(Path(str(args[0]))):
            step(f"reopen {kind}" if event == "open" and "a" in mode else f"{event} {kind}")

    sys.addaudithook(hook)


def _kind(path: Path) -> str | None:
    if path.name.endswith(".note.part"):
        return "draft of the note"
    return {".part": "part", ".note": "note", ".mp4": "clip", ".jpg": "thumbnail"}.get(path.suffix)


class SteppedStore(Store):
    """The list of jobs; before and after each of its transactions is a step."""

    step: Step = staticmethod(lambda _name: None)

    async def add(self, jobs: Sequence[Job]) -> None:
        self.step("before the intent")
        await super().add(jobs)
        self.step("after the intent")

    async def put(self, job: Job) -> None:
        word = type(job.state).__name__
        self.step(f"before the row: {word}")
        await super().put(job)
        self.step(f"after the row: {word}")


class SteppedService:
    """A service; before and after each of its requests, and at each piece of a clip, is a step."""

    def __init__(self, service: ClosableService, step: Step) -> None:
        self._service = service
        self._step = step
        self.quote = service.quote
        self.payload = service.payload
        self.models = service.models
        self.balance = service.balance
        self.aclose = service.aclose

    @property
    def account(self) -> Account:
        return self._service.account

    @property
    def dialect(self) -> None:
        return None

    async def queue(self, request: GenerationRequest) -> Ticket:
        self._step("before the paid request")
        ticket = await self._service.queue(request)
        self._step("after the paid request")
        return ticket

    async def retrieve(
        self, ticket: Ticket, sink: Sink, *, delete: bool = False, worth: Callable[[], float] = lambda: 0.0
    ) -> Progress | None:
        self._step("before a look")
        progress = await self._service.retrieve(ticket, SteppedSink(sink, self._step), delete=delete, worth=worth)
        self._step("in mid-render" if progress else "after the download")
        return progress

    async def complete(self, ticket: Ticket) -> None:
        self._step("before the deletion")
        await self._service.complete(ticket)
        self._step("after the deletion")


class SteppedSink:
    """A clip's file; every piece is a step, and so is every chunk that goes to the disk."""

    def __init__(self, sink: Sink, step: Step) -> None:
        self._sink = sink
        self._step = step
        self._where = "in mid-download"
        self._gathered = 0

    async def begin(self, size: int | None, mime: str, *, version: str | None = None) -> None:
        self._where = "in mid-download" if version is None else "in mid-download from an address"
        self._gathered = 0
        await self._sink.begin(size, mime, version=version)

    async def resume(self) -> Begun | None:
        begun = await self._sink.resume()
        if begun is not None:
            self._where = "in mid-download of what was missing"
        return begun

    async def write(self, chunk: bytes) -> None:
        self._step(self._where)
        await self._sink.write(chunk)
        self._gathered += len(chunk)
        if self._gathered >= CHUNK:
            self._gathered = 0
            self._step("one more chunk came")  # the one before it is on the disk
