"""The listings of services as they were heard last, so that the next start has the models at once."""

import hashlib
import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from venice_studio.domain.listing import Gone, Listing
from venice_studio.domain.model import Dialect
from venice_studio.domain.problem import Trouble
from venice_studio.library.landing import write_whole
from venice_studio.library.threads import Worker
from venice_studio.library.trouble import told

log = logging.getLogger(__name__)

LARGEST = 16 * 1024 * 1024
"""Bytes of a file that is worth reading: no listing is nearly as long."""

Read = Callable[[bytes, Dialect | None], Listing]
"""Understands the words of a listing. Raises `Trouble` where they are none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptListing:
    """A listing, whose it is, when it was heard (UTC), and what is remembered of models listed before it."""

    service: str
    at: datetime
    listing: Listing
    gone: tuple[Gone, ...] = ()


class KeptListings:
    """One small JSON file for each service and dialect. What cannot be understood counts as not there."""

    def __init__(self, folder: Path, worker: Worker, read: Read) -> None:
        self._folder = folder
        self._worker = worker
        self._read = read

    async def newest(self, service: str) -> KeptListing | None:
        """What was heard last of a service; None where nothing usable is there."""
        return await self._worker.run(self._newest, service)

    async def keep(self, kept: KeptListing) -> None:
        """Write the file, whole or not at all. Raises `Trouble` (DISK)."""
        await self._worker.run(self._keep, kept)

    def _newest(self, service: str) -> KeptListing | None:
        found = [kept for dialect in Dialect if (kept := self._load(service, dialect)) is not None]
        return max(found, key=lambda kept: kept.at, default=None)

    def _load(self, service: str, dialect: Dialect) -> KeptListing | None:
        path = self._path(service, dialect)
        try:
            if path.stat().st_size > LARGEST:
                raise ValueError("far too large")
            fields = json.loads(path.read_bytes())
            if fields["service"] != service:
                raise ValueError("another service's")
            text = fields["listing"].encode()
            at = datetime.fromisoformat(fields["at"]).astimezone(UTC)
            listing = self._read(text, dialect)
            gone = tuple(_gone(fields.get("gone")))
        except FileNotFoundError:
            return None
        except (Trouble, OSError, ArithmeticError, LookupError, ValueError, TypeError, AttributeError, RecursionError):
            # The next listing takes its place.
            log.warning("The kept listing %s cannot be read", path.name, exc_info=True)
            return None
        return KeptListing(service=service, at=at, listing=listing, gone=gone) if listing.models else None

    def _keep(self, kept: KeptListing) -> None:
        fields = {
            "service": kept.service,
            "at": kept.at.isoformat(),
            "listing": kept.listing.text.decode("utf-8", "replace"),
            "gone": [asdict(one) for one in kept.gone],
        }
        with told(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            write_whole(self._path(kept.service, kept.listing.dialect), json.dumps(fields, indent=1).encode())

    def _path(self, service: str, dialect: Dialect) -> Path:
        mark = hashlib.sha256(service.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        return self._folder / f"{mark}-{dialect.value}.json"


def _gone(found: Any) -> Iterator[Gone]:
    for one in found if isinstance(found, list) else ():
        match one:
            case {"id": str(id_), "name": str(name), "replacement": str() | None as replacement}:
                yield Gone(id=id_, name=name, replacement=replacement)
