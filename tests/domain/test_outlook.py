"""What is said of a render: never taken back, never done before it is, and as wide as it is unsure."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from venice_studio.domain.outlook import Outlook, outlook
from venice_studio.domain.render_time import Experience, RenderTime, experience, render_time

elapsed = st.floats(0, 1e6)
estimates = st.floats(0.001, 1e6)
experiences = st.none() | st.builds(experience, st.lists(st.floats(0.1, 1e4), min_size=1, max_size=9))
beliefs = st.builds(render_time, st.none() | estimates, experiences)


def told(*moments: tuple[float, float | None]) -> list[Outlook]:
    """What is said at each time of a service's estimate (both in s)."""
    said: list[Outlook] = []
    for elapsed_s, estimate_s in moments:
        before = said[-1] if said else None
        said.append(outlook(elapsed_s=elapsed_s, likely=render_time(estimate_s), before=before))
    return said


@given(moments=st.lists(st.tuples(elapsed, beliefs), min_size=2, max_size=12))
def test_time_and_bar_never_go_back_and_the_bar_is_never_full(moments: list[tuple[float, RenderTime | None]]) -> None:
    said: Outlook | None = None
    for elapsed_s, likely in moments:
        now = outlook(elapsed_s=elapsed_s, likely=likely, before=said)
        if said is not None:
            assert now.elapsed_s >= said.elapsed_s
            assert (now.share or 0) >= (said.share or 0)
        assert 0 <= (now.share or 0) < 1
        said = now


@given(times=st.lists(elapsed, min_size=2, max_size=9), estimate_s=estimates, drift=st.floats(0.8, 1.2))
def test_the_time_left_only_falls_and_is_a_range(times: list[float], estimate_s: float, drift: float) -> None:
    said = told((0, estimate_s), *((time, estimate_s * drift) for time in sorted(times)))
    left = [each.left_s for each in said]
    for before, after in pairwise(left):
        if before is None:
            assert after is None, "what is over time stays so"
        elif after is not None:
            assert 0 <= after[0] <= after[1]
            assert after[0] <= before[0]
            assert after[1] <= before[1]


def test_a_render_that_turns_out_to_take_much_longer_is_named_anew_and_the_bar_stays() -> None:
    first, second = told((50, 60), (51, 600))
    assert first.left_s is not None
    assert second.left_s is not None
    assert second.left_s[1] == pytest.approx(549, rel=1e-3)
    assert second.share == first.share


def test_the_bar_at_the_estimate() -> None:
    at_it, half, before, none = (told((time, 60))[0] for time in (60, 30, -5, 0))
    assert at_it.share == pytest.approx(0.85, rel=1e-3)
    assert half.share == pytest.approx(0.425, rel=1e-3)
    assert before.share == none.share == 0


def test_nothing_is_made_up_where_nobody_has_said_or_seen_anything() -> None:
    assert outlook(elapsed_s=30, likely=None) == Outlook(elapsed_s=30)


def test_what_was_seen_here_counts_and_narrows_the_range() -> None:
    known = Experience(median_s=30, spread=0.1, count=20)
    guess, knowing = (outlook(elapsed_s=5, likely=render_time(60, seen)) for seen in (None, known))
    assert guess.left_s is not None
    assert knowing.left_s is not None
    assert knowing.left_s[1] < guess.left_s[1] - 15
    assert knowing.left_s[1] - knowing.left_s[0] < (guess.left_s[1] - guess.left_s[0]) / 2
    alone = outlook(elapsed_s=5, likely=render_time(None, known))
    assert alone.usual_s == pytest.approx(33, abs=2)


def test_it_is_said_when_it_takes_longer_than_nearly_all() -> None:
    likely = render_time(60)
    assert not outlook(elapsed_s=62, likely=likely).long
    assert outlook(elapsed_s=62, likely=likely).left_s is None
    assert outlook(elapsed_s=120, likely=likely).long


@given(likely=beliefs, shares=st.tuples(st.floats(0.01, 0.99), st.floats(0.01, 0.99)))
def test_a_share_of_renders_ends_within_its_time(likely: RenderTime | None, shares: tuple[float, float]) -> None:
    if likely is None:
        return
    low, high = sorted(shares)
    assert likely.within_s(low) <= likely.within_s(high)
    assert likely.still_running(likely.within_s(high)) == pytest.approx(1 - high, abs=1e-6)
