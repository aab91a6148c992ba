"""The program without its window: real runner, store, client and clock, for one key at one service.

    python -m tests.live.run FOLDER BASE_URL MODEL generate|wait

Prints the state of its job at each change, then the clip's path, and ends once the clip is saved.
"""

import asyncio
import os
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.support.patience import PATIENCE_S
from venice_studio.app.services import Services
from venice_studio.domain.job import Account, CopyAtVenice, Job, JobState, Rendering, Saved
from venice_studio.domain.media import Medium
from venice_studio.domain.polling import Pace
from venice_studio.domain.request import GenerationRequest
from venice_studio.library.clips import ClipFolder
from venice_studio.library.keys import KeyChest
from venice_studio.library.store import Store
from venice_studio.library.threads import Threads
from venice_studio.studio.clock import SystemClock
from venice_studio.studio.collector import Collector
from venice_studio.studio.connection import Connection
from venice_studio.studio.ledger import Ledger
from venice_studio.studio.practice import Practice
from venice_studio.studio.runner import Runner
from venice_studio.studio.tasks import Tasks

KEY_VARIABLE = "LIVE_RUN_KEY"
LOOK_S = 0.2


class Run:
    """One run over the folder `home`; closed with the block, as by quitting."""

    def __init__(
        self, home: Path, base_url: str, key: str, *, copy_at_venice: CopyAtVenice = CopyAtVenice.KEEP
    ) -> None:
        self.home = home
        self.threads = Threads()
        self.tasks = Tasks()
        self.services = Services(self._medium_file)
        self.connection = Connection(
            tasks=self.tasks,
            chest=KeyChest(),
            practice_service=Practice(state_dir=home / "practice", command=["false"]),
            make_service=self.services.make,
            fingerprint=self.services.fingerprint,
            base_url=base_url,
            environment_key=key,
            pace=Pace(interval_s=LOOK_S),
        )
        self.ledger = Ledger(lambda: Store.open(home / "jobs.sqlite3", self.threads.database))
        self.runner = Runner(
            ledger=self.ledger,
            connection=self.connection,
            collector=Collector(folder_for=self._folder, trash=_unlink, threads=self.threads),
            tasks=self.tasks,
            clock=SystemClock(),
            copy_at_venice=lambda: copy_at_venice,
        )

    async def __aenter__(self) -> Self:
        await self.services.prepare()
        await self.runner.start()
        await self.connection.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.tasks.close()
        await self.connection.close()
        await self.services.aclose()
        await self.ledger.close()
        self.threads.close()

    async def generate(self, request: GenerationRequest) -> Job:
        """Quote, send, and come back with the job as its post left it."""
        service = self.connection.service.value
        assert service is not None
        (job,) = await self.runner.submit(service, request, await service.quote(request))
        return job

    @property
    def job(self) -> Job:
        """The newest job as it stands."""
        return max(self.ledger.jobs.values(), key=lambda job: job.id)

    async def settled(self, patience_s: float = PATIENCE_S) -> JobState:
        """The newest job's state once nobody waits for it any more, and nothing is under way."""
        async with asyncio.timeout(patience_s):
            while isinstance(self.job.state, Rendering):  # noqa: ASYNC110 - seen from outside only
                await asyncio.sleep(0.02)
            await self.tasks.join()
        return self.job.state

    def _folder(self, account: Account) -> ClipFolder:
        return ClipFolder(self.home / "clips", thumbnails=self.home / "thumbnails", threads=self.threads)

    def _medium_file(self, medium: Medium) -> Path:
        return self.home / medium.sha256


def _unlink(path: Path) -> bool:
    path.unlink()
    return True


def request_for(model: str, prompt: str = "A quiet sea") -> GenerationRequest:
    """Five seconds of a text model, in 480p as all models used here have it, or as the model likes."""
    resolution = "480p" if model.startswith("wan") else None
    return GenerationRequest(model=model, prompt=prompt, duration="5s", resolution=resolution)


async def main(home: Path, base_url: str, model: str, act: str) -> None:
    """Generate, or only wait, until the clip is saved; every change is told."""
    run = Run(home, base_url, os.environ[KEY_VARIABLE])
    run.ledger.changed.connect(lambda job: print(type(job.state).__name__, flush=True))
    async with run:
        if act == "generate":
            await run.generate(request_for(model))
        state = await run.settled()
    assert isinstance(state, Saved)
    print(state.clip.path, flush=True)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), *sys.argv[2:]))
