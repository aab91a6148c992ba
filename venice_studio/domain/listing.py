"""What a service answered when it was asked for its models, and what it listed before."""

from dataclasses import dataclass, field
from datetime import datetime

from venice_studio.domain.model import Dialect, VideoModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One answer: the models as they were understood, and the words from which they can be understood anew."""

    models: tuple[VideoModel, ...]
    dialect: Dialect
    """Whose facts fill what it leaves out."""
    text: bytes = field(default=b"", repr=False)
    """The answer as it came (JSON)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """What is remembered of a model that was listed once."""

    id: str
    name: str
    replacement: str | None = None
    """The model to use instead, by the service's own word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """How old the models on offer are."""

    as_of: datetime | None = None
    """When the service listed them (UTC); None: they are the built-in ones."""
    reached: bool = True
    """Whether the service answered when it was asked last; True while it was not asked yet."""
