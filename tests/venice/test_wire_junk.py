"""Whatever comes over the wire, the readers answer with a value of the domain or with `Trouble`."""

import json
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import example, given

from tests.venice.strategies import junk
from venice_studio.domain.problem import Problem, Trouble
from venice_studio.venice.catalog import listed
from venice_studio.venice.wire import answers
from venice_studio.venice.wire.calls import Call
from venice_studio.venice.wire.errors import read_problem
from venice_studio.venice.wire.values import parse

READERS: dict[str, Callable[[object], object]] = {
    "quote": answers.read_quote,
    "ticket": lambda data: answers.read_ticket(data, "m"),
    "look": answers.read_look,
    "completion": answers.read_completion,
    "balance": answers.read_balance,
    "listing": lambda data: listed(data, None),
}


@pytest.mark.parametrize("reader", READERS)
@given(data=junk)
@example(data={"executionDuration": Decimal("1E+9999999")})
@example(data={"quote": Decimal("NaN"), "currency": {}})
@example(data={"quote": "0\ud800"})
@example(data={"\udfff": 7})
@example(data={"data": [{"id": "a", "model_spec": {"constraints": {"durations": {}}}}, None, 7]})
def test_readers_raise_nothing_but_trouble(reader: str, data: object) -> None:
    try:
        READERS[reader](data)
    except Trouble as trouble:
        storable(trouble.problem)


@given(data=junk)
def test_an_error_body_of_any_kind_becomes_a_problem(data: object) -> None:
    body = json.dumps(data, default=float).encode()
    for call in (Call.QUEUE, Call.RETRIEVE, Call.QUOTE):
        storable(read_problem(call, 400, body, {}))


def storable(problem: Problem) -> None:
    """Words that a file and a window can take."""
    assert problem.message
    for words in (problem.message, *problem.fields, *problem.fields.values(), problem.code, problem.suggested_prompt):
        if words is not None:
            words.encode("utf-8")
            assert len(words) <= 10_000


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"NaN", b'{"quote": Infinity}', b"\xff", b"[" * 100_000, b"1e99999999999999999999", b"9" * 5000],
)
def test_what_is_no_json_is_a_value_error(body: bytes) -> None:
    with pytest.raises(ValueError, match="JSON"):
        parse(body)


def test_numbers_keep_every_digit() -> None:
    assert parse(b'{"quote": 0.1}') == {"quote": Decimal("0.1")}
