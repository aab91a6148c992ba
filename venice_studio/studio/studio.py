"""The whole program without its window."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace

from venice_studio.domain.alternatives import alternatives
from venice_studio.domain.job import PRACTICES, Job, Rendering
from venice_studio.domain.media import Medium, Picture
from venice_studio.domain.problem import Cost, Kind, Problem, Trouble
from venice_studio.domain.quote import Checking, QuoteFailed, QuoteState
from venice_studio.domain.spending import Attempt
from venice_studio.library.draft_file import DraftFile
from venice_studio.library.settings import Settings
from venice_studio.library.shelf import MediaShelf
from venice_studio.studio.absent import absent, said
from venice_studio.studio.again import Again
from venice_studio.studio.attachments import Attachments
from venice_studio.studio.beginning import Beginning
from venice_studio.studio.catalogue import Catalogue
from venice_studio.studio.composer import Composer
from venice_studio.studio.connection import Connection, ConnectionState, Standing
from venice_studio.studio.consents import Consents
from venice_studio.studio.frame import Frame, Place
from venice_studio.studio.intake import Fetch, Intake
from venice_studio.studio.lineup import Lineup
from venice_studio.studio.model_news import ModelNews
from venice_studio.studio.ports import Service
from venice_studio.studio.press import Press
from venice_studio.studio.price_list import PriceList
from venice_studio.studio.quoter import Quoter
from venice_studio.studio.room import Room
from venice_studio.studio.runner import Runner
from venice_studio.studio.several import Several
from venice_studio.studio.signals import Signal, Value
from venice_studio.studio.spending import Spending
from venice_studio.studio.tasks import Tasks

log = logging.getLogger(__name__)


class Studio:
    """Bundles the parts and wires them: the draft to its price, the connection to both."""

    def __init__(
        self,
        *,
        tasks: Tasks,
        composer: Composer,
        quoter: Quoter,
        connection: Connection,
        catalogue: Catalogue,
        runner: Runner,
        pictures: MediaShelf,
        fetch_picture: Fetch,
        settings: Value[Settings],
        draft_file: DraftFile | None = None,
    ) -> None:
        """Without a `draft_file` what is being written ends with the program."""
        self.tasks = tasks
        self.composer = composer
        self.quoter = quoter
        self.connection = connection
        self.catalogue = catalogue
        self.runner = runner
        self.pictures = pictures
        self.settings = settings
        intake = Intake(pictures, fetch_picture)
        self.start_frame, self.end_frame = (
            Frame(place, composer=composer, shelf=pictures, intake=intake, tasks=tasks) for place in Place
        )
        self.attachments = Attachments(composer=composer, shelf=pictures, intake=intake)
        self.several = Several(
            composer=composer, quoter=quoter, times=runner.times, tasks=tasks, fitted=pictures.fitted
        )
        self.spending = Spending(ledger=runner.ledger, clock=runner.clock, settings=lambda: settings.value)
        self.consents = Consents(settings, runner.clock)
        self.press = Press(
            composer=composer,
            frames=(self.start_frame, self.end_frame),
            several=self.several,
            quoter=quoter,
            spending=self.spending,
            consents=self.consents,
            shelf=pictures,
            connection=connection,
            runner=runner,
            tasks=tasks,
        )
        self.notice: Signal[Problem] = Signal()
        self.reused: Signal[Job] = Signal()
        """A job's request stands in the form now."""
        self._price_again = Again(quoter.again_quietly)
        self._balance_again = Again(self._refresh_balance)
        self.room = Room(look=runner.look_for_room, tasks=tasks)
        self.news = ModelNews(catalogue=catalogue, tasks=tasks, offer=self._offer, refused=self._heed_refusal)
        self.lineup = Lineup(
            prices=PriceList(tasks=tasks, clock=runner.clock, quoter=quoter),
            freshness=self.news.freshness,
            ledger=runner.ledger,
            settings=settings,
            clock=runner.clock,
        )
        self._clips_folder = settings.value.clips_folder
        self._practice_all = settings.value.practice_all_models
        self._beginning = Beginning(
            composer=composer,
            shelf=pictures,
            tasks=tasks,
            last_model=lambda: settings.value.last_model,
            file=draft_file,
        )
        connection.service.bind(self._use)
        connection.service.bind(self.lineup.prices.use)
        composer.draft.bind(lambda _draft: self._price())
        composer.models.bind(lambda _models: self._price())
        composer.draft.bind(lambda _draft: self._remember_model())
        quoter.state.bind(self._priced)
        quoter.refused.connect(self._heed_refusal)
        quoter.heard.connect(lambda _key: self._heed_answer())
        connection.state.bind(self._stood)
        self.press.ended.connect(lambda _: self._pressed())
        settings.bind(self._heed_folder)
        settings.bind(self._heed_practice)
        runner.ledger.changed.connect(self._heed_disk)
        runner.ledger.refused.connect(self.notice.emit)
        runner.ledger.cost_changed.connect(self._cost_known)

    async def start(self) -> None:
        """Take up last run's draft and jobs, then find a key or start practice."""
        self._tell_left_out(await self._beginning.recall())
        if notice := await self.runner.start():
            self.notice.emit(Problem(kind=Kind.DISK, message=notice))
        else:
            self.tasks.start(self._tidy_pictures(), "tidy pictures")
        for service in (*PRACTICES, self.connection.base_url):
            await self.catalogue.recall(service)
        await self.connection.start()

    async def close(self) -> None:
        """End in order. Paid requests are seen through; what renders goes on at the service, and here next time."""
        for again in (self._price_again, self._balance_again):
            again.well()
        self.room.stop()
        self.news.stop()
        await self._beginning.close()
        await self.tasks.close()
        await self.connection.close()
        await self.runner.ledger.close()

    def practise_with_every_model(self) -> None:
        """From now on practice has all models and inputs, not only the few it begins with."""
        self.settings.set(replace(self.settings.value, practice_all_models=True))

    def reuse(self, job_id: str) -> None:
        """Put an old job's request in the draft's place, in one undo step; of files that are gone it is told."""
        job = self.runner.ledger.jobs[job_id]
        self.composer.replace(replace(job.request, consents=()), said="The reused settings are in the form.")
        self.reused.emit(job)
        self.tasks.start(self._leave_out_what_is_gone(), "look for files")

    async def _leave_out_what_is_gone(self) -> None:
        if gone := await absent(self.pictures, self.composer.draft.value):
            self.composer.leave_out(gone)
            self._tell_left_out(gone)

    def _tell_left_out(self, gone: Sequence[Medium]) -> None:
        if gone:
            message = f"{said(gone)} Everything else is in the form."
            self.notice.emit(Problem(kind=Kind.PICTURE, message=message))

    async def take_picture_file(self, path: str) -> Picture:
        """Make a file the start frame. Raises `Trouble` (PICTURE) and keeps the old one where it cannot be used."""
        return await self.start_frame.take_file(path)

    async def take_picture_bytes(self, data: bytes, name: str) -> Picture:
        """Make bytes (pasted, dragged out of a program) the start frame. Raises `Trouble` (PICTURE)."""
        return await self.start_frame.take_bytes(data, name)

    async def take_picture_address(self, address: str) -> Picture:
        """Make the picture at a web address the start frame. Raises `Trouble` (PICTURE)."""
        return await self.start_frame.take_address(address)

    def _pressed(self) -> None:
        self._refresh_balance()
        self.room.look()

    async def _tidy_pictures(self) -> None:
        """Remove the files that no job and no draft refers to any more; those taken in since the start stay."""
        try:
            await self.pictures.tidy(await self.runner.ledger.pictures() | self._beginning.fingerprints)
        except Trouble as trouble:
            log.warning("The pictures were not tidied: %s", trouble)

    def _remember_model(self) -> None:
        model, settings = self.composer.draft.value.model, self.settings.value
        if self.connection.service.value is not None and model != settings.last_model:
            self.settings.set(replace(settings, last_model=model))

    def _offer(self, service: str) -> None:
        """Let the form choose among a service's models."""
        self._beginning.offer(self.catalogue.known(service), self.catalogue.gone(service))

    def _use(self, service: Service | None) -> None:
        self.quoter.use(service)
        if service is not None:
            self.room.look(service.account)
            self.news.use(service)
        else:
            self.news.stop()

    def _refresh_balance(self) -> asyncio.Task[None]:
        return self.tasks.start(self.connection.refresh_balance(), "balance")

    def _heed_refusal(self, problem: Problem) -> None:
        """A 401 can be about one model as well as about the key: the balance tells. Live schema."""
        if problem.kind is Kind.KEY and self.connection.state.value.standing is not Standing.KEY_REFUSED:
            self._refresh_balance()

    def _heed_answer(self) -> None:
        """A key that is answered to is taken again."""
        if self.connection.state.value.standing is Standing.KEY_REFUSED:
            self._refresh_balance()

    def _cost_known(self, attempt: Attempt) -> None:
        # The press looked while it was charged; what comes back later is seen only by looking again.
        if attempt.cost is Cost.REFUNDED:
            self._refresh_balance()

    def _priced(self, state: QuoteState) -> None:
        self._hear_dialect()
        match state:
            case QuoteFailed(problem=problem):
                self._price_again.failed(problem)
            case Checking():
                self.room.look()
            case _:
                self._price_again.well()

    def _stood(self, state: ConnectionState) -> None:
        if state.problem is None:
            self._balance_again.well()
        else:
            self._balance_again.failed(state.problem)

    def _heed_folder(self, settings: Settings) -> None:
        if settings.clips_folder != self._clips_folder:
            self._clips_folder = settings.clips_folder
            self.room.look()

    def _heed_disk(self, job: Job) -> None:
        trouble = job.state.trouble if isinstance(job.state, Rendering) else None
        if trouble is not None and trouble.kind is Kind.DISK:
            self.room.doubt()

    def _heed_practice(self, settings: Settings) -> None:
        if settings.practice_all_models is not self._practice_all:
            self._practice_all = settings.practice_all_models
            self.tasks.start(self.connection.practise_as_wanted(), "practise")

    def _price(self) -> None:
        draft, model = self.composer.draft.value, self.composer.model
        if model is None:
            self.quoter.show(None, "Choose a model to see the price.")
        elif model.upscale_factors and draft.source_video is None:
            self.quoter.show(None, "Put the video in to see the price.")
        else:
            self.quoter.show(draft, alternatives=alternatives(draft, model))

    def _hear_dialect(self) -> None:
        service = self.connection.service.value
        dialect = service.dialect if service is not None else None
        if dialect is not self.composer.dialect.value:
            self.composer.set_dialect(dialect)
