"""The 409 that wants a policy agreed to, in the whole program before the practice service's live dialect."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QDialog, QLabel, QPlainTextEdit, QWidget

from tests.app.sitting import PATIENCE_S, Sitting, sit
from tests.app.test_live_window import ALWAYS_LOUD, SILENT, choose, press
from tests.support.faulty_server import Received, told
from tests.support.recording_proxy import RecordingProxy
from tests.support.sandbox import Sandbox, fresh_key
from tests.support.scripted_service import QUEUE, QUOTE, ScriptedService
from tests.ui.driving import click, part, until
from venice_studio.app.program import KEY_VARIABLE
from venice_studio.domain.job import Doubtful, Refused, Rendering, Saved
from venice_studio.domain.problem import Cost, Kind

WANTS: dict[str, Any] = {
    "error": {"code": "needs_consent", "message": "Additional consent is required for this request."},
    "consent_flow": "seedance",
    "face_media_roles": ["image", "reference_image"],
    "consent": {"consent_version": "v1", "policy_text": "Be kind."},
    "docs_url": "https://docs.venice.ai/",
}
CHECKS = ("acceptCheck", "rightsCheck", "screeningCheck")
AGREED = {
    "seedance": dict.fromkeys(
        ("confirmed_terms_and_privacy", "confirmed_legal_right", "confirmed_screening_acknowledged"), True
    )
}


def wants(version: str = "v1", text: str = "Be kind.", **changes: Any) -> bytes:
    return told({**WANTS, "consent": {"consent_version": version, "policy_text": text}, **changes}, 409)


@pytest.fixture(scope="module")
def live() -> Iterator[Sandbox]:
    with Sandbox("--dialect", "live", "--fault", "short", speed=100) as running:
        yield running


def dialog(sitting: Sitting) -> QDialog | None:
    found = sitting.window.findChildren(QDialog, "consentDialog")
    return next((each for each in found if each.isVisible()), None)


async def open_dialog(sitting: Sitting) -> QDialog:
    """Press the way out of the job that is looked at, and wait for the question."""
    await press(sitting, "Read and agree…")
    await until(lambda: dialog(sitting) is not None)
    found = dialog(sitting)
    assert found is not None
    return found


async def leave(sitting: Sitting, asked: QDialog) -> None:
    """Say no, and wait until the question is gone for good."""
    QTest.keyClick(asked, Qt.Key.Key_Escape)
    await until(lambda: not sitting.window.findChildren(QDialog, "consentDialog"))


def tick(check: QCheckBox) -> None:
    """Click the sign of a check box: what is right of its words is not it."""
    click(check, QPoint(12, check.height() // 2))


async def agree(sitting: Sitting) -> None:
    """Read, check and agree; wait until what was refused is gone from the list because it was sent once more."""
    shown = sitting.program.view.director.stage.job
    assert shown is not None
    asked = await open_dialog(sitting)
    for name in CHECKS:
        tick(part(asked, QCheckBox, name))
    click(part(asked, QAbstractButton, "agreeChoice"))
    await until(lambda: shown.id not in sitting.studio.runner.ledger.jobs, PATIENCE_S)
    await until(lambda: not sitting.studio.press.under_way.value)


def consents(service: RecordingProxy) -> list[Any]:
    """What each paid request said of consents."""
    return [sent.body.get("consents") for sent in service.exchanges if sent.path == "/video/queue"]


async def test_it_is_sent_once_more_after_a_yes_and_the_next_one_right_away(live: Sandbox, tmp_path: Path) -> None:
    async with RecordingProxy(live.base_url) as service, sit(tmp_path, service.base_url) as sitting:
        await choose(sitting, SILENT)
        refused = await sitting.generate_clip("A quiet sea [[409]]")
        assert isinstance(refused.state, Refused)
        assert (refused.state.problem.kind, refused.cost) == (Kind.CONSENT, Cost.NOT_CHARGED)

        asked = await open_dialog(sitting)
        assert "It binds nobody" in part(asked, QPlainTextEdit, "policyText").toPlainText()
        words = "\n".join(label.text() for label in asked.findChildren(QLabel))
        assert "It is about: start frame, reference pictures." in words
        assert "version practice-1" in words
        yes = part(asked, QAbstractButton, "agreeChoice")
        assert yes.text() == f"Agree and send for {sitting.text('quotePrice')}"
        for name in CHECKS:
            assert not yes.isEnabled()
            tick(part(asked, QCheckBox, name))
        click(yes)
        await until(lambda: refused.id not in sitting.studio.runner.ledger.jobs, PATIENCE_S)
        await sitting.until_state(Saved)
        assert consents(service) == [None, AGREED]
        assert len(sitting.jobs) == 1
        assert not sitting.find(QWidget, "composeBanner").isVisible()

        await sitting.generate_clip("Another quiet sea [[409]]")
        await sitting.until_state(Saved)
        assert consents(service) == [None, AGREED, AGREED]


async def test_all_takes_that_were_kept_back_are_sent_with_it_for_their_sum(live: Sandbox, tmp_path: Path) -> None:
    async with RecordingProxy(live.base_url) as service, sit(tmp_path, service.base_url) as sitting:
        await choose(sitting, SILENT)
        sitting.studio.composer.set_takes(3)
        await sitting.generate_clip("A quiet sea [[409]]")
        await until(lambda: len(sitting.jobs) == 3)
        each = sitting.jobs[0].quote.amount
        sitting.program.view.director.pane.select(sitting.jobs[0].id)
        asked = await open_dialog(sitting)
        assert part(asked, QAbstractButton, "agreeChoice").text() == f"Agree and send 3 takes for ${each * 3:.2f}"
        await leave(sitting, asked)
        await agree(sitting)
        await until(
            lambda: len(sitting.jobs) == 3 and all(isinstance(it.state, Rendering | Saved) for it in sitting.jobs)
        )
        assert consents(service) == [None, AGREED, AGREED, AGREED]


async def test_another_model_is_asked_about_briefly_and_another_version_in_full(live: Sandbox, tmp_path: Path) -> None:
    async with RecordingProxy(live.base_url) as service, sit(tmp_path, service.base_url) as sitting:
        await choose(sitting, SILENT)
        await sitting.generate_clip("A quiet sea [[409]]")
        await agree(sitting)
        await sitting.until_state(Saved)

        await choose(sitting, ALWAYS_LOUD)
        await sitting.generate_clip("The same words [[409]]")
        await press(sitting, "Read and agree…")
        await sitting.answer("Send it with what you agreed to?", "send")
        await until(lambda: len(sitting.jobs) == 2 and not isinstance(sitting.jobs[-1].state, Refused), PATIENCE_S)
        await sitting.until_state(Saved)
        [agreement] = sitting.studio.consents.agreements
        assert set(agreement.models) == {SILENT, ALWAYS_LOUD}
        assert consents(service) == [None, AGREED, None, AGREED]

        await choose(sitting, "wan-2.2-a14b-text-to-video")
        await sitting.generate_clip("Other words [[409-new]]")
        # What was agreed to is not the last that was heard of: nothing goes along with anything any more.
        assert sitting.studio.consents.agreements == ()
        asked = await open_dialog(sitting)
        assert "What is new" in part(asked, QPlainTextEdit, "policyText").toPlainText()
        await leave(sitting, asked)
        await choose(sitting, SILENT)
        await sitting.generate_clip("A quiet sea")
        assert consents(service)[-1] is None


async def test_not_now_sends_nothing_and_agrees_to_nothing(live: Sandbox, tmp_path: Path) -> None:
    async with RecordingProxy(live.base_url) as service, sit(tmp_path, service.base_url) as sitting:
        await choose(sitting, SILENT)
        job = await sitting.generate_clip("A quiet sea [[409]]")
        asked = await open_dialog(sitting)
        for name in CHECKS:
            tick(part(asked, QCheckBox, name))
        await leave(sitting, asked)
        assert sitting.jobs == [job]
        assert sitting.studio.consents.agreements == ()
        assert service.asked("/video/queue") == 1


async def test_by_keyboard_alone(live: Sandbox, tmp_path: Path) -> None:
    async with sit(tmp_path, live.base_url) as sitting:
        await choose(sitting, SILENT)
        await sitting.generate_clip("A quiet sea [[409]]")
        await open_dialog(sitting)

        def key(code: Qt.Key) -> None:
            QTest.keyClick(QApplication.focusWidget() or sitting.window, code)

        def focus() -> str:
            return (QApplication.focusWidget() or sitting.window).objectName()

        assert focus() == "policyText"
        QTest.keyClick(QApplication.focusWidget() or sitting.window, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(QApplication.focusWidget() or sitting.window, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        assert "It binds nobody" in QGuiApplication.clipboard().text()
        passed = []
        for _ in range(4):
            key(Qt.Key.Key_Tab)
            passed.append(focus())
            if focus() in CHECKS:
                key(Qt.Key.Key_Space)
        assert passed == ["policyPageButton", *CHECKS]
        key(Qt.Key.Key_Tab)
        assert focus() == "cancelChoice"
        key(Qt.Key.Key_Tab)
        assert focus() == "agreeChoice"
        key(Qt.Key.Key_Return)
        await until(lambda: len(sitting.jobs) == 1 and isinstance(sitting.jobs[0].state, Saved), PATIENCE_S)


async def test_every_part_of_the_question_has_a_name_for_screen_readers(live: Sandbox, tmp_path: Path) -> None:
    async with sit(tmp_path, live.base_url) as sitting:
        await choose(sitting, SILENT)
        await sitting.generate_clip("A quiet sea [[409]]")
        asked = await open_dialog(sitting)
        spoken = {}
        for name in ("policyText", "policyPageButton", *CHECKS, "cancelChoice", "agreeChoice"):
            reader = QAccessible.queryAccessibleInterface(part(asked, QWidget, name))
            spoken[name] = reader.text(QAccessible.Text.Name)
        assert all(spoken.values()), spoken
        assert spoken["policyText"] == "Policy"
        assert spoken["policyPageButton"] == "Open the policy in the browser: https://docs.venice.ai/"
        await leave(sitting, asked)


async def test_what_was_agreed_to_outlives_the_program_and_can_be_taken_back(live: Sandbox, tmp_path: Path) -> None:
    key = fresh_key()
    async with RecordingProxy(live.base_url) as service:
        async with sit(tmp_path, service.base_url, key) as sitting:
            await choose(sitting, SILENT)
            await sitting.generate_clip("A quiet sea [[409]]")
            await agree(sitting)
            await sitting.until_state(Saved)
        async with sit(tmp_path, service.base_url, key) as sitting:
            await choose(sitting, SILENT)
            await sitting.generate_clip("The same again [[409]]")
            await sitting.until_state(Saved)
            assert consents(service) == [None, AGREED, AGREED]

            sitting.program.view.open_settings()
            await until(lambda: sitting.find(QWidget, "agreements").isVisible())
            assert "seedance, version practice-1\non " in sitting.said("agreements")
            click(sitting.find(QAbstractButton, "readPolicyButton"))
            await until(lambda: "It binds nobody" in sitting.find(QPlainTextEdit, "policyText").toPlainText())
            click(sitting.find(QAbstractButton, "policyDoneButton"))
            click(sitting.find(QAbstractButton, "withdrawButton"))
            assert not sitting.find(QWidget, "agreements").isVisible()
            click(sitting.find(QAbstractButton, "settingsDoneButton"))
            job = await sitting.generate_clip("And again [[409]]")
            assert isinstance(job.state, Refused)
            assert consents(service)[-1] is None
        async with sit(tmp_path, service.base_url, key) as sitting:
            assert sitting.studio.consents.agreements == ()


async def test_another_key_is_another_word(live: Sandbox, tmp_path: Path) -> None:
    async with RecordingProxy(live.base_url) as service:
        async with sit(tmp_path, service.base_url) as sitting:
            await choose(sitting, SILENT)
            await sitting.generate_clip("A quiet sea [[409]]")
            await agree(sitting)
            await sitting.until_state(Saved)
        async with sit(tmp_path, service.base_url) as sitting:
            await choose(sitting, SILENT)
            job = await sitting.generate_clip("A quiet sea [[409]]")
            assert isinstance(job.state, Refused)
            assert consents(service) == [None, AGREED, None]


async def test_a_start_with_the_question_open_finds_it_unanswered(live: Sandbox, tmp_path: Path) -> None:
    key = fresh_key()
    async with RecordingProxy(live.base_url) as service:
        async with sit(tmp_path, service.base_url, key) as sitting:
            await choose(sitting, SILENT)
            await sitting.generate_clip("A quiet sea [[409]]")
            await open_dialog(sitting)
        async with sit(tmp_path, service.base_url, key) as sitting:
            await choose(sitting, SILENT)
            assert [type(job.state) for job in sitting.jobs] == [Refused]
            assert service.asked("/video/queue") == 1
            sitting.program.view.director.pane.select(sitting.jobs[0].id)
            await agree(sitting)
            await sitting.until_state(Saved)
            assert consents(service) == [None, AGREED]


async def test_a_policy_of_any_length_and_with_markup_is_shown_whole_and_plain(tmp_path: Path) -> None:
    text = "<b>Bold</b> <a href='https://evil.invalid'>click</a> <img src='https://evil.invalid/a.png'>\n" * 20
    text = f"{text}{'words ' * 10_000}{'x' * (140_000 - len(text))}"
    assert len(text) == 200_000
    async with ScriptedService(tmp_path) as service, sit(tmp_path, service.base_url) as sitting:
        service.next(QUEUE, wants(text=text))
        await sitting.generate_clip()
        asked = await open_dialog(sitting)
        shown = part(asked, QPlainTextEdit, "policyText")
        # Every character of it; paragraphs without an end are broken, or laying them out would hold the window up.
        assert shown.toPlainText().replace("\n", "") == text.replace("\n", "")
        assert max(map(len, shown.toPlainText().splitlines())) <= 1000
        assert shown.anchorAt(shown.cursorRect().center()) == ""
        assert asked.height() <= sitting.window.height()
        assert part(asked, QAbstractButton, "agreeChoice").isVisible()
        QTest.keyClick(shown, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
        assert not shown.verticalScrollBar().isVisible() or shown.verticalScrollBar().maximum() > 0
        await leave(sitting, asked)


async def test_a_409_in_spite_of_an_agreement_asks_anew(tmp_path: Path) -> None:
    async with ScriptedService(tmp_path) as service, sit(tmp_path, service.base_url) as sitting:
        service.next(QUEUE, wants("v1"), wants("v2", "Be kinder."))
        await sitting.generate_clip()
        await agree(sitting)
        await until(lambda: service.count(QUEUE) == 2)
        await until(lambda: not sitting.studio.press.under_way.value)
        assert not sitting.studio.consents.agreements
        await agree(sitting)
        await until(lambda: service.count(QUEUE) == 3)
        agreed_to = [(it.consent.version, it.consent.policy) for it in sitting.studio.consents.agreements]
        assert agreed_to == [("v2", "Be kinder.")]


async def test_without_a_version_nothing_is_remembered(tmp_path: Path) -> None:
    async with ScriptedService(tmp_path) as service, sit(tmp_path, service.base_url) as sitting:
        service.next(QUEUE, told({**WANTS, "consent": {"policy_text": "Be kind."}}, 409))
        await sitting.generate_clip()
        await agree(sitting)
        await sitting.until_state(Saved)
        assert sitting.studio.consents.agreements == ()
        assert sitting.jobs[-1].request.consents == ("seedance",)
        assert json.loads(sitting.jobs[-1].payload)["consents"] == AGREED


async def test_without_a_text_there_is_nothing_to_agree_to(tmp_path: Path) -> None:
    async with ScriptedService(tmp_path) as service, sit(tmp_path, service.base_url) as sitting:
        service.next(QUEUE, told({**WANTS, "consent": {}}, 409))
        await sitting.generate_clip()
        await until(lambda: "so there is nothing to agree to" in sitting.said("stage"))
        buttons = [each.text() for each in sitting.window.findChildren(QAbstractButton) if each.isVisible()]
        assert "Read and agree…" not in buttons


async def test_a_price_that_rose_meanwhile_is_asked_about_before_it_is_sent(tmp_path: Path) -> None:
    async with ScriptedService(tmp_path) as service, sit(tmp_path, service.base_url) as sitting:
        service.next(QUEUE, wants())
        await sitting.generate_clip()
        asked = await open_dialog(sitting)
        service.always(QUOTE, told({"quote": 9.5, "currency": "USD"}))
        for name in CHECKS:
            tick(part(asked, QCheckBox, name))
        click(part(asked, QAbstractButton, "agreeChoice"))
        await sitting.answer("The price changed", "cancel")
        await until(lambda: not sitting.studio.press.under_way.value)
        assert service.count(QUEUE) == 1
        assert [type(job.state) for job in sitting.jobs] == [Refused]


def begin(folder: Path, base_url: str, key: str, when: str) -> subprocess.Popen[bytes]:
    """The program in a process of its own, which agrees and dies."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.app.agree_and_die", str(folder), base_url, when],
        env=os.environ | {KEY_VARIABLE: key},
        cwd=Path(__file__).resolve().parents[2],
        stdin=subprocess.DEVNULL,
    )


