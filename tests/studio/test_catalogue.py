"""The models on offer: built in, kept, listed; and what is told of their age."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.fake_service import ACCOUNT, MODELS, FakeService
from tests.support.patience import PATIENCE_S
from tests.support.studio_parts import Parts
from venice_studio.domain.listing import Freshness, Gone, Listing
from venice_studio.domain.model import Dialect, VideoModel
from venice_studio.domain.problem import Kind, Problem, Trouble
from venice_studio.studio.catalogue import Catalogue
from venice_studio.studio.model_news import ModelNews
from venice_studio.venice.catalog import read

NAME = ACCOUNT.service
OFFLINE = Trouble(Problem(kind=Kind.OFFLINE, message="no network"))
REFUSED = Trouble(Problem(kind=Kind.KEY, message="no"))


@pytest.fixture
async def parts(tmp_path: Path) -> AsyncIterator[Parts]:
    parts = Parts(tmp_path, FakeService())
    yield parts
    await parts.end()


def listing(*ids: str) -> Listing:
    entries = [{"id": id_, "model_spec": {"name": id_.title()}} for id_ in ids]
    return read(json.dumps({"data": entries}).encode(), Dialect.LIVE)


async def _models() -> tuple[VideoModel, ...]:
    return MODELS


def catalogue(parts: Parts) -> Catalogue:
    return Catalogue(floor=MODELS[:1], kept=parts.kept, clock=parts.clock, facts=_models)


def ids(models: tuple[VideoModel, ...]) -> list[str]:
    return [model.id for model in models]


async def test_the_next_start_has_the_listing_without_asking(parts: Parts) -> None:
    parts.service.answer("models", listing("nova", "vega"))
    await catalogue(parts).fetch(parts.service)
    heard_at = parts.clock.now()
    parts.clock.at += timedelta(days=1)

    later = catalogue(parts)
    assert later.known(NAME) == MODELS[:1]
    await later.recall(NAME)
    assert ids(later.known(NAME)) == ["nova", "vega"]
    assert later.freshness(NAME) == Freshness(as_of=heard_at)


async def test_a_service_out_of_reach_takes_nothing_away_and_it_is_told(parts: Parts) -> None:
    ours = catalogue(parts)
    parts.service.answer("models", listing("nova"), OFFLINE, REFUSED)
    await ours.fetch(parts.service)
    for reached in (False, True):
        with pytest.raises(Trouble):
            await ours.fetch(parts.service)
        assert ids(ours.known(NAME)) == ["nova"]
        assert ours.freshness(NAME) == Freshness(as_of=parts.clock.now(), reached=reached)


async def test_an_empty_listing_takes_nothing_away(parts: Parts) -> None:
    ours = catalogue(parts)
    parts.service.answer("models", listing("nova"), listing())
    await ours.fetch(parts.service)
    await ours.fetch(parts.service)
    assert ids(ours.known(NAME)) == ["nova"]


async def test_what_was_heard_now_is_not_replaced_by_what_was_kept(parts: Parts) -> None:
    parts.service.answer("models", listing("nova"), listing("vega"))
    await catalogue(parts).fetch(parts.service)
    ours = catalogue(parts)
    await asyncio.gather(ours.fetch(parts.service), ours.recall(NAME))
    assert ids(ours.known(NAME)) == ["vega"]


async def test_models_that_left_are_remembered_over_starts_until_they_come_back(parts: Parts) -> None:
    parts.service.answer("models", listing("nova", "vega"), listing("vega"), listing("vega", "nova"))
    first = catalogue(parts)
    await first.fetch(parts.service)
    await first.fetch(parts.service)
    assert first.gone(NAME)["nova"] == Gone(id="nova", name="Nova")

    later = catalogue(parts)
    await later.recall(NAME)
    assert later.gone(NAME)["nova"].name == "Nova"
    assert later.gone(NAME)["ltx"].name == "LTX"
    await later.fetch(parts.service)
    assert "nova" not in later.gone(NAME)
    assert later.gone("practice")["nova"].name == "Nova"


async def test_a_disk_that_takes_nothing_is_no_reason_to_do_without(parts: Parts) -> None:
    (parts.home / "models").write_text("in the way")
    parts.service.answer("models", listing("nova"))
    ours = catalogue(parts)
    await ours.fetch(parts.service)
    assert ids(ours.known(NAME)) == ["nova"]


async def test_a_clock_set_back_makes_no_listing_of_tomorrow(parts: Parts) -> None:
    parts.service.answer("models", listing("nova"))
    await catalogue(parts).fetch(parts.service)
    parts.clock.at -= timedelta(days=30)
    later = catalogue(parts)
    await later.recall(NAME)
    assert later.freshness(NAME) == Freshness(as_of=parts.clock.now())


async def test_news_are_asked_for_from_time_to_time(parts: Parts) -> None:
    offered: list[list[str]] = []
    both = asyncio.Event()
    ours = catalogue(parts)

    def offer(name: str) -> None:
        offered.append(ids(ours.known(name)))
        if offered[-1] == ["nova", "vega"]:
            both.set()

    news = ModelNews(catalogue=ours, tasks=parts.tasks, offer=offer, refused=lambda _: None, every_s=0.01)
    parts.service.answer("models", listing("nova"), REFUSED, listing("nova", "vega"))
    news.use(parts.service)
    assert offered == [["kling-text"]]
    assert news.freshness.value == Freshness()
    await asyncio.wait_for(both.wait(), PATIENCE_S)
    news.stop()
    assert news.freshness.value == Freshness(as_of=parts.clock.now())
    await parts.tasks.join()
    asked = parts.service.count("models")
    await asyncio.sleep(0.05)
    assert parts.service.count("models") == asked
