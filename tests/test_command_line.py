"""What can be said on the command line."""

from pathlib import Path

import pytest

from venice_studio.command_line import Options, parse


def test_nothing_said_is_a_plain_start() -> None:
    assert parse([]) == Options()


def test_everything_has_its_place() -> None:
    said = ["--base-url", "http://localhost:1/api/v1", "--speed", "20", "--data-dir", "data"]
    assert parse(["--sandbox"]) == Options(sandbox=True)
    assert parse([*said, "--self-test", "--out", "out"]) == Options(
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
        (["--sandbox", "--base-url", "http://localhost:1/api/v1"], "--sandbox and --base-url contradict each other"),
        (["--sandbox", "--speed", "0"], "must be a number greater than 0"),
        (["--sandbox", "--speed", "inf"], "less than a million"),
        (["--sandbox", "--speed", "fast"], "must be a number greater than 0"),
        (["--self-test", "--base-url", "https://api.venice.ai/api/v1"], "services on this computer only"),
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


@pytest.mark.parametrize("address", ["http://api.venice.ai/api/v1", "api.venice.ai", "http://10.0.0.7:8000"])
def test_an_address_where_others_could_read_the_key_is_refused(
    address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        parse(["--base-url", address])
    assert "must begin with https://" in capsys.readouterr().err


@pytest.mark.parametrize("address", ["https://elsewhere.example/v1", "http://127.0.0.1:8000/api/v1"])
def test_other_addresses_are_taken_as_they_are(address: str) -> None:
    assert parse(["--base-url", address]).base_url == address
