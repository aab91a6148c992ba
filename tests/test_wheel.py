"""The wheel, installed into an empty environment and started from another folder, has all it needs."""

import json
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
_LOOK = """
import json
import venice_studio.app
from venice_studio import assets
from venice_studio.bootstrap.project import Project
files = sorted(file.relative_to(assets.root()).as_posix() for file in assets.root().rglob("*") if file.is_file())
print(json.dumps([venice_studio.__file__, files, Project.found() is None]))
"""


def _run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs' folder of an environment that has the wheel, and the libraries of the one that runs the tests."""
    folder = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "empty", symlinks=True)
    python = folder / "empty" / "bin" / "python"
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--python", python]
    _run(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=folder)
    (packages,) = folder.glob("empty/lib/*/site-packages")
    (packages / "libraries.pth").write_text(sysconfig.get_path("platlib") + "\n")
    return python.parent


def test_the_wheel_starts_from_another_folder(scripts: Path, tmp_path: Path) -> None:
    assert _run(scripts / "venice-studio", "--version", cwd=tmp_path).startswith("Venice Studio ")


def test_the_wheel_has_the_resources_and_needs_no_set_up(scripts: Path, tmp_path: Path) -> None:
    module, files, steps_aside = json.loads(_run(scripts / "python", "-c", _LOOK, cwd=tmp_path))
    resources = ROOT / "resources"
    assert Path(module).is_relative_to(scripts.parent)
    assert files == sorted(file.relative_to(resources).as_posix() for file in resources.rglob("*") if file.is_file())
    assert any(name.startswith("fonts/") for name in files)
    assert any(name.startswith("icons/") for name in files)
    assert steps_aside
