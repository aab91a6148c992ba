"""A picture let go over the stage is a start frame too; the clip's own commands are offered where they can be done."""

from pathlib import Path

from PIL import Image
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from tests.app.sitting import Sitting, sit
from tests.support.sandbox import Sandbox
from tests.ui.driving import until
from venice_studio.app import gestures
from venice_studio.domain.job import Rendering, Saved


def offered(sitting: Sitting, words: str) -> bool:
    action = next(a for a in sitting.window.findChildren(QAction) if a.text() == words)
    return action.isEnabled()


async def test_a_picture_dropped_on_the_stage_becomes_the_start_frame(sandbox: Sandbox, tmp_path: Path) -> None:
    file = tmp_path / "boat.png"
    Image.new("RGB", (320, 180), "teal").save(file)
    async with sit(tmp_path, sandbox.base_url) as sitting:
        assert gestures.drop_file(sitting.find(QWidget, "stage"), file)
        await until(lambda: sitting.studio.composer.draft.value.start_frame is not None)
        picture = sitting.studio.composer.draft.value.start_frame
        assert picture is not None
        assert picture.name == "boat.png"


async def test_the_menu_offers_only_what_can_be_done_with_the_clip(tmp_path: Path) -> None:
    with Sandbox(state=tmp_path / "service", speed=20) as sandbox:
        async with sit(tmp_path, sandbox.base_url) as sitting:
            assert not offered(sitting, "Save as…")
            await sitting.generate_clip("Silk in the wind")
            await sitting.until_state(Rendering)
            assert not offered(sitting, "Continue from this frame")
            assert offered(sitting, "Reuse settings")
            await sitting.until_state(Saved)
            await until(lambda: offered(sitting, "Save as…"))
            assert offered(sitting, "Continue from this frame")
