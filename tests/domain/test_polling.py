"""When to look next, and what takes unusually long."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from venice_studio.domain.polling import (
    Pace,
    unusually_long,
    urgency,
    wait_before_look,
)
from venice_studio.domain.render_time import Experience, render_time

elapsed = st.floats(0, 1e6)
estimates = st.floats(0.001, 1e6)
paces = st.builds(Pace, interval_s=st.floats(0.01, 60), patience_s=st.floats(1, 3600))
experiences = st.builds(Experience, median_s=st.floats(0.1, 1e4), spread=st.floats(0.02, 1), count=st.integers(1, 30))


def looks(estimate_s: float, until_s: float, known: Experience | None = None, pace: Pace | None = None) -> list[float]:
    """When a job that never ends would be looked at, in s since it was queued."""
    pace, at = pace or Pace(), [0.0]
    while at[-1] < until_s:
        # Before the first look nobody has said how long it takes.
        estimate = estimate_s if len(at) > 1 else None
        at.append(at[-1] + wait_before_look(elapsed_s=at[-1], estimate_s=estimate, pace=pace, known=known))
    return at[1:]


@given(elapsed_s=elapsed, estimate_s=st.none() | estimates, known=st.none() | experiences, pace=paces)
def test_never_sooner_than_half_the_interval_nor_later_than_six(
    elapsed_s: float, estimate_s: float | None, known: Experience | None, pace: Pace
) -> None:
    wait = wait_before_look(elapsed_s=elapsed_s, estimate_s=estimate_s, pace=pace, known=known)
    assert pace.shortest_s <= wait <= 6 * pace.interval_s


@given(elapsed_s=st.floats(0.01, 5e3), estimate_s=st.floats(1, 5e3), speed=st.sampled_from([2, 8, 64]))
def test_practice_is_the_same_but_faster(elapsed_s: float, estimate_s: float, speed: float) -> None:
    real = wait_before_look(elapsed_s=elapsed_s, estimate_s=estimate_s, pace=Pace())
    fast = wait_before_look(elapsed_s=elapsed_s / speed, estimate_s=estimate_s / speed, pace=Pace().faster(speed))
    assert fast * speed == pytest.approx(real, rel=0.02)


@pytest.mark.parametrize("estimate_s", [20, 50, 110, 300, 1200])
def test_sparse_early_dense_when_it_is_likely_patient_afterwards(estimate_s: float) -> None:
    at = looks(estimate_s, 6 * estimate_s)
    gaps = [after - before for before, after in pairwise([0.0, *at])]
    before = [look for look in at if look < 0.4 * estimate_s]
    assert len(before) <= 1 + 0.4 * estimate_s / 30, "few while nothing can be ready"
    likely = [gap for gap, look in zip(gaps, at, strict=True) if 0.7 * estimate_s <= look - gap < estimate_s]
    assert likely
    assert all(gap == 5 for gap in likely), "at the shortest distance while it is likely"
    assert gaps[-1] >= 10, "patient in the end"


def test_without_any_word_it_looks_at_the_interval_and_becomes_patient() -> None:
    assert wait_before_look(elapsed_s=0, estimate_s=None, pace=Pace()) == 10
    assert wait_before_look(elapsed_s=300, estimate_s=None, pace=Pace()) == 10
    assert wait_before_look(elapsed_s=601, estimate_s=None, pace=Pace()) == 30


def test_experience_alone_is_enough_to_know_when() -> None:
    known = Experience(median_s=120, spread=0.1, count=10)
    assert wait_before_look(elapsed_s=10, estimate_s=None, pace=Pace(), known=known) == 60
    assert wait_before_look(elapsed_s=118, estimate_s=None, pace=Pace(), known=known) == 5


def test_a_sharper_experience_saves_looks() -> None:
    known = Experience(median_s=90, spread=0.1, count=20)
    assert len(looks(110, 100, known)) < len(looks(110, 100))


@given(seen_s=st.floats(0, 1e4), gone=st.tuples(st.floats(0, 1e3), st.floats(0, 1e3)), estimate_s=st.none() | estimates)
def test_a_look_becomes_more_urgent_with_time(
    seen_s: float, gone: tuple[float, float], estimate_s: float | None
) -> None:
    likely = render_time(estimate_s)
    less, more = (urgency(seen_s=seen_s, elapsed_s=seen_s + time, likely=likely, pace=Pace()) for time in sorted(gone))
    assert 0 <= less <= more + 1e-3


def test_those_that_are_likely_ready_are_the_most_urgent() -> None:
    def after_ten(seen_s: float, estimate_s: float | None) -> float:
        return urgency(seen_s=seen_s, elapsed_s=seen_s + 10, likely=render_time(estimate_s), pace=Pace())

    assert after_ten(90, 110) > after_ten(90, None) > after_ten(10, 110)
    assert after_ten(90, 110) > after_ten(90, 600)


def test_what_takes_unusually_long_is_told() -> None:
    likely = render_time(60)
    assert likely is not None
    assert not unusually_long(elapsed_s=60, likely=likely)
    assert unusually_long(elapsed_s=120, likely=likely)
