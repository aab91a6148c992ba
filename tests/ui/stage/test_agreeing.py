"""The question whether the user agrees, before the stage: its link, its boxes, and the time to take it back."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, QPoint, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QDialog, QLabel, QPushButton

from tests.ui.driving import click, part, until
from tests.ui.jobs import material as m
from tests.ui.stage.rig import Rig
from venice_studio.app import desktop
from venice_studio.domain.consent import Consent
from venice_studio.domain.job import Job
from venice_studio.domain.problem import Kind
from venice_studio.ui.jobs.offers import Act
from venice_studio.ui.stage.consent_dialog import ConsentDialog
from venice_studio.ui.widgets import CheckBox

CONSENT = Consent(
    flow="seedance",
    policy="<a href='https://evil.invalid'>Be kind.</a>",
    version="1",
    faces=("image", "reference_video", "hologram"),
    page="https://docs.venice.ai/consent",
)


async def ask(rig: Rig, consent: Consent = CONSENT) -> tuple[Job, ConsentDialog]:
    """A refused job on the stage, and the question about it."""
    asked = rig.studio.composer.draft.value
    job = m.job(m.refused(kind=Kind.CONSENT, consent=consent), asked=asked, amount="0.39", account=rig.service.account)
    await rig.add(job)
    rig.pane.select(job.id)
    rig.press("agreeButton")
    await until(lambda: bool(dialogs(rig)))
    return job, dialogs(rig)[0]


def dialogs(rig: Rig) -> list[ConsentDialog]:
    return [it for it in rig.window.findChildren(ConsentDialog) if it.isVisible()]


class Browser(QObject):
    """Takes what would be opened."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    @Slot(QUrl)
    def show(self, url: QUrl) -> None:
        self.seen.append(url.toString())


def agree(dialog: QDialog) -> None:
    for check in dialog.findChildren(QCheckBox):
        click(check)
    click(part(dialog, QPushButton, "agreeChoice"))


async def test_the_document_is_opened_by_a_click_and_by_nothing_else(rig: Rig) -> None:
    _, dialog = await ask(rig)
    assert rig.left == []
    click(part(dialog, QPushButton, "policyPageButton"))
    assert rig.left == [("page", "https://docs.venice.ai/consent")]
    assert part(dialog, QPushButton, "policyPageButton").text() == "Open it at docs.venice.ai…"
    words = [label.text() for label in dialog.findChildren(QLabel)]
    assert any("It is about: start frame, reference videos, hologram." in text for text in words)
    dialog.reject()


async def test_without_an_address_there_is_no_link(rig: Rig) -> None:
    _, dialog = await ask(rig, replace(CONSENT, page=None))
    assert dialog.findChild(QPushButton, "policyPageButton") is None
    dialog.reject()


async def test_a_box_taken_back_takes_the_button_back(rig: Rig) -> None:
    _, dialog = await ask(rig)
    yes = part(dialog, QPushButton, "agreeChoice")
    checks = dialog.findChildren(QCheckBox)
    assert len(checks) == 3
    for check in checks:
        click(check)
    assert yes.isEnabled()
    click(checks[1])
    assert not yes.isEnabled()
    dialog.reject()


async def test_it_can_be_taken_back_like_every_press_and_is_then_not_agreed_to(rig: Rig) -> None:
    rig.studio.settings.set(replace(rig.studio.settings.value, undo_send_s=3))
    job, dialog = await ask(rig)
    agree(dialog)
    await until(lambda: rig.button("agreeButton").text() != "Read and agree…")
    rig.director.acts.perform(Act.TAKE_BACK, job.id)
    await until(lambda: rig.button("agreeButton").text() == "Read and agree…")
    await rig.whole.settle()
    assert rig.service.count("queue") == 0
    assert rig.studio.consents.agreements == ()


async def test_what_was_agreed_to_goes_along(rig: Rig) -> None:
    job, dialog = await ask(rig)
    agree(dialog)
    await rig.whole.settle()
    assert job.id not in rig.ledger.jobs
    [(_, sent)] = [call for call in rig.service.calls if call[0] == "queue"]
    assert getattr(sent, "consents", None) == ("seedance",)


@pytest.mark.parametrize(
    ("address", "opened"),
    [
        ("https://docs.venice.ai/consent", ["https://docs.venice.ai/consent"]),
        ("http://docs.venice.ai/", []),
        ("file:///etc/passwd", []),
        ("javascript:alert(1)", []),
        ("https://", []),
    ],
)
@pytest.mark.usefixtures("theme")
def test_only_https_is_opened(address: str, opened: list[str]) -> None:
    browser = Browser()
    schemes = ("https", "http", "file", "javascript")
    for scheme in schemes:
        QDesktopServices.setUrlHandler(scheme, browser, "show")  # type: ignore[arg-type]  # the stubs want bytes, Qt a str
    try:
        desktop.open_page(address)
    finally:
        for scheme in schemes:
            QDesktopServices.unsetUrlHandler(scheme)
    assert browser.seen == opened


@pytest.mark.usefixtures("theme")
def test_long_words_take_several_lines_and_all_of_it_can_be_clicked() -> None:
    check = CheckBox("I know that what I send may be screened before the clip is made of it")
    check.resize(200, check.heightForWidth(200))
    assert check.height() > 3 * check.fontMetrics().lineSpacing()
    assert check.heightForWidth(2000) < check.height()
    click(check, QPoint(check.width() - 2, check.height() - 2))
    assert check.isChecked()
    check.deleteLater()
