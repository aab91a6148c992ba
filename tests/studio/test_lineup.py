"""What helps to choose: prices asked quietly, favourites kept, the latest first."""

from collections.abc import AsyncIterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tests.support.fake_service import MODELS
from tests.support.whole_studio import WholeStudio
from venice_studio.domain.family import Family, families
from venice_studio.domain.problem import Kind, Problem, Trouble
from venice_studio.domain.quote import Quote
from venice_studio.studio.lineup import Lineup
from venice_studio.studio.price_list import FRESH_S

KLING, LTX, WAN = families(MODELS)
INVALID = Trouble(Problem(kind=Kind.INVALID, message="no such thing"))
OFFLINE = Trouble(Problem(kind=Kind.OFFLINE, message="no network"))


@pytest.fixture
async def whole(tmp_path: Path) -> AsyncIterator[WholeStudio]:
    whole = WholeStudio(tmp_path)
    await whole.begin()
    yield whole
    await whole.end()


def lineup(whole: WholeStudio) -> Lineup:
    return whole.studio.lineup


def asked(whole: WholeStudio) -> list[str]:
    return [request.model for call, request in whole.service.calls if call == "quote"]  # type: ignore[attr-defined]


def amount(whole: WholeStudio, family: Family) -> str | None:
    quote = lineup(whole).price_from(family)
    return str(quote.amount) if quote else None


async def test_what_nobody_looks_at_is_not_asked_for(whole: WholeStudio) -> None:
    assert set(asked(whole)) == {"kling-text"}
    assert amount(whole, WAN) is None


async def test_prices_are_heard_one_after_the_other_and_told(whole: WholeStudio) -> None:
    heard: list[str] = []
    lineup(whole).prices.heard.connect(heard.append)
    whole.service.answer("quote", *(Quote(amount=Decimal(price)) for price in ("0.50", "0.45", "0.20")))
    lineup(whole).look_at([KLING, WAN])
    await whole.settle()
    assert heard == ["kling-text", "kling-image", "wan-image"]
    assert (amount(whole, KLING), amount(whole, WAN)) == ("0.45", "0.20")


async def test_what_is_known_is_not_asked_again_until_it_is_old(whole: WholeStudio) -> None:
    lineup(whole).look_at([WAN])
    await whole.settle()
    before = len(asked(whole))
    lineup(whole).look_at([WAN])
    await whole.settle()
    assert len(asked(whole)) == before
    whole.parts.clock.at += timedelta(seconds=FRESH_S)
    lineup(whole).look_at([WAN])
    await whole.settle()
    assert len(asked(whole)) == before + 1


async def test_looking_elsewhere_lets_go_of_what_was_to_be_asked(whole: WholeStudio) -> None:
    before = len(asked(whole))
    lineup(whole).look_at([KLING, LTX])
    lineup(whole).look_at([WAN])
    await whole.settle()
    assert asked(whole)[before:] == ["wan-image"]


async def test_a_model_without_a_price_has_none_and_is_left_alone(whole: WholeStudio) -> None:
    whole.service.answer("quote", INVALID)
    lineup(whole).look_at([WAN, LTX])
    await whole.settle()
    assert amount(whole, WAN) is None
    assert amount(whole, LTX) == "0.39"
    before = len(asked(whole))
    lineup(whole).look_at([WAN])
    await whole.settle()
    assert len(asked(whole)) == before


async def test_refusals_end_the_asking_before_they_tell_against_the_key(whole: WholeStudio) -> None:
    before = len(asked(whole))
    whole.service.answer("quote", INVALID, INVALID, INVALID)
    lineup(whole).look_at([KLING, LTX, WAN])
    await whole.settle()
    assert len(asked(whole)) == before + 3
    lineup(whole).prices.use(whole.service)
    lineup(whole).look_at([WAN])
    await whole.settle()
    assert amount(whole, WAN) == "0.39"


async def test_a_line_that_is_down_is_no_verdict(whole: WholeStudio) -> None:
    whole.service.answer("quote", OFFLINE)
    lineup(whole).look_at([WAN])
    await whole.settle()
    assert amount(whole, WAN) is None
    lineup(whole).look_at([WAN])
    await whole.settle()
    assert amount(whole, WAN) == "0.39"


async def test_a_price_heard_for_the_form_counts_too(whole: WholeStudio) -> None:
    whole.studio.composer.choose_model("wan-image")
    await whole.price("0.27")
    assert whole.studio.composer.draft.value.duration == "4s"
    assert amount(whole, WAN) == "0.27"


async def test_another_service_has_other_prices(whole: WholeStudio) -> None:
    lineup(whole).look_at([WAN])
    await whole.settle()
    lineup(whole).prices.use(None)
    lineup(whole).look_at([WAN])
    assert amount(whole, WAN) is None


async def test_favourites_come_and_go_and_are_kept(whole: WholeStudio) -> None:
    for name in ("Wan", "LTX", "Wan", "Kling"):
        lineup(whole).star(name)
    assert lineup(whole).favourites == ("LTX", "Kling")
    assert whole.studio.settings.value.favourite_models == ("LTX", "Kling")


async def test_the_latest_jobs_say_what_was_used_lately(whole: WholeStudio) -> None:
    async def never(_old: Quote, _new: Quote) -> bool:
        raise AssertionError("nothing changed, so nothing is asked")

    assert lineup(whole).recent(whole.studio.composer.families) == ()
    for model in ("ltx", "kling-text", "kling-text"):
        whole.studio.composer.choose_model(model)
        whole.studio.composer.edit(prompt="A gondola")
        await whole.settle()
        assert await whole.studio.press.generate(never)
    assert lineup(whole).recent(whole.studio.composer.families) == ("Kling", "LTX")
