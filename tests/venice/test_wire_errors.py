"""What an error answer tells: kind, cost and words, by call and status and in every shape of body."""

import json

import pytest

from venice_studio.domain.problem import Cost, Kind, Problem
from venice_studio.venice.wire.calls import Call
from venice_studio.venice.wire.errors import LONGEST_WAIT_S, read_problem, retry_after_s

FREE, PAID, MAYBE = Cost.NOT_CHARGED, Cost.CHARGED, Cost.UNKNOWN

# status: (kind, cost) at the paid request; (kind, cost) at a look; kind at a quote, which never costs anything
TABLE: dict[int, tuple[Kind, Cost, Kind, Cost, Kind]] = {
    301: (Kind.GARBLED, MAYBE, Kind.GARBLED, PAID, Kind.GARBLED),
    303: (Kind.GARBLED, MAYBE, Kind.GARBLED, PAID, Kind.GARBLED),
    400: (Kind.INVALID, FREE, Kind.INVALID, PAID, Kind.INVALID),
    401: (Kind.KEY, FREE, Kind.KEY, PAID, Kind.KEY),
    402: (Kind.FUNDS, FREE, Kind.FUNDS, PAID, Kind.FUNDS),
    403: (Kind.FORBIDDEN, FREE, Kind.FORBIDDEN, PAID, Kind.FORBIDDEN),
    404: (Kind.INVALID, FREE, Kind.GONE, PAID, Kind.INVALID),
    407: (Kind.OFFLINE, FREE, Kind.OFFLINE, PAID, Kind.OFFLINE),
    408: (Kind.SERVICE, MAYBE, Kind.SERVICE, MAYBE, Kind.SERVICE),
    409: (Kind.CONSENT, FREE, Kind.CONSENT, PAID, Kind.CONSENT),
    410: (Kind.GONE, FREE, Kind.GONE, PAID, Kind.GONE),
    413: (Kind.TOO_LARGE, FREE, Kind.TOO_LARGE, PAID, Kind.TOO_LARGE),
    415: (Kind.INVALID, FREE, Kind.INVALID, PAID, Kind.INVALID),
    418: (Kind.INVALID, FREE, Kind.INVALID, PAID, Kind.INVALID),
    422: (Kind.CONTENT, FREE, Kind.CONTENT, MAYBE, Kind.CONTENT),
    429: (Kind.BUSY, FREE, Kind.BUSY, PAID, Kind.BUSY),
    499: (Kind.SERVICE, MAYBE, Kind.SERVICE, MAYBE, Kind.SERVICE),
    500: (Kind.SERVICE, MAYBE, Kind.SERVICE, MAYBE, Kind.SERVICE),
    502: (Kind.SERVICE, MAYBE, Kind.SERVICE, MAYBE, Kind.SERVICE),
    503: (Kind.SERVICE, MAYBE, Kind.SERVICE, MAYBE, Kind.SERVICE),
    504: (Kind.SERVICE, MAYBE, Kind.SERVICE, MAYBE, Kind.SERVICE),
    599: (Kind.SERVICE, MAYBE, Kind.SERVICE, MAYBE, Kind.SERVICE),
}


def read(call: Call, status: int, body: object = None) -> Problem:
    return read_problem(call, status, json.dumps(body).encode() if body is not None else b"", {})


@pytest.mark.parametrize("status", TABLE)
def test_status_by_call(status: int) -> None:
    kind, cost, look_kind, look_cost, quote_kind = TABLE[status]
    assert (read(Call.QUEUE, status).kind, read(Call.QUEUE, status).cost) == (kind, cost)
    assert (read(Call.RETRIEVE, status).kind, read(Call.RETRIEVE, status).cost) == (look_kind, look_cost)
    for call in (Call.QUOTE, Call.MODELS, Call.BALANCE):
        assert (read(call, status).kind, read(call, status).cost) == (quote_kind, FREE)
    assert read(Call.QUEUE, status).status == status


@pytest.mark.parametrize("status", [404, 410])
def test_that_a_clip_is_gone_is_the_services_word_and_not_a_pages(status: int) -> None:
    page = b"\n<!DOCTYPE html><h1>404 Not Found</h1>"
    assert read_problem(Call.RETRIEVE, status, page, {}).kind is Kind.SERVICE
    assert read_problem(Call.RETRIEVE, status, b"", {}).kind is Kind.GONE
    assert read_problem(Call.DOWNLOAD, status, page, {}).kind is Kind.GONE


@pytest.mark.parametrize("status", TABLE)
@pytest.mark.parametrize("body", [b"", b"<html><h1>502 Bad Gateway</h1>", b'"no"', b"[]", b"{}", b"\xff\xfe\x00"])
def test_a_body_without_words_gets_a_plain_sentence_with_the_status(status: int, body: bytes) -> None:
    message = read_problem(Call.RETRIEVE, status, body, {}).message
    assert str(status) in message
    assert "<" not in message
    assert message.endswith(".)")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"error": "Add funds."}, "Add funds."),
        ({"error": {"message": "Add  funds.\n", "type": "x", "code": "insufficient"}}, "Add funds."),
        ({"message": "Add funds."}, "Add funds."),
        ({"error": {"code": 7}, "detail": "Add funds."}, "Add funds."),
        ({"error": "Add\x00 \x1b[31mfunds."}, "Add [31mfunds."),
        ({"error": "x" * 100_000}, "x" * 2000),
    ],
)
def test_the_words_are_the_services_own(body: object, message: str) -> None:
    assert read(Call.QUEUE, 402, body).message == message


