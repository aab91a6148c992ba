"""The whole program in a process of its own, which agrees to what a 409 asks for, and dies at a moment of that.

python -m tests.app.agree_and_die FOLDER BASE_URL agreed|written|leaving|never
"""

import asyncio
import os
import signal
import sys
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QCheckBox, QDialog

from tests.app.sitting import PATIENCE_S, Sitting, open_program
from tests.ui.driving import click, part, until
from venice_studio.app.program import KEY_VARIABLE
from venice_studio.domain.job import Intended, Job
from venice_studio.library.settings import Settings
from venice_studio.ui.jobs.offers import Act


def die() -> None:
    """As a power cut does it."""
    os.kill(os.getpid(), signal.SIGKILL)


async def drive(sitting: Sitting, when: str) -> None:
    """Press Generate, read, check, agree; then wait for the end."""
    await sitting.sit_down()
    job = await sitting.generate_clip("A lighthouse in the fog")

    def changed(changed_job: Job) -> None:
        if changed_job.id != job.id and changed_job.state == Intended(leaving=when == "leaving"):
            die()

    def agreed(settings: Settings) -> None:
        if settings.agreements:
            die()

    if when == "agreed":
        sitting.studio.settings.bind(agreed)
    elif when != "never":
        sitting.studio.runner.ledger.changed.connect(changed)
    sitting.program.view.director.acts.perform(Act.AGREE, job.id)
    await until(lambda: bool(sitting.window.findChildren(QDialog, "consentDialog")), PATIENCE_S)
    asked = part(sitting.window, QDialog, "consentDialog")
    for check in asked.findChildren(QCheckBox):
        check.setChecked(True)
    click(part(asked, QAbstractButton, "agreeChoice"))
    await asyncio.sleep(PATIENCE_S)


def main() -> None:
    folder, base_url, when = sys.argv[1:]
    program = open_program(Path(folder) / "data", base_url=base_url, key=os.environ.get(KEY_VARIABLE))
    program.loop.run_until_complete(drive(Sitting(program), when))


if __name__ == "__main__":
    main()
