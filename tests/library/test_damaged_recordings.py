"""Whatever is thrown at the intake of sounds and videos, it takes it or says why not."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.clips import make_clip
from tests.support.recordings import make_sound, make_video, make_wav
from venice_studio.domain.problem import Trouble
from venice_studio.library import recordings
from venice_studio.library.kinds import HEAD, content_type, name_of

MAKERS: dict[str, Callable[[Path], Path]] = {
    "film.mp4": lambda path: make_clip(path, frames=6, size=(64, 48), sound=True),
    "film.mov": lambda path: make_video(path, frames=6, size=(64, 48)),
    "film.webm": lambda path: make_video(path, "libvpx", frames=6, size=(64, 48)),
    "tone.wav": lambda path: make_wav(path, seconds=0.5),
    "tone.mp3": lambda path: make_sound(path, "libmp3lame", seconds=0.5),
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of files with nothing wrong."""
    folder = tmp_path_factory.mktemp("whole")
    for name, make in MAKERS.items():
        make(folder / name)
    return folder


@given(
    name=st.sampled_from(sorted(MAKERS)),
    damages=st.lists(st.tuples(st.integers(0, 2**20), st.binary(min_size=1, max_size=8)), min_size=1, max_size=6),
    cut_at=st.none() | st.integers(1, 2**20),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_damaged_files_are_taken_or_refused(
    name: str, damages: list[tuple[int, bytes]], cut_at: int | None, whole: Path, tmp_path: Path
) -> None:
    damaged = bytearray((whole / name).read_bytes())
    for place, damage in damages:
        at = place % len(damaged)
        damaged[at : at + len(damage)] = damage
    if cut_at is not None:
        del damaged[cut_at % len(damaged) :]
    path = tmp_path / name
    path.write_bytes(damaged)
    assert sensible(path, recordings.sound_length)
    assert sensible(path, lambda path, name: recordings.footage(path, name).duration_ms)


def sensible(path: Path, length_ms: Callable[[Path, str], int]) -> bool:
    """Whether a file is measured to a sensible length, or refused by its name."""
    try:
        return 0 < length_ms(path, path.name) <= recordings.MAX_LENGTH_S * 1000
    except Trouble as trouble:
        return path.name in trouble.problem.message


@given(head=st.binary(max_size=HEAD) | st.binary(max_size=64).map(lambda rest: b"\0\0\0\x18ftyp" + rest))
def test_what_a_file_is_is_told_of_any_bytes(head: bytes) -> None:
    mime, name = content_type(head), name_of(head)
    assert name is not None or mime is None
