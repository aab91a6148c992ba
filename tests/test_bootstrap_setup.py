"""The set-up on real parts: real environments, real pip, a real (small) package index, real kills."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.patience import PATIENCE_S
from tests.support.throwaway import Checkout, Index, serve, write_wheel
from venice_studio.bootstrap import active, pip_wheel
from venice_studio.bootstrap.environment import STAMP
from venice_studio.bootstrap.errors import SetupError
from venice_studio.bootstrap.project import Project

_PROJECT = '[project]\nname = "x"\nversion = "1"\ndependencies = ["throwaway>=1"]\n[dependency-groups]\ndev = []\n'


@pytest.fixture(scope="module")
def pip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pip_wheel.provide(tmp_path_factory.mktemp("pip"))


@pytest.fixture
def index(tmp_path: Path, pip: Path) -> Iterator[Index]:
    folder = tmp_path / "wheels"
    folder.mkdir()
    shutil.copy(pip, folder / pip_wheel.WHEEL)  # asked for only where Python brings none of its own
    write_wheel(folder, "1.0")
    write_wheel(folder, "2.0")
    with serve(folder) as index:
        yield index


@pytest.fixture
def checkout(tmp_path: Path, index: Index) -> Checkout:
    return _new_checkout(tmp_path / "a checkout, mit Umläuten", index)


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory, pip: Path) -> Path:
    folder = tmp_path_factory.mktemp("wheels")
    shutil.copy(pip, folder / pip_wheel.WHEEL)
    write_wheel(folder, "1.0")
    with serve(folder) as index:
        checkout = _new_checkout(tmp_path_factory.mktemp("made") / "checkout", index)
        assert _ran(checkout.run(), checkout)
    return checkout.root


@pytest.fixture
def moved(made_once: Path, tmp_path: Path, index: Index) -> Checkout:
    """A checkout that was set up elsewhere and then moved here."""
    shutil.copytree(made_once, tmp_path / "moved", symlinks=True)
    return Checkout(tmp_path / "moved", index)


def _new_checkout(root: Path, index: Index) -> Checkout:
    root.mkdir()
    (root / "pyproject.toml").write_text(_PROJECT)
    checkout = Checkout(root, index)
    checkout.pin("1.0")
    return checkout


def _ran(done: "subprocess.CompletedProcess[str]", checkout: Checkout, *arguments: str) -> bool:
    expected = " ".join([str(checkout.root / ".venv"), *arguments])
    return (done.returncode, done.stdout.strip()) == (7, expected)


def _throwaways(index: Index) -> list[str]:
    return [name for name in index.downloads if name.startswith("throwaway")]


def test_the_first_start_sets_up_and_the_second_starts_at_once(checkout: Checkout, index: Index) -> None:
    first = checkout.run("--one", "two words")
    assert _ran(first, checkout, "--one", "two words"), first.stderr
    assert "happens once" in first.stderr
    asked = len(index.downloads)
    second = checkout.run("--again")
    assert _ran(second, checkout, "--again"), second.stderr
    assert second.stderr == ""
    assert len(index.downloads) == asked


def test_killed_in_the_middle_it_is_made_anew(checkout: Checkout, index: Index) -> None:
    index.hold = True
    process = checkout.start()
    assert index.half_sent.wait(60)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    assert (checkout.root / ".venv").is_dir()
    assert not (checkout.root / ".venv" / STAMP).exists()
    index.hold = False
    again = checkout.run()
    assert _ran(again, checkout), again.stderr


def test_interrupted_by_the_user_it_says_so_without_a_traceback(checkout: Checkout, index: Index) -> None:
    index.hold = True
    process = checkout.start()
    assert index.half_sent.wait(60)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 130
    assert "Stopped." in err
    assert "Traceback" not in err


def test_an_installer_that_outlived_its_parent_is_waited_for(checkout: Checkout, index: Index) -> None:
    index.hold = True
    process = checkout.start()
    assert index.half_sent.wait(60)
    process.kill()  # the parent alone: pip goes on
    process.wait()
    second = checkout.start()
    assert second.stderr is not None
    assert "waiting" in second.stderr.readline()
    index.hold = False
    index.go_on.set()
    out, _ = second.communicate(timeout=PATIENCE_S)
    assert second.returncode == 7
    assert out.strip() == str(checkout.root / ".venv")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    process.stderr.close()


def test_two_first_starts_at_once_set_up_once(checkout: Checkout, index: Index) -> None:
    both = [checkout.start(), checkout.start()]
    outputs = [process.communicate(timeout=PATIENCE_S) for process in both]
    assert [process.returncode for process in both] == [7, 7], outputs
    assert len(_throwaways(index)) == 1


def test_a_moved_checkout_needs_nothing_new(moved: Checkout, index: Index) -> None:
    assert _ran(moved.run(), moved)
    assert index.downloads == []


def test_a_package_that_was_removed_comes_back(moved: Checkout) -> None:
    (package,) = (moved.root / ".venv").glob("lib/*/site-packages/throwaway")
    shutil.rmtree(package)
    assert _ran(moved.run(), moved)


def test_an_environment_without_its_python_is_made_anew(moved: Checkout) -> None:
    (moved.root / ".venv" / "bin" / "python").unlink()
    assert _ran(moved.run(), moved)


def test_new_pinned_versions_are_taken_over(moved: Checkout, index: Index) -> None:
    moved.pin("2.0")
    updated = moved.run()
    assert _ran(updated, moved), updated.stderr
    assert "up to date" in updated.stderr
    assert _throwaways(index) == ["throwaway-2.0-py3-none-any.whl"]


def test_a_folder_of_the_users_is_left_alone(checkout: Checkout) -> None:
    kept = checkout.root / ".venv" / "letter.txt"
    kept.parent.mkdir()
    kept.write_text("mine")
    refused = checkout.run()
    assert refused.returncode == 1
    assert "in the way" in refused.stderr
    assert kept.read_text() == "mine"


def test_without_an_index_it_says_what_failed(checkout: Checkout, pip: Path) -> None:
    failed = checkout.run(index_url="http://127.0.0.1:9/simple")
    assert failed.returncode == 1
    assert "Traceback" not in failed.stderr
    assert "pip" in failed.stderr
    assert not (checkout.root / ".venv" / STAMP).exists()


def test_it_steps_aside_where_everything_is_installed(checkout: Checkout) -> None:
    here = Project.found(with_dev=True)
    assert here is not None
    assert active.is_complete(here)
    there = Project.found(checkout.root)
    assert there is not None
    assert not active.is_complete(there)
    too_old = _PROJECT.replace("throwaway>=1", "pytest>=999")
    (checkout.root / "pyproject.toml").write_text(too_old)
    assert not active.is_complete(there)


def test_without_a_project_file_beside_it_there_is_nothing_to_set_up(tmp_path: Path) -> None:
    assert Project.found(tmp_path) is None


def test_another_file_in_the_place_of_pip_is_refused(index: Index, tmp_path: Path) -> None:
    (index.folder / pip_wheel.WHEEL).write_bytes(b"something else")
    with pytest.raises(SetupError, match="not what it should be"):
        pip_wheel.fetch(index.url + "/", tmp_path)
    assert not (tmp_path / pip_wheel.WHEEL).exists()


def test_an_index_without_pip_is_named(index: Index, tmp_path: Path) -> None:
    (index.folder / pip_wheel.WHEEL).unlink()
    with pytest.raises(SetupError, match=r"127\.0\.0\.1 has no pip-"):
        pip_wheel.fetch(index.url + "/", tmp_path)


def test_the_users_index_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = tmp_path / "pip.conf"
    settings.write_text("[global]\nindex-url = https://pkg.example/100%/simple/\n")
    monkeypatch.delenv("PIP_INDEX_URL", raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", str(settings))
    assert pip_wheel.index_url() == "https://pkg.example/100%/simple/"
    monkeypatch.setenv("PIP_INDEX_URL", "https://other.example/simple")
    assert pip_wheel.index_url() == "https://other.example/simple/"
