"""Amounts as people read them."""

from decimal import Decimal

import pytest
from hypothesis import given

from tests.domain.strategies import amounts
from venice_studio.domain.quote import money


@given(amount=amounts)
def test_what_is_read_is_what_is_paid(amount: Decimal) -> None:
    text = money(amount)
    assert text.startswith("$")
    assert Decimal(text[1:].replace(",", "")) == amount
    assert len(text.rpartition(".")[2]) >= 2


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0.44", "$0.44"),
        ("0.4", "$0.40"),
        ("12", "$12.00"),
        ("1E+2", "$100.00"),
        ("0.125", "$0.125"),
        ("1234.5", "$1,234.50"),
        ("0", "$0.00"),
        ("0.00001", "$0.0001"),
        ("0.123456", "$0.1235"),
    ],
)
def test_dollars(amount: str, text: str) -> None:
    assert money(Decimal(amount)) == text


def test_another_currency_is_named() -> None:
    assert money(Decimal("3.5"), "DIEM") == "3.50 DIEM"
