"""In the real window, before a service of the live dialect: what switches is told with its price, and goes back."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from tests.app.sitting import PATIENCE_S, Sitting, sit
from tests.support.sandbox import Sandbox
from tests.ui.compose.conftest import drop, files, image
from tests.ui.driving import click, until
from venice_studio.domain.job import Saved
from venice_studio.domain.quote import Quoted
from venice_studio.ui.compose import ComposePane
from venice_studio.ui.compose.model_part import SwitchNote
from venice_studio.ui.widgets import PromptEdit

TEXT, PICTURE = "veo3-fast-text-to-video", "veo3-fast-image-to-video"


@pytest.fixture(scope="module")
def live() -> Iterator[Sandbox]:
    with Sandbox("--dialect", "live", "--fault", "short", speed=100) as running:
        yield running


def note(sitting: Sitting) -> SwitchNote:
    return sitting.find(ComposePane, "composePane").form.model.note


async def priced(sitting: Sitting, model: str, **values: str) -> None:
    """Have a draft of this model, with these values, and its price."""
    composer = sitting.studio.composer
    await until(lambda: composer.listed(model) is not None, PATIENCE_S)
    composer.choose_model(model)
    composer.edit(**values)
    await with_price(sitting, model)


async def with_price(sitting: Sitting, model: str) -> None:
    composer, state = sitting.studio.composer, sitting.studio.quoter.state
    await until(lambda: composer.draft.value.model == model, PATIENCE_S)
    await until(
        lambda: isinstance(state.value, Quoted) and state.value.key == composer.draft.value.quote_key, PATIENCE_S
    )


async def test_a_picture_that_comes_and_goes_leaves_everything_as_it_was(live: Sandbox, tmp_path: Path) -> None:
    assert image(1600, 900).save(str(tmp_path / "canal.png"))
    async with sit(tmp_path, live.base_url) as sitting:
        composer = sitting.studio.composer
        await priced(sitting, TEXT, duration="4s", resolution="1080p", prompt="A gondola")
        before = composer.draft.value
        pane = sitting.find(ComposePane, "composePane")
        assert drop(pane, files(tmp_path / "canal.png"))
        await with_price(sitting, PICTURE)
        assert note(sitting).text == "4 s → 8 s, 1080p → the model's choice, $0.44 → $0.88"
        with_picture = composer.draft.value

        click(pane.form.start_frame.card.remove)
        await with_price(sitting, TEXT)
        assert composer.draft.value == before
        assert note(sitting).isVisible()
        assert note(sitting).text == "8 s → 4 s, the model's choice → 1080p, $0.88 → $0.44"

        click(note(sitting).undo)
        assert composer.draft.value == with_picture
        assert not note(sitting).isVisible()


async def test_a_model_that_only_costs_more_says_so(live: Sandbox, tmp_path: Path) -> None:
    async with sit(tmp_path, live.base_url) as sitting:
        await priced(sitting, TEXT, duration="8s", resolution="720p")
        before = sitting.studio.composer.draft.value
        sitting.studio.composer.choose_model("veo3-full-text-to-video")
        await with_price(sitting, "veo3-full-text-to-video")
        assert note(sitting).isVisible()
        assert note(sitting).text == "$0.55 → $1.10"
        click(note(sitting).undo)
        assert sitting.studio.composer.draft.value == before


@pytest.mark.parametrize("by", ["note", "keys"])
async def test_reused_settings_go_away_again_with_all_they_brought(live: Sandbox, tmp_path: Path, by: str) -> None:
    async with sit(tmp_path, live.base_url) as sitting:
        composer = sitting.studio.composer
        await priced(sitting, TEXT, duration="4s", resolution="720p")
        await sitting.generate_clip("An old one")
        await sitting.until_state(Saved)
        await sitting.write("Mine, half written")
        composer.edit(duration="6s")
        composer.set_takes(4)
        await with_price(sitting, TEXT)
        mine = composer.now

        reuse = sitting.find(QAbstractButton, "reuseSettingsButton")
        await until(reuse.isVisible, PATIENCE_S)
        click(reuse)
        assert composer.draft.value == replace(mine.request, prompt="An old one", duration="4s")
        assert note(sitting).isVisible()
        assert note(sitting).text.startswith("The reused settings are in the form.")
        if by == "note":
            click(note(sitting).undo)
        else:
            prompt = sitting.find(PromptEdit, "promptEdit")
            prompt.setFocus()
            prompt.moveCursor(prompt.textCursor().MoveOperation.End)
            QTest.keyClicks(prompt, ", but longer")
            for _ in range(2):
                assert composer.now != mine
                QTest.keyClick(prompt, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert composer.now == mine
        assert sitting.find(PromptEdit, "promptEdit").toPlainText() == "Mine, half written"
        assert not note(sitting).isVisible()
