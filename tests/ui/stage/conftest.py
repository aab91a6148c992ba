from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.ui.stage.rig import Rig
from venice_studio.ui.theme import Theme


@pytest_asyncio.fixture
async def rig(tmp_path: Path, theme: Theme) -> AsyncIterator[Rig]:
    made = Rig(tmp_path)
    await made.begin()
    yield made
    await made.end()
