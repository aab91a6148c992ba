"""What was spent as a file that spreadsheets and other programs read."""

import csv
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest

from venice_studio.domain.problem import Cost, Kind, Trouble
from venice_studio.domain.spending import Attempt
from venice_studio.library.spending_file import as_csv, save_csv

ATTEMPT = Attempt(
    job_id="019a-1",
    at=datetime(2026, 11, 22, 23, 30, 5, tzinfo=UTC),
    service="https://api.venice.ai/api/v1",
    model='wan "2.2", turbo',
    amount=Decimal("1E+1"),
    currency="USD",
    cost=Cost.UNKNOWN,
)


def test_plain_columns_in_the_time_of_the_wall() -> None:
    rows = list(csv.reader(as_csv([ATTEMPT], timezone(timedelta(hours=1))).splitlines()))
    assert rows == [
        ["day", "time", "model", "amount", "currency", "cost", "job id"],
        ["2026-11-23", "00:30:05", 'wan "2.2", turbo', "10", "USD", "may have been charged", "019a-1"],
    ]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@sum", "\t=1"])
def test_no_name_from_the_service_is_a_formula(name: str) -> None:
    attempt = Attempt(**{field: getattr(ATTEMPT, field) for field in ATTEMPT.__slots__} | {"model": name})
    [_, row] = csv.reader(as_csv([attempt]).splitlines())
    assert row[2] == f"'{name}"


def test_a_file_takes_the_place_of_an_older_one(tmp_path: Path) -> None:
    path = tmp_path / "spending.csv"
    path.write_text("old" * 1000)
    save_csv(path, [ATTEMPT])
    assert path.read_bytes() == as_csv([ATTEMPT]).encode()
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_went_away_is_told(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="not there any more") as caught:
        save_csv(tmp_path / "gone" / "spending.csv", [ATTEMPT])
    assert caught.value.problem.kind is Kind.DISK
