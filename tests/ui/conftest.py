"""What tests of the window share."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from venice_studio.ui.theme import Theme, set_reduced_motion


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The dark theme in force, with nothing moving."""
    applied = Theme(qapp, "dark")
    applied.complete()
    set_reduced_motion(True)
    yield applied
    set_reduced_motion(None)
    applied.deleteLater()
