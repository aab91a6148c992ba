"""What is looked at, and what may move by itself."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from tests.ui.driving import until
from tests.ui.jobs import material as m
from tests.ui.stage.rig import Rig
from venice_studio.domain.job import PRACTICE_ACCOUNT, Rendering, Saved
from venice_studio.ui.stage.starters import PROMPT, SAMPLE_PROMPT
from venice_studio.ui.widgets import PlainLabel


def words(rig: Rig) -> str:
    """Everything the stage says now."""
    labels = [label.text() for label in rig.stage.findChildren(PlainLabel) if label.isVisible()]
    buttons = [button.text() for button in rig.stage.findChildren(QPushButton) if button.isVisible()]
    return "\n".join([*labels, *buttons])


async def test_without_any_job_the_starters_fill_the_form(rig: Rig) -> None:
    rig.press("promptStarter")
    assert rig.studio.composer.draft.value.prompt == PROMPT
    rig.press("sampleStarter")
    await until(lambda: rig.studio.composer.draft.value.start_frame is not None)
    draft = rig.studio.composer.draft.value
    assert draft.prompt == SAMPLE_PROMPT
    assert draft.start_frame is not None
    assert (draft.start_frame.name, draft.start_frame.as_is) == ("gondola.jpg", True)
    rig.press("pictureStarter")
    assert rig.left == [("browse", None)]


async def test_a_press_of_generate_ends_in_a_clip_that_plays(rig: Rig) -> None:
    clip = rig.clip("made")
    with open(clip.path, "rb") as file:  # noqa: PTH123, ASYNC230 - a small file of this test
        rig.service.body = file.read()
    rig.studio.composer.edit(prompt="A red fox")
    rig.studio.composer.choose_model("kling-text")
    await rig.whole.settle()
    await rig.studio.press.generate(rig.director._desktop.confirm_price)
    await until(lambda: rig.player.playing)
    job = rig.stage.job
    assert job is not None
    assert isinstance(job.state, Saved)
    assert rig.pane.selected == job.id
    assert str(rig.player.path) == job.state.clip.path
    await until(lambda: (rig.frame() or 0) > 3)


async def test_a_new_job_never_takes_the_place_of_a_clip_being_played(rig: Rig) -> None:
    old = m.job(m.saved(rig.clip("old")), age_s=60)
    await rig.add(old)
    await rig.look_at(old)
    rig.player.loop = True
    rig.press("playButton")
    new = replace(m.job(m.intended()), created_at=rig.whole.parts.clock.now())
    await rig.add(new)
    assert rig.stage.job == old
    assert rig.pane.model.rowCount() == 2
    rig.press("playButton")
    newer = replace(m.job(m.intended()), created_at=rig.whole.parts.clock.now())
    await rig.add(newer)
    assert rig.stage.job == newer


async def test_another_jobs_clip_does_not_start_to_play(rig: Rig) -> None:
    shown, other = m.job(m.rendering(), age_s=60), m.job(m.rendering(), age_s=50)
    await rig.add(shown, other)
    rig.pane.select(shown.id)
    await rig.ledger.become(other.id, m.saved(rig.clip("other")))
    assert rig.stage.job == shown
    assert not rig.player.playing


async def test_a_job_that_renders_shows_its_prompt_and_its_times(rig: Rig) -> None:
    clock = rig.whole.parts.clock
    rendering = replace(m.rendering(estimate_s=70), queued_at=clock.now())
    job = m.job(rendering, "Serene forest")
    await rig.add(job)
    rig.pane.select(job.id)
    assert "Serene forest" in words(rig)
    assert "usually done within 1 min" in words(rig)
    cut = m.problem(message="No answer from the service.")
    await rig.ledger.become(job.id, replace(rendering, trouble=cut))
    assert "No answer from the service. Your clip goes on at Venice; we look again." in words(rig)


async def test_what_such_clips_took_here_is_said_of_the_next_one_and_when_it_takes_longer(rig: Rig) -> None:
    clip = rig.clip("fox")
    done = [m.job(replace(m.saved(clip), rendered_ms=1000 * took_s), age_s=900) for took_s in (28, 30, 31, 29, 30)]
    usual, slow = (m.job(replace(m.rendering(age_s, None), progress=None), age_s=age_s) for age_s in (10, 90))
    await rig.add(*done, usual, slow)
    rig.pane.select(usual.id)
    await until(lambda: "0:10 gone · usually done within 35 s · 15–25 s left" in shown(rig))
    rig.pane.select(slow.id)
    await until(lambda: "1:30 gone · usually done within 35 s · taking longer than usual" in shown(rig))


def shown(rig: Rig) -> str:
    """All words on the stage."""
    return "\n".join(label.text() for label in rig.stage.findChildren(QLabel) if label.isVisible())


async def test_the_clip_is_put_away_when_something_else_is_looked_at(rig: Rig) -> None:
    clip, waiting = m.job(m.saved(rig.clip("a")), age_s=60), m.job(m.rendering(), age_s=50)
    await rig.add(clip, waiting)
    await rig.look_at(clip)
    rig.press("playButton")
    rig.pane.select(waiting.id)
    assert not rig.player.playing
    assert rig.player.path is None


async def test_enter_in_the_list_plays(rig: Rig) -> None:
    job = m.job(m.saved(rig.clip("a")))
    await rig.add(job)
    await rig.look_at(job)
    QTest.keyClick(rig.pane.view, Qt.Key.Key_Return)
    assert rig.player.playing


async def test_the_details_say_what_it_was_and_what_it_cost(rig: Rig) -> None:
    job = m.job(m.saved(rig.clip("a")))
    await rig.add(job)
    rig.pane.select(job.id)
    said = words(rig)
    assert "5 s · 720p · sound · $0.55 charged · rendered in 58 s" in said
    assert "Made on this computer" not in said


async def test_practice_is_said_under_the_clip(rig: Rig) -> None:
    job = m.job(m.saved(rig.clip("a")), account=PRACTICE_ACCOUNT)
    await rig.add(job)
    rig.pane.select(job.id)
    assert "Made on this computer, not by" in words(rig)
    assert "$0.55 practice money charged" in words(rig)


async def test_how_the_form_differs_follows_the_form_and_a_click_brings_the_settings_back(rig: Rig) -> None:
    asked = replace(rig.studio.composer.draft.value, prompt="A fox")
    job = m.job(m.saved(rig.clip("a")), asked=asked)
    await rig.add(job)
    rig.pane.select(job.id)
    rig.studio.composer.edit(prompt="A fox", duration="10s")
    assert rig.button("differsButton").text() == "Differs from the form: duration"
    rig.press("differsButton")
    assert rig.studio.composer.draft.value == asked
    assert "The form has the same settings" in words(rig)


async def test_beside_a_portrait_clip_all_differences_are_said(rig: Rig) -> None:
    job = m.job(m.saved(rig.clip("a", (180, 320))), asked=m.request("A fox", model="ltx", ratio="9:16"))
    await rig.add(job)
    rig.studio.composer.edit(prompt="An owl", resolution="1080p", duration="10s", sound=False)
    rig.window.resize(1280, 800)
    rig.pane.select(job.id)
    await until(lambda: rig.stage.details.width() < 300)
    differs = rig.button("differsButton")
    await until(lambda: "\n" in differs.text())
    assert " ".join(differs.text().split()) == differs.accessibleName()
    await until(lambda: differs.height() >= 2 * differs.fontMetrics().lineSpacing())
    assert differs.geometry().right() <= rig.stage.details.width()


async def test_what_the_last_run_left_is_there_from_the_start(rig: Rig) -> None:
    job = m.job(m.rendering())
    await rig.add(job)
    assert isinstance(job.state, Rendering)
    rig.pane.select_first()
    assert rig.stage.job == job
