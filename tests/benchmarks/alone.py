"""Measures work in a process of its own, so that its memory is nobody else's.

`python -m tests.benchmarks.alone MODULE FUNCTION ARGUMENT ...` calls an async function of the benchmarks that takes
strings; prints seconds and the bytes by which the process's peak memory grew meanwhile. A function that has to get
ready first returns the seconds of what counts. Needs Linux.
"""

import asyncio
import gc
import importlib
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What work took."""

    seconds: float
    grown_bytes: float


Work = Callable[..., Awaitable[float | None]]


def costs(work: Work, *arguments: str) -> Cost:
    """Run `work` once in a fresh process."""
    command = [sys.executable, "-m", "tests.benchmarks.alone", work.__module__, work.__name__, *arguments]
    seconds, grown = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return Cost(seconds=float(seconds), grown_bytes=float(grown))


def in_turn(times: int, works: list[Work], *arguments: str) -> list[Cost]:
    """The medians of several works, each run `times` times, by turns: whatever else the machine does meets all."""
    runs = [[costs(work, *arguments) for work in works] for _ in range(times)]
    return [
        Cost(seconds=median(run.seconds for run in column), grown_bytes=median(run.grown_bytes for run in column))
        for column in zip(*runs, strict=True)
    ]


def memory_bytes(line: str) -> int:
    """What Linux says of this process's memory: `VmRSS` for now, `VmHWM` for the most there was."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition(f"{line}:")[2].split()[0]) * 1024


async def _measured(work: Work, arguments: list[str]) -> None:
    gc.collect()
    await asyncio.to_thread(Path("/proc/self/clear_refs").write_text, "5")  # forget the peak so far
    before, began = memory_bytes("VmRSS"), time.perf_counter()
    counted = await work(*arguments)
    whole = time.perf_counter() - began
    print(whole if counted is None else counted, memory_bytes("VmHWM") - before)


if __name__ == "__main__":
    function = getattr(importlib.import_module(sys.argv[1]), sys.argv[2])
    asyncio.run(_measured(function, sys.argv[3:]))
