"""The studio as the window gets it, around a scripted service."""

from decimal import Decimal
from pathlib import Path

from tests.support.fake_service import MODELS, FakeService
from tests.support.studio_parts import Parts
from venice_studio.domain.quote import Quote
from venice_studio.library.draft_file import DraftFile
from venice_studio.library.settings import Settings
from venice_studio.library.shelf import MediaShelf
from venice_studio.studio.catalogue import Catalogue
from venice_studio.studio.composer import Composer
from venice_studio.studio.quoter import QuotePace, Quoter
from venice_studio.studio.signals import Value
from venice_studio.studio.studio import Studio


class WholeStudio:
    """A `Studio` over the folder `home`; `service` says what happens, the clock never waits."""

    def __init__(
        self, home: Path, service: FakeService | None = None, *, alternatives: int = 0, keeps_draft: bool = False
    ) -> None:
        """`alternatives`: for so many of them the price is asked too, which takes answers out of a script."""
        self.service = service or FakeService()
        self.parts = Parts(home, self.service)
        self.studio = Studio(
            tasks=self.parts.tasks,
            composer=Composer(),
            quoter=Quoter(tasks=self.parts.tasks, clock=self.parts.clock, pace=QuotePace(alternatives=alternatives)),
            connection=self.parts.connection,
            catalogue=Catalogue(floor=MODELS, kept=self.parts.kept, clock=self.parts.clock),
            runner=self.parts.runner,
            pictures=MediaShelf(home / "pictures", self.parts.threads.media),
            fetch_picture=self.parts.fetcher.fetch,
            settings=Value(Settings()),
            draft_file=DraftFile(home / "draft.json", self.parts.threads.disk) if keeps_draft else None,
        )

    async def begin(self) -> None:
        """Connect, and wait until models and the first price are there."""
        await self.studio.start()
        await self.settle()

    async def settle(self) -> None:
        """Wait until nothing is under way any more."""
        await self.parts.tasks.join()

    async def price(self, amount: str) -> None:
        """Let the present draft cost something else than the service would say by itself."""
        self.service.answer("quote", Quote(amount=Decimal(amount)))
        self.studio.quoter.again()
        await self.settle()

    async def end(self) -> None:
        """Quit."""
        await self.parts.end()
