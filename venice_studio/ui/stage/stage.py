"""The middle pane: the clip, or what is known of one that is not there; below it what can be done and what it is."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import assert_never

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from venice_studio.domain.job import Doubtful, Failed, Held, Intended, Job, Refused, Rendering, Saved, Stopped
from venice_studio.domain.media import Picture
from venice_studio.domain.outlook import Outlook
from venice_studio.domain.request import GenerationRequest
from venice_studio.ui.jobs import offers
from venice_studio.ui.jobs.offers import ON_A_CLIP, ON_ITS_FILE, Act, Gone
from venice_studio.ui.jobs.sentences import Name
from venice_studio.ui.jobs.stills import Stills
from venice_studio.ui.player import Clip as PlayedClip
from venice_studio.ui.player import Player
from venice_studio.ui.stage.action_bar import ActionBar
from venice_studio.ui.stage.details import Details
from venice_studio.ui.stage.starters import Starters
from venice_studio.ui.stage.trouble import TroubleCard
from venice_studio.ui.stage.waiting import Waiting
from venice_studio.ui.theme import METRICS
from venice_studio.ui.widgets import Banner, rule
from venice_studio.ui.widgets.banner import Tone

_SMALLEST = QSize(320, 240)
_SIDE_WIDTH = 232
_ROOM_FOR_SIDE = 640  # px of the stage


class _Pages(QStackedWidget):
    """May be narrower than the widest of its pages likes."""

    def minimumSizeHint(self) -> QSize:
        return _SMALLEST


class Stage(QWidget):
    """Shows one job, or the starters, or nothing. It decides nothing: gestures leave as signals."""

    acted = Signal(str)
    """The `Act` the user chose for the job that is shown."""

    missed = Signal(str)
    """The file of a saved clip is not where it was saved: the job's id."""

    def __init__(
        self,
        player: Player,
        stills: Stills,
        *,
        sample: str,
        picture_path: Callable[[Picture], str],
        name: Name,
        now: Callable[[], datetime],
        outlook: Callable[[Job], Outlook],
        gone: Gone,
        instead: Callable[[GenerationRequest], str],
    ) -> None:
        """`sample` is the path of the sample picture, `instead` names the model that takes the place of a request's
        own; the others are as for the job list."""
        super().__init__()
        self.setObjectName("stage")
        self.setAccessibleName("What is shown")
        self.setProperty("surface", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.player = player
        self.starters = Starters(stills, sample)
        self.details = Details(name)
        self.job: Job | None = None
        """What is shown; None for starters and nothing."""
        self._gone = gone
        self._missing = False
        """Whether the file of the clip that is shown is not where it was saved."""
        self._other: Job | None = None
        self._counting: dict[str, str] = {}
        self._nothing = QWidget()
        self._waiting = Waiting(stills, picture_path, now, outlook)
        self._trouble = TroubleCard(name, gone, instead)
        self._banner = Banner()
        self._notice = QWidget()
        self._actions = ActionBar()
        self._line, self._details_line = rule(), rule()
        self._side = QWidget()
        self._below = QWidget()
        self._pages = _Pages()
        self._lay_out()
        self._actions.acted.connect(self.acted)
        self._trouble.acted.connect(self.acted)
        self.details.reuse_wanted.connect(lambda: self.acted.emit(Act.REUSE.value))
        self._banner.acted.connect(self.acted)
        self._banner.dismissed.connect(self._notice.hide)
        player.failed.connect(self._player_failed)
        player.comparing_changed.connect(self._comparing_changed)
        self.show_nothing()

    def show_job(self, job: Job, draft: GenerationRequest, poster: QImage | None = None) -> None:
        """Show a job, or what is new of it. A clip is opened paused, and only if it is another one; `poster` stands
        in for its first frame until that comes."""
        if self.job is None or (self.job.id, type(self.job.state)) != (job.id, type(job.state)):
            self._notice.hide()  # it was about another job, or about how this one stood before
        self.job = job
        match job.state:
            case Saved(clip=clip):
                self._pages.setCurrentWidget(self.player)
                if self.player.path != Path(clip.path):
                    self._missing = False
                    self.player.load(Path(clip.path), clip.fps, clip.frames, clip.duration_ms, poster or QImage())
            case Intended() | Held() | Rendering():
                self._put_clip_away()
                self._waiting.show_job(job)
                self._pages.setCurrentWidget(self._waiting)
            case Refused() | Doubtful() | Failed() | Stopped():
                self._put_clip_away()
                self._trouble.show_job(job, self._counting_here)
                self._pages.setCurrentWidget(self._trouble)
            case _ as never:
                assert_never(never)
        on_clip = isinstance(job.state, Saved)
        self._actions.show_acts(frozenset(ON_A_CLIP) if on_clip else frozenset(offers.menu(job, gone=self._gone)))
        self._actions.setVisible(on_clip or not offers.ways_out(job))
        self._line.setVisible(self._actions.isVisibleTo(self._below))
        self.details.show_job(job, draft, missing=self._missing)
        self._below.show()
        self._place_details()

    @property
    def other(self) -> Job | None:
        """The second job, while two clips are compared."""
        return self._other

    def compare_with(self, other: Job, captions: tuple[str, str], poster: QImage | None = None) -> None:
        """Show another saved clip beside the one that is shown; `captions` tell the two apart."""
        if isinstance(other.state, Saved) and self._pages.currentWidget() is self.player:
            clip = other.state.clip
            self._other = other
            shown = PlayedClip(path=Path(clip.path), fps=clip.fps, frames=clip.frames, duration_ms=clip.duration_ms)
            self.player.compare(shown, captions, poster)

    def stop_comparing(self) -> None:
        """Show the first clip alone."""
        self.player.stop_comparing()

    def models_changed(self) -> None:
        """Other models are on offer: what can be done about a job that needs the user may be something else."""
        if self.job is not None and self._pages.currentWidget() is self._trouble:
            self._trouble.show_job(self.job, self._counting_here)

    def draft_changed(self, draft: GenerationRequest) -> None:
        """The form has changed."""
        if self.job is not None:
            self.details.show_job(self.job, draft, missing=self._missing)

    def show_counting(self, job_id: str, words: str) -> None:
        """Say on a job's button when it is sent again; empty: what it always says."""
        self._counting[job_id] = words
        if self.job is not None and self.job.id == job_id and self._pages.currentWidget() is self._trouble:
            self._trouble.show_job(self.job, words)

    @property
    def _counting_here(self) -> str:
        return self._counting.get(self.job.id, "") if self.job is not None else ""

    def show_starters(self) -> None:
        """Show how to begin."""
        self._leave(self.starters)

    def show_nothing(self) -> None:
        """Show the empty ground: nothing is known yet."""
        self._leave(self._nothing)

    def say(self, tone: Tone, text: str) -> None:
        """Tell something about the job that is shown, until another one is, or this one stands otherwise."""
        self._tell(tone, text)

    def _tell(self, tone: Tone, text: str, actions: Sequence[tuple[str, str]] = ()) -> None:
        self._banner.show_notice(tone, text, actions)
        self._notice.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_details()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._pages.currentWidget() is self.player and self.player.take_key(event):
            return
        if event.key() == Qt.Key.Key_Escape and self._counting_here:
            self.acted.emit(Act.TAKE_BACK.value)
        elif event.key() == Qt.Key.Key_Escape and self._other is not None:
            self.acted.emit(Act.COMPARE.value)
        else:
            super().keyPressEvent(event)

    def _leave(self, page: QWidget) -> None:
        self.job = None
        self._place_details()
        self._put_clip_away()
        self._notice.hide()
        self._below.hide()
        self._pages.setCurrentWidget(page)

    def _put_clip_away(self) -> None:
        if self.player.path is not None:
            self.player.show_still(None)

    def _place_details(self) -> None:
        """A portrait clip has room at its side and none to give below."""
        state = self.job.state if self.job is not None else None
        portrait = isinstance(state, Saved) and state.clip.height > state.clip.width
        beside = portrait and self.width() >= _ROOM_FOR_SIDE
        if beside == self._side.isVisibleTo(self):
            return
        self.details.set_beside(beside)
        home = self._side.layout() if beside else self._below.layout()
        if isinstance(home, QVBoxLayout):
            home.insertWidget(0 if beside else home.count(), self.details)
        self._side.setVisible(beside)
        self._details_line.setVisible(not beside)

    def _comparing_changed(self, comparing: bool) -> None:
        if not comparing:
            self._other = None
            self._notice.hide()
        self._actions.show_comparing(comparing)

    def _player_failed(self, words: str) -> None:
        """The player says why and offers the system's own; we offer the copy that may still lie at Venice."""
        if self.job is None or not isinstance(self.job.state, Saved):
            return
        self._missing = not Path(self.job.state.clip.path).exists()
        useless = ON_ITS_FILE if self._missing else {Act.CONTINUE, Act.COMPARE}
        self._actions.show_acts(frozenset(ON_A_CLIP) - useless)
        if self._missing:
            self.missed.emit(self.job.id)
        if not self.job.state.copy_deleted:
            text = "Venice may still have a copy of this clip."
            self._tell("info", text, [(Act.LOOK_AGAIN.value, "Fetch it again")])

    def _lay_out(self) -> None:
        for page in (self._nothing, self.starters, self.player, self._waiting, self._trouble):
            self._pages.addWidget(page)
        self._nothing.setProperty("surface", "stage")
        self._nothing.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        foot = QVBoxLayout(self._below)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(0)
        notice = QVBoxLayout(self._notice)
        notice.setContentsMargins(METRICS.space_4, METRICS.space_2, METRICS.space_4, METRICS.space_2)
        notice.addWidget(self._banner)
        for part in (self._notice, self._line, self._actions, self._details_line, self.details):
            foot.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        across = QHBoxLayout()
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self._pages, 1)
        across.addWidget(self._side)
        beside = QVBoxLayout(self._side)
        beside.setContentsMargins(0, METRICS.space_2, 0, 0)
        beside.addStretch(1)
        self._side.setFixedWidth(_SIDE_WIDTH)
        self._side.hide()
        column.addLayout(across, 1)
        column.addWidget(self._below)
