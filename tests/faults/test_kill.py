"""Killed at any step of a job's way, the program loses no paid clip, pays for none twice and leaves nothing behind."""

from pathlib import Path

from tests.faults.killing import kill_often, kill_with_the_sandbox

NEVER_TO_BE_LEFT_OUT = {
    "before the intent",
    "after the intent",
    "before the paid request",
    "the service took the paid request",
    "half of the paid answer was sent",
    "after the paid request",
    "before the row: Rendering",
    "in mid-render",
    "in mid-download",
    "after the download",
    "os.link part",
    "os.remove part",
    "before the row: Saved",
    "after the row: Saved",
    "before the deletion",
    "the service deleted its copy",
    "after the deletion",
}


async def test_killed_sixty_times_at_every_step(tmp_path: Path) -> None:
    outcome = await kill_often(60, tmp_path, seed=60)
    assert outcome.broken == []
    assert outcome.kills.total() >= 60
    assert set(outcome.kills) >= NEVER_TO_BE_LEFT_OUT


async def test_killed_while_it_speaks_to_the_practice_service(tmp_path: Path) -> None:
    outcome = await kill_with_the_sandbox(2, tmp_path, seed=3)
    assert outcome.broken == []
