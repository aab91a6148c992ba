"""The whole program and the service's listing: kept for the next start, and what becomes of models that leave it."""

import json
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from tests.app.sitting import PATIENCE_S, Sitting, sit
from tests.support.sandbox import Sandbox, fresh_key
from tests.ui.driving import click, part, until
from venice_studio.domain.job import Failed, Saved
from venice_studio.studio.connection import Standing
from venice_studio.ui.jobs.offers import Act


def write_listing(file: Path, *models: tuple[str, str], **spec: object) -> None:
    """A listing of text models, as (id, name) pairs."""
    constraints = {
        "model_type": "text-to-video",
        "durations": ["5s"],
        "resolutions": ["480p"],
        "aspect_ratios": ["16:9"],
    }
    entries: list[dict[str, Any]] = [
        {"id": id_, "type": "video", "model_spec": {"name": name, "constraints": constraints, **spec}}
        for id_, name in models
    ]
    file.write_text(json.dumps({"data": entries}), "utf-8")


def offered(sitting: Sitting) -> list[str]:
    box = sitting.find(QComboBox, "modelPicker")
    return [box.itemText(at) for at in range(box.count())]


def foot(sitting: Sitting) -> str:
    return str(part(sitting.find(QComboBox, "modelPicker"), QWidget, "modelsFoot").property("text"))


async def test_without_the_service_the_form_has_what_was_listed_last(tmp_path: Path) -> None:
    file, key = tmp_path / "models.json", fresh_key()
    write_listing(file, ("nova-9-text-to-video", "Nova 9"), ("vega-text-to-video", "Vega"))
    with Sandbox("--dialect", "live", "--models", str(file)) as sandbox:
        async with sit(tmp_path, sandbox.base_url, key) as sitting:
            await until(lambda: offered(sitting) == ["Nova 9", "Vega"], PATIENCE_S)
            await until(lambda: foot(sitting).startswith("Models as of "))
            sitting.studio.composer.choose_family("Vega")
    async with sit(tmp_path, sandbox.base_url, key) as sitting:
        assert offered(sitting) == ["Nova 9", "Vega"]
        assert sitting.studio.composer.draft.value.model == "vega-text-to-video"
        await until(lambda: sitting.standing is Standing.NO_ANSWER, PATIENCE_S)
        await until(lambda: foot(sitting).endswith(", the service cannot be reached"), PATIENCE_S)


async def test_a_job_whose_model_is_gone_shows_plays_and_moves_on(tmp_path: Path) -> None:
    file, key = tmp_path / "models.json", fresh_key()
    write_listing(file, ("nova-9-text-to-video", "Nova 9"))
    with Sandbox("--dialect", "live", "--models", str(file), state=tmp_path / "service") as sandbox:
        async with sit(tmp_path, sandbox.base_url, key) as sitting:
            await until(lambda: offered(sitting) == ["Nova 9"], PATIENCE_S)
            job = await sitting.generate_clip()
            saved = await sitting.until_state(Saved)
        write_listing(file, ("nova-10-text-to-video", "Nova 10"), ("vega-text-to-video", "Vega"))
        sandbox.restart()
        async with sit(tmp_path, sandbox.base_url, key) as sitting:
            await until(lambda: offered(sitting) == ["Nova 10", "Vega"], PATIENCE_S)
            director = sitting.program.view.director
            director.pane.select(job.id)
            director.acts.perform(Act.PLAY, job.id)
            await sitting.watch_playing(saved)
            assert "Nova 9" in sitting.said("stage")

            await sitting.write("Something of today")
            mine = sitting.studio.composer.draft.value
            director.acts.perform(Act.REUSE, job.id)
            assert sitting.studio.composer.draft.value.model == "nova-10-text-to-video"
            assert sitting.studio.composer.draft.value.prompt == job.request.prompt
            note = sitting.program.view.compose.form.model.note
            told = "The reused settings are in the form. Nova 9 (not on offer) → Nova 10"
            await until(lambda: note.text.startswith(told))
            click(sitting.find(QPushButton, "undoSwitchButton"))
            assert sitting.studio.composer.draft.value == mine


async def test_a_failed_job_whose_model_is_gone_leads_to_the_one_in_its_place(tmp_path: Path) -> None:
    file, key = tmp_path / "models.json", fresh_key()
    leaving = {"replacementModelId": "lyra-text-to-video", "removesAt": "2026-11-30T00:00:00Z"}
    write_listing(file, ("orion-1-text-to-video", "Orion 1"), deprecation=leaving)
    with Sandbox("--dialect", "live", "--models", str(file), state=tmp_path / "service") as sandbox:
        async with sit(tmp_path, sandbox.base_url, key) as sitting:
            await until(lambda: offered(sitting) == ["Orion 1"], PATIENCE_S)
            job = await sitting.generate_clip("A lagoon [[fail]]")
            await sitting.until_state(Failed)
            stage = sitting.find(QWidget, "stage")
            assert part(stage, QPushButton, "retryButton").isVisibleTo(stage)
        write_listing(file, ("orion-2-text-to-video", "Orion 2"), ("lyra-text-to-video", "Lyra"))
        sandbox.restart()
        async with sit(tmp_path, sandbox.base_url, key) as sitting:
            await until(lambda: offered(sitting) == ["Orion 2", "Lyra"], PATIENCE_S)
            sitting.program.view.director.pane.select(job.id)
            stage = sitting.find(QWidget, "stage")
            use = part(stage, QPushButton, "reuseButton")
            await until(lambda: use.text() == "Use Lyra" and use.isVisibleTo(stage), PATIENCE_S)
            assert "Orion 1 is not on offer any more. Lyra takes its place." in sitting.said("stage")
            assert not part(stage, QPushButton, "retryButton").isVisibleTo(stage)
            note = sitting.program.view.compose.form.model.note
            for _ in range(2):
                click(use)
                assert sitting.studio.composer.draft.value.model == "lyra-text-to-video"
                await until(lambda: "Orion 1 (not on offer) → Lyra" in note.text)
