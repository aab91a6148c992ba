"""The program without its window, in a process that may be killed at any moment."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection as Pipe
from pathlib import Path

import av  # noqa: F401
import PIL.JpegImagePlugin  # noqa: F401

from tests.faults.rig import Rig, request
from tests.faults.steps import Step, SteppedService, SteppedStore, Steps, watch_files
from tests.library import examples
from venice_studio.domain.job import CopyAtVenice
from venice_studio.library import records
from venice_studio.venice.transport import Timings, _trust

PATIENT = Timings(retry_waits_s=(0.01, 0.05))
"""Who is asked may stand still while it is decided whether we live on."""
DONE = "done"

# Done once, before the forks, so that a run takes no longer than its work.
records.from_row(records.to_row(examples.job(state=examples.RENDERING)))
_trust()


@dataclass(frozen=True, kw_only=True)
class Orders:
    """What a run is to do: go on with what the last one left, and press Generate once for each of `presses`."""

    home: Path
    base_url: str
    key: str
    model: str
    copy_at_venice: CopyAtVenice
    tag_clips: bool = False
    presses: Sequence[tuple[str, int]] = ()
    """Prompt and number of takes."""
    speed: float = 500.0
    """How much faster than the real one the service is."""
    stepped: bool = False


def run(orders: Orders, pipe: Pipe) -> None:
    """Do it; the pipe hears each step where `stepped`, and `DONE` at the end."""
    step: Step = Steps(pipe) if orders.stepped else lambda _name: None
    if orders.stepped:
        watch_files(orders.home, step)
    SteppedStore.step = staticmethod(step)
    asyncio.run(_run(orders, step))
    pipe.send(DONE)


async def _run(orders: Orders, step: Step) -> None:
    rig = Rig(
        orders.home,
        orders.base_url,
        key=orders.key,
        speed=orders.speed,
        copy_at_venice=orders.copy_at_venice,
        tag_clips=orders.tag_clips,
        timings=PATIENT,
        wrap=lambda service: SteppedService(service, step),
        store=SteppedStore,
    )
    await rig.begin()
    for prompt, takes in orders.presses:
        rig.tasks.start(rig.press(request(prompt, orders.model), takes), "press")
    await rig.tasks.join()
    await rig.end()
