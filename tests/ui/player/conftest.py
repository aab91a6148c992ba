from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.support.clips import make_clip
from tests.ui.player.driver import Driver
from venice_studio.ui.player import Player
from venice_studio.ui.theme import Theme


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds, 48 numbered frames, with sound."""
    return make_clip(tmp_path_factory.mktemp("clips") / "numbered.mp4", frames=48, sound=True)


@pytest.fixture
def driver(qtbot: QtBot, theme: Theme) -> Iterator[Driver]:
    player = Player()
    player.resize(640, 480)
    player.show()
    yield Driver(player, qtbot)
    player.teardown()
    player.close()
    player.deleteLater()
