"""A listing comes back at the next start, and damage to its file never gets in the way."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from venice_studio.domain.listing import Gone
from venice_studio.domain.model import Dialect
from venice_studio.domain.problem import Kind, Trouble
from venice_studio.library import kept_listings
from venice_studio.library.kept_listings import KeptListing, KeptListings
from venice_studio.library.threads import Threads, Worker
from venice_studio.venice.catalog import read

SERVICE = "https://fake.invalid/api/v1"
AT = datetime(2026, 11, 22, 14, 10, tzinfo=UTC)
WORDS = json.dumps({"data": [{"id": "nova-9-text-to-video", "model_spec": {"name": "Nova é"}}]}).encode()


def heard(dialect: Dialect = Dialect.LIVE, at: datetime = AT, service: str = SERVICE) -> KeptListing:
    gone = (Gone(id="old", name="Old", replacement="nova"), Gone(id="older", name="Older"))
    return KeptListing(service=service, at=at, listing=read(WORDS, dialect), gone=gone)


async def test_a_listing_comes_back_with_its_age(tmp_path: Path, threads: Threads) -> None:
    await KeptListings(tmp_path / "models", threads.disk, read).keep(heard())
    assert await KeptListings(tmp_path / "models", threads.disk, read).newest(SERVICE) == heard()


async def test_of_two_dialects_the_one_heard_last_counts(tmp_path: Path, threads: Threads) -> None:
    kept = KeptListings(tmp_path, threads.disk, read)
    later = heard(Dialect.REFERENCE, AT + timedelta(hours=1))
    await kept.keep(later)
    await kept.keep(heard(Dialect.LIVE))
    assert await kept.newest(SERVICE) == later
    assert len(list(tmp_path.iterdir())) == 2


async def test_services_are_kept_apart(tmp_path: Path, threads: Threads) -> None:
    kept = KeptListings(tmp_path, threads.disk, read)
    await kept.keep(heard(service="https://other.invalid"))
    assert await kept.newest(SERVICE) is None
    assert await kept.newest("https://other.invalid") is not None


async def test_a_later_listing_takes_the_place_of_the_earlier(tmp_path: Path, threads: Threads) -> None:
    kept = KeptListings(tmp_path, threads.disk, read)
    await kept.keep(heard())
    await kept.keep(heard(at=AT + timedelta(days=1)))
    found = await kept.newest(SERVICE)
    assert found is not None
    assert found.at == AT + timedelta(days=1)


async def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, threads: Threads) -> None:
    (tmp_path / "models").write_text("in the way")
    with pytest.raises(Trouble) as caught:
        await KeptListings(tmp_path / "models", threads.disk, read).keep(heard())
    assert caught.value.problem.kind is Kind.DISK


def _without(name: str) -> Callable[[dict[str, Any]], object]:
    return lambda fields: {key: value for key, value in fields.items() if key != name}


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: None,
        lambda _: [],
        lambda fields: fields | {"service": "https://other.invalid"},
        lambda fields: fields | {"at": "yesterday"},
        lambda fields: fields | {"at": 7},
        lambda fields: fields | {"at": "0001-01-01T00:00:00+14:00"},
        lambda fields: fields | {"listing": "{"},
        lambda fields: fields | {"listing": {"data": []}},
        lambda fields: fields | {"listing": '{"data": []}'},
        lambda fields: fields | {"listing": "\ud800"},
        _without("listing"),
        _without("at"),
    ],
)
async def test_a_damaged_file_counts_as_not_there_and_is_replaced(
    tmp_path: Path, threads: Threads, damage: Callable[[dict[str, Any]], object]
) -> None:
    kept = KeptListings(tmp_path, threads.disk, read)
    await kept.keep(heard())
    (file,) = tmp_path.iterdir()
    file.write_text(json.dumps(damage(json.loads(file.read_bytes()))))
    assert await kept.newest(SERVICE) is None
    await kept.keep(heard())
    assert await kept.newest(SERVICE) == heard()


@pytest.mark.parametrize("gone", [None, 7, {}, [7], [{"id": "a"}], [{"id": 1, "name": "A", "replacement": None}]])
async def test_odd_memories_are_left_out(tmp_path: Path, threads: Threads, gone: object) -> None:
    kept = KeptListings(tmp_path, threads.disk, read)
    await kept.keep(heard())
    (file,) = tmp_path.iterdir()
    file.write_text(json.dumps(json.loads(file.read_bytes()) | {"gone": gone}))
    found = await kept.newest(SERVICE)
    assert found is not None
    assert found.gone == ()


async def test_a_file_beyond_all_measure_is_not_read(tmp_path: Path, threads: Threads) -> None:
    kept = KeptListings(tmp_path, threads.disk, read)
    await kept.keep(heard())
    (file,) = tmp_path.iterdir()
    with file.open("ab") as end:
        end.write(b" " * kept_listings.LARGEST)
    assert await kept.newest(SERVICE) is None


@given(cut=st.integers(0, 700), put=st.binary(max_size=12), over=st.booleans())
async def test_no_damage_to_the_bytes_does_harm(cut: int, put: bytes, over: bool) -> None:
    worker = Worker("disk")
    try:
        with TemporaryDirectory() as folder:
            kept = KeptListings(Path(folder), worker, read)
            await kept.keep(heard())
            (file,) = Path(folder).iterdir()
            whole = file.read_bytes()
            file.write_bytes(whole[:cut] + put + (whole[cut + len(put) :] if over else b""))
            found = await kept.newest(SERVICE)
            assert found is None or found.listing.models
    finally:
        worker.close()