@pytest.mark.parametrize(
    ("when", "left", "asked"),
    [
        ("agreed", [Refused], 1),
        ("written", [Refused, Refused], 1),
        ("leaving", [Refused, Doubtful], 1),
        ("never", [Refused, Doubtful], 2),
    ],
)
async def test_killed_between_the_yes_and_the_answer_nothing_is_sent_by_itself(
    tmp_path: Path, when: str, left: list[type], asked: int
) -> None:
    key = fresh_key()
    async with ScriptedService(tmp_path) as service:
        sent = asyncio.Event()

        async def never_answer(_received: Received, _writer: asyncio.StreamWriter) -> None:
            sent.set()
            await asyncio.sleep(PATIENCE_S)

        service.next(QUEUE, wants(), never_answer)
        process = begin(tmp_path, service.base_url, key, when)
        try:
            await until(lambda: process.poll() is not None or sent.is_set(), PATIENCE_S)
        finally:
            process.kill()
            assert process.wait() == -signal.SIGKILL
        async with sit(tmp_path, service.base_url, key) as sitting:
            await until(lambda: [type(job.state) for job in sitting.jobs] == left)
            first, *rest = sitting.jobs
            assert isinstance(first.state, Refused)
            assert first.state.problem.consent is not None
            assert all(
                job.cost is (Cost.UNKNOWN if isinstance(job.state, Doubtful) else Cost.NOT_CHARGED) for job in rest
            )
            await sitting.write("A quiet sea")
            assert service.count(QUEUE) == asked
