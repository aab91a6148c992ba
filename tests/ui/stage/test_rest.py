"""What is shown and does not change is not painted again and again."""

import asyncio

from tests.ui.driving import Paints, until
from tests.ui.stage.rig import Rig


async def test_the_starters_rest_once_their_picture_is_there(rig: Rig) -> None:
    starters = rig.stage.starters
    await until(lambda: starters._sample._still is not None)
    paints = Paints(starters)
    starters.update()
    await until(lambda: paints.count > 0)
    before = paints.count
    for _ in range(50):
        await asyncio.sleep(0.002)
    assert paints.count - before < 5
