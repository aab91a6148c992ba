"""Keys and what they may do: any key is an account of its own, except the few that are there to be refused."""

import hashlib
from decimal import Decimal

from venice_studio.sandbox.refusal import Refusal

_START_USD = Decimal("100.00")
_POOR_START_USD = Decimal("0.10")
_REFUSED = {
    "invalid": "Authentication failed: this API key is not valid.",
    "expired": "Authentication failed: this API key has expired.",
}


def key_of(authorization: str | None) -> str:
    """The key of an Authorization header; raises Refusal (401)."""
    scheme, _, key = (authorization or "").partition(" ")
    key = key.strip()
    if scheme.lower() != "bearer" or not key:
        raise Refusal(401, "Authentication failed: send your API key as a bearer token.")
    if key in _REFUSED:
        raise Refusal(401, _REFUSED[key])
    return key


def account_of(key: str) -> str:
    """The account's name: a digest, so that no key lies in the sandbox's files."""
    return hashlib.sha256(key.encode()).hexdigest()[:24]


def start_usd(key: str) -> Decimal:
    """What an account begins with, USD."""
    return _POOR_START_USD if key.startswith("poor-") else _START_USD
