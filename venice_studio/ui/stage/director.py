"""Decides what is looked at: ties the ledger, the job list and the stage together."""

from collections import deque
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QImage

from venice_studio import assets
from venice_studio.domain.job import Job, Saved
from venice_studio.domain.media import Picture
from venice_studio.domain.problem import Trouble
from venice_studio.domain.request import GenerationRequest
from venice_studio.studio.connection import ConnectionState
from venice_studio.studio.ports import Clock
from venice_studio.studio.studio import Studio
from venice_studio.ui.binding import until_destroyed
from venice_studio.ui.images import ImageWorker
from venice_studio.ui.jobs.offers import Act
from venice_studio.ui.jobs.pane import JobPane
from venice_studio.ui.jobs.sentences import told_apart
from venice_studio.ui.jobs.stills import Stills
from venice_studio.ui.player import Player
from venice_studio.ui.stage.acts import Acts
from venice_studio.ui.stage.desktop import Desktop
from venice_studio.ui.stage.stage import Stage
from venice_studio.ui.stage.starters import PROMPT, SAMPLE_PROMPT
from venice_studio.ui.widgets.banner import Tone

_POSTER = QSize(416, 416)  # device px


class Director(QObject):
    """Makes the right and the middle pane and keeps them at one: `pane` and `stage` go into the window.

    A new job is looked at unless a clip is being played. A job that is looked at while it renders plays as soon as it
    is saved. Nothing else moves by itself.
    """

    def __init__(
        self, studio: Studio, player: Player, images: ImageWorker, desktop: Desktop, clock: Clock, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._studio = studio
        self._ledger = studio.runner.ledger
        self._player = player
        self._desktop = desktop
        self._since: datetime = clock.now()
        self._seen: deque[str] = deque(maxlen=2)
        self._loaded = False
        self._stills = Stills(images, studio.tasks, self)
        outlook = studio.runner.outlooks.of
        self.pane = JobPane(
            self._ledger,
            self._stills,
            picture_path=self._picture_path,
            name=self._name,
            now=clock.now,
            outlook=outlook,
            gone=studio.composer.gone,
        )
        self.stage = Stage(
            player,
            self._stills,
            sample=_sample(),
            picture_path=self._picture_path,
            name=self._name,
            now=clock.now,
            outlook=outlook,
            gone=studio.composer.gone,
            instead=self._instead,
        )
        self.acts = Acts(studio, player, images, desktop, self.stage)
        self._connect()

    def _connect(self) -> None:
        self.pane.chosen.connect(self._look_at)
        self.pane.acted.connect(self._act_on)
        self.stage.acted.connect(lambda act: self.perform(Act(act)))
        self.stage.missed.connect(self._missed)
        self.stage.details.connect_wanted.connect(self._desktop.connect_venice)
        self.acts.said.connect(self._say)
        self.acts.counted.connect(self.stage.show_counting)
        self.acts.counted.connect(self.pane.model.show_counting)
        self.stage.starters.prompt_wanted.connect(self._start_with_words)
        self.stage.starters.sample_wanted.connect(self._start_with_sample)
        self.stage.starters.picture_wanted.connect(self._desktop.browse_picture)
        self._player.open_externally.connect(self._desktop.open_file)
        studio = self._studio
        until_destroyed(
            self,
            self._ledger.changed.connect(self._changed),
            self._ledger.removed.connect(self._removed),
            studio.composer.draft.bind(self.stage.draft_changed),
            studio.composer.models.bind(lambda _models: self._renamed()),
            studio.connection.state.bind(self._connection_changed),
        )

    # What the user asks for

    def perform(self, act: Act) -> None:
        """Do `act` with the job that is shown, if one is."""
        if self.stage.job is None:
            return
        if act is Act.COMPARE:
            self._compare()
        else:
            self.acts.perform(act, self.stage.job.id)

    def _look_at(self, job_id: str) -> None:
        job = self._ledger.jobs.get(job_id)
        if job is not None and self._goes_beside(job):
            return
        self._seen.append(job_id)
        self.pane.model.show_missing(job_id, False)
        if job is not None:
            self.stage.show_job(job, self._draft, self._poster(job))
        elif self._loaded and not self._ledger.jobs:
            self.stage.show_starters()
        else:
            self.stage.show_nothing()

    def _act_on(self, job_id: str, act: str) -> None:
        self.pane.select(job_id)
        if act == Act.COMPARE:
            self._compare()
        else:
            self.acts.perform(Act(act), job_id)

    # Two clips beside one another

    def _compare(self) -> None:
        """Set another clip beside the one that is shown, or put it away again."""
        first = self.stage.job
        if first is None or not isinstance(first.state, Saved):
            return
        if self.stage.other is not None:
            self.stage.stop_comparing()
            self.pane.select(first.id)
            return
        others = [job for job in self._ledger.jobs.values() if isinstance(job.state, Saved) and job.id != first.id]
        if not others:
            self.stage.say("info", "There is no other clip yet. Make one more, and the two play side by side.")
            return
        # Another take of the same press, else what was looked at before, else the newest.
        self._show_beside(
            first,
            max(others, key=lambda job: (job.group == first.group, job.id in self._seen, job.created_at)),
        )
        if len(others) > 1:
            self.stage.say("info", "Choose another clip in the list to see that one beside it.")

    def _goes_beside(self, job: Job) -> bool:
        """While two clips are compared, the next one chosen takes the place of the second; the first ends it."""
        first = self.stage.job
        if self.stage.other is None or first is None or first.id not in self._ledger.jobs:
            return False
        if job.id == first.id or not isinstance(job.state, Saved):
            self.stage.stop_comparing()
            return job.id == first.id
        if job.id != self.stage.other.id:
            self._show_beside(first, job)
        return True

    def _show_beside(self, first: Job, other: Job) -> None:
        self.stage.compare_with(other, told_apart(first, other, self._name), self._poster(other))

    def _start_with_words(self) -> None:
        self._studio.composer.replace(replace(self._draft, prompt=PROMPT), said="The example is in the form.")

    def _start_with_sample(self) -> None:
        self._studio.tasks.start(self._take_sample(), "sample picture")

    async def _take_sample(self) -> None:
        try:
            picture = await self._studio.pictures.take_file(_sample())
        except Trouble as trouble:
            self._studio.notice.emit(trouble.problem)
            return
        self._studio.composer.replace(replace(self._draft, prompt=SAMPLE_PROMPT))
        self._studio.composer.set_start_frame(picture)

    # What happens by itself

    def _missed(self, job_id: str) -> None:
        """The file of a clip is not where it was saved."""
        self.pane.model.show_missing(job_id, True)
        self.stage.draft_changed(self._draft)

    def _changed(self, job: Job) -> None:
        self.pane.model.show_missing(job.id, False)
        shown = self.stage.job
        if shown is not None and shown.id == job.id:
            came = isinstance(job.state, Saved) and not isinstance(shown.state, Saved)
            self.stage.show_job(job, self._draft, self._poster(job))
            if came:
                self._player.play()
        elif self._is_news(job):
            self.pane.select(job.id)

    def _removed(self, job_id: str) -> None:
        """The list finds another one where its own choice went; of two that were compared, the first is not that."""
        shown, chosen = self.stage.job, self.pane.selected
        if shown is not None and shown.id == job_id and chosen not in (None, job_id):
            self.stage.stop_comparing()
            self._look_at(chosen or "")

    def _is_news(self, job: Job) -> bool:
        """Whether a job was just made and may be looked at."""
        just_made = job.created_at >= self._since and job.take == 1
        if not just_made or self._player.playing or self.stage.other is not None:
            return False
        self._since = job.created_at
        return self.stage.job is None or self.stage.job.created_at < job.created_at

    def _connection_changed(self, state: ConnectionState) -> None:
        """Somebody to speak to is only looked for once the ledger is loaded: from now on an empty list is empty."""
        if state.account is not None and not self._loaded:
            self._loaded = True
            self.pane.select_first()
            if self.pane.selected is None:
                self._look_at("")

    def _renamed(self) -> None:
        self.pane.model.rename()
        self.stage.models_changed()
        self.stage.draft_changed(self._draft)

    def _say(self, job_id: str, tone: Tone, text: str) -> None:
        if job_id in [job.id for job in (self.stage.job, self.stage.other) if job is not None]:
            self.stage.say(tone, text)

    # What the parts need to know

    @property
    def _draft(self) -> GenerationRequest:
        return self._studio.composer.draft.value

    def _name(self, model_id: str) -> str:
        return self._studio.composer.name(model_id)

    def _instead(self, request: GenerationRequest) -> str:
        model = self._studio.composer.in_place_of(request)
        return "" if model is None else model.name

    def _picture_path(self, picture: Picture) -> str:
        return str(self._studio.pictures.file(picture))

    def _poster(self, job: Job) -> QImage | None:
        if not isinstance(job.state, Saved):
            return None
        still = self._stills.get(job.state.clip.thumbnail, _POSTER)
        return None if still is None else still.toImage()


def _sample() -> str:
    return str(assets.path("starters", "gondola.jpg"))
