"""What can be done about a job, pressed as people press it."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QFileDialog, QLabel, QLineEdit, QMenu, QPushButton

from tests.ui.driving import click, part, seen_texts, until
from tests.ui.jobs import material as m
from tests.ui.stage.rig import Rig
from venice_studio.domain.job import Job, Refused, Rendering, Stopped
from venice_studio.domain.problem import Cost, Kind, Trouble
from venice_studio.domain.request import GenerationRequest
from venice_studio.ui.theme import METRICS, colour
from venice_studio.ui.widgets import Banner


async def look_at_needy(rig: Rig, job: Job) -> None:
    await rig.add(job)
    rig.pane.select(job.id)


def asked(rig: Rig, prompt: str = "A fox") -> GenerationRequest:
    rig.studio.composer.edit(prompt=prompt)
    return rig.studio.composer.draft.value


async def dialog(rig: Rig, name: str) -> QDialog:
    def shown() -> list[QDialog]:
        return [found for found in rig.window.findChildren(QDialog, name) if found.isVisible()]

    await until(lambda: bool(shown()))
    return shown()[0]


def notice(rig: Rig) -> str:
    banner = rig.stage.findChild(Banner)
    assert isinstance(banner, Banner)
    return banner.text if banner.isVisible() else ""


def heard(rig: Rig, job: Job | None = None) -> str:
    """What a screen reader says of a job's row, or of the only one."""
    model = rig.pane.model
    row = model.index(0) if job is None else model.place_of(job.group)
    return str(row.data(Qt.ItemDataRole.AccessibleTextRole))


async def test_a_refused_job_is_sent_again_at_its_price_and_leaves_the_list(rig: Rig) -> None:
    job = m.job(m.refused(), asked=asked(rig), amount="0.39")
    await look_at_needy(rig, job)
    assert rig.button("retryButton").text() == "Send for $0.39"
    refusal = m.problem(message="Insufficient balance.")
    rig.service.answer("queue", Trouble(refusal))
    rig.press("retryButton")
    await until(lambda: job.id not in rig.ledger.jobs)
    assert rig.service.count("queue") == 1
    (again,) = rig.jobs()
    assert again.request == job.request
    assert isinstance(again.state, Refused)
    assert rig.left == []


async def test_all_ways_out_are_as_high_as_one_another(rig: Rig) -> None:
    await look_at_needy(rig, m.job(m.refused(), asked=asked(rig)))
    heights = {rig.button(name).height() for name in ("retryButton", "reuseButton", "dismissButton")}
    assert heights == {METRICS.control}


async def test_the_ways_out_are_others_as_soon_as_the_model_is_not_on_offer_any_more(rig: Rig) -> None:
    job = m.job(m.refused(), asked=asked(rig))
    await look_at_needy(rig, job)
    assert rig.button("retryButton").isVisible()
    models = rig.studio.composer.models.value
    rig.studio.composer.set_models([model for model in models if model.id != job.request.model])
    assert not rig.button("retryButton").isVisible()
    assert rig.button("reuseButton").isVisible()
    rig.studio.composer.set_models(models)
    assert rig.button("retryButton").isVisible()


async def test_a_price_that_changed_is_asked_about_before_it_is_sent_again(rig: Rig) -> None:
    job = m.job(m.refused(), asked=asked(rig), amount="0.20")
    await look_at_needy(rig, job)
    rig.service.answer("queue", Trouble(m.problem()))
    rig.press("retryButton")
    await until(lambda: job.id not in rig.ledger.jobs)
    assert [what for what, _ in rig.left] == ["confirm"]


async def test_a_doubtful_job_goes_out_again_only_after_a_yes(rig: Rig) -> None:
    job = m.job(m.doubtful(), asked=asked(rig), amount="0.39")
    await look_at_needy(rig, job)
    assert rig.button("retryButton").text() == "Send again knowingly, $0.39"
    rig.press("retryButton")
    click(part(await dialog(rig, "question"), QPushButton, "cancelChoice"))
    await rig.whole.settle()
    assert rig.service.count("queue") == 0
    rig.service.answer("queue", Trouble(m.problem()))
    rig.press("retryButton")
    await until(lambda: rig.window.findChild(QPushButton, "sendChoice") is not None)
    click(rig.button("sendChoice"))
    await until(lambda: rig.service.count("queue") == 1)
    assert job.id in rig.ledger.jobs
    assert len(rig.jobs()) == 2


