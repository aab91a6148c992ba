"""The limits that an answer's headers tell of."""

import pytest

from venice_studio.venice.wire.limits import LimitNews, read_limits

NOW = 1_790_000_000.0


def of(**headers: str) -> LimitNews:
    return read_limits({f"x-ratelimit-{name}-requests": value for name, value in headers.items()}, NOW)


def test_what_there_is_to_know() -> None:
    told = of(limit="120", remaining="7", reset=str(NOW + 42))
    assert told == LimitNews(limit=120, left=7, reset_in_s=42)
    assert read_limits({}, NOW) == LimitNews()


def test_the_services_own_clock_is_the_one_its_reset_is_read_by() -> None:
    headers = {"date": "Sun, 22 Nov 2026 12:00:00 GMT", "x-ratelimit-reset-requests": "1795348842"}
    for ours in (0.0, NOW, 4e9):
        assert read_limits(headers, ours).reset_in_s == 42


@pytest.mark.parametrize("date", ["", "yesterday", "Sun, 99 Nov 2026 12:00:00 GMT"])
def test_without_a_date_it_is_ours(date: str) -> None:
    assert read_limits({"date": date, "x-ratelimit-reset-requests": str(NOW + 5)}, NOW).reset_in_s == 5


@pytest.mark.parametrize("odd", ["", "-5", "many", "1e9", "٣", "nan", "9" * 5000])
def test_odd_counts_are_no_news(odd: str) -> None:
    assert of(limit=odd, remaining=odd) == LimitNews()


@pytest.mark.parametrize("odd", ["", "soon", "nan", "inf", "1790000042000"])
def test_odd_times_are_no_news(odd: str) -> None:
    assert of(reset=odd).reset_in_s is None


def test_a_limit_of_nothing_is_one_and_a_reset_in_the_past_is_now() -> None:
    assert of(limit="0", reset="42") == LimitNews(limit=1, reset_in_s=0)
