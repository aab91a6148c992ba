"""Sums in words."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QDate, QLocale

from venice_studio.domain.quote import money
from venice_studio.domain.spending import Spent

Sums = Mapping[str, Spent]
"""Sums by currency."""


def charged(sums: Sums) -> str:
    """What was paid: `$2.40`, with other currencies after the dollars."""
    paid = {currency: spent.charged for currency, spent in sums.items() if spent.charged}
    return _sums(paid) or money(Decimal(0))


def refunded(sums: Sums) -> str:
    """What came back, as a line; empty where nothing did."""
    back = _sums({currency: spent.refunded for currency, spent in sums.items() if spent.refunded})
    return f"{back} refunded" if back else ""


def unknown(sums: Sums) -> str:
    """What may have been paid on top, as a line; empty where nothing may."""
    perhaps = _sums({currency: spent.unknown for currency, spent in sums.items() if spent.unknown})
    return f"{perhaps} may have been charged" if perhaps else ""


def today(sums: Sums) -> str:
    """The status line's words; empty where nothing was spent."""
    paid = _sums({currency: spent.charged for currency, spent in sums.items() if spent.charged})
    perhaps = _sums({currency: spent.unknown for currency, spent in sums.items() if spent.unknown})
    if not paid:
        return f"Today perhaps {perhaps}" if perhaps else ""
    return f"Spent today {paid}" + (f", perhaps {perhaps} more" if perhaps else "")


def day(of: date, now: date) -> str:
    """`Today`, `Yesterday`, or the date as it is written here."""
    match (now - of).days:
        case 0:
            return "Today"
        case 1:
            return "Yesterday"
        case _:
            return QLocale.system().toString(QDate(of.year, of.month, of.day), QLocale.FormatType.ShortFormat)


def _sums(amounts: Mapping[str, Decimal]) -> str:
    return " and ".join(money(amount, currency) for currency, amount in amounts.items())
