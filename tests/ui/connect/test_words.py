"""How we stand, in words."""

from dataclasses import replace
from decimal import Decimal

import pytest

from venice_studio.domain.job import PRACTICE_ACCOUNT, Account
from venice_studio.domain.problem import Kind, Problem
from venice_studio.domain.quote import Balance
from venice_studio.studio.connection import ConnectionState, KeySource, Standing
from venice_studio.ui.connect import words

RICH = Balance(can_consume=True, currency="USD", usd=Decimal("24.3"))
CONNECTED = ConnectionState(
    standing=Standing.CONNECTED,
    account=Account(service="https://fake.invalid", fingerprint="f"),
    balance=RICH,
    key_source=KeySource.KEYRING,
    key_hint="…wxyz",
)
PRACTICE = ConnectionState(standing=Standing.PRACTICE, account=PRACTICE_ACCOUNT, balance=RICH)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (ConnectionState(), "Connecting to Venice…"),
        (CONNECTED, "Venice, connected"),
        (replace(CONNECTED, standing=Standing.NO_ANSWER), "No answer from Venice, trying again"),
        (replace(CONNECTED, standing=Standing.KEY_REFUSED), "Key refused"),
        (replace(PRACTICE, balance=None), "Practice is starting…"),
        (PRACTICE, "Practice: made on this computer, nothing is charged"),
        (
            replace(PRACTICE, problem=Problem(kind=Kind.SERVICE, message="no such file")),
            "Practice does not run: no such file",
        ),
    ],
)
def test_standing(state: ConnectionState, said: str) -> None:
    assert words.standing(state)[0] == said


def test_balance_names_whose_money_it_is() -> None:
    assert words.balance(CONNECTED) == "Balance $24.30"
    assert words.balance(PRACTICE) == "Practice money $24.30"
    assert words.balance(replace(CONNECTED, balance=Balance(can_consume=True, currency=None, usd=None))) == ""
    diem = Balance(can_consume=True, currency="DIEM", usd=None, diem=Decimal("12.5"))
    assert words.balance(replace(CONNECTED, balance=diem)) == "Balance 12.50 DIEM"
    assert words.balance(replace(CONNECTED, standing=Standing.KEY_REFUSED)) == ""


def test_key_in_use_is_named_by_its_end_alone() -> None:
    assert words.key_in_use(CONNECTED) == "A key ending in …wxyz is in use. It is kept in this computer's keyring."
    assert words.key_in_use(PRACTICE) == ""


def test_a_key_is_offered_where_there_is_none_or_a_refused_one() -> None:
    assert words.offers_key(PRACTICE) == "Connect Venice"
    assert words.offers_key(replace(CONNECTED, standing=Standing.KEY_REFUSED)) == "Another key…"
    assert words.offers_key(CONNECTED) == ""
