"""Screenshots of everything: every state, both themes, narrow to wide, at 100 and 200 %.

    python -m tests.screenshots OUT [--only WORDS] [--xvfb]

A file's name says the scene, the size in px, the theme and the scale. With --xvfb some are also taken under a real X
server, in OUT/xvfb, and it is said how far they differ from those taken without a screen.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageChops, ImageStat

from tests.screenshots.material import draw_clips

SCREEN = '{"screens": [{"name": "desk", "x": 0, "y": 0, "width": 1920, "height": 1080}]}'


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots")
    parser.add_argument("out", metavar="OUT", type=Path)
    parser.add_argument("--only", metavar="WORDS", default="", help="only scenes with these words in their name")
    parser.add_argument("--xvfb", action="store_true", help="also under a real X server (needs Xvfb)")
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="screenshots-") as scratch:
        # In the home folder of whoever is photographed, which is not that of whoever photographs.
        clips = Path(scratch, "Videos", "Venice Studio")
        clips.mkdir(parents=True)
        draw_clips(clips)
        screen = Path(scratch, "screen.json")
        screen.write_text(SCREEN)
        # The scale is fixed once an application has started, so each scale gets a process of its own.
        for scale in ("1", "2"):
            shoot(asked.out, clips, asked.only, {"QT_QPA_PLATFORM": f"offscreen:configfile={screen}"}, scale)
        if asked.xvfb:
            with x_server() as display:
                under_x = asked.out / "xvfb"
                under_x.mkdir(exist_ok=True)
                shoot(under_x, clips, asked.only, {"QT_QPA_PLATFORM": "xcb", "DISPLAY": display}, "1", "--few")
            compare(under_x, asked.out)
    return 0


def shoot(out: Path, clips: Path, only: str, platform: dict[str, str], scale: str, *flags: str) -> None:
    """Take pictures in a process of its own; what it says is only of interest where it fails."""
    settings = {
        "HOME": str(clips.parents[1]),
        "QT_SCALE_FACTOR": scale,
        "DBUS_SESSION_BUS_ADDRESS": "disabled:",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }
    command = [sys.executable, "-m", "tests.screenshots.shoot", str(out), str(clips), only, *flags]
    if scale != "1":
        command.append("--few")
    done = subprocess.run(command, env=os.environ | settings | platform, stderr=subprocess.PIPE, check=False)
    if done.returncode:
        sys.stderr.write(done.stderr.decode(errors="replace"))
        raise SystemExit(f"The pictures at scale {scale} failed ({done.returncode}).")


@contextmanager
def x_server() -> Iterator[str]:
    """An X server of its own; gives its display."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as said:
            yield f":{said.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def compare(under_x: Path, offscreen: Path) -> None:
    """Say how far pictures of the same name differ, the most different first."""
    found: list[tuple[float, str]] = []
    for file in under_x.glob("*.png"):
        if not (offscreen / file.name).exists():
            continue
        with Image.open(file) as ours, Image.open(offscreen / file.name) as theirs:
            if ours.size == theirs.size:
                apart = ImageStat.Stat(ImageChops.difference(ours.convert("L"), theirs.convert("L"))).mean[0]
                found.append((apart / 255, file.name))
            else:
                found.append((1.0, f"{file.name}: {ours.size} under X, {theirs.size} without"))
    for apart, name in sorted(found, reverse=True):
        print(f"{apart:6.1%}  {name}")


if __name__ == "__main__":
    sys.exit(main())
