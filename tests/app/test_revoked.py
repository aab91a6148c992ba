"""A key that is refused while the program runs, whoever hears of it first; and a 401 that is about one model only."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QDialog

from tests.app.sitting import Sitting, sit
from tests.support.faulty_server import told
from tests.support.scripted_service import BALANCE, MODELS, QUOTE, ScriptedService
from tests.ui.driving import click, until
from venice_studio.domain.job import Saved
from venice_studio.studio.connection import Standing

REFUSED = told({"error": "Authentication failed"}, 401)
PRO_ONLY = told({"error": "This model is only available to Pro users."}, 401)
PRICED = told({"quote": 0.5, "currency": "USD"})


async def until_priced(sitting: Sitting) -> None:
    await until(lambda: sitting.standing is Standing.CONNECTED and sitting.text("quotePrice") == "$0.44")


def ask_for_another_price(sitting: Sitting) -> None:
    composer = sitting.studio.composer
    model = composer.model
    assert model is not None
    composer.edit(duration=next(it for it in model.durations if it != composer.draft.value.duration))


def revoke(service: ScriptedService) -> None:
    for path in (QUOTE, BALANCE, MODELS):
        service.always(path, REFUSED)


async def until_it_leads_to_the_key(sitting: Sitting) -> None:
    await until(lambda: sitting.text("connectionStatus") == "Key refused")
    await until(lambda: sitting.text("quoteState") == "the key was refused\nAuthentication failed")
    other = sitting.find(QAbstractButton, "quoteConnectButton")
    assert (other.isVisible(), other.text()) == (True, "Another key…")
    click(other)
    await until(lambda: sitting.find(QDialog, "keyDialog").isVisible())
    sitting.find(QDialog, "keyDialog").reject()


async def test_a_price_that_is_refused_with_the_key_leads_to_the_key(tmp_path: Path) -> None:
    async with ScriptedService(tmp_path) as service, sit(tmp_path, service.base_url) as sitting:
        await until_priced(sitting)
        revoke(service)
        ask_for_another_price(sitting)

        await until_it_leads_to_the_key(sitting)
        assert not sitting.generate.isEnabled()
        # What is known to be refused is not asked for with every price.
        asked = service.count(BALANCE)
        quotes = service.count(QUOTE)
        click(sitting.find(QAbstractButton, "quoteRetryButton"))
        await until(lambda: service.count(QUOTE) > quotes and sitting.text("quoteState").startswith("the key"))
        assert service.count(BALANCE) == asked


async def test_a_listing_that_is_refused_with_the_key_says_so(tmp_path: Path) -> None:
    async with ScriptedService(tmp_path) as service, sit(tmp_path, service.base_url) as sitting:
        await until_priced(sitting)
        service.always(MODELS, REFUSED)
        service.always(BALANCE, REFUSED)
        sitting.studio.news.look()

        await until(lambda: sitting.text("connectionStatus") == "Key refused")


@pytest.mark.parametrize("balance", ["answers", "does not answer"])
async def test_a_401_that_is_not_about_the_key_keeps_the_connection_and_the_services_words(
    tmp_path: Path, balance: str
) -> None:
    async with ScriptedService(tmp_path) as service, sit(tmp_path, service.base_url) as sitting:
        await until_priced(sitting)
        asked = service.count(BALANCE)
        service.always(QUOTE, PRO_ONLY)
        if balance == "does not answer":
            service.always(BALANCE, told({}, 503))
        ask_for_another_price(sitting)

        said = "Venice gave no price\nThis model is only available to Pro users."
        await until(lambda: sitting.text("quoteState") == said and service.count(BALANCE) > asked)
        await until(lambda: "balance" not in sitting.studio.tasks.names)
        assert sitting.standing is (Standing.CONNECTED if balance == "answers" else Standing.NO_ANSWER)
        assert sitting.text("quoteState") == said
        assert sitting.find(QAbstractButton, "quoteConnectButton").text() == "Another key…"


async def test_a_key_that_is_taken_again_is_in_use_again(tmp_path: Path) -> None:
    async with ScriptedService(tmp_path) as service, sit(tmp_path, service.base_url) as sitting:
        await until_priced(sitting)
        revoke(service)
        ask_for_another_price(sitting)
        await until(lambda: sitting.standing is Standing.KEY_REFUSED)

        service.always(QUOTE, PRICED)
        service.always(BALANCE, told({"canConsume": True, "consumptionCurrency": "USD", "balances": {"usd": 24.3}}))
        click(sitting.find(QAbstractButton, "quoteRetryButton"))
        await until(lambda: sitting.text("connectionStatus") == "Venice, connected")
        await sitting.generate_clip()
        await sitting.until_state(Saved)
