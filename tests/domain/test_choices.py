"""What durations, resolutions and ratios mean, and which is nearest."""

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.strategies import DURATIONS, RATIOS, RESOLUTIONS, some
from venice_studio.domain.choices import lines, nearest_duration, nearest_ratio, nearest_resolution, ratio, seconds


@pytest.mark.parametrize(
    ("text", "value"), [("5s", 5), ("10", 10), ("2.5s", Decimal("2.5")), ("Auto", None), ("-1", None), ("1 gen", None)]
)
def test_seconds(text: str, value: Decimal | int | None) -> None:
    assert seconds(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("720p", 720), ("768P", 768), ("true_1080p", 1080), ("2K", 1440), ("4k", 2160), ("4K", 2160), ("2x", None)],
)
def test_lines(text: str, value: int | None) -> None:
    assert lines(text) == value


@pytest.mark.parametrize(("text", "value"), [("16:9", 16 / 9), ("1:1", 1.0), ("adaptive", None), ("1:0", None)])
def test_ratio(text: str, value: float | None) -> None:
    assert ratio(text) == value


@given(wanted=st.none() | st.sampled_from(DURATIONS) | st.text(), offered=some(DURATIONS))
def test_what_is_chosen_is_offered(wanted: str | None, offered: tuple[str, ...]) -> None:
    for nearest in (nearest_duration, nearest_resolution, nearest_ratio):
        chosen = nearest(wanted, offered)
        assert chosen in offered if offered else chosen is None
        assert wanted not in offered or chosen == wanted


@given(wanted=st.integers(1, 60), offered=some(DURATIONS))
def test_no_offered_duration_is_nearer(wanted: int, offered: tuple[str, ...]) -> None:
    measured = [length for value in offered if (length := seconds(value)) is not None]
    chosen = nearest_duration(f"{wanted}s", offered)
    if measured and chosen is not None:
        length = seconds(chosen)
        assert length is not None
        assert abs(length - wanted) == min(abs(other - wanted) for other in measured)


@given(wanted=st.sampled_from(RESOLUTIONS), offered=some(RESOLUTIONS))
def test_no_offered_resolution_is_nearer(wanted: str, offered: tuple[str, ...]) -> None:
    measured = [size for value in offered if (size := lines(value)) is not None]
    chosen, goal = nearest_resolution(wanted, offered), lines(wanted)
    if measured and chosen is not None and goal is not None:
        assert abs((lines(chosen) or 0) - goal) == min(abs(size - goal) for size in measured)


@given(wanted=st.sampled_from(RATIOS), offered=some(RATIOS))
def test_no_offered_shape_is_nearer(wanted: str, offered: tuple[str, ...]) -> None:
    measured = [shape for value in offered if (shape := ratio(value)) is not None]
    chosen, goal = nearest_ratio(wanted, offered), ratio(wanted)
    if measured and chosen is not None and goal is not None:
        apart = [abs(math.log(shape / goal)) for shape in measured]
        assert abs(math.log((ratio(chosen) or 1) / goal)) == pytest.approx(min(apart))


@pytest.mark.parametrize("offered", [("16:9", "9:16"), ("9:16", "16:9"), ("4:3", "16:9", "3:4", "9:16")])
def test_of_a_shape_lying_and_standing_the_one_offered_first(offered: tuple[str, ...]) -> None:
    assert nearest_ratio("1:1", offered) == offered[0]
    assert nearest_ratio("900:900", offered) == offered[0]


@pytest.mark.parametrize("offered", [("1:1", "9:16", "16:9"), ("16:9", "9:16", "1:1")])
def test_of_two_as_near_the_one_that_stands_as_the_wanted_one_does(offered: tuple[str, ...]) -> None:
    assert nearest_ratio("3:4", offered) == "9:16"
    assert nearest_ratio("4:3", offered) == "16:9"


def test_of_two_equally_near_the_shorter() -> None:
    assert nearest_duration("6s", ("8s", "4s")) == "4s"


def test_without_a_wish() -> None:
    assert nearest_resolution(None, ("1080p", "480p", "720p")) == "720p"
    assert nearest_ratio(None, ("1:1", "21:9", "16:9")) == "16:9"
