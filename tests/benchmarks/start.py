"""From the start of the process to the first paint, and memory at rest, beside a bare window with a player.

On a screen, as people have one, where there is an X server to be had: without one Qt draws and plays in other ways.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from statistics import median

from tests.benchmarks.figures import Report, ratio

TIMES = 9

_X11 = ["xvfb-run", "-a"] if shutil.which("xvfb-run") else []


def measure(report: Report) -> None:
    """Whole processes, by turns, after one of each that warms the caches."""
    place = "on an X11 screen" if _X11 else "without a screen"
    report.title(f"start, {place}: medians of {TIMES} whole processes by turns")
    with tempfile.TemporaryDirectory() as folder:
        runs = [(_run("ours", folder), _run("bare", folder)) for _ in range(TIMES + 1)][1:]
    painted = [median(run[side][0] for run in runs) for side in (0, 1)]
    cpu = [median(run[side][1] for run in runs) for side in (0, 1)]
    usable = median(run[0][2] for run in runs)
    memory = [median(run[side][-1] for run in runs) / 1e6 for side in (0, 1)]
    report.add(
        ratio("start to first paint beside a bare window", painted[0] * 1000, painted[1] * 1000, "ms", at_most=1.25),
        ratio("the same in time of the processor", cpu[0] * 1000, cpu[1] * 1000, "ms"),
        ratio("start until the prompt takes keys", usable * 1000, painted[1] * 1000, "ms"),
        ratio("memory at rest beside a bare window", memory[0], memory[1], "MB", at_most=1.5),
    )


def _run(which: str, folder: str) -> tuple[float, ...]:
    command = [*_X11, sys.executable, "-m", "tests.benchmarks.windows", which, folder]
    environment = {**os.environ, "QT_QPA_PLATFORM": "xcb" if _X11 else "offscreen"}
    printed = subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout
    return tuple(float(figure) for figure in printed.split())
