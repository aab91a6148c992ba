"""Reading JSON values without trusting them: each reader gives a sound value or None."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal

_ID_LIMIT = 256
_TEXT_LIMIT = 2000
_BOUND = 10**12


def parse(body: bytes) -> object:
    """The JSON value of `body`, numbers with a point as Decimal. Raises ValueError for anything else."""
    try:
        value: object = json.loads(body, parse_float=Decimal, parse_constant=_refuse)
    except (ValueError, ArithmeticError, RecursionError):
        # ArithmeticError: an exponent beyond what Decimal holds.
        raise ValueError("not JSON") from None
    return value


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def mapping(value: object) -> Mapping[str, object]:
    """An object's fields; none for anything else."""
    return value if isinstance(value, dict) else {}


def first(fields: Mapping[str, object], *names: str) -> object:
    """The value of the first of `names` that is there and not null."""
    return next((fields[name] for name in names if fields.get(name) is not None), None)


def text(value: object) -> str | None:
    """Words to show: printable, white space made single, at most 2000 characters; None where there are none."""
    if not isinstance(value, str):
        return None
    words = " ".join("".join(c if c.isprintable() else " " for c in value[: 2 * _TEXT_LIMIT]).split())
    return words[:_TEXT_LIMIT] or None


def whole_text(value: object, most: int) -> str | None:
    """A text that would be wrong in part: printable, in its own lines; None where it has more than `most` characters,
    or none."""
    if not isinstance(value, str) or len(value) > most:
        return None
    lines = ("".join(c if c.isprintable() else " " for c in line).rstrip() for line in value.splitlines())
    return "\n".join(lines).strip() or None


def identifier(value: object, *, most: int = _ID_LIMIT) -> str | None:
    """An id as it was given; None for what no id can be (empty, over `most` characters, unprintable)."""
    if isinstance(value, str) and 0 < len(value) <= most and value.isprintable() and value.strip():
        return value
    return None


def identifier_or_number(value: object, *, most: int = _ID_LIMIT) -> str | None:
    """An id as it was given, or the digits of one that was given as a whole number."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else identifier(value, most=most)


def texts(value: object) -> tuple[str, ...] | None:
    """The words of a list, each once and in its order; None for what is no list."""
    if not isinstance(value, list):
        return None
    return tuple(dict.fromkeys(word for item in value if (word := identifier(item))))


def flag(value: object) -> bool | None:
    """True or false; None for anything else."""
    return value if isinstance(value, bool) else None


def number(value: object) -> Decimal | None:
    """A finite number below 10^12 either way; None for anything else, booleans and strings included."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    exact = Decimal(value)
    return exact if exact.is_finite() and -_BOUND < exact < _BOUND else None


def whole(value: object) -> int | None:
    """A number from 0 on without what is behind its point; None for anything else."""
    amount = number(value)
    return int(amount) if amount is not None and amount >= 0 else None


def web_address(value: object) -> str | None:
    """An http or https address; None for anything else."""
    if isinstance(value, str) and value.isascii() and value.isprintable() and " " not in value:
        return value if value.lower().startswith(("https://", "http://")) else None
    return None


def strings_in(value: object, depth: int = 6) -> Iterator[str]:
    """Every text in a tree, in its order, to a depth that no honest answer exceeds."""
    if words := text(value):
        yield words
    elif depth and isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings_in(item, depth - 1)
