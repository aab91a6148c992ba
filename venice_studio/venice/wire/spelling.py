"""The words in which the two dialects differ."""

from dataclasses import dataclass

from venice_studio.domain.model import Dialect


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """How one dialect spells what both have."""

    queue_id: str
    """The field of a job's id; retrieve and complete of the live service refuse the other one's."""
    seed: bool
    """Whether the queue request has a seed."""


SPELLINGS = {
    Dialect.REFERENCE: Spelling(queue_id="queueid", seed=True),
    Dialect.LIVE: Spelling(queue_id="queue_id", seed=False),
}

RESOLUTIONS = {"4K": "4k"}
"""What some models' listings write otherwise than the request's schema has it. Live schema."""

ELAPSED = ("executionDuration", "execution_duration")
"""Time a render has taken, in ms: reference page, live schema."""
ESTIMATE = ("estimatedDuration", "average_execution_time")
"""Time it is likely to take, in ms: reference page, live schema (where it is a P80)."""
