"""The built-in facts about models, which say what a listing leaves out and serve where there is no listing yet."""

import json
from collections.abc import Iterable, Mapping
from functools import cache

from venice_studio import assets
from venice_studio.domain.listing import Listing
from venice_studio.domain.model import Dialect, VideoModel
from venice_studio.venice.wire import values
from venice_studio.venice.wire.calls import Call
from venice_studio.venice.wire.errors import garbled
from venice_studio.venice.wire.listing import read_listing, read_model


@cache
def builtin(dialect: Dialect) -> tuple[VideoModel, ...]:
    """The models known without asking: the reference page's six, or the live service's as of autumn 2026.

    Reads a file of the resources once: call it first where files may be read.
    """
    facts: dict[str, object] = json.loads(assets.path("models.json").read_text(encoding="utf-8"))
    entries = facts[dialect.value]
    assert isinstance(entries, list)
    return tuple(read_model(str(entry["id"]), values.mapping(entry)) for entry in entries)


def listed(data: object, dialect: Dialect | None) -> tuple[VideoModel, ...]:
    """The listing of the service over the built-in facts. Raises `Trouble` where `data` is no listing.

    Before the service was heard to speak (None) the listing tells by its ids whose facts apply.
    """
    return _over_facts(data, dialect)[0]


def read(text: bytes, dialect: Dialect | None) -> Listing:
    """As `listed`, from the answer's own words (JSON), fresh or kept. Raises `Trouble` where it is no listing."""
    try:
        data = values.parse(text)
    except ValueError:
        raise garbled(Call.MODELS, "The service sent an answer that nobody can read.") from None
    models, spoken = _over_facts(data, dialect)
    return Listing(models=models, dialect=spoken, text=text)


def _over_facts(data: object, dialect: Dialect | None) -> tuple[tuple[VideoModel, ...], Dialect]:
    spoken = dialect or _dialect_of(model.id for model in read_listing(data))
    return read_listing(data, _facts(spoken)), spoken


def _facts(dialect: Dialect) -> Mapping[str, VideoModel]:
    return {model.id: model for model in builtin(dialect)}


def _dialect_of(ids: Iterable[str]) -> Dialect:
    """The live dialect, unless the listing has one of the ids that only the reference page knows."""
    page_alone = _facts(Dialect.REFERENCE).keys() - _facts(Dialect.LIVE).keys()
    return Dialect.LIVE if page_alone.isdisjoint(ids) else Dialect.REFERENCE
