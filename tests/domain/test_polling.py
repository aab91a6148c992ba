"""When to look next, and how far a render probably is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from venice_studio.domain.polling import Pace, fraction_done, time_left_s, wait_before_look

elapsed = st.floats(0, 1e6)
estimates = st.floats(0.001, 1e6)
paces = st.builds(Pace, interval_s=st.floats(0.01, 60), patience_s=st.floats(1, 3600))


@given(elapsed_s=elapsed, estimate_s=st.none() | estimates, pace=paces)
def test_never_sooner_than_the_interval_nor_later_than_three(
    elapsed_s: float, estimate_s: float | None, pace: Pace
) -> None:
    wait = wait_before_look(elapsed_s=elapsed_s, estimate_s=estimate_s, pace=pace)
    assert pace.interval_s <= wait <= 3 * pace.interval_s


@given(first=elapsed, second=elapsed, estimate_s=estimates)
def test_the_bar_never_goes_back_and_never_says_done(first: float, second: float, estimate_s: float) -> None:
    earlier, later = sorted((first, second))
    before = fraction_done(elapsed_s=earlier, estimate_s=estimate_s)
    after = fraction_done(elapsed_s=later, estimate_s=estimate_s)
    assert 0 <= before <= after < 1


def test_the_bar_at_the_estimate() -> None:
    assert fraction_done(elapsed_s=60, estimate_s=60) == pytest.approx(0.85)
    assert fraction_done(elapsed_s=30, estimate_s=60) == pytest.approx(0.425)
    assert fraction_done(elapsed_s=30, estimate_s=0) == 0
    assert fraction_done(elapsed_s=-5, estimate_s=60) == 0


@given(elapsed_s=elapsed, estimate_s=estimates)
def test_time_left_is_positive_or_unknown(elapsed_s: float, estimate_s: float) -> None:
    left = time_left_s(elapsed_s=elapsed_s, estimate_s=estimate_s)
    assert left is None if elapsed_s >= estimate_s else left == estimate_s - elapsed_s


@pytest.mark.parametrize(
    ("elapsed_s", "estimate_s", "wait"),
    [(0, None, 10), (0, 20, 10), (0, 60, 24), (20, 60, 10), (0, 300, 30), (100, 300, 20), (599, 60, 10), (601, 60, 30)],
)
def test_looks_are_dense_around_the_likely_time(elapsed_s: float, estimate_s: float | None, wait: float) -> None:
    assert wait_before_look(elapsed_s=elapsed_s, estimate_s=estimate_s, pace=Pace()) == wait
