"""What was spent as a CSV file, for a spreadsheet or the books."""

import csv
import io
from collections.abc import Sequence
from datetime import tzinfo
from pathlib import Path

from venice_studio.domain.spending import Attempt
from venice_studio.library.landing import write_whole
from venice_studio.library.trouble import told

COLUMNS = ("day", "time", "model", "amount", "currency", "cost", "job id")


def as_csv(attempts: Sequence[Attempt], zone: tzinfo | None = None) -> str:
    """A line for each attempt: its time as clocks in `zone` show it (None: this computer's), its amount as a number."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for one in attempts:
        at = one.at.astimezone(zone)
        moment = (f"{at:%Y-%m-%d}", f"{at:%H:%M:%S}")
        writer.writerow((*moment, _cell(one.model), f"{one.amount:f}", one.currency, one.cost.value, one.job_id))
    return text.getvalue()


def save_csv(path: Path, attempts: Sequence[Attempt]) -> None:
    """Write the file, whole or not at all. Touches the disk. Raises `Trouble` (DISK)."""
    with told(path.parent):
        write_whole(path, as_csv(attempts).encode())


def _cell(text: str) -> str:
    """A name from the service as a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
