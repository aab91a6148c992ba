"""Sending again costs as much as sending: it can be taken back just as long."""

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tests.support.fake_service import ACCOUNT, FakeService
from tests.ui.driving import click, seen_texts, until
from tests.ui.jobs import material as m
from tests.ui.stage.rig import Rig
from venice_studio.domain.job import Job, Refused
from venice_studio.domain.problem import Kind, Trouble
from venice_studio.domain.quote import Quote
from venice_studio.domain.request import GenerationRequest
from venice_studio.studio.submitter import KEPT_BACK
from venice_studio.ui.jobs.offers import Act


@pytest.fixture
async def refused(rig: Rig) -> Job:
    """A job that can be sent again, with three seconds to think about it."""
    rig.studio.settings.set(replace(rig.studio.settings.value, undo_send_s=3))
    rig.studio.composer.edit(prompt="A fox")
    rig.service.answer("queue", Trouble(m.problem()))
    job = m.job(m.refused(), asked=rig.studio.composer.draft.value, amount="0.39")
    await rig.add(job)
    rig.pane.select(job.id)
    return job


def words(rig: Rig) -> str:
    return rig.button("retryButton").text()


async def begin(rig: Rig) -> None:
    rig.press("retryButton")
    await until(lambda: words(rig).startswith("Sending in "))


async def after_a_double_click(qtbot: QtBot) -> None:
    qtbot.wait(QApplication.doubleClickInterval() + 50)


async def untouched(rig: Rig, job: Job) -> bool:
    await rig.whole.settle()
    return rig.jobs() == [job] and rig.service.count("queue") == 0 and words(rig) == "Send for $0.39"


async def test_the_button_and_the_row_count_and_then_it_is_sent(rig: Rig, refused: Job) -> None:
    await begin(rig)
    assert rig.pane.model.counting[refused.id] == words(rig)
    assert rig.service.count("queue") == 0
    await until(lambda: rig.service.count("queue") == 1)
    await until(lambda: refused.id not in rig.ledger.jobs)


async def test_a_click_takes_it_back(rig: Rig, refused: Job, qtbot: QtBot) -> None:
    await begin(rig)
    await after_a_double_click(qtbot)
    rig.press("retryButton")
    assert await untouched(rig, refused)


async def test_the_second_half_of_a_double_click_does_not(rig: Rig, refused: Job) -> None:
    await begin(rig)
    rig.press("retryButton")
    await until(lambda: rig.service.count("queue") == 1)


@pytest.mark.parametrize("where", ["retryButton", "jobList"])
async def test_escape_takes_it_back(rig: Rig, refused: Job, where: str) -> None:
    await begin(rig)
    target = rig.pane.view if where == "jobList" else rig.button(where)
    QTest.keyClick(target, Qt.Key.Key_Escape)
    assert await untouched(rig, refused)


@pytest.mark.parametrize("where", ["retryButton", "jobList"])
async def test_escape_is_left_to_the_window_while_nothing_counts(rig: Rig, refused: Job, where: str) -> None:
    heard = EscapeHeard()
    rig.window.installEventFilter(heard)
    await until(lambda: rig.button("retryButton").isVisible())
    QTest.keyClick(rig.pane.view if where == "jobList" else rig.button(where), Qt.Key.Key_Escape)
    assert heard.count == 1
    assert await untouched(rig, refused)


class EscapeHeard(QObject):
    """Counts how often Escape came to whom it watches."""

    count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        return False


async def test_another_key_takes_it_back(rig: Rig, refused: Job) -> None:
    await begin(rig)
    rig.studio.connection.service.set(FakeService(replace(ACCOUNT, fingerprint="another")))
    assert await untouched(rig, refused)


async def test_dismissing_takes_it_back(rig: Rig, refused: Job) -> None:
    await begin(rig)
    rig.press("dismissButton")
    await rig.whole.settle()
    assert rig.jobs() == []
    assert rig.service.count("queue") == 0


