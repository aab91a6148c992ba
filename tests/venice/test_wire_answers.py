"""Honest answers of both dialects, and the odd ones that must not pass for them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.venice.strategies import milliseconds, prices, queue_ids
from venice_studio.domain.job import Progress, Ticket
from venice_studio.domain.model import Dialect
from venice_studio.domain.problem import Cost, Kind, Trouble
from venice_studio.domain.quote import Balance, Quote
from venice_studio.venice.wire.answers import (
    Completed,
    read_balance,
    read_completion,
    read_look,
    read_quote,
    read_ticket,
)


@given(amount=prices)
def test_the_quote_tells_the_dialect(amount: Decimal) -> None:
    assert read_quote({"quote": amount, "currency": "USD"}) == (Quote(amount=amount), Dialect.REFERENCE)
    assert read_quote({"quote": amount, "new": [1]}) == (Quote(amount=amount), Dialect.LIVE)


def test_another_currency_is_kept() -> None:
    assert read_quote({"quote": 1, "currency": "diem"})[0] == Quote(amount=Decimal(1), currency="DIEM")


@pytest.mark.parametrize(
    "answer",
    [
        {},
        [],
        None,
        {"quote": None},
        {"quote": "0.25"},
        {"quote": True},
        {"quote": Decimal("-0.01")},
        {"quote": -1, "currency": "USD"},
        {"quote": Decimal("NaN")},
        {"quote": Decimal("Infinity")},
        {"quote": 10**6},
        {"quote": Decimal("1E-30")},
        {"quote": 1, "currency": "<b>"},
        {"quote": 1, "currency": 7},
    ],
)
def test_no_price_without_sense(answer: object) -> None:
    with pytest.raises(Trouble) as caught:
        read_quote(answer)
    assert (caught.value.problem.kind, caught.value.problem.cost) == (Kind.GARBLED, Cost.NOT_CHARGED)


@given(queue_id=queue_ids)
def test_a_ticket_in_either_spelling(queue_id: str) -> None:
    reference = read_ticket({"queueid": queue_id, "status": "queued"}, "wan")
    assert reference == Ticket(queue_id=queue_id, model="wan", dialect=Dialect.REFERENCE)
    address = "https://files.test/clip?token=1"
    live = read_ticket({"queue_id": queue_id, "model": "wan-2", "download_url": address, "new": {}}, "wan")
    assert live == Ticket(queue_id=queue_id, model="wan-2", dialect=Dialect.LIVE, download_url=address)


def test_an_address_stays_out_of_what_is_printed() -> None:
    ticket = read_ticket({"queue_id": "1", "download_url": "https://files.test/secret"}, "m")
    assert "secret" not in repr(ticket)
    assert "secret" not in repr(read_look({"status": "COMPLETED", "download_url": "https://files.test/secret"}))


@pytest.mark.parametrize(
    "answer", [{}, [], None, {"queueid": ""}, {"queue_id": True}, {"queueid": " "}, {"queueid": "\ud800"}]
)
def test_an_answer_without_an_id_may_have_been_charged(answer: object) -> None:
    with pytest.raises(Trouble) as caught:
        read_ticket(answer, "m")
    assert (caught.value.problem.kind, caught.value.problem.cost) == (Kind.GARBLED, Cost.UNKNOWN)


@pytest.mark.parametrize("name", ["queueid", "queue_id"])
def test_an_id_may_be_a_number(name: str) -> None:
    assert read_ticket({name: 7_000_000_000_001}, "m").queue_id == "7000000000001"


def test_an_answer_without_an_id_is_kept_as_evidence_and_its_address_is_not() -> None:
    answer = {"id": "job-5", "status": "queued", "download_url": "https://files.test/secret", "more": {"a": 1}}
    with pytest.raises(Trouble, match="It said: id: job-5, status: queued") as caught:
        read_ticket(answer, "m")
    assert "secret" not in caught.value.problem.message


@pytest.mark.parametrize("address", ["ftp://x.test/", "javascript:1", "https://a b", 7, "", "https://ü.test"])
def test_only_web_addresses_are_addresses(address: object) -> None:
    assert read_ticket({"queue_id": "1", "download_url": address}, "m").download_url is None


@given(elapsed=milliseconds, estimate=st.integers(1, 10**9))
def test_progress_in_either_spelling(elapsed: int, estimate: int) -> None:
    progress = Progress(elapsed_ms=elapsed, estimate_ms=estimate)
    page = {"status": "processing", "executionDuration": elapsed, "estimatedDuration": estimate}
    live = {"status": "PROCESSING", "execution_duration": elapsed, "average_execution_time": Decimal(estimate)}
    assert read_look(page) == read_look(live) == progress


@pytest.mark.parametrize("status", ["queued", "Warming Up", "pending", "in_progress", "UPSCALING"])
def test_unknown_words_mean_that_it_still_renders(status: str) -> None:
    assert read_look({"status": status}) == Progress(elapsed_ms=0)


def test_odd_times_are_no_times() -> None:
    times = {"executionDuration": -5, "estimatedDuration": "soon"}
    assert read_look({"status": "processing", **times}) == Progress(elapsed_ms=0)
    assert read_look({"status": "processing", "estimatedDuration": 0}) == Progress(elapsed_ms=0)
    assert read_look({"executionDuration": Decimal("12.9")}) == Progress(elapsed_ms=12)


@pytest.mark.parametrize("status", ["COMPLETED", "completed", "Succeeded"])
def test_completed(status: str) -> None:
    assert read_look({"status": status, "executionDuration": 1}) == Completed()
    assert read_look({"status": status, "download_url": "https://x.test/c"}) == Completed(
        download_url="https://x.test/c"
    )


@pytest.mark.parametrize("status", ["FAILED", "failed", "Error", "cancelled"])
def test_given_up(status: str) -> None:
    with pytest.raises(Trouble) as caught:
        read_look({"status": status, "error": "GPU fire", "credits_refunded": True})
    problem = caught.value.problem
    assert (problem.kind, problem.cost, problem.message) == (Kind.FAILED, Cost.REFUNDED, "GPU fire")
    assert not problem.transient
    with pytest.raises(Trouble) as caught:
        read_look({"status": status})
    assert caught.value.problem.cost is Cost.UNKNOWN


@pytest.mark.parametrize(("answer", "kind"), [({}, Kind.GARBLED), ([], Kind.GARBLED), ({"error": "Hm"}, Kind.SERVICE)])
def test_a_look_that_tells_nothing_is_no_end(answer: object, kind: Kind) -> None:
    with pytest.raises(Trouble) as caught:
        read_look(answer)
    assert caught.value.problem.kind is kind
    assert caught.value.problem.transient


def test_a_deletion_that_did_not_happen() -> None:
    read_completion({"success": True})
    read_completion({})
    with pytest.raises(Trouble):
        read_completion({"success": False})


def test_balance() -> None:
    answer = {"canConsume": True, "consumptionCurrency": "DIEM", "balances": {"diem": Decimal("90.5"), "usd": None}}
    assert read_balance(answer) == Balance(can_consume=True, currency="DIEM", usd=None, diem=Decimal("90.5"))
    assert not read_balance({"balances": {"usd": 0}}).can_consume
    assert read_balance({"balances": {"usd": 3}}).can_consume
    with pytest.raises(Trouble):
        read_balance({"balances": {}})
