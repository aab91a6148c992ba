"""Where a picture was taken does not leave the computer by accident, whatever the picture is to the clip."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QMenu

from tests.library.test_fitting import somewhere
from tests.library.test_images import encoded, noise
from tests.ui.compose.conftest import Bench, click, drop, files
from tests.ui.compose.material import FOLLOWING, cards, choose, slot
from venice_studio.domain.inputs import Role


@pytest.mark.parametrize("located", [True, False])
async def test_location_data_of_a_reference_picture_can_be_removed(bench: Bench, tmp_path: Path, located: bool) -> None:
    exif = {"exif": somewhere()} if located else {}
    (tmp_path / "holiday.jpg").write_bytes(encoded(noise(160, 90), "JPEG", **exif))
    choose(bench, FOLLOWING)
    drop(slot(bench, Role.REFERENCES), files(tmp_path / "holiday.jpg"))
    await bench.settle()
    click(cards(bench, Role.REFERENCES)[0])
    menu = bench.pane.findChild(QMenu, "inputMenu")
    assert isinstance(menu, QMenu)
    offered = [action for action in menu.actions() if action.text() == "Remove location data"]
    assert len(offered) == int(located)
    for action in offered:
        action.trigger()
    menu.close()
    await bench.settle()
    [picture] = bench.composer.draft.value.references
    assert (picture.name, picture.located, picture.as_is) == ("holiday.jpg", False, not located)
