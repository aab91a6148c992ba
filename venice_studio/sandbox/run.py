"""Builds one sandbox and serves it."""

import asyncio
import contextlib
import os
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from venice_studio.sandbox import ending
from venice_studio.sandbox.dialects import Dialect
from venice_studio.sandbox.dialects.live import LiveDialect
from venice_studio.sandbox.dialects.reference import ReferenceDialect
from venice_studio.sandbox.jobs import Job, Jobs
from venice_studio.sandbox.listed import from_listing
from venice_studio.sandbox.painter import Painter
from venice_studio.sandbox.rates import Rates
from venice_studio.sandbox.server import PREFIX, app
from venice_studio.sandbox.service import Service, Settings

_HANDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The command line, read."""

    host: str
    port: int
    dialect: str
    speed: float
    seed: int | None
    models: Path | None
    state: Path | None
    fault: str | None
    ends_with_input: bool


def serve(options: Options) -> int:
    """Serves until told to stop; gives the process's exit status."""
    with ExitStack() as stack:
        folder = options.state or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="venice-sandbox-")))
        jobs = stack.enter_context(Jobs(folder))
        dialect = _dialect(options.dialect)
        server: _Server

        def drawn(job_id: str, broken: bool) -> None:
            server.call_soon(lambda: service.drawn(job_id, broken=broken))

        painter = Painter(drawn, hands=min(_HANDS, os.cpu_count() or 1))
        stack.callback(painter.close)

        def draw(job: Job) -> None:
            plan = job.plan.placed(jobs.materials(job.id))
            painter.submit(job.id, plan, jobs.clip(job.id), due=job.due(options.speed))

        service = Service(
            models=from_listing(options.models) if options.models else dialect.models(),
            terms=dialect.terms,
            jobs=jobs,
            draw=draw,
            clock=time.time,
            settings=Settings(speed=options.speed, seed=options.seed, fault=options.fault),
        )

        rates = Rates(time.time, options.speed, blocks=dialect.terms.blocks_after_failures)
        server = _Server(
            uvicorn.Config(
                app(service, dialect, rates),
                host=options.host,
                port=options.port,
                log_level="warning",
                access_log=False,
                # Nobody stands between: what claims so would only spoil the addresses of clips.
                proxy_headers=False,
                timeout_graceful_shutdown=1,
            )
        )
        if options.ends_with_input:
            threading.Thread(target=server.end_with_input, daemon=True).start()
        server.run()
    return 0 if server.started else 1


def _dialect(name: str) -> Dialect:
    return LiveDialect() if name == "live" else ReferenceDialect()


class _Server(uvicorn.Server):
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)
        if self.started:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            shown = f"[{host}]" if ":" in host else host
            print(f"listening on http://{shown}:{port}{PREFIX}", flush=True)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """uvicorn's own would raise a signal again once the loop has ended, before anything is tidied up."""
        ending.at_signal(self.end)
        yield

    def call_soon(self, callback: Callable[[], None]) -> None:
        """From another thread: has the loop call `callback`; after the loop's end nothing happens."""
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(callback)

    def end_with_input(self) -> None:
        """Waits for standard input to close, then ends the service."""
        with contextlib.suppress(OSError):
            while os.read(0, 4096):
                pass
        self.end()

    def end(self) -> None:
        """Ends the service in good order."""
        self.should_exit = True
