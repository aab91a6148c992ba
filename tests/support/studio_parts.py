"""The studio's real parts around a scripted service and a clock that never waits."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.support.fake_service import FakeClock, FakeService
from venice_studio.domain.job import Account, CopyAtVenice
from venice_studio.domain.polling import Pace
from venice_studio.library.clips import ClipFolder
from venice_studio.library.kept_listings import KeptListings
from venice_studio.library.keys import KeyChest
from venice_studio.library.store import Store
from venice_studio.library.threads import Threads
from venice_studio.studio.collector import Collector
from venice_studio.studio.connection import Connection
from venice_studio.studio.ledger import Ledger
from venice_studio.studio.practice import Practice
from venice_studio.studio.runner import Runner
from venice_studio.studio.tasks import Tasks
from venice_studio.venice.catalog import read
from venice_studio.venice.fetching import PictureFetcher


class Parts:
    """One run of the program's middle over the folder `home`; `end` stops it as quitting does."""

    def __init__(
        self,
        home: Path,
        service: FakeService,
        *,
        trash: Callable[[Path], bool] | None = None,
        copy_at_venice: CopyAtVenice = CopyAtVenice.KEEP,
    ) -> None:
        self.home = home
        self.service = service
        self.clock = FakeClock()
        self.threads = Threads()
        self.tasks = Tasks()
        self.connection = Connection(
            tasks=self.tasks,
            chest=KeyChest(),
            practice_service=Practice(state_dir=home / "practice", command=["false"]),
            make_service=lambda *_: self.service,
            fingerprint=lambda _key: self.service.account.fingerprint,
            base_url=service.account.service,
            environment_key="a-key-for-tests",
            pace=Pace(interval_s=10),
            clock=self.clock,
        )
        self._sending = ThreadPoolExecutor(1)
        self.fetcher = PictureFetcher(disk=self._sending)
        self.clips = home / "clips"
        self.kept = KeptListings(home / "models", self.threads.disk, read)
        self.ledger = Ledger(lambda: Store.open(home / "jobs.sqlite3", self.threads.database))
        collector = Collector(folder_for=self._folder, trash=trash or _unlink, threads=self.threads)
        self.runner = Runner(
            ledger=self.ledger,
            connection=self.connection,
            collector=collector,
            tasks=self.tasks,
            clock=self.clock,
            copy_at_venice=lambda: copy_at_venice,
        )

    async def begin(self) -> None:
        """Load what the last run left, and connect."""
        await self.runner.start()
        await self.connection.start()

    async def end(self) -> None:
        """Quit."""
        await self.tasks.close()
        await self.connection.close()
        await self.ledger.close()
        await self.fetcher.aclose()
        self._sending.shutdown()
        self.threads.close()

    def _folder(self, account: Account) -> ClipFolder:
        clips = self.home / "practice clips" if account.practice else self.clips
        return ClipFolder(clips, thumbnails=self.home / "thumbnails", threads=self.threads)


def _unlink(path: Path) -> bool:
    path.unlink()
    return True
