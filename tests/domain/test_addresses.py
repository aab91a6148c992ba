"""A key is sent only where nobody on the way can read it."""

import pytest

from venice_studio.domain.addresses import is_here, keeps_a_key, normal


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://api.venice.ai/api/v1", True),
        ("HTTPS://elsewhere.example", True),
        ("http://127.0.0.1:8000/api/v1", True),
        ("http://127.9.9.9", True),
        ("http://[::1]:80/api/v1", True),
        ("http://localhost:8000", True),
        ("http://api.venice.ai/api/v1", False),
        ("http://localhost.example.com", False),
        ("http://127.0.0.1.example.com", False),
        ("http://127.0.0.1@example.com", False),
        ("http://10.0.0.1", False),
        ("http://0.0.0.0", False),
        ("ftp://localhost", False),
        ("https://", False),
        ("https://[broken", False),
        ("127.0.0.1:8000", False),
        ("", False),
    ],
)
def test_where_a_key_may_be_sent(address: str, safe: bool) -> None:
    assert keeps_a_key(address) is safe


@pytest.mark.parametrize(
    ("address", "here"),
    [
        ("http://127.0.0.1:8000/api/v1", True),
        ("https://localhost", True),
        ("http://[::1]:80", True),
        ("https://api.venice.ai/api/v1", False),
        ("http://localhost.example.com", False),
        ("http://[::1", False),
        ("", False),
    ],
)
def test_what_is_on_this_computer(address: str, here: bool) -> None:
    assert is_here(address) is here


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("https://api.venice.ai/api/v1", "https://api.venice.ai/api/v1"),
        ("https://API.Venice.ai/api/v1/", "https://api.venice.ai/api/v1"),
        ("HTTPS://api.venice.ai:443/api/v1", "https://api.venice.ai/api/v1"),
        ("http://LocalHost:8000/Api", "http://localhost:8000/Api"),
        ("http://127.0.0.1:80", "http://127.0.0.1"),
        ("practice", "practice"),
        ("https://[broken", "https://[broken"),
    ],
)
def test_an_address_is_written_in_one_way(written: str, same: str) -> None:
    assert normal(written) == same
