"""What is believed of a render's time, held against many renders drawn at random."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from venice_studio.domain.render_time import RenderTime, experience, render_time

times = st.floats(0.01, 1e5)
beliefs = st.builds(
    render_time, times, st.none() | st.builds(experience, st.lists(st.floats(0.1, 1e4), min_size=1, max_size=9))
)


def drawn(median_s: float, spread: float, count: int) -> list[float]:
    dice = random.Random(5)
    return [median_s * math.exp(spread * dice.gauss(0, 1)) for _ in range(count)]


def test_the_estimate_is_the_time_within_which_four_of_five_end() -> None:
    likely = render_time(60)
    assert likely is not None
    assert likely.still_running(60) == pytest.approx(0.2, abs=1e-4)
    assert likely.still_running(0) == 1
    assert likely.still_running(-3) == 1


def test_nothing_is_believed_where_nothing_is_known() -> None:
    assert render_time(None) is None
    assert render_time(0) is None
    assert experience([]) is None
    assert experience([0, -1]) is None


def test_the_expected_delay_is_the_mean_delay_of_renders() -> None:
    median_s, spread = 50.0, 0.3
    known = experience(drawn(median_s, spread, 4000))
    likely = render_time(None, known)
    assert likely is not None
    ends = [end for end in drawn(median_s, spread, 100_000) if end > 40]
    mean = sum(max(0.0, 55 - end) for end in ends) / len(ends)
    assert likely.expected_delay_s(seen_s=40, at_s=55) == pytest.approx(mean, rel=0.05)


@given(likely=beliefs, seen_s=st.floats(0, 1e6), waits=st.tuples(st.floats(0, 1e4), st.floats(0, 1e4)))
def test_delay_grows_with_the_wait_and_is_never_longer_than_it(
    likely: RenderTime, seen_s: float, waits: tuple[float, float]
) -> None:
    short, long = sorted(waits)
    less = likely.expected_delay_s(seen_s=seen_s, at_s=seen_s + short)
    more = likely.expected_delay_s(seen_s=seen_s, at_s=seen_s + long)
    assert 0 <= less <= short
    assert less <= more + 1e-3 * long
    assert more <= long


@given(likely=beliefs, first=st.floats(0, 1e6), second=st.floats(0, 1e6))
def test_fewer_and_fewer_are_still_running(likely: RenderTime, first: float, second: float) -> None:
    early, late = sorted((first, second))
    assert 1 >= likely.still_running(early) >= likely.still_running(late) >= 0


def test_experience_sharpens_what_the_service_says() -> None:
    told, known = render_time(60), render_time(60, experience(drawn(30, 0.1, 20)))
    assert told is not None
    assert known is not None
    assert known.middle_s < told.middle_s
    assert known.still_running(22) > 0.9
    assert known.still_running(40) < told.still_running(40) / 2


def test_experience_that_is_out_of_date_is_not_believed_for_ever() -> None:
    outdated = render_time(300, experience(drawn(30, 0.1, 20)))
    assert outdated is not None
    assert outdated.still_running(120) > 0.1
    assert 0 < outdated.expected_delay_s(seen_s=120, at_s=130) < 1


def test_a_single_render_is_little_experience() -> None:
    one, many = experience([40.0]), experience([40.0, 41.0, 39.0, 40.5, 39.5, 40.0, 40.2])
    assert one is not None
    assert many is not None
    assert one.median_s == pytest.approx(40)
    assert one.spread > 1.8 * many.spread
