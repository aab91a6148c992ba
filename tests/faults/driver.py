"""The program without its window, in a process that may be killed at any moment."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from multiprocessing.connection import Connection as Pipe
from pathlib import Path

import av  # noqa: F401
import PIL.JpegImagePlugin  # noqa: F401

from tests.faults.steps import Step, SteppedService, SteppedStore, Steps, watch_files
from tests.library import examples
from venice_studio.domain.job import Account, CopyAtVenice
from venice_studio.domain.polling import Pace
from venice_studio.domain.quote import Quote
from venice_studio.domain.request import GenerationRequest
from venice_studio.library import records
from venice_studio.library.clips import ClipFolder
from venice_studio.library.keys import KeyChest
from venice_studio.library.threads import Threads
from venice_studio.studio.clock import SystemClock
from venice_studio.studio.collector import Collector
from venice_studio.studio.connection import ClosableService, Connection
from venice_studio.studio.ledger import Ledger
from venice_studio.studio.practice import Practice
from venice_studio.studio.runner import Runner
from venice_studio.studio.tasks import Tasks
from venice_studio.venice.budget import RateLimits
from venice_studio.venice.client import VeniceClient, fingerprint
from venice_studio.venice.transport import Timings, _trust

DONE = "done"

# Done once, before the forks, so that a run takes no longer than its work.
records.from_row(records.to_row(examples.job(state=examples.RENDERING)))
_trust()


@dataclass(frozen=True, kw_only=True)
class Orders:
    """What a run is to do: go on with what the last one left, and press Generate once for each of `presses`."""

    home: Path
    base_url: str
    key: str
    model: str
    copy_at_venice: CopyAtVenice
    presses: Sequence[tuple[str, int]] = ()
    """Prompt and number of takes."""
    speed: float = 500.0
    """How much faster than the real one the service is."""
    stepped: bool = False


def run(orders: Orders, pipe: Pipe) -> None:
    """Do it; the pipe hears each step where `stepped`, and `DONE` at the end."""
    step: Step = Steps(pipe) if orders.stepped else lambda _name: None
    if orders.stepped:
        watch_files(orders.home, step)
    SteppedStore.step = staticmethod(step)
    asyncio.run(_run(orders, step))
    pipe.send(DONE)


async def _run(orders: Orders, step: Step) -> None:
    threads, tasks, sending = Threads(), Tasks(), ThreadPoolExecutor(1)

    def make_service(base_url: str, key: str, account: Account, _speed: float) -> ClosableService:
        client = VeniceClient(
            base_url=base_url,
            key=key,
            account=account,
            picture_file=lambda _picture: orders.home,
            disk=sending,
            limits=RateLimits(window_s=60 / orders.speed),
            timings=Timings(retry_waits_s=(0.01, 0.05)),
        )
        return SteppedService(client, step)

    connection = Connection(
        tasks=tasks,
        chest=KeyChest(),
        practice_service=Practice(state_dir=orders.home / "practice", command=["false"]),
        make_service=make_service,
        fingerprint=fingerprint,
        base_url=orders.base_url,
        environment_key=orders.key,
        pace=Pace().faster(orders.speed),
    )
    folder = ClipFolder(orders.home / "clips", thumbnails=orders.home / "thumbnails", threads=threads)
    ledger = Ledger(lambda: SteppedStore.open(orders.home / "jobs.sqlite3", threads.database))
    runner = Runner(
        ledger=ledger,
        connection=connection,
        collector=Collector(folder_for=lambda _account: folder, trash=lambda _path: False, threads=threads),
        tasks=tasks,
        clock=SystemClock(),
        copy_at_venice=lambda: orders.copy_at_venice,
    )
    await runner.start()
    await connection.start()
    service = connection.service.value
    assert service is not None
    for prompt, takes in orders.presses:
        request = GenerationRequest(model=orders.model, prompt=prompt, duration="5s", resolution="720p", seed=7)
        tasks.start(runner.submit(service, request, Quote(amount=Decimal("0.44")), takes), "press")
    await tasks.join()
    await connection.close()
    await ledger.close()
    sending.shutdown()
    threads.close()
