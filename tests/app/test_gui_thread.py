"""The window's thread never touches a file, a database, a keyring or a codec, from the first paint on."""

import asyncio
import subprocess
import sys
from pathlib import Path

from venice_studio import assets

REPOSITORY = Path(__file__).resolve().parents[2]


async def test_the_main_job_leaves_all_slow_work_to_other_threads(tmp_path: Path) -> None:
    # In a process of its own: what other tests have imported would hide what is imported late.
    command = [sys.executable, "-m", "tests.app.gui_thread", str(tmp_path), str(assets.path("starters", "gondola.jpg"))]

    done = await asyncio.to_thread(
        subprocess.run, command, cwd=REPOSITORY, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == "0 kinds of work on the window's thread"
