"""What the set-up tells somebody whose Python or whose system will not do, and the command line before any set-up."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

from venice_studio import bootstrap, command_line
from venice_studio.bootstrap import python_version, screen, system
from venice_studio.bootstrap.errors import SetupError
from venice_studio.bootstrap.system import Need

ROOT = Path(__file__).resolve().parents[1]
ABSENT = Need("libvenice-absent.so.9", "libvenice-absent9", "venice-absent")


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is the whole search path."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def _write_program(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


@pytest.mark.parametrize("minor", range(7, 17))
def test_the_same_pythons_are_welcome_as_in_the_project_file(minor: int) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    welcome = f"3.{minor}.0" in SpecifierSet(project["requires-python"])
    assert (python_version.misfit((3, minor, 0), "python") == "") == welcome


def test_another_python_is_named_when_there_is_one(programs: Path) -> None:
    assert "this is Python 3.8.18 (/usr/bin/python3)" in python_version.misfit((3, 8, 18), "/usr/bin/python3")
    assert "https://www.python.org/" in python_version.misfit((3, 8, 18), "python3")
    _write_program(programs / "python3.12", "exit 0")
    assert "Start it with python3.12 instead." in python_version.misfit((3, 14, 0), "python3")


def test_an_old_python_can_read_what_says_so() -> None:
    listing = (
        "import sys, venice_studio.__main__;"
        "print(*(m.__file__ for n, m in sys.modules.items() if 'venice' in n), sep='\\n')"
    )
    ran = subprocess.run([sys.executable, "-c", listing], cwd=ROOT, capture_output=True, text=True, check=True)
    files = [Path(name) for name in ran.stdout.splitlines()]
    assert ROOT / "venice_studio" / "bootstrap" / "python_version.py" in files
    for file in [*files, ROOT / "tests" / "__init__.py", ROOT / "tests" / "__main__.py"]:
        ast.parse(file.read_text("utf-8"), feature_version=(3, 8))


def test_the_version_is_told_without_set_up_and_without_qt() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "venice_studio", "--version"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.startswith("Venice Studio ")
    assert "venice_studio.command_line" in ran.stderr
    assert "PySide6" not in ran.stderr
    assert "tomllib" not in ran.stderr


def test_the_command_line_becomes_options() -> None:
    assert command_line.parse([]) == command_line.Options()
    given = ["--base-url", "http://[::1]:8/api/v1", "--data-dir", "d", "--self-test", "--out", "o"]
    assert command_line.parse(given) == command_line.Options(
        base_url="http://[::1]:8/api/v1", data_dir=Path("d"), self_test=True, out=Path("o")
    )


def test_out_without_self_test_is_a_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command_line.parse(["--out", "o"])
    assert ended.value.code == 2
    assert "--self-test" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("manager", "line"),
    [
        ("apt-get", "sudo apt-get install libvenice-absent9"),
        ("dnf", "sudo dnf install 'libvenice-absent.so.9()(64bit)'"),
        ("zypper", "sudo zypper install 'libvenice-absent.so.9()(64bit)'"),
        ("pacman", "sudo pacman -S venice-absent"),
    ],
)
def test_a_missing_library_is_named_with_the_line_that_installs_it(programs: Path, manager: str, line: str) -> None:
    _write_program(programs / manager, "exit 1")
    with pytest.raises(SetupError) as told:
        system.provide([ABSENT], as_root=False)
    assert "libvenice-absent.so.9" in str(told.value)
    assert str(told.value).splitlines()[-1].strip() == line


def test_a_start_with_a_missing_library_ends_with_that_sentence(
    programs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bootstrap.prepare("venice_studio", [], needs=[ABSENT]) == 1
    assert "libvenice-absent9" in capsys.readouterr().err


def test_root_gets_it_installed(programs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tool = Need("venice-absent-tool", "venice-tools", "venice-tools")
    log, made = programs.parent / "log", programs / tool.name
    _write_program(
        programs / "apt-get",
        f'echo "$@" >> {log}; [ "$1" = update ] || {{ echo > {made}; /bin/chmod +x {made}; }}',
    )
    system.provide([tool, tool], as_root=True)
    assert log.read_text().splitlines() == [
        "update -q",
        "install -y -q --no-install-recommends venice-tools",
    ]
    assert "venice-tools" in capsys.readouterr().err


def test_root_is_told_when_that_failed(programs: Path) -> None:
    _write_program(programs / "apt-get", "echo E: Unable to locate package; exit 100")
    with pytest.raises(SetupError, match="Unable to locate package"):
        system.provide([ABSENT], as_root=True)


@pytest.fixture
def screen_variables(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The environment without a word about screens."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.mark.parametrize(
    ("variables", "no_screen", "x11"),
    [
        ({}, True, False),
        ({"DISPLAY": ":4095"}, True, True),  # nobody answers there
        ({"WAYLAND_DISPLAY": "wayland-0"}, False, False),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":4095"}, False, False),
        ({"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":4095"}, False, False),
        ({"QT_QPA_PLATFORM": "xcb", "WAYLAND_DISPLAY": "wayland-0"}, False, True),
    ],
)
def test_what_is_needed_depends_on_the_screen(
    variables: dict[str, str], no_screen: bool, x11: bool, screen_variables: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        screen_variables.setenv(name, value)
    assert screen.has_no_screen() == no_screen
    assert any(need.name.startswith("libxcb") for need in system.window_needs()) == x11


def test_a_display_that_answers_is_a_screen(screen_variables: pytest.MonkeyPatch) -> None:
    server = subprocess.Popen(["Xvfb", "-displayfd", "1"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    with server:
        assert server.stdout is not None
        screen_variables.setenv("DISPLAY", f":{int(server.stdout.readline())}")
        assert not screen.has_no_screen()
        server.terminate()
