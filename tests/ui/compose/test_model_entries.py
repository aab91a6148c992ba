"""The picker's entries: found by any word, narrowed by filters, in parts."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given

from tests.live.test_listings import listings
from venice_studio.domain.family import families
from venice_studio.domain.model import Dialect
from venice_studio.ui.compose.model_entries import Entry, Heading, Row, Wish, best, rows
from venice_studio.venice.catalog import builtin, listed

TODAY = date(2026, 11, 22)
ENTRIES = [Entry(family, TODAY) for family in families(builtin(Dialect.LIVE))]


def names(found: list[Row]) -> list[str]:
    return [row.name if isinstance(row, Entry) else f"[{row.title}]" for row in found]


def found(searched: str) -> list[str]:
    return names(rows(ENTRIES, searched=searched))


def test_the_variants_of_one_name_are_one_entry() -> None:
    assert len(ENTRIES) < len(builtin(Dialect.LIVE))
    (seedance,) = (one for one in ENTRIES if one.name == "Seedance 2.0")
    assert {model.id for model in seedance.family.variants} == {
        "seedance-2-0-text-to-video",
        "seedance-2-0-image-to-video",
        "seedance-2-0-reference-to-video",
    }
    assert seedance.facts.startswith("text, picture, references · ")


@pytest.mark.parametrize(
    ("searched", "holds", "lacks"),
    [
        ("google", "Veo 3.1 Fast", "Wan 3.0"),
        ("openai", "Sora 2 Pro", "Veo 3.1 Fast"),
        ("1080p sound", "Veo 3.1 Fast", "Kling 2.5 Turbo Pro"),
        ("SOUND kling", "Kling O3 Pro", "Veo 3.1 Fast"),
        ("private", "Wan 2.1 Pro", "Wan 3.0"),
        ("4k", "Kling V3 4K", "Wan 3.0"),
        ("references", "HappyHorse 1.1", "HappyHorse 1.0"),
        ("upscale", "Topaz Video Upscale", "Wan 3.0"),
        ("uncensored", "OVI", "Wan 3.0"),
        ("silent", "Kling 2.5 Turbo Pro", "Veo 3.1 Fast"),
        ("erse", "PixVerse C1", "Wan 3.0"),
        ("108", "Wan 3.0", "Grok Imagine"),
        ("30s", "Wan 3.0", "Veo 3.1 Fast"),
        ("seedance-2-0-text", "Seedance 2.0", "Seedance 2.0 Fast"),
    ],
)
def test_any_word_finds_and_all_must(searched: str, holds: str, lacks: str) -> None:
    assert holds in found(searched)
    assert lacks not in found(searched)


def test_a_bare_number_is_no_beginning_of_a_longer_one() -> None:
    assert "HappyHorse 1.0" in found("happyhorse 720")
    assert "HappyHorse 1.0" in found("happyhorse 15")
    assert "HappyHorse 1.0" not in found("happyhorse 72")


def test_nothing_has_words_that_no_model_has() -> None:
    assert found("kling google") == []
    assert best(rows(ENTRIES, searched="kling google"), "kling google") == -1


@pytest.mark.parametrize("wish", Wish)
def test_a_filter_leaves_those_that_fulfil_it(wish: Wish) -> None:
    passed = [row for row in rows(ENTRIES, wishes=[wish]) if isinstance(row, Entry)]
    assert passed
    assert len(passed) < len(ENTRIES)
    assert all(one.fulfils(wish) for one in passed)
    assert wish.sentence


def test_filters_and_words_together() -> None:
    both = names(rows(ENTRIES, searched="wan", wishes=[Wish.REFERENCES, Wish.SOUND]))
    assert "Wan 3.0" in both
    assert "Wan 2.1 Pro" not in both
    assert all("Wan" in name for name in both)


def test_each_entry_once_in_parts() -> None:
    parts = rows(
        ENTRIES, favourites=["Sora 2", "Nobody", "OVI"], recent=["OVI", "Longcat", "Wan 3.0"], chosen="Wan 3.0"
    )
    assert names(parts)[:9] == [
        "[Chosen]",
        "Wan 3.0",
        "[Favourites]",
        "Sora 2",
        "OVI",
        "[Used lately]",
        "Longcat",
        "[All others]",
        "Grok Imagine",
    ]
    shown = [row.name for row in parts if isinstance(row, Entry)]
    assert sorted(shown) == sorted(one.name for one in ENTRIES)


def test_a_single_part_needs_no_heading() -> None:
    assert not any(isinstance(row, Heading) for row in rows(ENTRIES))
    assert names(rows(ENTRIES, searched="sora 2 pro", favourites=["Sora 2 Pro"])) == ["Sora 2 Pro"]


def test_a_name_that_begins_so_is_meant_first() -> None:
    shown = rows(ENTRIES, searched="ve")
    assert names(shown)[best(shown, "ve")].startswith("Veo")


@pytest.mark.parametrize("favourites", [[], ["Longcat Distilled"]])
def test_a_name_that_is_written_out_is_meant_before_one_that_begins_so(favourites: list[str]) -> None:
    shown = rows(ENTRIES, searched="longcat", favourites=favourites)
    assert names(shown).index("Longcat Distilled") < names(shown).index("Longcat")
    assert names(shown)[best(shown, " Longcat")] == "Longcat"


def test_the_picker_begins_with_an_entry_not_with_a_heading() -> None:
    assert best(rows(ENTRIES, favourites=["OVI"]), "") == 1


@given(listings)
def test_whatever_is_listed_can_be_shown_and_found(data: dict[str, Any]) -> None:
    models = listed(json.loads(json.dumps(data, default=str)), Dialect.LIVE)
    entries = [Entry(family, TODAY) for family in families(models)]
    assert names(rows(entries)) == [one.name for one in entries]
    for one in entries:
        assert one.facts
        assert one.privacy
        assert one.name in names(rows(entries, searched=one.name))