async def test_the_balance_is_asked_for_and_shown(rig: Rig) -> None:
    job = m.job(m.doubtful())
    await look_at_needy(rig, job)
    before = rig.service.count("balance")
    rig.press("balanceButton")
    await until(lambda: notice(rig) != "")
    assert rig.service.count("balance") == before + 1
    assert "Your balance is $24.30." in notice(rig)


async def test_a_short_balance_is_said_beside_the_price(rig: Rig) -> None:
    await look_at_needy(rig, m.job(m.refused()))
    rig.press("balanceButton")
    await until(lambda: notice(rig) != "")
    assert notice(rig) == "Your balance is $24.30. This clip was quoted at $0.55."


async def test_a_refused_key_leads_to_the_key(rig: Rig) -> None:
    await look_at_needy(rig, m.job(m.refused(kind=Kind.KEY)))
    assert rig.button("keyButton").property("kind") == "primary"
    rig.press("keyButton")
    assert rig.left == [("connect", None)]


async def test_that_nothing_was_charged_is_no_bad_news(rig: Rig) -> None:
    def ink(words: str) -> QColor:
        label = next(it for it in rig.stage.findChildren(QLabel) if it.text().startswith(words) and it.isVisible())
        return label.palette().color(label.foregroundRole())

    await look_at_needy(rig, m.job(m.refused()))
    assert ink("Not charged.") == colour("secondary")
    await look_at_needy(rig, m.job(m.failed()))
    assert ink("$0.55 was charged when") == colour("bad")


async def test_a_clip_that_could_not_be_had_is_looked_for_again(rig: Rig) -> None:
    job = m.job(m.failed(), account=rig.service.account)
    rig.service.body = Path(rig.clip("late").path).read_bytes()
    await look_at_needy(rig, job)
    rig.press("lookAgainButton")
    await until(lambda: rig.player.playing)
    assert rig.service.count("queue") == 0


async def test_dismissing_a_refused_job_takes_it_from_the_list(rig: Rig) -> None:
    await look_at_needy(rig, m.job(m.refused()))
    rig.press("dismissButton")
    await until(lambda: not rig.jobs())
    await until(lambda: rig.stage.starters.isVisible())


async def test_what_may_have_cost_money_is_only_dismissed_after_a_yes(rig: Rig) -> None:
    job = m.job(m.doubtful())
    await look_at_needy(rig, job)
    rig.press("dismissButton")
    question = await dialog(rig, "question")
    assert any(f"“{job.request.prompt}”" in text for text in seen_texts(question))
    click(part(question, QPushButton, "cancelChoice"))
    await rig.whole.settle()
    assert rig.jobs() == [job]
    rig.press("dismissButton")
    click(part(await dialog(rig, "question"), QPushButton, "dismissChoice"))
    await until(lambda: not rig.jobs())


async def test_the_frame_under_the_playhead_becomes_the_start_frame(rig: Rig) -> None:
    job = m.job(m.saved(rig.clip("fox")))
    await rig.add(job)
    await rig.look_at(job, frame=20)
    rig.press("continueFromFrameButton")
    await until(lambda: rig.studio.composer.draft.value.start_frame is not None)
    picture = rig.studio.composer.draft.value.start_frame
    assert picture is not None
    assert picture.name == "Frame 20 of fox.png"
    assert (picture.width, picture.height) == (320, 180)
    kept = await rig.images.load(str(rig.studio.pictures.file(picture)))
    assert kept.convertToFormat(kept.Format.Format_RGB32) == rig.player.current_frame().convertToFormat(
        kept.Format.Format_RGB32
    )


async def test_save_as_puts_a_whole_copy_where_it_was_asked_for(rig: Rig, tmp_path: Path) -> None:
    clip = rig.clip("fox")
    job = m.job(m.saved(clip))
    await rig.add(job)
    await rig.look_at(job)
    rig.press("saveAsButton")
    asking = await dialog(rig, "saveAsDialog")
    assert isinstance(asking, QFileDialog)
    target = tmp_path / "elsewhere" / "copy.mp4"
    target.parent.mkdir()
    part(asking, QLineEdit, "fileNameEdit").setText(str(target))
    asking.accept()
    await until(lambda: notice(rig) != "")
    assert target.read_bytes() == Path(clip.path).read_bytes()
    assert notice(rig) == f"Saved a copy as {target}"


