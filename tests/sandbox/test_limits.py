"""Requests a minute, per key, at real speed."""

from collections.abc import Iterator

import pytest

from tests.sandbox.api import Api
from tests.support.sandbox import Sandbox


@pytest.fixture(scope="module")
def slow() -> Iterator[Sandbox]:
    with Sandbox(speed=1) as running:
        yield running


@pytest.mark.parametrize(("call", "limit"), [("queue", 40), ("retrieve", 120)])
def test_a_key_is_limited_and_told_when_to_come_back(slow: Sandbox, call: str, limit: int) -> None:
    api, other = Api(slow.base_url), Api(slow.base_url)
    path = f"/video/{call}"
    answers = [api.post(path, {}) for _ in range(limit)]
    assert {answer.status_code for answer in answers} == {400}
    assert [int(answer.headers["x-ratelimit-remaining-requests"]) for answer in answers] == list(range(limit))[::-1]
    refused = api.post(path, {})
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert refused.headers["x-ratelimit-remaining-requests"] == "0"
    assert refused.headers["x-ratelimit-limit-requests"] == str(limit)
    assert other.post(path, {}).status_code == 400
    assert api.quote().status_code == 200
    api.close()
    other.close()
