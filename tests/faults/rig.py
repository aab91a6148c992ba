"""The program without its window: every real part over a data folder, speaking to a service on a real socket."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

from tests.support.patience import PATIENCE_S
from tests.support.patience import until as until
from venice_studio.domain.job import Account, CopyAtVenice, Job
from venice_studio.domain.polling import Pace
from venice_studio.domain.quote import Quote
from venice_studio.domain.request import GenerationRequest
from venice_studio.library.clips import ClipFolder
from venice_studio.library.keys import KeyChest
from venice_studio.library.store import Store
from venice_studio.library.threads import Threads
from venice_studio.studio.clock import SystemClock
from venice_studio.studio.collector import Collector
from venice_studio.studio.connection import ClosableService, Connection
from venice_studio.studio.ledger import Ledger
from venice_studio.studio.ports import Clock
from venice_studio.studio.practice import Practice
from venice_studio.studio.runner import Runner
from venice_studio.studio.tasks import Tasks
from venice_studio.venice.budget import RateLimits
from venice_studio.venice.client import VeniceClient, fingerprint
from venice_studio.venice.transport import Timings

KEY = "sk-a-key-for-tests-0123456789"
TIGHT = Timings(
    connect_s=2,
    read_s=0.3,
    paid_write_s=2,
    paid_read_s=0.3,
    deadline_s=1,
    paid_deadline_s=2,
    retry_waits_s=(0.01, 0.05),
)
"""Time-outs a hundred times shorter than real ones."""


class Hurried(SystemClock):
    """The real time, where nobody waits for more than a moment."""

    async def sleep(self, seconds: float) -> None:
        await super().sleep(min(seconds, 0.2))


def request(prompt: str = "A gondola drifts", model: str = "wan") -> GenerationRequest:
    """What is asked for."""
    return GenerationRequest(model=model, prompt=prompt, duration="5s", resolution="720p", seed=7)


class Rig:
    """One run over `home`; `speed`: how much faster than the real one the service is."""

    def __init__(
        self,
        home: Path,
        base_url: str,
        *,
        key: str = KEY,
        speed: float = 500.0,
        copy_at_venice: CopyAtVenice = CopyAtVenice.KEEP,
        tag_clips: bool = False,
        timings: Timings = TIGHT,
        clock: Clock | None = None,
        wrap: Callable[[ClosableService], ClosableService] = lambda service: service,
        store: type[Store] = Store,
    ) -> None:
        self.home = home
        self.copy_at_venice = copy_at_venice
        self.clips = home / "clips"
        self.thumbnails = home / "thumbnails"
        self.tasks = Tasks()
        self.threads = Threads()
        self._sending = ThreadPoolExecutor(1)
        self._speed = speed
        self._timings = timings
        self._wrap = wrap
        self.connection = Connection(
            tasks=self.tasks,
            chest=KeyChest(),
            practice_service=Practice(state_dir=home / "practice", command=["false"]),
            make_service=self._service,
            fingerprint=fingerprint,
            base_url=base_url,
            environment_key=key,
            pace=Pace().faster(speed),
            clock=clock,
        )
        self.ledger = Ledger(lambda: store.open(home / "jobs.sqlite3", self.threads.database))
        folder = ClipFolder(self.clips, thumbnails=self.thumbnails, threads=self.threads)
        self.runner = Runner(
            ledger=self.ledger,
            connection=self.connection,
            collector=Collector(folder_for=lambda _account: folder, trash=lambda _path: False, threads=self.threads),
            tasks=self.tasks,
            clock=clock or SystemClock(),
            copy_at_venice=lambda: copy_at_venice,
            tag_clips=lambda: tag_clips,
        )

    async def begin(self) -> None:
        """Load what the last run left, and connect."""
        await self.runner.start()
        await self.connection.start()

    async def press(self, wanted: GenerationRequest, takes: int = 1) -> tuple[Job, ...]:
        """Generate; the jobs as the posts left them."""
        service = self.connection.service.value
        assert service is not None
        return await self.runner.submit(service, wanted, Quote(amount=Decimal("0.44")), takes)

    async def settle(self, patience_s: float = PATIENCE_S) -> None:
        """Wait until nothing is under way any more."""
        async with asyncio.timeout(patience_s):
            await self.tasks.join()

    async def end(self) -> None:
        """Quit."""
        await self.tasks.close()
        await self.connection.close()
        await self.ledger.close()
        self._sending.shutdown()
        self.threads.close()

    def _service(self, base_url: str, key: str, account: Account, _speed: float) -> ClosableService:
        client = VeniceClient(
            base_url=base_url,
            key=key,
            account=account,
            medium_file=lambda _picture: self.home,
            disk=self._sending,
            limits=RateLimits(window_s=60 / self._speed),
            timings=self._timings,
        )
        return self._wrap(client)