async def test_a_copy_that_cannot_be_made_is_said_in_place(rig: Rig, tmp_path: Path) -> None:
    clip = rig.clip("fox")
    job = m.job(m.saved(clip))
    await rig.add(job)
    await rig.look_at(job)
    Path(clip.path).unlink()
    rig.press("saveAsButton")
    asking = await dialog(rig, "saveAsDialog")
    part(asking, QLineEdit, "fileNameEdit").setText(str(tmp_path / "copy.mp4"))
    asking.accept()
    await until(lambda: notice(rig) != "")
    assert "not there any more" in notice(rig)


async def test_deleting_asks_and_the_next_clip_is_looked_at(rig: Rig) -> None:
    first, second = m.job(m.saved(rig.clip("a")), age_s=60), m.job(m.saved(rig.clip("b")), age_s=50)
    await rig.add(first, second)
    await rig.look_at(second)
    rig.press("deleteClipButton")
    asking = await dialog(rig, "deleteDialog")
    click(part(asking, QPushButton, "cancelChoice"))
    await rig.whole.settle()
    assert len(rig.jobs()) == 2
    rig.press("deleteClipButton")
    asking = await dialog(rig, "deleteDialog")
    assert not part(asking, QCheckBox, "deleteCopyCheck").isChecked()
    click(part(asking, QPushButton, "deleteChoice"))
    await until(lambda: rig.stage.job == first)
    assert not (rig.home / "b.mp4").exists()
    assert rig.service.count("complete") == 0


async def test_the_copy_at_venice_goes_too_when_it_is_asked_for(rig: Rig) -> None:
    job = m.job(m.saved(rig.clip("a")), account=rig.service.account)
    await rig.add(job)
    await rig.look_at(job)
    rig.press("deleteClipButton")
    asking = await dialog(rig, "deleteDialog")
    part(asking, QCheckBox, "deleteCopyCheck").setChecked(True)
    click(part(asking, QPushButton, "deleteChoice"))
    await until(lambda: not rig.jobs())
    assert rig.service.count("complete") == 1


async def test_where_the_service_keeps_its_copy_the_job_stays_and_it_is_said(rig: Rig) -> None:
    job = m.job(m.saved(rig.clip("a")), account=rig.service.account)
    await rig.add(job)
    await rig.look_at(job)
    rig.service.answer("complete", Trouble(m.problem(Kind.SERVICE, "Venice did not answer.")))
    rig.press("deleteClipButton")
    asking = await dialog(rig, "deleteDialog")
    part(asking, QCheckBox, "deleteCopyCheck").setChecked(True)
    click(part(asking, QPushButton, "deleteChoice"))
    await until(lambda: "still a copy at Venice. Venice did not answer." in notice(rig))
    assert not (rig.home / "a.mp4").exists()
    assert rig.jobs() == [job]


async def test_a_clip_that_cannot_go_to_the_trash_keeps_its_copy_at_venice(rig: Rig) -> None:
    job = m.job(m.saved(rig.clip("a")), account=rig.service.account)
    await rig.add(job)
    await rig.look_at(job)
    (rig.home / "a.mp4").unlink()
    (rig.home / "a.mp4").mkdir()  # no trash of these tests takes a folder
    rig.press("deleteClipButton")
    asking = await dialog(rig, "deleteDialog")
    part(asking, QCheckBox, "deleteCopyCheck").setChecked(True)
    click(part(asking, QPushButton, "deleteChoice"))
    await rig.whole.settle()
    assert rig.service.count("complete") == 0
    assert rig.jobs() == [job]


async def test_a_clip_on_a_missing_disk_is_fetched_again_only_after_a_yes(rig: Rig, tmp_path: Path) -> None:
    clip = rig.clip("a")
    rig.service.body = Path(clip.path).read_bytes()
    away = replace(clip, path=str(tmp_path / "unplugged" / "a.mp4"))
    job = m.job(m.saved(away), account=rig.service.account)
    await rig.add(job)
    rig.pane.select(job.id)
    await until(lambda: notice(rig) != "")
    click(next(b for b in rig.stage.findChildren(QPushButton) if b.text() == "Fetch it again"))
    asking = await dialog(rig, "question")
    said = " ".join(label.text() for label in asking.findChildren(QLabel))
    assert str(tmp_path / "unplugged") in said
    click(part(asking, QPushButton, "cancelChoice"))
    await rig.whole.settle()
    assert rig.jobs() == [job]
    assert rig.service.count("retrieve") == 0
    click(next(b for b in rig.stage.findChildren(QPushButton) if b.text() == "Fetch it again"))
    click(part(await dialog(rig, "question"), QPushButton, "fetchChoice"))
    await until(lambda: rig.player.playing)
    assert rig.service.count("queue") == 0