async def test_what_may_have_been_charged_counts_down_after_the_yes(rig: Rig, refused: Job) -> None:
    job = m.job(m.doubtful(), asked=refused.request, amount="0.39")
    await rig.add(job)
    rig.pane.select(job.id)
    await until(lambda: rig.button("retryButton").isVisible())
    rig.press("retryButton")
    await until(lambda: rig.window.findChild(QPushButton, "sendChoice") is not None)
    click(rig.button("sendChoice"))
    await until(lambda: words(rig).startswith("Sending in "))
    QTest.keyClick(rig.button("retryButton"), Qt.Key.Key_Escape)
    await rig.whole.settle()
    assert rig.service.count("queue") == 0


# Several takes of one press


async def three(rig: Rig, *, seed: int | None = None) -> list[Job]:
    """A press none of whose takes was taken."""
    states = (m.refused(kind=Kind.FORBIDDEN), *m.kept_back(2))
    rig.studio.composer.edit(prompt="A fox", seed=seed)
    draft = rig.studio.composer.draft.value
    jobs = [
        replace(job, request=replace(draft, seed=None if seed is None else seed + number))
        for number, job in enumerate(m.press(*states, amount="0.39", account=rig.service.account))
    ]
    await rig.add(*jobs)
    rig.pane.select(jobs[0].id)
    return jobs


def send_all(rig: Rig, job: Job) -> None:
    rig.pane.view.acted.emit(job.id, Act.SEND_ALL.value)


async def test_takes_that_were_not_taken_are_sent_as_one_press_and_leave_the_list(rig: Rig) -> None:
    old = await three(rig, seed=7)
    send_all(rig, old[0])
    await rig.whole.settle()
    assert len(rig.jobs()) == 3
    assert not {job.id for job in old} & set(rig.ledger.jobs)
    sent = [asked for call, asked in rig.service.calls if call == "queue"]
    assert [asked.seed for asked in sent if isinstance(asked, GenerationRequest)] == [7, 8, 9]
    assert len({job.group for job in rig.jobs()}) == 1
    assert rig.left == []


async def test_the_first_refusal_keeps_the_rest_from_being_sent_again(rig: Rig) -> None:
    old = await three(rig)
    ticket = await rig.service.queue(old[0].request)
    before = rig.service.count("queue")
    rig.service.answer("queue", ticket, Trouble(m.problem()))
    send_all(rig, old[0])
    await rig.whole.settle()
    assert len(rig.jobs()) == 3
    assert not {job.id for job in old} & set(rig.ledger.jobs)
    assert rig.service.count("queue") == before + 2
    first, second, third = rig.jobs()
    assert not isinstance(first.state, Refused)
    assert isinstance(second.state, Refused)
    assert third.state == KEPT_BACK


async def test_a_changed_price_is_asked_about_as_the_sum(rig: Rig) -> None:
    old = await three(rig)
    rig.service.answer("quote", Quote(amount=Decimal("0.55")))
    send_all(rig, old[0])
    await rig.whole.settle()
    assert rig.service.count("queue") == 3
    assert rig.left == [("confirm", (Quote(amount=Decimal("1.17")), Quote(amount=Decimal("1.65"))))]


async def test_a_limit_of_the_users_own_holds_for_the_sum(rig: Rig) -> None:
    rig.studio.settings.set(replace(rig.studio.settings.value, stop_at="1.00"))
    old = await three(rig)
    send_all(rig, old[0])
    await until(lambda: any("and this costs $1.17" in text for text in seen_texts(rig.stage)))
    assert rig.service.count("queue") == 0
    assert rig.jobs() == old


async def test_all_takes_count_down_and_each_takes_all_back(rig: Rig, qtbot: QtBot) -> None:
    rig.studio.settings.set(replace(rig.studio.settings.value, undo_send_s=3))
    old = await three(rig)
    send_all(rig, old[0])
    await until(lambda: words(rig).startswith("Sending in "))
    rig.pane.select(old[2].id)
    assert words(rig).startswith("Sending in ")
    await after_a_double_click(qtbot)
    rig.press("retryButton")
    await rig.whole.settle()
    assert rig.jobs() == old
    assert rig.service.count("queue") == 0
    assert words(rig) == "Send for $0.39"


async def test_no_take_is_sent_by_two_presses(rig: Rig) -> None:
    old = await three(rig)
    send_all(rig, old[0])
    for job in old:
        rig.director.acts.perform(Act.SEND_AGAIN, job.id)
        send_all(rig, job)
    await rig.whole.settle()
    assert rig.service.count("queue") == 3
