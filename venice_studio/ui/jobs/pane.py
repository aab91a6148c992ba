"""The right pane: search, filters and the list."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QVBoxLayout, QWidget

from venice_studio.domain.job import Job
from venice_studio.domain.media import Picture
from venice_studio.domain.outlook import Outlook
from venice_studio.studio.ledger import Ledger
from venice_studio.ui.ground import JOBS_WIDTH
from venice_studio.ui.jobs import offers
from venice_studio.ui.jobs.listing import Sieve
from venice_studio.ui.jobs.model import JobModel
from venice_studio.ui.jobs.offers import Act, Gone, all_there
from venice_studio.ui.jobs.stills import Stills
from venice_studio.ui.jobs.tiles import TilePainter
from venice_studio.ui.jobs.view import JobView
from venice_studio.ui.jobs.words import Section
from venice_studio.ui.theme import METRICS, icon
from venice_studio.ui.widgets import PlainLabel, Segments, add_clear_button, button, rule

_ALL = "all"
_FILTER_ROOM = JOBS_WIDTH - 2 * METRICS.space_4
_TICK_MS = 1000
_SETTLE_MS = 120


class JobPane(QWidget):
    """What there is. `select` and `chosen` speak of jobs by their ids."""

    chosen = Signal(str)
    """Another job is to be looked at, because the user or the end of the last one said so; empty: none is left."""

    acted = Signal(str, str)
    """The user asked for something to be done: job id and `Act`."""

    def __init__(
        self,
        ledger: Ledger,
        stills: Stills,
        *,
        picture_path: Callable[[Picture], str],
        name: Callable[[str], str],
        now: Callable[[], datetime],
        outlook: Callable[[Job], Outlook],
        gone: Gone = all_there,
    ) -> None:
        """`picture_path` says where a start frame lies, `name` gives a model's name by its id, `now` the time (UTC),
        `outlook` what to say of a render, `gone` whether a model is not on offer any more."""
        super().__init__()
        self.setProperty("surface", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._ledger = ledger
        self._selected: str | None = None
        self._next: list[str] = []
        self._choices: list[tuple[str, str]] = []
        self.model = JobModel(ledger, name=name, now=now, outlook=outlook, gone=gone, parent=self)
        self.view = JobView(self.model, TilePainter(stills, picture_path))
        self._search = _search_edit()
        self._filter = Segments(equal=False)
        self._filter.setObjectName("stateFilter")
        self._filter.setAccessibleName("Show")
        self._nothing = PlainLabel("", "hint", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._show_all = button("Show everything", "link")
        self._show_all.setObjectName("showEverythingButton")
        self._show_all.setAccessibleName(self._show_all.text())
        self._empty = QWidget()
        self._tools = QWidget()
        self._ticker = QTimer(self, interval=_TICK_MS)
        self._ticker.timeout.connect(self.model.tick)
        self._typing = QTimer(self, interval=_SETTLE_MS)
        self._typing.setSingleShot(True)
        self._lay_out()
        stills.arrived.connect(lambda _: self.view.viewport().update())
        self.model.settled.connect(self._settled)
        self.view.chosen.connect(self._user_chose)
        self.view.acted.connect(self.acted)
        self.view.menu_wanted.connect(self._show_menu)
        self._search.textChanged.connect(lambda _: self._typing.start())
        self._typing.timeout.connect(self._sift)
        self._filter.chosen.connect(lambda _: self._sift())
        self._show_all.clicked.connect(self._drop_sieve)
        self._settled()

    @property
    def selected(self) -> str | None:
        """The id of the job that is chosen, also while the sieve keeps it out of sight."""
        return self._selected

    def select(self, job_id: str | None) -> None:
        """Choose a job; emits `chosen` if it was another one."""
        self.model.settle()
        self._go_to(job_id)

    def select_first(self) -> None:
        """Choose the newest job in sight, unless one is chosen."""
        self.model.settle()
        if self._selected is None and (row := self.model.row(0)) is not None:
            self._go_to(row.take(None).id)

    def focus_search(self) -> None:
        """Put the keyboard into the search field."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._keep_time()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._ticker.stop()

    def _lay_out(self) -> None:
        tools = QVBoxLayout(self._tools)
        tools.setContentsMargins(METRICS.space_4, METRICS.space_4, METRICS.space_4, METRICS.space_3)
        tools.setSpacing(METRICS.space_2)
        tools.addWidget(self._search)
        tools.addWidget(self._filter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._tools)
        self._line = rule()
        column.addWidget(self._line)
        column.addWidget(self.view, 1)
        column.addWidget(self._empty, 1)
        empty = QVBoxLayout(self._empty)
        empty.setContentsMargins(METRICS.space_4, METRICS.space_6, METRICS.space_4, 0)
        empty.addWidget(self._nothing)
        empty.addWidget(self._show_all, 0, Qt.AlignmentFlag.AlignHCenter)
        empty.addStretch(1)
        self.setFocusProxy(self.view)

    def _user_chose(self, job_id: str) -> None:
        self._selected = job_id
        self._remember_neighbour()
        self.chosen.emit(job_id)

    def _go_to(self, job_id: str | None) -> None:
        changed = job_id != self._selected
        self._selected = job_id
        self.view.show_chosen(self._job, scroll=changed)
        self._remember_neighbour()
        if changed:
            self.chosen.emit(job_id or "")

    @property
    def _job(self) -> Job | None:
        return self._ledger.jobs.get(self._selected) if self._selected else None

    def _settled(self) -> None:
        """Rows have come, changed or gone: counts, time, and the chosen row follow."""
        total = len(self.model.listing)
        self._show_counts()
        self._tools.setVisible(total > 0)
        self._line.setVisible(total > 0)
        empty = self.model.rowCount() == 0
        self.view.setVisible(not empty)
        self._empty.setVisible(empty)
        self._show_all.setVisible(total > 0)
        self._nothing.setText(self._why_nothing(total))
        self._keep_time()
        if self._selected is not None and self._job is None:
            self._go_to(self._neighbour())
        else:
            self.view.show_chosen(self._job)
            self._remember_neighbour()

    def _show_counts(self) -> None:
        counts = self.model.listing.counts
        first, *others = (
            (_ALL, "All"),
            (Section.RENDERING.value, _counted("Rendering", counts[Section.RENDERING])),
            (Section.SAVED.value, "Saved"),
            (Section.NEEDS_YOU.value, _counted("Needs you", counts[Section.NEEDS_YOU])),
        )
        waiting = (Section.WAITING.value, _counted("Waiting", counts[Section.WAITING]))
        choices = [first, waiting, *others]
        # Few jobs wait, and not for long: this one is there while some do, and while the counts leave room for it.
        fits = self._filter.room_for(choices) <= _FILTER_ROOM
        if self._filter.value != Section.WAITING and not (counts[Section.WAITING] and fits):
            choices = [first, *others]
        if choices != self._choices:
            self._choices = choices
            self._filter.set_choices(choices, self._filter.value or _ALL)

    def _why_nothing(self, total: int) -> str:
        if total == 0:
            return "Your clips will be here."
        text = self._search.text().strip()
        where = "" if self._filter.value in (None, _ALL) else f" among “{self._filter.value}”"
        return f"Nothing{where} has “{text}” in its prompt or model." if text else f"Nothing{where} just now."

    def _remember_neighbour(self) -> None:
        """Who is next when the chosen job goes: another take, else the row below, else the one above."""
        job = self._job
        place = self.model.place_of(job.group) if job else None
        if job is None or place is None or not place.isValid():
            return
        rows = [row for at in (place.row(), place.row() + 1, place.row() - 1) if (row := self.model.row(at))]
        siblings = [each.id for each in rows[0].jobs if each.id != job.id]
        self._next = [*siblings, *(row.take(None).id for row in rows[1:])]

    def _neighbour(self) -> str | None:
        return next((job_id for job_id in self._next if job_id in self._ledger.jobs), None)

    def _sift(self) -> None:
        value = self._filter.value
        section = None if value in (None, _ALL) else Section(value)
        self.model.sift(Sieve(text=self._search.text(), section=section))

    def _drop_sieve(self) -> None:
        self._search.clear()
        self._filter.select(_ALL)
        self.view.setFocus()

    def _keep_time(self) -> None:
        """Time is only followed while somebody sees it and something waits for it."""
        counts = self.model.listing.counts
        under_way = counts[Section.RENDERING] + counts[Section.WAITING] > 0
        if not (under_way and self.isVisible()):
            self._ticker.stop()
        elif not self._ticker.isActive():
            self._ticker.start()

    def _show_menu(self, job_id: str, at: QPoint) -> None:
        job = self._ledger.jobs.get(job_id)
        if job is None:
            return
        menu = QMenu(self)
        menu.setObjectName("jobMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        row = self.model.listing.row(job.group)
        takes = row.jobs if row else ()
        for act in offers.menu(job, takes, self.model.gone):
            if act in (Act.DELETE, Act.DISMISS):
                menu.addSeparator()
            entry = menu.addAction(offers.label(act, job, takes, gone=self.model.gone).replace("&", "&&"))
            entry.setObjectName(offers.widget_name(act, "Entry"))
            entry.triggered.connect(lambda _=False, act=act: self.acted.emit(job_id, act.value))
        menu.popup(at)


def _search_edit() -> QLineEdit:
    edit = QLineEdit()
    edit.setObjectName("searchEdit")
    edit.setProperty("sign", True)
    edit.setPlaceholderText("Search prompts and models")
    edit.setAccessibleName("Search")
    add_clear_button(edit)
    edit.addAction(icon("search", "hint"), QLineEdit.ActionPosition.LeadingPosition)
    return edit


def _counted(word: str, count: int) -> str:
    return f"{word} {count}" if count else word
