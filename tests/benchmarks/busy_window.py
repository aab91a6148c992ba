"""The program's window, idle or busy: `python -m tests.benchmarks.busy_window idle|busy FOLDER ORIGIN`.

Prints JSON: how late timers of the GUI thread were, in ms (`p99`, `worst`), and how often a second any thread of the
process woke up while nothing was measured (`wakes`).
"""

import asyncio
import json
import os
import sys
import time
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from tests.benchmarks.client import client
from tests.benchmarks.serving import RENDERING, SLOW
from venice_studio.app.folders import folders
from venice_studio.domain.job import Account, Job, Rendering, Ticket
from venice_studio.domain.model import Dialect
from venice_studio.domain.quote import Quote
from venice_studio.domain.request import GenerationRequest
from venice_studio.library.part import PartFile
from venice_studio.library.store import Store
from venice_studio.library.threads import Worker
from venice_studio.venice.client import fingerprint

KEY = "key-of-the-benchmark"
JOBS = 200
SETTLE_S = 13.0
"""Until nobody has written for so long that the caret rests."""
MEASURE_S = 15.0
TICK_MS = 5


async def fill(folder: Path, origin: str) -> None:
    """Leave so many running jobs as if the program had been closed just now."""
    places = folders(folder)
    places.jobs.parent.mkdir(parents=True, exist_ok=True)
    worker = Worker("database")
    store = await Store.open(places.jobs, worker)
    now = datetime.now(UTC)
    await store.add([_job(number, origin, now) for number in range(JOBS)])
    await store.close()
    worker.close()


def _job(number: int, origin: str, now: datetime) -> Job:
    ticket = Ticket(queue_id=f"{RENDERING}{number}", model="ltx", dialect=Dialect.LIVE)
    return Job(
        id=f"{number:012x}-bench",
        group=f"{number}",
        created_at=now,
        account=Account(service=origin, fingerprint=fingerprint(KEY)),
        request=GenerationRequest(model="ltx", prompt=f"A gondola drifts past window {number}", duration="5s"),
        payload="{}",
        quote=Quote(amount=Decimal("0.39")),
        state=Rendering(ticket=ticket, queued_at=now),
    )


def show(mode: str, folder: Path, origin: str) -> None:
    """Run the program for a while and print what was measured."""
    from PySide6.QtCore import QObject, Qt, QTimer

    from venice_studio.app import build

    os.environ["VENICE_API_KEY"] = KEY
    program = build(["--data-dir", str(folder), "--base-url", origin])

    class Ticks(QObject):
        """Notes how late each tick of the GUI thread comes."""

        def __init__(self) -> None:
            super().__init__()
            self.late_ms: list[float] = []
            self._last = 0.0
            self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
            self._timer.timeout.connect(self._tick)

        def start(self) -> None:
            self._last = time.perf_counter()
            self._timer.start()

        def stop(self) -> None:
            self._timer.stop()

        def _tick(self) -> None:
            now = time.perf_counter()
            self.late_ms.append(max(0.0, (now - self._last) * 1000 - TICK_MS))
            self._last = now

    ticks = Ticks()

    async def measure() -> None:
        await asyncio.sleep(SETTLE_S)
        if mode == "busy":
            player = program.view.player
            player.loop = True
            player.load(folder / "clip.mp4", 24, 240, 10_000)
            player.play()
            downloads = [asyncio.create_task(_download(origin, folder, number)) for number in range(2)]
            await asyncio.sleep(1)
            assert player.playing
            assert len(program.studio.runner.ledger.jobs) == JOBS
        before, began = _switches(), time.monotonic()
        await asyncio.sleep(MEASURE_S)
        wakes = (_switches() - before) / (time.monotonic() - began)
        ticks.start()
        await asyncio.sleep(MEASURE_S)
        ticks.stop()
        if mode == "busy":
            assert not any(download.done() for download in downloads)
            for download in downloads:
                download.cancel()
        late = sorted(ticks.late_ms)
        print(json.dumps({"p99": late[int(len(late) * 0.99)], "worst": late[-1], "wakes": wakes}), flush=True)
        program.quit()

    program.window.shown_first.connect(lambda: QTimer.singleShot(0, lambda: program.tasks.start(measure(), "measure")))
    program.run()


async def _download(origin: str, folder: Path, number: int) -> None:
    disk = Worker("download")
    ticket = Ticket(queue_id=f"clip-{number}", model="ltx", dialect=Dialect.LIVE)
    async with client(origin + SLOW) as service:
        await service.retrieve(ticket, PartFile(folder / f"{number}.part", disk))


def _switches() -> int:
    """How often any thread of this process has gone to sleep so far."""
    tasks = Path("/proc/self/task").iterdir()
    return sum(int((task / "status").read_text().partition("voluntary_ctxt_switches:")[2].split()[0]) for task in tasks)


if __name__ == "__main__":
    if sys.argv[1] == "busy":
        asyncio.run(fill(Path(sys.argv[2]), sys.argv[3]))
    show(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
