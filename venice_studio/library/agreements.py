"""Agreements as JSON values, and back. What cannot be understood was not agreed to."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from venice_studio.domain.agreement import Agreement
from venice_studio.domain.consent import Consent
from venice_studio.domain.job import Account


def to_json(agreements: Sequence[Agreement]) -> list[dict[str, Any]]:
    """Agreements as lists, objects and text."""
    return [asdict(agreement) | {"agreed_at": agreement.agreed_at.isoformat()} for agreement in agreements]


def from_json(found: object) -> tuple[Agreement, ...]:
    """Whatever of `found` is an agreement."""
    return tuple(_understood(found)) if isinstance(found, list) else ()


def _understood(found: list[Any]) -> Iterator[Agreement]:
    for value in found:
        try:
            yield _agreement(value)
        except (KeyError, TypeError, ValueError):
            continue


def _agreement(value: Any) -> Agreement:
    account, consent = value["account"], value["consent"]
    at = datetime.fromisoformat(value["agreed_at"])
    if at.tzinfo is None:
        raise ValueError("a time of no zone")
    page = consent.get("page")
    return Agreement(
        account=Account(service=_text(account["service"]), fingerprint=_text(account["fingerprint"])),
        consent=Consent(
            flow=_text(consent["flow"]),
            policy=_text(consent["policy"]),
            version=_text(consent["version"]),
            faces=_texts(consent.get("faces")),
            page=page if isinstance(page, str) and page.lower().startswith("https://") else None,
        ),
        agreed_at=at,
        models=_texts(value.get("models")),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _texts(value: object) -> tuple[str, ...]:
    return tuple(word for word in value if isinstance(word, str)) if isinstance(value, list) else ()
