"""A folder for clips that goes and comes back while the program runs."""

import asyncio
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton

from tests.app.sitting import sit
from tests.support.faulty_server import told
from tests.support.scripted_service import RETRIEVE, ScriptedService
from tests.ui.driving import until
from venice_studio.domain.job import Saved

SOON_S = 20
"""Less than anybody waits who has put a disk back; it is looked at every 5 s."""


async def test_a_job_that_finds_it_gone_turns_generate_off_and_its_return_turns_it_on(tmp_path: Path) -> None:
    processing = told({"status": "processing", "executionDuration": 1000, "estimatedDuration": 2000})
    async with ScriptedService(tmp_path) as service, sit(tmp_path, service.base_url) as sitting:
        folder, elsewhere, settings = tmp_path / "clips", tmp_path / "elsewhere", sitting.studio.settings
        folder.mkdir()
        settings.set(replace(settings.value, clips_folder=str(folder)))
        service.next(RETRIEVE, *[processing] * 10)
        await sitting.generate_clip()
        await until(lambda: "room for clips" not in sitting.studio.tasks.names)
        assert sitting.generate.isEnabled()
        folder.rename(elsewhere)

        await until(lambda: not sitting.generate.isEnabled())
        assert sitting.find(QAbstractButton, "quoteFolderButton").isVisible()
        assert "clips cannot be saved" in sitting.text("quoteState")

        elsewhere.rename(folder)
        async with asyncio.timeout(SOON_S):
            await until(sitting.generate.isEnabled)
        await sitting.until_state(Saved)
