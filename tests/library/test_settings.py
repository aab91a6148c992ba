"""Settings survive restarts, junk and newer versions."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from venice_studio.domain.problem import Kind, Trouble
from venice_studio.library.settings import Names, Settings, SettingsFile, Theme
from venice_studio.library.threads import Threads, Worker

CHANGED = Settings(
    theme=Theme.LIGHT,
    clips_folder="/media/stick/Clips é",
    volume=0.25,
    muted=True,
    loop=False,
    practice_real_waits=True,
    geometry="AdnQywAD",
    last_model="wan",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


async def test_settings_come_back(path: Path, threads: Threads) -> None:
    await SettingsFile(path, threads.disk).save(CHANGED)
    assert SettingsFile(path, threads.disk).load() == CHANGED


async def test_names_come_back_in_their_order(path: Path, threads: Threads) -> None:
    await SettingsFile(path, threads.disk).save(Settings(favourite_models=Names(["Wan", "Kling é"])))
    assert SettingsFile(path, threads.disk).load().favourite_models == ("Wan", "Kling é")


@pytest.mark.parametrize(
    ("kept", "understood"), [(["Wan", 7, None, "Wan", ["Kling"], "LTX"], ("Wan", "LTX")), ({"Wan": 1}, ()), ("Wan", ())]
)
def test_odd_names_are_left_out(path: Path, threads: Threads, kept: object, understood: tuple[str, ...]) -> None:
    write(path, {"favourite_models": kept})
    assert SettingsFile(path, threads.disk).load().favourite_models == understood


def test_without_a_file_everything_is_as_at_the_first_start(path: Path, threads: Threads) -> None:
    assert SettingsFile(path, threads.disk).load() == Settings()


async def test_what_a_newer_version_wrote_stays(path: Path, threads: Threads) -> None:
    write(path, {"theme": "dark", "captions": {"size": 3}})
    file = SettingsFile(path, threads.disk)

    loaded = file.load()
    await file.save(CHANGED)

    assert loaded == Settings(theme=Theme.DARK)
    assert json.loads(read(path))["captions"] == {"size": 3}
    assert SettingsFile(path, threads.disk).load() == CHANGED


def test_values_of_the_wrong_kind_count_as_not_set(path: Path, threads: Threads) -> None:
    write(path, {"theme": "neon", "volume": 7, "muted": "yes", "loop": 0, "clips_folder": ["a"], "last_model": "wan"})
    assert SettingsFile(path, threads.disk).load() == Settings(volume=1.0, last_model="wan")


JUNK = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
NAMED = st.dictionaries(st.sampled_from(["theme", "volume", "muted", "clips_folder", "geometry", "else"]), JUNK)


@settings(max_examples=60)
@given(content=(JUNK | NAMED).map(lambda junk: json.dumps(junk).encode()) | st.binary())
def test_no_file_keeps_the_program_from_starting(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "junk.json"
    path.write_bytes(content)
    worker = Worker("unused")

    loaded = SettingsFile(path, worker).load()

    assert 0 <= loaded.volume <= 1
    assert loaded.theme in Theme
    assert isinstance(loaded.geometry, str)
    worker.close()


async def test_a_folder_that_cannot_be_written_is_trouble(tmp_path: Path, threads: Threads) -> None:
    (tmp_path / "config").touch()
    with pytest.raises(Trouble) as caught:
        await SettingsFile(tmp_path / "config" / "settings.json", threads.disk).save(CHANGED)
    assert caught.value.problem.kind is Kind.DISK


def write(path: Path, content: object) -> None:
    path.parent.mkdir()
    path.write_text(json.dumps(content))


def read(path: Path) -> str:
    return path.read_text()
