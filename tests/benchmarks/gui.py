"""How late the GUI thread answers with 200 running jobs, two downloads and a clip playing, beside the idle window; and
how often the idle program wakes up."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from tests.benchmarks.figures import Figure, Report
from tests.benchmarks.serving import serving
from tests.support.clips import make_clip

TIMES = 3
SIZE = 2_000_000_000
"""Bytes of a download, so that none ends while it is measured."""


def measure(report: Report) -> None:
    """Whole processes, by turns; medians."""
    report.title(f"gui: medians of {TIMES} whole processes by turns")
    with serving(SIZE) as origin:
        runs = [(_run("idle", origin), _run("busy", origin)) for _ in range(TIMES)]
    idle, busy = ({key: median(run[side][key] for run in runs) for key in runs[0][side]} for side in (0, 1))
    report.add(
        Figure(what="delay, p99", value=busy["p99"], unit="ms", at_most=16, beside=f"idle window {idle['p99']:.1f} ms"),
        Figure(what="delay, worst", value=busy["worst"], unit="ms", at_most=50, beside=f"idle {idle['worst']:.1f} ms"),
        Figure(what="wake-ups a second at rest", value=idle["wakes"], at_most=1, beside=f"busy {busy['wakes']:.0f}"),
    )


def _run(mode: str, origin: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        make_clip(Path(folder) / "clip.mp4", frames=240, size=(1280, 720))
        command = [sys.executable, "-m", "tests.benchmarks.busy_window", mode, folder, origin]
        found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        return found
