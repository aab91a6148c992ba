"""What can be said on the command line."""

from pathlib import Path

import pytest

from venice_studio.command_line import Options, parse


def test_nothing_said_is_a_plain_start() -> None:
    assert parse([]) == Options()


def test_everything_has_its_place() -> None:
    said = ["--sandbox", "--base-url", "http://localhost:1/api/v1", "--speed", "20", "--data-dir", "data"]
    assert parse([*said, "--self-test", "--out", "out"]) == Options(
        sandbox=True,
        base_url="http://localhost:1/api/v1",
        speed=20,
        data_dir=Path("data"),
        self_test=True,
        out=Path("out"),
    )


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (["--out", "x"], "--out goes with --self-test"),
        (["--speed", "2"], "--speed goes with"),
        (["--sandbox", "--speed", "0"], "must be greater than 0"),
        (["--sandbox", "--speed", "fast"], "invalid"),
        (["--faster"], "unrecognized arguments: --faster"),
    ],
)
def test_mistakes_are_named(said: list[str], why: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(said)
    assert ended.value.code == 2
    assert why in capsys.readouterr().err


def test_a_speed_is_never_for_venice_itself(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(["--speed", "100"])
    assert "Venice itself asks for its own waits" in capsys.readouterr().err
