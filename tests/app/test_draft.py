"""Closed or killed in the middle of writing: the form is as it was, and what is sent then is what was attached."""

import shutil
from pathlib import Path

from PIL import Image
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from tests.app.sitting import Sitting, sit
from tests.support.recording_proxy import RecordingProxy, picture_in
from tests.support.sandbox import Sandbox, fresh_key
from tests.ui.driving import click, until
from venice_studio.app import gestures
from venice_studio.domain.request import GenerationRequest
from venice_studio.ui.compose.picture_slot import PictureSlot


def draft(sitting: Sitting) -> GenerationRequest:
    return sitting.studio.composer.draft.value


def shown(sitting: Sitting) -> tuple[str, bool]:
    """The prompt, and whether a picture is in its place, as the window has them."""
    prompt = sitting.find(QPlainTextEdit, "promptEdit").toPlainText()
    return prompt, sitting.find(PictureSlot, "startFrameSlot").card.isVisible()


async def test_the_form_comes_back_and_sends_what_was_attached(sandbox: Sandbox, tmp_path: Path) -> None:
    key, photo = fresh_key(), tmp_path / "boat.png"
    Image.effect_noise((320, 180), 60).convert("RGB").save(photo)
    async with RecordingProxy(sandbox.base_url) as service:
        async with sit(tmp_path, service.base_url, key) as sitting:
            assert gestures.drop_file(sitting.find(QWidget, "startFrameSlot"), photo)
            await until(lambda: draft(sitting).start_frame is not None)
            gestures.write(sitting.find(QWidget, "promptEdit"), "A gondola drifts by")
            sitting.studio.composer.edit(duration=sitting.studio.composer.model.durations[-1])  # type: ignore[union-attr]
            before = draft(sitting)
            assert shown(sitting) == ("A gondola drifts by", True)

        async with sit(tmp_path, service.base_url, key) as sitting:
            assert draft(sitting) == before
            await until(lambda: shown(sitting) == ("A gondola drifts by", True))
            assert not service.of("/video/queue")
            await until(sitting.generate.isEnabled)
            click(sitting.generate)
            await sitting.answer("Pass this picture on?", "ahead")
            await until(lambda: bool(service.of("/video/queue")))
            [queued] = service.of("/video/queue")
            assert picture_in(queued.body) == ("image/png", photo.read_bytes())
            assert queued.body["duration"] == before.duration
        # What was sent stays in the form, as it does without a restart.
        async with sit(tmp_path, service.base_url, key) as sitting:
            assert draft(sitting) == before
            assert service.asked("/video/queue") == 1


async def test_a_kill_costs_no_more_than_the_last_moment(tmp_path: Path) -> None:
    kept = tmp_path / "data" / "draft.json"
    async with sit(tmp_path) as sitting:
        gestures.write(sitting.find(QWidget, "promptEdit"), "A gondola drifts by")
        await until(lambda: kept.exists() and "A gondola drifts by" in kept.read_text())
        # What a kill now would leave behind.
        shutil.copytree(tmp_path / "data", tmp_path / "killed" / "data")
    async with sit(tmp_path / "killed") as sitting:
        await until(lambda: shown(sitting)[0] == "A gondola drifts by")


async def test_a_new_program_begins_with_an_empty_form(tmp_path: Path) -> None:
    async with sit(tmp_path) as sitting:
        assert shown(sitting)[0] == ""
        assert draft(sitting).prompt == ""