def test_fields_of_a_details_tree() -> None:
    details = {
        "_errors": ["whole"],
        "duration": {"_errors": ["Choose 5s or 10s"]},
        "elements": {"_errors": [], "0": {"frontal_image_url": {"_errors": ["Not a picture"]}}},
        "prompt": {"_errors": []},
    }
    problem = read(Call.QUEUE, 400, {"error": "Invalid", "details": details})
    assert problem.fields == {"duration": "Choose 5s or 10s", "elements": "Not a picture"}
    assert problem.message == "Invalid"


def test_fields_of_an_issues_list_and_of_a_param() -> None:
    issues = [
        {"path": ["duration"], "message": "Bad"},
        {"path": [], "message": "x"},
        {"path": "seed", "message": "No"},
        7,
    ]
    assert read(Call.QUEUE, 400, {"error": {"issues": issues}}).fields == {"duration": "Bad", "seed": "No"}
    assert read(Call.QUEUE, 400, {"error": {"message": "Bad id", "param": "model"}}).fields == {"model": "Bad id"}


def test_without_a_message_the_fields_are_the_message() -> None:
    problem = read(Call.QUEUE, 400, {"details": {"duration": {"_errors": ["Choose 5s or 10s"]}}})
    assert problem.message == "Choose 5s or 10s"


@pytest.mark.parametrize("nest", [False, True])
@pytest.mark.parametrize(
    ("call", "status", "refunded", "kind", "cost"),
    [
        (Call.QUEUE, 500, True, Kind.SERVICE, Cost.REFUNDED),
        (Call.QUEUE, 500, False, Kind.SERVICE, Cost.CHARGED),
        (Call.QUEUE, 422, False, Kind.CONTENT, Cost.CHARGED),
        (Call.QUEUE, 422, True, Kind.CONTENT, Cost.REFUNDED),
        (Call.QUEUE, 400, False, Kind.INVALID, Cost.NOT_CHARGED),
        (Call.RETRIEVE, 500, True, Kind.FAILED, Cost.REFUNDED),
        (Call.RETRIEVE, 500, False, Kind.FAILED, Cost.CHARGED),
        (Call.RETRIEVE, 422, True, Kind.CONTENT, Cost.REFUNDED),
    ],
)
def test_what_the_service_says_of_the_credits_decides(
    nest: bool, call: Call, status: int, refunded: bool, kind: Kind, cost: Cost
) -> None:
    error = {"message": "No", "credits_refunded": refunded}
    problem = read(call, status, {"error": error} if nest else {"error": "No", "credits_refunded": refunded})
    assert (problem.kind, problem.cost) == (kind, cost)


@pytest.mark.parametrize(
    ("words", "cost"),
    [
        ("Refused. Your credits have been refunded.", Cost.REFUNDED),
        ("Sorry. You have not been charged.", Cost.NOT_CHARGED),
        ("It failed, and all credits were refunded", Cost.REFUNDED),
        ("This is not allowed. Your credits were refunded.", Cost.REFUNDED),
        ("Your credits have not been refunded.", Cost.UNKNOWN),
        ("No credits were refunded.", Cost.UNKNOWN),
        ("None of your credits have been refunded.", Cost.UNKNOWN),
        ("Ask for help if you were not charged back.", Cost.UNKNOWN),
        ("Inference processing failed", Cost.UNKNOWN),
    ],
)
def test_what_the_message_says_of_the_credits_counts(words: str, cost: Cost) -> None:
    assert read(Call.QUEUE, 500, {"error": words}).cost is cost
    assert (read(Call.RETRIEVE, 500, {"error": words}).kind is Kind.FAILED) == (cost is not Cost.UNKNOWN)


def test_what_helps_is_kept() -> None:
    body = {
        "error": {"message": "No", "type": "provider_content_policy", "recommended_model": "wan"},
        "suggested_prompt": "A cat",
    }
    problem = read(Call.RETRIEVE, 422, body)
    assert (problem.code, problem.recommended_model, problem.suggested_prompt) == (
        "provider_content_policy",
        "wan",
        "A cat",
    )


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after": "-3"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "999999999999"}, LONGEST_WAIT_S),
        ({"retry-after": "Fri, 31 Dec 9999 23:59:59 GMT"}, LONGEST_WAIT_S),
        ({"x-ratelimit-reset-requests": "90000", "x-ratelimit-remaining-requests": "0"}, LONGEST_WAIT_S),
        ({"retry-after": "Thu, 01 Jan 1970 00:17:00 GMT"}, 20.0),
        ({"x-ratelimit-reset-requests": "1010", "x-ratelimit-remaining-requests": "0"}, 10.0),
        ({"x-ratelimit-reset-requests": "900", "x-ratelimit-remaining-requests": "0"}, 0.0),
        ({"x-ratelimit-reset-requests": "1010", "x-ratelimit-remaining-requests": "5"}, None),
        ({"retry-after": "3", "x-ratelimit-reset-requests": "1010", "x-ratelimit-remaining-requests": "0"}, 3.0),
    ],
)
def test_how_long_to_wait(headers: dict[str, str], wait: float | None) -> None:
    assert retry_after_s(headers, 1000.0) == wait


def test_a_spent_address_is_gone() -> None:
    for status in (401, 403, 404, 410):
        assert read(Call.DOWNLOAD, status).kind is Kind.GONE