async def test_a_job_that_renders_cannot_be_deleted_and_says_why(rig: Rig) -> None:
    job = m.job(m.rendering())
    await rig.add(job)
    rig.pane.select(job.id)
    rig.pane.view.acted.emit(job.id, "delete")
    await until(lambda: notice(rig) != "")
    assert "cannot be called back" in notice(rig)
    assert rig.jobs() == [job]


async def test_a_file_that_vanished_can_be_fetched_again(rig: Rig) -> None:
    clip = rig.clip("a")
    rig.service.body = Path(clip.path).read_bytes()
    Path(clip.path).unlink()
    job = m.job(m.saved(clip), account=rig.service.account)
    await rig.add(job)
    rig.pane.select(job.id)
    await until(lambda: notice(rig) != "")
    # What needs the file is not offered, in the middle, in the bar or under More.
    for name in ("openExternallyButton", "saveAsButton", "showInFolderButton", "continueFromFrameButton"):
        assert not rig.button(name).isVisible()
    menu = part(rig.window, QMenu, "moreMenu")
    menu.aboutToShow.emit()
    assert [entry.text() for entry in menu.actions()] == ["Copy prompt", "Copy receipt"]
    assert any("no longer in" in text for text in seen_texts(rig.stage.details))
    assert heard(rig).endswith("File missing")
    fetch = next(b for b in rig.stage.findChildren(QPushButton) if b.text() == "Fetch it again")
    click(fetch)
    await until(lambda: rig.player.playing)
    assert Path(str(rig.player.path)).exists()
    assert notice(rig) == ""
    assert any("saved in" in text for text in seen_texts(rig.stage.details))
    assert not heard(rig).endswith("File missing")


async def test_a_file_that_was_put_back_is_missed_no_longer(rig: Rig) -> None:
    clip = rig.clip("a")
    away = Path(clip.path).rename(rig.home / "elsewhere.mp4")
    job, other = m.job(m.saved(clip)), m.job(m.saved(rig.clip("b")))
    await rig.add(job, other)
    rig.pane.select(job.id)
    await until(lambda: heard(rig, job).endswith("File missing"))
    away.rename(clip.path)
    await rig.look_at(other)
    await rig.look_at(job)
    assert not heard(rig, job).endswith("File missing")
    assert rig.button("saveAsButton").isVisible()


async def test_what_has_no_room_is_under_more(rig: Rig) -> None:
    job = m.job(m.saved(rig.clip("a")))
    await rig.add(job)
    await rig.look_at(job)
    menu = part(rig.window, QMenu, "moreMenu")

    def under_more() -> list[str]:
        menu.aboutToShow.emit()
        return [entry.text() for entry in menu.actions() if not entry.isSeparator()]

    assert under_more() == ["Open in the system's player", "Copy prompt", "Copy receipt"]
    rig.window.resize(500 + 352, 700)
    await until(lambda: not rig.button("deleteClipButton").isVisible())
    assert under_more()[-1] == "Delete…"
    assert "Show in folder" in under_more()
    assert rig.button("continueFromFrameButton").isVisible()
    entry = next(entry for entry in menu.actions() if entry.text() == "Show in folder")
    entry.trigger()
    assert rig.left == [("show", rig.home / "a.mp4")]


async def test_the_prompt_goes_to_the_clipboard(rig: Rig) -> None:
    job = m.job(m.failed(Cost.REFUNDED), "A fox & a <b>hound</b>")
    await look_at_needy(rig, job)
    rig.pane.view.acted.emit(job.id, "copy prompt")
    assert QApplication.clipboard().text() == "A fox & a <b>hound</b>"


