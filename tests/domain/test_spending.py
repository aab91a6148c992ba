"""What was spent is added up by day and model, and kinds of money are never mixed."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from venice_studio.domain.job import PRACTICE
from venice_studio.domain.problem import Cost
from venice_studio.domain.spending import Attempt, Line, Spent, by_day_and_model, sum_of, totals

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
VENICE = "https://api.venice.ai/api/v1"


def attempt(
    amount: str = "0.44",
    cost: Cost = Cost.CHARGED,
    *,
    at: datetime = NOON,
    model: str = "wan",
    service: str = VENICE,
    currency: str = "USD",
) -> Attempt:
    return Attempt(
        job_id="j", at=at, service=service, model=model, amount=Decimal(amount), currency=currency, cost=cost
    )


def test_charged_refunded_and_unknown_are_kept_apart() -> None:
    paid = [
        attempt("0.44"),
        attempt("0.40"),
        attempt("1.00", Cost.REFUNDED),
        attempt("2.00", Cost.UNKNOWN),
        attempt("9.00", Cost.NOT_CHARGED),
    ]
    spent = Spent(charged=Decimal("0.84"), refunded=Decimal("1.00"), unknown=Decimal("2.00"))
    assert totals(paid) == {"USD": spent}
    assert spent.at_most == Decimal("2.84")


def test_practice_and_what_cost_nothing_enter_no_sum() -> None:
    free = [attempt(cost=cost, service=PRACTICE) for cost in Cost] + [attempt(cost=Cost.NOT_CHARGED)]
    assert totals(free) == {}
    assert by_day_and_model(free) == ()


def test_currencies_are_not_added_to_each_other() -> None:
    sums = totals([attempt("3", currency="DIEM"), attempt("1"), attempt("1", currency="DIEM")])
    assert list(sums) == ["USD", "DIEM"]
    assert sums["DIEM"].charged == 4


def test_a_day_is_that_of_the_clock_on_the_wall() -> None:
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert attempt(at=late).day(UTC) == date(2026, 11, 22)
    assert attempt(at=late).day(timezone(timedelta(hours=1))) == date(2026, 11, 23)


def test_one_line_for_each_model_of_each_day_newest_first() -> None:
    before = NOON - timedelta(days=1)
    lines = by_day_and_model([attempt("1", at=before), attempt("2"), attempt("3"), attempt("4", model="kling")], UTC)
    assert [(line.day.day, line.model, line.attempts, int(line.spent.charged)) for line in lines] == [
        (22, "kling", 1, 4),
        (22, "wan", 2, 5),
        (21, "wan", 1, 1),
    ]


def _sum(lines: tuple[Line, ...], currency: str) -> Spent:
    spent = [line.spent for line in lines if line.currency == currency]
    return Spent(
        charged=sum((one.charged for one in spent), Decimal(0)),
        refunded=sum((one.refunded for one in spent), Decimal(0)),
        unknown=sum((one.unknown for one in spent), Decimal(0)),
    )


@given(
    st.lists(
        st.builds(
            attempt,
            st.decimals(min_value=0, max_value=100, places=2).map(str),
            st.sampled_from(Cost),
            at=st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
            model=st.sampled_from(["wan", "kling"]),
            service=st.sampled_from([VENICE, PRACTICE]),
            currency=st.sampled_from(["USD", "DIEM"]),
        )
    )
)
def test_the_lines_add_up_to_the_totals(attempts: list[Attempt]) -> None:
    lines = by_day_and_model(attempts, UTC)
    assert {currency: _sum(lines, currency) for currency in totals(attempts)} == totals(attempts)
    assert sum(line.attempts for line in lines) == sum(one.counts for one in attempts)


@pytest.mark.parametrize(
    ("text", "amount"), [("10", "10"), (" $4.40 ", "4.40"), ("4,40", "4.40"), ("", None), (None, None), ("  ", None)]
)
def test_sums_as_people_write_them(text: str | None, amount: str | None) -> None:
    assert sum_of(text) == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize("text", ["ten", "-1", "0", "NaN", "Infinity", "1.000,50", "1,000", "1e3", "0.001"])
def test_what_is_no_sum_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a sum of money"):
        sum_of(text)
