"""The command line as a value: what `venice-studio` was asked to do."""

import argparse
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from venice_studio import __version__


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the command line asks for; the defaults are a plain start."""

    sandbox: bool = False
    """Start in practice mode, whatever was used last time."""
    base_url: str | None = None
    """The service's address instead of Venice's own, for example `http://127.0.0.1:8000/api/v1`."""
    speed: float | None = None
    """How many times shorter than real all waits are: practice's, or those of a sandbox that was started so."""
    data_dir: Path | None = None
    """Where settings, the job list and clips are kept instead of the usual folders."""
    self_test: bool = False
    """Do the main job once by itself, in practice mode, and say what came of it."""
    out: Path | None = None
    """Where the self-test leaves its clips and screenshots; None: nowhere."""


def parse(arguments: Sequence[str]) -> Options:
    """Read the command line; ends the process for `--help`, `--version` and mistakes, as argparse does."""
    parser = argparse.ArgumentParser(prog="venice-studio", description="AI video from a prompt or a picture.")
    parser.add_argument("--sandbox", action="store_true", help="practise: real clips, nothing is charged")
    parser.add_argument("--base-url", metavar="URL", type=_base_url, help="talk to the service at this address")
    parser.add_argument("--speed", metavar="X", type=_speed, help="wait X times shorter, for a sandbox of that speed")
    parser.add_argument("--data-dir", metavar="DIR", type=Path, help="keep settings, jobs and clips in this folder")
    parser.add_argument("--self-test", action="store_true", help="make two practice clips unattended, for nothing")
    parser.add_argument("--out", metavar="DIR", type=Path, help="save the self-test's clips and screenshots here")
    parser.add_argument("--version", action="version", version=f"Venice Studio {__version__}")
    found = parser.parse_args(arguments)
    if found.out is not None and not found.self_test:
        parser.error("--out goes with --self-test")
    if found.sandbox and found.base_url is not None:
        parser.error("--sandbox and --base-url contradict each other: practise here, or talk to that address")
    if found.self_test and found.base_url is not None and not _here(found.base_url):
        parser.error("--self-test makes clips without asking: it speaks to services on this computer only")
    if found.speed is not None and not (found.sandbox or found.self_test or found.base_url):
        parser.error("--speed goes with --sandbox, --self-test or --base-url: Venice itself asks for its own waits")
    return Options(**vars(found))


def _base_url(text: str) -> str:
    # Most starts have no address to look at, and its tools take a while to import.
    from venice_studio.domain.addresses import keeps_a_key

    if not keeps_a_key(text):
        message = "must begin with https://; http:// only for an address on this computer, or others could read the key"
        raise argparse.ArgumentTypeError(message)
    return text


def _here(base_url: str) -> bool:
    from venice_studio.domain.addresses import is_here

    return is_here(base_url)


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = math.nan
    if not 0 < speed < 1e6:
        raise argparse.ArgumentTypeError("must be a number greater than 0 and less than a million")
    return speed
