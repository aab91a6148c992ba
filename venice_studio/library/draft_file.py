"""What was being written when the program ended, for the next start."""

import json
import logging
from dataclasses import dataclass, replace
from pathlib import Path

from venice_studio.domain.problem import Trouble
from venice_studio.domain.request import GenerationRequest
from venice_studio.library.landing import write_whole
from venice_studio.library.records import request_from_json, request_to_json
from venice_studio.library.threads import Worker
from venice_studio.library.trouble import told

log = logging.getLogger(__name__)

LARGEST = 4 * 1024 * 1024
"""Bytes of a file that is worth reading: prompts are short, and of files only names and fingerprints stand there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A request that nobody has sent yet, and how many clips of it were to be made."""

    request: GenerationRequest
    takes: int


class DraftFile:
    """One small JSON file. What cannot be understood counts as not there; the next draft takes its place."""

    def __init__(self, path: Path, worker: Worker) -> None:
        self._path = path
        self._worker = worker

    async def load(self) -> Draft | None:
        """What was kept last; None where nothing usable is there."""
        return await self._worker.run(self._load)

    async def keep(self, draft: Draft) -> None:
        """Write the file, whole or not at all. Raises `Trouble` (DISK)."""
        await self._worker.run(self._keep, draft)

    def _load(self) -> Draft | None:
        try:
            if self._path.stat().st_size > LARGEST:
                raise ValueError("far too large")
            found = json.loads(self._path.read_bytes())
            takes = found["takes"]
            if not isinstance(takes, int) or isinstance(takes, bool):
                raise TypeError("no number of takes")
            return Draft(request=request_from_json(found["request"]), takes=takes)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (Trouble, OSError, ArithmeticError, LookupError, ValueError, TypeError, AttributeError, RecursionError):
            log.warning("The draft in %s cannot be read", self._path.name, exc_info=True)
            return None

    def _keep(self, draft: Draft) -> None:
        # What the user agreed to holds for what was sent, not for what may be.
        request = request_to_json(replace(draft.request, consents=()))
        with told(self._path.parent):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._path, json.dumps({"takes": draft.takes, "request": request}, indent=2).encode())
