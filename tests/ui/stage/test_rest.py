"""What is shown and does not change is not painted again and again."""

import asyncio

from PySide6.QtCore import QEvent, QObject

from tests.ui.driving import until
from tests.ui.stage.rig import Rig


class Paints(QObject):
    """Counts how often a widget is painted."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.Paint
        return False


async def test_the_starters_rest_once_their_picture_is_there(rig: Rig) -> None:
    starters, paints = rig.stage.starters, Paints()
    await until(lambda: starters._sample._still is not None)
    starters.installEventFilter(paints)
    starters.update()
    await until(lambda: paints.count > 0)
    before = paints.count
    for _ in range(50):
        await asyncio.sleep(0.002)
    assert paints.count - before < 5
