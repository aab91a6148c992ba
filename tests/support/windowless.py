"""The whole program but its window, speaking to a service on a real socket."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.support.patience import PATIENCE_S, until
from venice_studio.domain.job import Account, CopyAtVenice, Job, Saved
from venice_studio.domain.model import Dialect
from venice_studio.domain.polling import Pace
from venice_studio.domain.quote import Quote, Quoted
from venice_studio.domain.request import GenerationRequest
from venice_studio.library.clips import ClipFolder
from venice_studio.library.kept_listings import KeptListings
from venice_studio.library.keys import KeyChest
from venice_studio.library.settings import Settings
from venice_studio.library.shelf import MediaShelf
from venice_studio.library.store import Store
from venice_studio.library.threads import Threads
from venice_studio.studio.catalogue import Catalogue
from venice_studio.studio.clock import SystemClock
from venice_studio.studio.collector import Collector
from venice_studio.studio.composer import Composer
from venice_studio.studio.connection import ClosableService, Connection
from venice_studio.studio.ledger import Ledger
from venice_studio.studio.practice import Practice
from venice_studio.studio.quoter import QuotePace, Quoter
from venice_studio.studio.runner import Runner
from venice_studio.studio.signals import Value
from venice_studio.studio.studio import Studio
from venice_studio.studio.tasks import Tasks
from venice_studio.venice.budget import RateLimits
from venice_studio.venice.catalog import builtin, read
from venice_studio.venice.client import VeniceClient, fingerprint
from venice_studio.venice.fetching import PictureFetcher


class Windowless:
    """One run over `home` with `key`; `speed`: how much faster than a real one the service at `base_url` is."""

    def __init__(self, home: Path, base_url: str, key: str, *, speed: float = 100.0) -> None:
        self.home = home
        self.threads = Threads()
        self.tasks = Tasks()
        self.shelf = MediaShelf(home / "shelf", self.threads.media)
        self._sending = ThreadPoolExecutor(1)
        self._speed = speed
        self._fetcher = PictureFetcher(disk=self._sending)
        self.connection = Connection(
            tasks=self.tasks,
            chest=KeyChest(),
            practice_service=Practice(state_dir=home / "practice", command=["false"]),
            make_service=self._client,
            fingerprint=fingerprint,
            base_url=base_url,
            environment_key=key,
            pace=Pace().faster(speed),
        )
        clips = ClipFolder(home / "clips", thumbnails=home / "thumbnails", threads=self.threads)
        clock = SystemClock()
        self.studio = Studio(
            tasks=self.tasks,
            composer=Composer(),
            quoter=Quoter(tasks=self.tasks, clock=clock, pace=QuotePace(settle_s=0.01, alternatives=0)),
            connection=self.connection,
            catalogue=Catalogue(
                floor=builtin(Dialect.REFERENCE),
                kept=KeptListings(home / "models", self.threads.disk, read),
                clock=clock,
            ),
            runner=Runner(
                ledger=Ledger(lambda: Store.open(home / "jobs.sqlite3", self.threads.database)),
                connection=self.connection,
                collector=Collector(folder_for=lambda _account: clips, trash=lambda _path: False, threads=self.threads),
                tasks=self.tasks,
                clock=clock,
                copy_at_venice=lambda: CopyAtVenice.KEEP,
            ),
            pictures=self.shelf,
            fetch_picture=self._fetcher.fetch,
            settings=Value(Settings()),
        )

    @property
    def draft(self) -> GenerationRequest:
        """What is being written."""
        return self.studio.composer.draft.value

    async def begin(self, model: str | None = None) -> None:
        """Connect, and wait until `model` is listed; then choose it."""
        await self.studio.start()
        if model is not None:
            await self.until(lambda: any(listed.id == model for listed in self.studio.composer.models.value))
            self.studio.composer.choose_model(model)

    async def until(self, true: Callable[[], bool], patience_s: float = PATIENCE_S) -> None:
        """Let the program go on until something is so; fails where it never gets there."""
        await until(true, patience_s)

    async def priced(self) -> Quote:
        """The price of the draft, once the service has said it."""

        def known() -> bool:
            state = self.studio.quoter.state.value
            return isinstance(state, Quoted) and state.key == self.draft.quote_key

        await self.until(known)
        state = self.studio.quoter.state.value
        assert isinstance(state, Quoted)
        return state.quote

    async def rendered(self, job: Job) -> Job:
        """The job once its clip is here."""
        jobs = self.studio.runner.ledger.jobs
        await self.until(lambda: isinstance(jobs[job.id].state, Saved), 60)
        return jobs[job.id]

    async def end(self) -> None:
        """Quit."""
        await self.studio.close()
        await self._fetcher.aclose()
        self._sending.shutdown()
        self.threads.close()

    def _client(self, base_url: str, key: str, account: Account, _speed: float) -> ClosableService:
        return VeniceClient(
            base_url=base_url,
            key=key,
            account=account,
            medium_file=self.shelf.file,
            disk=self._sending,
            limits=RateLimits(window_s=60 / self._speed),
        )


async def yes(_old: Quote, _new: Quote) -> bool:
    """Whatever it costs."""
    return True
