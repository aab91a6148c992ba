"""What is said of a render while it goes on, whatever the clocks and the service's words do."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.fake_service import FakeClock
from tests.ui.jobs import material as m
from venice_studio.domain.job import Progress, Rendering
from venice_studio.library.store import Store
from venice_studio.studio.ledger import Ledger
from venice_studio.studio.outlooks import Outlooks
from venice_studio.studio.render_times import RenderTimes


async def _never() -> Store:
    raise AssertionError("nothing is written here")


class Desk:
    """A ledger in memory and one job that renders."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.ledger = Ledger(_never)
        self.outlooks = Outlooks(ledger=self.ledger, clock=self.clock, times=RenderTimes(self.ledger))
        self.job = m.job(Rendering(ticket=m.TICKET, queued_at=self.clock.now()))
        self.ledger.show(self.job)

    def hear(self, elapsed_s: float, estimate_s: float | None) -> None:
        """The service says how far it is."""
        estimate = None if estimate_s is None else round(1000 * estimate_s)
        progress = Progress(elapsed_ms=round(1000 * elapsed_s), estimate_ms=estimate)
        assert isinstance(self.job.state, Rendering)
        self.job = self.job.to(replace(self.job.state, progress=progress))
        self.ledger.show(self.job)

    def wait(self, seconds: float) -> None:
        self.clock.at += timedelta(seconds=seconds)


words = st.tuples(st.floats(0, 500), st.floats(0, 600), st.none() | st.floats(0.5, 900))


@given(heard=st.lists(words, min_size=1, max_size=10))
def test_whatever_the_service_says_nothing_is_taken_back_and_nothing_is_done(
    heard: list[tuple[float, float, float | None]],
) -> None:
    desk = Desk()
    before = desk.outlooks.of(desk.job)
    for waited_s, elapsed_s, estimate_s in heard:
        desk.wait(waited_s)
        desk.hear(elapsed_s, estimate_s)
        now = desk.outlooks.of(desk.job)
        assert now.elapsed_s >= before.elapsed_s
        assert (before.share or 0) <= (now.share or 0) < 1
        before = now


def test_the_services_own_count_is_believed_and_goes_on_with_the_clock() -> None:
    desk = Desk()
    desk.wait(5)
    desk.hear(40, 60)
    desk.wait(3)
    assert desk.outlooks.of(desk.job).elapsed_s == pytest.approx(43)


class Jumping(FakeClock):
    """A wall clock that somebody sets, beside one that never jumps."""

    set_by = timedelta(0)

    def now(self) -> datetime:
        return self.at + self.set_by


def test_a_clock_that_is_set_changes_nothing() -> None:
    desk = Desk()
    clock = Jumping()
    desk.outlooks = Outlooks(ledger=desk.ledger, clock=clock, times=RenderTimes(desk.ledger))
    desk.hear(20, 60)
    said = desk.outlooks.of(desk.job)
    for jump in (timedelta(hours=3), timedelta(hours=-3)):
        clock.set_by = jump
        assert desk.outlooks.of(desk.job) == said


def test_what_clips_took_here_is_what_is_said_of_the_next(tmp_path: Path) -> None:
    desk = Desk()
    assert desk.outlooks.of(desk.job).usual_s is None
    clip = m.clip(tmp_path / "a.mp4")
    for took_s in (28, 30, 31, 29, 30):
        desk.ledger.show(m.job(replace(m.saved(clip), rendered_ms=1000 * took_s), age_s=900))
    desk.wait(10)
    known = desk.outlooks.of(desk.job)
    assert known.usual_s is not None
    assert 28 < known.usual_s < 40
    assert known.left_s is not None
