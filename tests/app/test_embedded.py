"""The program works on whatever loop it finds itself in, and says where it cannot."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.patience import PATIENCE_S


def embedded(folder: Path, way: str) -> tuple[list[str], str]:
    """What another program says that has this one inside, and its complaints."""
    command = [sys.executable, "-m", "tests.app.embedded", str(folder), way]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=PATIENCE_S)
    return done.stdout.splitlines(), done.stderr


@pytest.mark.parametrize("way", ["inside", "before", "by_turns", "waits"])
def test_it_works_on_the_loop_of_the_caller(tmp_path: Path, way: str) -> None:
    said, complaints = embedded(tmp_path, way)

    assert said == ["$0.49", "ended"]
    assert "Traceback" not in complaints


def test_one_program_after_the_other_leaves_no_loop_behind(tmp_path: Path) -> None:
    said, complaints = embedded(tmp_path, "one_after_the_other")

    assert said == ["$0.49", "ended"] * 2
    assert "Traceback" not in complaints


def test_a_loop_that_is_not_of_qt_is_refused_at_once(tmp_path: Path) -> None:
    (said,), _ = embedded(tmp_path, "foreign")

    assert said.startswith("Venice Studio was built inside an asyncio loop that is not Qt's")


def test_what_nobody_foresaw_at_the_start_is_said_in_the_window(tmp_path: Path) -> None:
    said, _ = embedded(tmp_path, "incomplete")

    assert "Venice Studio cannot start" in said
    assert any("httpx" in line for line in said)
    assert said[-1] == "ended"
