"""What was agreed to, and what goes along with requests because of it."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.fake_service import ACCOUNT, FakeClock, FakeService
from tests.support.whole_studio import WholeStudio
from tests.ui.jobs import material as m
from venice_studio.domain.consent import Consent
from venice_studio.domain.job import Account, Job, Refused
from venice_studio.domain.problem import Kind, Problem
from venice_studio.domain.quote import Quote
from venice_studio.domain.request import GenerationRequest
from venice_studio.library.settings import Settings
from venice_studio.studio.consents import Consents
from venice_studio.studio.signals import Value

ONE = Consent(flow="seedance", policy="Be kind.", version="1")
TWO = replace(ONE, policy="Be kinder.", version="2")
OTHER = Consent(flow="another", policy="Be bold.", version="1")
SOMEBODY_ELSE = Account(service=ACCOUNT.service, fingerprint="another key")


def request(model: str = "seedance") -> GenerationRequest:
    return GenerationRequest(model=model, prompt="A fox")


def refused(consent: Consent | None, *, said: tuple[str, ...] = (), account: Account = ACCOUNT) -> Job:
    problem = Problem(kind=Kind.CONSENT, message="Consent.", consent=consent)
    return m.job(Refused(problem=problem), asked=replace(request(), consents=said), account=account)


@pytest.fixture
def consents() -> Consents:
    return Consents(Value(Settings()), FakeClock())


def sent(consents: Consents, model: str = "seedance", account: Account = ACCOUNT) -> tuple[str, ...]:
    return consents.signed(account, request(model)).consents


def test_nothing_is_agreed_to_at_first(consents: Consents) -> None:
    consents.heard([refused(ONE)])
    assert sent(consents) == ()
    assert consents.agreements == ()


def test_only_the_model_that_asked_and_the_key_that_agreed(consents: Consents) -> None:
    consents.agree(ACCOUNT, ONE, "seedance")
    assert sent(consents) == ("seedance",)
    assert sent(consents, "wan") == ()
    assert sent(consents, account=SOMEBODY_ELSE) == ()
    [agreement] = consents.agreements
    assert agreement.agreed_at == datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def test_what_a_request_was_made_with_does_not_count(consents: Consents) -> None:
    consents.agree(ACCOUNT, ONE, "seedance")
    consents.withdraw(consents.agreements[0])
    assert consents.signed(ACCOUNT, replace(request(), consents=("seedance",))).consents == ()


def test_what_is_agreed_to_just_now_goes_along_once(consents: Consents) -> None:
    nameless = replace(ONE, version="")
    consents.agree(ACCOUNT, nameless, "seedance")
    assert consents.signed(ACCOUNT, request(), nameless).consents == ("seedance",)
    assert sent(consents) == ()
    consents.agree(ACCOUNT, ONE, "seedance")
    assert consents.signed(ACCOUNT, request(), ONE).consents == ("seedance",)


def test_a_newer_text_voids_what_was_agreed_to(consents: Consents) -> None:
    consents.agree(ACCOUNT, ONE, "seedance")
    consents.heard([refused(TWO)])
    assert sent(consents) == ()
    assert not consents.covers(ACCOUNT, ONE)


def test_another_text_under_the_same_version_does_too(consents: Consents) -> None:
    consents.agree(ACCOUNT, ONE, "seedance")
    consents.heard([refused(replace(ONE, policy="Be quite another."))])
    assert sent(consents) == ()


def test_who_asks_again_although_it_was_said_wants_it_said_anew(consents: Consents) -> None:
    consents.agree(ACCOUNT, ONE, "seedance")
    consents.heard([refused(ONE, said=("seedance",))])
    assert sent(consents) == ()


def test_an_answer_that_was_on_its_way_when_it_was_agreed_to_voids_nothing(consents: Consents) -> None:
    consents.agree(ACCOUNT, ONE, "seedance")
    consents.heard([refused(ONE), refused(OTHER), refused(None), refused(TWO, account=SOMEBODY_ELSE)])
    assert sent(consents) == ("seedance",)


def test_the_same_text_for_another_model_is_one_agreement(consents: Consents) -> None:
    consents.agree(ACCOUNT, ONE, "seedance")
    consents.agree(ACCOUNT, ONE, "seedance-fast")
    consents.agree(ACCOUNT, OTHER, "seedance")
    assert sent(consents, "seedance-fast") == ("seedance",)
    assert sent(consents) == ("seedance", "another")
    assert len(consents.agreements) == 2


def test_a_newer_text_does_not_count_for_models_that_showed_the_old_one(consents: Consents) -> None:
    consents.agree(ACCOUNT, ONE, "seedance")
    consents.agree(ACCOUNT, TWO, "seedance-fast")
    assert sent(consents) == ()
    assert sent(consents, "seedance-fast") == ("seedance",)


async def test_several_models_get_the_word_they_asked_for_and_no_other(tmp_path: Path) -> None:
    whole = WholeStudio(tmp_path, FakeService())
    await whole.begin()
    studio, service = whole.studio, whole.service
    studio.composer.edit(prompt="A quiet sea")
    await whole.settle()
    chosen = tuple(it for it in studio.several.contenders(service.account.service) if not it.faults)[:2]
    studio.several.choose(chosen)
    await whole.settle()
    first, second = (contender.model.id for contender in chosen)
    studio.consents.agree(service.account, ONE, second)
    shown = studio.several.total(chosen)
    assert shown is not None
    jobs = await studio.press.generate_several(chosen, shown, _yes)
    assert {job.request.model: job.request.consents for job in jobs} == {first: (), second: ("seedance",)}
    await whole.end()


async def _yes(_old: Quote, _new: Quote) -> bool:
    return True
