"""The picker over everything the service lists: unfolded, and narrowed by words and a filter."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QComboBox, QPushButton

from tests.app.sitting import PATIENCE_S
from tests.screenshots.desk import Desk
from tests.ui.driving import click, part, until
from venice_studio.library.settings import Names
from venice_studio.ui.compose.model_list import ModelList

FAVOURITES = Names(["Veo 3.1 Fast", "Wan 2.1 Pro"])


async def unfolded(desk: Desk) -> None:
    await _unfold(desk)


async def found(desk: Desk) -> None:
    popup = await _unfold(desk)
    popup.search_for("1080p")
    click(part(popup, QPushButton, "wishReferences"))
    await _priced(desk)


async def _unfold(desk: Desk) -> ModelList:
    await until(lambda: len(desk.studio.composer.models.value) > len(FAVOURITES), PATIENCE_S)
    desk.program.settings.set(replace(desk.program.settings.value, favourite_models=FAVOURITES))
    picker = part(desk.window, QComboBox, "modelPicker")
    picker.showPopup()
    await _priced(desk)
    return part(picker, ModelList, "modelList")


async def _priced(desk: Desk) -> None:
    """Until those in sight say what they cost."""
    await asyncio.sleep(0.3)
    await until(lambda: "prices of models" not in desk.program.tasks.names, PATIENCE_S)


SCENES: Sequence[tuple[str, Callable[[Desk], Awaitable[None]]]] = (("picker", unfolded), ("picker found", found))
