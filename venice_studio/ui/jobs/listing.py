"""The jobs as rows, newest first: sorted, filtered and counted without Qt and without a copy in any widget."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from venice_studio.domain.job import Job
from venice_studio.studio.submitter import KEPT_BACK
from venice_studio.ui.jobs.words import Section, section

_UNDER_WAY = (Section.WAITING, Section.RENDERING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One press of Generate: its takes in order, at least one."""

    group: str
    jobs: tuple[Job, ...]

    @property
    def order(self) -> str:
        """Sorts rows by the time of their press."""
        return self.jobs[0].id

    @property
    def models(self) -> tuple[str, ...]:
        """The ids of the models that were asked, each once; more than one where several were tried."""
        return tuple(dict.fromkeys(job.request.model for job in self.jobs))

    @property
    def sections(self) -> Counter[Section]:
        """How many takes are where."""
        return Counter(section(job) for job in self.jobs)

    @property
    def needy(self) -> tuple[Job, ...]:
        """The takes that need the user."""
        return tuple(job for job in self.jobs if section(job) is Section.NEEDS_YOU)

    @property
    def answered(self) -> tuple[Job, ...]:
        """Of the takes that need the user, those that something came of: the others were kept back because of them."""
        return tuple(job for job in self.needy if job.state != KEPT_BACK) or self.needy

    @property
    def foremost(self) -> Job:
        """The take that its links are about: the first that is still to be sent, else the first that was answered."""
        return next((job for job in self.jobs if job.unsent), (*self.answered, *self.jobs)[0])

    @property
    def live(self) -> bool:
        """Whether what it says changes with time alone."""
        return any(section(job) in _UNDER_WAY for job in self.jobs)

    @property
    def hidden(self) -> bool:
        """Whether it is out of sight: at the user's word, and only as long as all its takes are under way."""
        return all(job.hidden and section(job) in _UNDER_WAY for job in self.jobs)

    def take(self, job_id: str | None) -> Job:
        """The take of that id; without one of that id the first that is saved, else the first."""
        by_id = next((job for job in self.jobs if job.id == job_id), None)
        saved = next((job for job in self.jobs if section(job) is Section.SAVED), None)
        return by_id or saved or self.jobs[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sieve:
    """Which rows are wanted: all words of `text` in prompt or model, and a take in `section` (None: any)."""

    text: str = ""
    section: Section | None = None

    def passes(self, row: Row, name: Callable[[str], str]) -> bool:
        """Whether a row is wanted; `name` gives a model's name by its id."""
        if self.section is not None and all(section(job) is not self.section for job in row.jobs):
            return False
        if not (words := self.text.casefold().split()):
            return True
        request = row.jobs[0].request
        models = "\n".join(f"{name(model)}\n{model}" for model in row.models)
        hay = f"{request.prompt}\n{request.negative_prompt}\n{models}".casefold()
        return all(word in hay for word in words)


class Listing:
    """Rows by group, kept in order of time, and which of them pass the sieve."""

    def __init__(self, name: Callable[[str], str]) -> None:
        self.sieve = Sieve()
        self.counts: Counter[Section] = Counter()
        self._name = name
        self._rows: dict[str, Row] = {}
        self._order: list[tuple[str, str]] = []
        self._hidden: set[str] = set()

    def __len__(self) -> int:
        return len(self._rows)

    def row(self, group: str) -> Row | None:
        """The row of a press; None where nothing of it is left."""
        return self._rows.get(group)

    def put(self, jobs: Iterable[Job]) -> None:
        """Take jobs that are new or have changed."""
        by_group: dict[str, dict[str, Job]] = {}
        for job in jobs:
            by_group.setdefault(job.group, {})[job.id] = job
        for group, fresh in by_group.items():
            old = self._rows.get(group)
            merged = {job.id: job for job in old.jobs} | fresh if old else fresh
            self._replace(group, merged)

    def remove(self, job_id: str) -> None:
        """Forget a job; its row goes with its last take."""
        row = next((row for row in self._rows.values() if any(job.id == job_id for job in row.jobs)), None)
        if row is not None:
            self._replace(row.group, {job.id: job for job in row.jobs if job.id != job_id})

    def shown(self) -> list[str]:
        """The groups that pass the sieve, newest first."""
        if self.sieve == Sieve():
            return [group for _, group in reversed(self._order) if group not in self._hidden]
        rows = (self._rows[group] for _, group in reversed(self._order) if group not in self._hidden)
        return [row.group for row in rows if self.sieve.passes(row, self._name)]

    def _replace(self, group: str, jobs: Mapping[str, Job]) -> None:
        if (old := self._rows.pop(group, None)) is not None:
            self.counts -= old.sections
            self._hidden.discard(group)
            del self._order[bisect_left(self._order, (old.order, group))]
        if jobs:
            row = Row(group=group, jobs=tuple(sorted(jobs.values(), key=lambda job: (job.take, job.id))))
            self._rows[group] = row
            self.counts += row.sections
            insort(self._order, (row.order, group))
            if row.hidden:
                self._hidden.add(group)
