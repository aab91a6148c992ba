"""Every error as the user sees it: each status at each call, told over a real socket, and what the window says."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QDialog, QLabel, QWidget

from tests.app.sitting import Sitting, sit
from tests.support.faulty_server import Answerer, hang_up, told
from tests.support.scripted_service import (
    BALANCE,
    COMPLETE,
    MODELS,
    QUEUE,
    QUOTE,
    RETRIEVE,
    ScriptedService,
)
from tests.ui.driving import click, until
from venice_studio.domain.job import Doubtful, Failed, JobState, Refused, Rendering, Saved
from venice_studio.domain.problem import Cost
from venice_studio.studio.connection import Standing

WORDS = "Quite <b>bold</b> & <i>clear</i> words."
A_WHILE_S = 0.7
"""Longer than three looks at a job, and than the wait before an unpaid question is asked again."""


def refusal(status: int, **headers: str) -> bytes:
    return told({"error": WORDS}, status, **headers)


def at_field(name: str, words: str = WORDS) -> bytes:
    return told({"error": "Invalid request parameters", "details": {name: {"_errors": [words]}}}, 400)


def words_in_sight(sitting: Sitting) -> str:
    """Everything that labels say in the window now; each of them shows plain text."""
    labels = [label for label in sitting.window.findChildren(QLabel) if label.isVisible() and label.text()]
    markup = [label.text() for label in labels if label.textFormat() is not Qt.TextFormat.PlainText]
    assert not markup
    return "\n".join(label.text() for label in labels)


async def until_said(sitting: Sitting, words: str) -> None:
    await until(lambda: words in words_in_sight(sitting))


# The price


@pytest.mark.parametrize(
    ("field", "control"),
    [("duration", "durationField"), ("resolution", "resolutionField"), ("aspect_ratio", "aspectRatioField")],
)
async def test_a_quote_refused_for_a_field_says_so_at_that_field(tmp_path: Path, field: str, control: str) -> None:
    async with ScriptedService(tmp_path) as service:
        service.always(QUOTE, at_field(field))
        async with sit(tmp_path, service.base_url) as sitting:
            await until(lambda: sitting.problem_at(control) == WORDS)

            assert [name for name in ("durationField", "resolutionField") if sitting.problem_at(name)] == [
                name for name in ("durationField", "resolutionField") if name == control
            ]
            await until_said(sitting, WORDS)
            assert not sitting.generate.isEnabled()


@pytest.mark.parametrize("status", [401, 402, 403, 404])
async def test_a_refused_quote_says_why_and_keeps_generate_off(tmp_path: Path, status: int) -> None:
    async with ScriptedService(tmp_path) as service:
        service.always(QUOTE, refusal(status))
        async with sit(tmp_path, service.base_url) as sitting:
            await until_said(sitting, WORDS)

            assert not sitting.generate.isEnabled()
            service.always(QUOTE, told({"quote": 0.5, "currency": "USD"}))
            click(sitting.find(QAbstractButton, "quoteRetryButton"))
            await until(lambda: sitting.text("quotePrice") == "$0.50")


@pytest.mark.parametrize(
    ("answer", "times"),
    [(refusal(429, Retry_After="1"), 1), (refusal(500), 4), (refusal(503), 4), (hang_up, 4)],
    ids=["429", "500", "503", "cut"],
)
async def test_a_quote_that_fails_for_a_while_comes_by_itself(
    tmp_path: Path, answer: bytes | Answerer, times: int
) -> None:
    async with ScriptedService(tmp_path) as service:
        service.next(QUOTE, *[answer] * times)
        async with sit(tmp_path, service.base_url) as sitting:
            await until(lambda: sitting.text("quotePrice") == "$0.44")

            assert service.count(QUOTE) == times + 1


# The paid request


@pytest.mark.parametrize(
    ("field", "control"),
    [
        ("prompt", "promptEdit"),
        ("model", "modelPicker"),
        ("duration", "durationField"),
        ("resolution", "resolutionField"),
        ("aspect_ratio", "aspectRatioField"),
        ("audio", "audioToggle"),
        ("seed", "seedEdit"),
    ],
)
async def test_a_request_refused_for_a_field_says_so_at_that_field(tmp_path: Path, field: str, control: str) -> None:
    async with ScriptedService(tmp_path) as service, sit(tmp_path, service.base_url) as sitting:
        service.next(QUEUE, at_field(field))

        job = await sitting.generate_clip()

        assert isinstance(job.state, Refused)
        assert sitting.problem_at(control) == WORDS
        assert not sitting.find(QWidget, "composeBanner").isVisible()
        assert service.count(QUEUE) == 1


@dataclass(frozen=True)
class Case:
    """What the queue answers, and what the window says then."""

    answer: bytes | Answerer
    state: type[JobState]
    cost: Cost
    said: tuple[str, ...]
    button: str = ""


REFUSED = told({"error": "Inference failed. Your credits have been refunded."}, 500)
CASES = {
    "400": Case(refusal(400), Refused, Cost.NOT_CHARGED, (WORDS, "Nothing was charged.")),
    "401": Case(refusal(401), Refused, Cost.NOT_CHARGED, (WORDS, "Nothing was charged."), "Connect…"),
    "402": Case(refusal(402), Refused, Cost.NOT_CHARGED, (WORDS, "Nothing was charged.")),
    "403": Case(refusal(403), Refused, Cost.NOT_CHARGED, (WORDS,)),
    "404": Case(refusal(404), Refused, Cost.NOT_CHARGED, (WORDS,)),
    "413": Case(refusal(413), Refused, Cost.NOT_CHARGED, (WORDS,)),
    "422": Case(refusal(422), Refused, Cost.NOT_CHARGED, (WORDS,)),
    "500": Case(refusal(500), Doubtful, Cost.UNKNOWN, (WORDS, "It may have been charged")),
    "500, refunded": Case(REFUSED, Refused, Cost.REFUNDED, ("It was charged and paid back.",)),
    "503": Case(refusal(503), Doubtful, Cost.UNKNOWN, (WORDS, "It may have been charged")),
    "cut": Case(hang_up, Doubtful, Cost.UNKNOWN, ("It may have been charged",)),
    "no id": Case(told({"status": "queued"}), Doubtful, Cost.UNKNOWN, ("It may have been charged",)),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
async def test_a_request_that_is_not_taken_says_why_and_what_it_cost(tmp_path: Path, case: Case) -> None:
    async with ScriptedService(tmp_path) as service, sit(tmp_path, service.base_url) as sitting:
        service.next(QUEUE, case.answer)

        job = await sitting.generate_clip()

        assert isinstance(job.state, case.state)
        assert job.cost is case.cost
        await until(lambda: all(words in sitting.said("composeBanner") for words in case.said))
        await until(lambda: sitting.find(QLabel, "problemText").isVisible())
        assert words_in_sight(sitting)
        buttons = [button.text() for button in sitting.find(QWidget, "composeBanner").findChildren(QAbstractButton)]
        assert case.button in [*buttons, ""]
        await asyncio.sleep(A_WHILE_S)
        assert service.count(QUEUE) == 1
        assert type(sitting.jobs[-1].state) is case.state
        assert sitting.jobs[-1].cost is case.cost


async def test_a_refused_key_leads_to_the_key(tmp_path: Path) -> None:
    async with ScriptedService(tmp_path) as service, sit(tmp_path, service.base_url) as sitting:
        service.next(QUEUE, refusal(401))
        await sitting.generate_clip()
        await until(lambda: sitting.find(QWidget, "composeBanner").isVisible())

        [connect] = [
            button
            for button in sitting.find(QWidget, "composeBanner").findChildren(QAbstractButton)
            if button.text() == "Connect…"
        ]
        click(connect)

        await until(lambda: sitting.find(QDialog, "keyDialog").isVisible())
        sitting.find(QDialog, "keyDialog").reject()


async def test_a_short_balance_says_how_much_is_missing(tmp_path: Path) -> None:
    async with ScriptedService(tmp_path) as service:
        service.always(
            BALANCE,
            told({"canConsume": True, "consumptionCurrency": "USD", "balances": {"diem": None, "usd": 0.4}}),
        )
        service.next(QUEUE, refusal(402))
        async with sit(tmp_path, service.base_url) as sitting:
            await sitting.generate_clip()

            await until(lambda: WORDS in sitting.said("composeBanner"))
            assert "$0.04 more than you have" in sitting.said("composeBanner")


async def test_a_busy_service_is_sent_the_same_request_later_and_takes_it_once(tmp_path: Path) -> None:
    async with ScriptedService(tmp_path) as service, sit(tmp_path, service.base_url) as sitting:
        service.next(QUEUE, refusal(429, Retry_After="1"))

        await sitting.write("A quiet sea")
        click(sitting.generate)
        await until_said(sitting, "Goes out in 1 s")

        await sitting.until_state(Saved)
        assert service.count(QUEUE) == 2
        assert len(sitting.jobs) == 1


async def test_a_service_that_cannot_be_reached_costs_nothing(tmp_path: Path) -> None:
    async with ScriptedService(tmp_path) as service, sit(tmp_path, service.base_url) as sitting:
        await sitting.write("A quiet sea")
        await service.close()

        click(sitting.generate)

        await until(lambda: "Nothing was sent, nothing charged." in sitting.said("composeBanner"))
        assert not sitting.jobs


async def test_a_price_that_rose_since_it_was_shown_is_asked_about(tmp_path: Path) -> None:
    async with ScriptedService(tmp_path) as service, sit(tmp_path, service.base_url) as sitting:
        await sitting.write("A quiet sea")
        service.always(QUOTE, told({"quote": 0.9, "currency": "USD"}))

        click(sitting.generate)
        await until(lambda: sitting.window.findChild(QDialog, "question") is not None)
        question = sitting.find(QDialog, "question")
        assert "It was $0.44 and is $0.90 now." in "\n".join(label.text() for label in question.findChildren(QLabel))
        question.reject()

        await until(lambda: not sitting.studio.press.under_way.value)
        assert not sitting.jobs
        assert service.count(QUEUE) == 0


# Looks at a job


@pytest.mark.parametrize("status", [401, 402, 429, 500, 503, "cut"])
async def test_a_look_that_fails_for_a_while_is_said_and_the_clip_still_comes(
    tmp_path: Path, status: int | str
) -> None:
    async with ScriptedService(tmp_path) as service, sit(tmp_path, service.base_url) as sitting:
        answer: bytes | Answerer = refusal(status) if isinstance(status, int) else hang_up
        service.next(RETRIEVE, answer)

        await sitting.generate_clip()
        state = await sitting.until_state(Rendering)
        words = WORDS if isinstance(status, int) else "broke off"
        await until_said(sitting, words)
        assert isinstance(state, Rendering)
        await until_said(sitting, "Your clip goes on at Venice; we look again.")

        await sitting.until_state(Saved)
        assert service.count(QUEUE) == 1


@pytest.mark.parametrize(("status", "looks"), [(400, 2), (404, 3), (410, 3), (422, 1)])
async def test_a_job_that_the_service_gives_up_says_so_after_enough_looks(
    tmp_path: Path, status: int, looks: int
) -> None:
    async with ScriptedService(tmp_path) as service, sit(tmp_path, service.base_url) as sitting:
        service.always(RETRIEVE, refusal(status))

        await sitting.generate_clip()
        failed = await sitting.until_state(Failed)

        await until(lambda: sitting.text("problemText") == WORDS)
        assert failed.problem.status == status
        assert service.count(RETRIEVE) == looks
        assert service.count(QUEUE) == 1


# The rest


@pytest.mark.parametrize("status", [400, 401, 402, 429, 500])
async def test_a_copy_that_cannot_be_deleted_is_said_and_stays_in_the_list(tmp_path: Path, status: int) -> None:
    async with ScriptedService(tmp_path) as service, sit(tmp_path, service.base_url) as sitting:
        await sitting.generate_clip()
        saved = await sitting.until_state(Saved)
        service.always(COMPLETE, refusal(status))

        await delete_with_copy(sitting)

        await until_said(sitting, WORDS)
        assert "The clip is in the trash, but there is still a copy at Venice." in words_in_sight(sitting)
        assert len(sitting.jobs) == 1
        assert not Path(saved.clip.path).exists()


async def test_a_copy_that_is_gone_already_is_deleted(tmp_path: Path) -> None:
    async with ScriptedService(tmp_path) as service, sit(tmp_path, service.base_url) as sitting:
        await sitting.generate_clip()
        saved = await sitting.until_state(Saved)
        service.always(COMPLETE, refusal(404))

        await delete_with_copy(sitting)

        await until(lambda: not sitting.jobs)
        assert not Path(saved.clip.path).exists()
        assert service.count(COMPLETE) == 1


async def delete_with_copy(sitting: Sitting) -> None:
    await until(lambda: sitting.find(QWidget, "deleteClipButton").isVisible())
    click(sitting.find(QAbstractButton, "deleteClipButton"))
    await until(lambda: sitting.window.findChild(QDialog, "deleteDialog") is not None)
    dialog = sitting.find(QDialog, "deleteDialog")
    sitting.find(QCheckBox, "deleteCopyCheck").setChecked(True)
    click(sitting.find(QAbstractButton, "deleteChoice"))
    await until(lambda: not dialog.isVisible())


@pytest.mark.parametrize("status", [400, 401, 402, 429, 500])
async def test_without_a_listing_the_known_models_stay(tmp_path: Path, status: int) -> None:
    async with ScriptedService(tmp_path) as service:
        service.always(MODELS, refusal(status))
        async with sit(tmp_path, service.base_url) as sitting:
            await sitting.generate_clip()

            await sitting.until_state(Saved)
            assert service.count(MODELS) >= 1


async def test_a_key_refused_at_the_balance_says_so_and_offers_another(tmp_path: Path) -> None:
    async with ScriptedService(tmp_path) as service:
        service.always(BALANCE, refusal(401))
        async with sit(tmp_path, service.base_url) as sitting:
            assert sitting.standing is Standing.KEY_REFUSED
            await until(lambda: sitting.text("connectionStatus") == "Key refused")
            other = sitting.find(QAbstractButton, "connectButton")
            assert other.text() == "Another key…"
            click(other)
            await until(lambda: sitting.find(QDialog, "keyDialog").isVisible())
            sitting.find(QDialog, "keyDialog").reject()


@pytest.mark.parametrize(
    ("answer", "times"),
    [(refusal(429, Retry_After="1"), 2), (refusal(500), 4), (hang_up, 4)],
    ids=["429", "500", "cut"],
)
async def test_a_balance_that_cannot_be_had_is_asked_for_again(
    tmp_path: Path, answer: bytes | Answerer, times: int
) -> None:
    async with ScriptedService(tmp_path) as service:
        service.next(BALANCE, *[answer] * times)
        async with sit(tmp_path, service.base_url) as sitting:
            await until(lambda: sitting.standing is Standing.CONNECTED)

            assert sitting.text("balanceLabel") == "Balance $24.30"
            assert sitting.text("connectionStatus") == "Venice, connected"