async def test_a_failed_one_shows_what_is_known_of_its_cost_and_gives_its_receipt(rig: Rig) -> None:
    held = "Balance before it $24.30, after it $23.75; nothing else was paid from here in between."
    job = m.job(replace(m.doubtful(), evidence=held))
    await look_at_needy(rig, job)
    await until(lambda: rig.button("copyReceiptButton").isVisible())
    words = [label.text() for label in rig.stage.findChildren(QLabel) if label.isVisible()]
    assert f"Quoted at $0.55. {held}" in words
    rig.press("copyReceiptButton")
    await until(lambda: notice(rig) != "")
    assert "unknown: it may have been charged, $0.55 as quoted" in QApplication.clipboard().text()

    refused = m.job(m.refused(status=402))
    await look_at_needy(rig, refused)
    await until(
        lambda: any(
            "Quoted at $0.55. The service answered with HTTP 402." in label.text()
            for label in rig.stage.findChildren(QLabel)
        )
    )


async def test_the_receipt_goes_to_the_clipboard(rig: Rig) -> None:
    QApplication.clipboard().clear()
    job = m.job(m.failed(Cost.REFUNDED), "A secret fox")
    await look_at_needy(rig, job)
    rig.pane.view.acted.emit(job.id, "copy receipt")
    await until(lambda: QApplication.clipboard().text() != "")
    copied = QApplication.clipboard().text()
    assert f"Job       {job.id}" in copied
    assert "Charge    refunded: $0.55 as quoted" in copied
    assert "broken clip: The clip ended in the middle." in copied
    assert "A secret fox" not in copied
    await until(lambda: notice(rig) == "The receipt is on the clipboard.")


async def test_looking_again_puts_the_job_back_among_those_that_render(rig: Rig) -> None:
    job = m.job(m.failed())  # of a key that is not here: nobody answers yet
    await look_at_needy(rig, job)
    rig.press("lookAgainButton")
    await until(lambda: isinstance(rig.ledger.jobs[job.id].state, Rendering))
    await until(lambda: rig.stage.job is not None and isinstance(rig.stage.job.state, Rendering))


async def test_what_the_service_suggests_goes_into_the_form(rig: Rig) -> None:
    job = m.job(m.refused(kind=Kind.CONTENT, suggested_prompt="A calm fox"), asked=asked(rig, "A wild fox"))
    await look_at_needy(rig, job)
    rig.press("usePromptButton")
    assert rig.studio.composer.draft.value.prompt == "A calm fox"
    rig.studio.composer.undo()
    assert rig.studio.composer.draft.value.prompt == "A wild fox"


async def test_the_model_the_service_recommends_goes_into_the_form(rig: Rig) -> None:
    job = m.job(m.refused(recommended_model="ltx"), asked=asked(rig))
    await look_at_needy(rig, job)
    rig.press("useModelButton")
    assert rig.studio.composer.draft.value.model == "ltx"


async def test_a_hidden_job_is_out_of_sight_until_it_is_saved(rig: Rig) -> None:
    job = m.job(m.rendering(), account=rig.service.account)
    await rig.add(job)
    rig.pane.view.acted.emit(job.id, "hide")
    await until(lambda: rig.pane.model.rowCount() == 0)
    await until(lambda: "is back in the list once it is saved" in notice(rig))
    assert rig.stage.job is not None
    await rig.ledger.become(job.id, m.rendering(elapsed_s=30))
    assert "is back in the list once it is saved" in notice(rig)
    await rig.ledger.become(job.id, m.saved(rig.clip("a")))
    await until(lambda: rig.pane.model.rowCount() == 1)
    assert notice(rig) == ""


async def test_watching_stops_after_a_yes_and_is_taken_up_again(rig: Rig) -> None:
    job = m.job(m.rendering())  # of a key that is not here: nobody answers yet
    await rig.add(job)
    rig.pane.select(job.id)
    rig.pane.view.acted.emit(job.id, "stop")
    click(part(await dialog(rig, "question"), QPushButton, "stopChoice"))
    await until(lambda: isinstance(rig.ledger.jobs[job.id].state, Stopped))
    await until(lambda: rig.button("watchAgainButton").isVisible())
    rig.press("watchAgainButton")
    await until(lambda: isinstance(rig.ledger.jobs[job.id].state, Rendering))


async def test_beside_a_portrait_clip_the_details_stand_at_its_side(rig: Rig) -> None:
    tall, wide = m.job(m.saved(rig.clip("tall", (180, 320))), age_s=60), m.job(m.saved(rig.clip("wide")), age_s=50)
    await rig.add(tall, wide)

    def beside() -> bool:
        details, player = rig.stage.details, rig.player
        return details.mapTo(rig.stage, details.rect().topLeft()).x() >= player.width()

    rig.pane.select(tall.id)
    await until(beside)
    rig.pane.select(wide.id)
    await until(lambda: not beside())
