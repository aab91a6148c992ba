"""The whole program in a process of its own, driven through its widgets, so that a test can kill it.

    python -m tests.app.drive FOLDER BASE_URL|practice generate|wait

Prints the state of its newest job at each change, then the clip's path, and ends properly once the clip is saved.
"""

import os
import sys
from pathlib import Path

from tests.app.sitting import Sitting, open_program
from venice_studio.app.program import KEY_VARIABLE, Program
from venice_studio.domain.job import Job, Saved


async def drive(program: Program, act: str) -> None:
    """Press Generate, or only look, until the newest clip is saved."""
    sitting = Sitting(program)
    sitting.studio.runner.ledger.changed.connect(tell)
    await sitting.sit_down()
    if act == "generate":
        await sitting.generate_clip("A lighthouse in the fog")
    saved = await sitting.until_state(Saved)
    print(saved.clip.path, flush=True)
    await sitting.leave()


def tell(job: Job) -> None:
    """Print where a job is."""
    print(type(job.state).__name__, flush=True)


def main() -> None:
    folder, address, act = sys.argv[1:]
    base_url = None if address == "practice" else address
    program = open_program(Path(folder) / "data", base_url=base_url, key=os.environ.get(KEY_VARIABLE))
    program.loop.run_until_complete(drive(program, act))
    program.loop.close()


if __name__ == "__main__":
    main()
