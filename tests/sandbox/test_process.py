"""The process itself: one line, a parent it outlives by nothing, a kill it comes back from."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.sandbox.api import PICTURE, TEXT, Api, data_uri, picture
from tests.sandbox.probing import fingerprint, probe
from tests.support.patience import PATIENCE_S
from tests.support.sandbox import Sandbox


def _children(pid: int) -> list[int]:
    out: list[int] = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == pid:
                out.append(int(entry.name))
    return out


def _gone(pid: int) -> bool:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


def test_it_ends_when_its_input_closes() -> None:
    sandbox = Sandbox()
    sandbox.start()
    assert sandbox.close_input() == 0
    sandbox.stop()


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_ends_it_in_good_order(tmp_path: Path, name: str) -> None:
    """In the middle of drawing; nothing is said, and what lay in a temporary folder is gone."""
    process = subprocess.Popen(
        [sys.executable, "-m", "venice_studio.sandbox", "--speed", "1000"],
        env=os.environ | {"TMPDIR": str(tmp_path)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    with process:
        assert process.stdout is not None
        api = Api(process.stdout.readline().removeprefix("listening on ").strip())
        api.wait(api.queued())
        api.queued(duration="10s")
        assert any(tmp_path.iterdir())
        # A terminal sends it to the drawing processes too.
        os.killpg(process.pid, getattr(signal, name))
        assert process.communicate(timeout=PATIENCE_S) == ("", "")
        assert process.returncode == 0
    assert not any(tmp_path.iterdir())
    api.close()


def test_a_signal_while_it_starts_ends_it_without_a_word(tmp_path: Path) -> None:
    for wait_s in (0.3, 0.6, 0.9):
        process = subprocess.Popen(
            [sys.executable, "-m", "venice_studio.sandbox"],
            env=os.environ | {"TMPDIR": str(tmp_path)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        time.sleep(wait_s)
        process.terminate()
        assert process.communicate(timeout=PATIENCE_S)[1] == b""
    assert not any(tmp_path.iterdir())


def test_a_port_in_use_is_an_error_exit(sandbox: Sandbox) -> None:
    command = [sys.executable, "-m", "venice_studio.sandbox", "--port", str(sandbox.port)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE_S)
    assert done.returncode != 0
    assert "listening" not in done.stdout


@pytest.mark.parametrize(
    "option",
    [
        *(("--speed", speed) for speed in ("0", "-1", "fast", "inf")),
        *(("--port", port) for port in ("99999", "-1", "http")),
        ("--dialect", "other"),
        ("--fault", "x"),
    ],
)
def test_a_senseless_option_is_refused(option: tuple[str, str]) -> None:
    command = [sys.executable, "-m", "venice_studio.sandbox", *option]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE_S)
    assert done.returncode == 2
    assert f"argument {option[0]}: " in done.stderr.splitlines()[-1]
    assert "_" not in done.stderr.splitlines()[-1].partition("error:")[2]


def refused_state(folder: Path) -> str:
    """The one line with which a sandbox ends that cannot use a folder."""
    command = [sys.executable, "-m", "venice_studio.sandbox", "--state", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE_S)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    return line


def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("not a folder")
    (tmp_path / "odd" / "jobs.sqlite3").mkdir(parents=True)
    for folder in (file, file / "below", tmp_path / "odd"):
        assert refused_state(folder).startswith(f"{folder} cannot be used as the sandbox's folder: ")


def test_a_folder_is_for_one_sandbox_at_a_time(tmp_path: Path) -> None:
    with Sandbox(state=tmp_path) as sandbox:
        assert refused_state(tmp_path) == f"Another sandbox works in {tmp_path}: end it, or name another folder."
        sandbox.restart()


def _spoil(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / "jobs.sqlite3")) as file, file:
        file.execute(statement)


@pytest.mark.parametrize(
    "harm",
    [
        lambda folder: (folder / "jobs.sqlite3").write_bytes(b"not a database" * 100),
        lambda folder: os.truncate(folder / "jobs.sqlite3", 5000),
        lambda folder: _spoil(folder, "PRAGMA user_version=99"),
        lambda folder: _spoil(folder, "ALTER TABLE job ADD COLUMN more TEXT"),
        lambda folder: _spoil(folder, "ALTER TABLE job DROP COLUMN gets"),
        lambda folder: _spoil(folder, "UPDATE job SET plan='{'"),
        lambda folder: _spoil(folder, "UPDATE job SET price_usd='much'"),
    ],
    ids=["other", "cut", "version", "more columns", "fewer columns", "plan", "price"],
)
def test_jobs_that_cannot_be_read_are_set_aside(tmp_path: Path, harm: Callable[[Path], object]) -> None:
    with Sandbox(state=tmp_path) as sandbox:
        api = Api(sandbox.base_url)
        before = api.queued(prompt="[[fail]]")
        sandbox.stop()
        harm(tmp_path)
        sandbox.start()
        again = Api(sandbox.base_url, api.key)
        assert again.balance() == 100.0
        assert again.retrieve(before).status_code == 404
        assert (tmp_path / "jobs (damaged).sqlite3").exists()
        kept = again.queued(prompt="[[fail]]")
        sandbox.restart()
        assert again.retrieve(kept).status_code != 404
        api.close()
        again.close()


def test_no_drawing_process_outlives_a_kill() -> None:
    sandbox = Sandbox(speed=1000)
    sandbox.start()
    api = Api(sandbox.base_url)
    api.wait(api.queued())
    workers = _children(sandbox.pid)
    assert workers
    sandbox.kill()
    api.close()
    assert all(_gone(pid) for pid in workers)


def test_account_jobs_and_clips_survive_a_kill(tmp_path: Path) -> None:
    with Sandbox(speed=1000, state=tmp_path) as sandbox:
        api = Api(sandbox.base_url)
        done = api.queued(seed=3)
        clip = api.wait(done).content
        gone = api.queued()
        api.complete(gone)
        # Killed in the middle of drawing these two.
        text = api.queued(seed=3)
        image = api.queued(model=PICTURE, image_url=data_uri(picture()), prompt="still")
        balance = api.balance()
        sandbox.restart()
        assert api.balance() == balance
        assert api.retrieve(done).content == clip
        assert api.retrieve(gone).status_code == 404
        assert fingerprint(api.wait(text).content) == fingerprint(clip)
        assert probe(api.wait(image, PICTURE).content).frames == 120
        api.close()


def test_a_render_goes_on_by_wall_clock_while_the_service_is_down(tmp_path: Path) -> None:
    with Sandbox(speed=20, state=tmp_path) as sandbox:
        api = Api(sandbox.base_url)
        job_id = api.queued()
        before = api.retrieve(job_id).json()["executionDuration"]
        sandbox.kill()
        time.sleep(1)
        sandbox.start()
        again = Api(sandbox.base_url, api.key)
        after = again.retrieve(job_id).json()["executionDuration"]
        assert after - before >= 1000
        api.close()
        again.close()


def _render_times(folder: Path) -> list[float]:
    with sqlite3.connect(folder / "jobs.sqlite3") as file:
        return [float(row[0]) for row in file.execute("SELECT render_s FROM job ORDER BY queued_at")]


def test_render_times_spread_and_a_seed_makes_them_repeatable(tmp_path: Path) -> None:
    for run in ("first", "second"):
        with Sandbox("--seed", "5", state=tmp_path / run) as sandbox:
            api = Api(sandbox.base_url)
            for _ in range(6):
                api.queued(prompt="[[fail]]")
            api.close()
    times = _render_times(tmp_path / "first")
    assert times == _render_times(tmp_path / "second")
    assert len(set(times)) == 6
    # A Kling clip takes 110 s in the median.
    assert all(40 < seconds < 300 for seconds in times)


def test_no_key_lies_in_the_state(tmp_path: Path) -> None:
    with Sandbox(state=tmp_path, speed=1000) as sandbox:
        api = Api(sandbox.base_url)
        api.queued(prompt="[[fail]]")
        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert files
        assert not any(api.key.encode() in path.read_bytes() for path in files)
        assert TEXT.encode() in b"".join(path.read_bytes() for path in files)
        api.close()


def test_faults_are_served(tmp_path: Path) -> None:
    with Sandbox("--fault", "short", speed=1000) as sandbox:
        api = Api(sandbox.base_url)
        assert probe(api.clip()).frames == 24
        api.close()
