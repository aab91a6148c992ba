"""The self-test as somebody starts it: it ends with 0 where all is well and says why where a clip is not."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

from tests.support.sandbox import Sandbox, fresh_key
from venice_studio.app.program import KEY_VARIABLE

REPOSITORY = Path(__file__).resolve().parents[2]
SPEED = 20


async def self_test(*options: str, key: str = "") -> "subprocess.CompletedProcess[str]":
    """Start `python -m venice_studio --self-test` and wait for its end."""
    return await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "venice_studio", "--self-test", *options],
        env={name: value for name, value in os.environ.items() if name != KEY_VARIABLE} | {KEY_VARIABLE: key},
        cwd=REPOSITORY,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=170,
    )


async def faulty_self_test(fault: str) -> "subprocess.CompletedProcess[str]":
    """The self-test against a service that serves broken clips."""
    with Sandbox("--fault", fault, speed=SPEED) as sandbox:
        return await self_test("--base-url", sandbox.base_url, "--speed", str(SPEED), key=fresh_key())


async def test_without_a_screen_nobody_pays() -> None:
    """A service was named and a key is there: with nobody to ask, nothing is made of it."""
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    asked: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readline())
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        done = await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-m", "venice_studio", "--base-url", f"http://127.0.0.1:{port}/api/v1"],
            env={name: value for name, value in os.environ.items() if name not in screens}
            | {KEY_VARIABLE: fresh_key()},
            cwd=REPOSITORY,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=170,
        )
    assert done.returncode == 1
    assert "nobody to ask: nothing was done" in done.stderr
    assert asked == []


async def test_it_says_at_once_where_it_cannot_keep_anything(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("not a folder")
    cases = [(option, place) for option in ("--data-dir", "--out") for place in (file, file / "below")]
    done = await asyncio.gather(*(self_test(option, str(place)) for option, place in cases))

    for (_, place), one in zip(cases, done, strict=True):
        assert one.returncode == 1
        assert "Traceback" not in one.stderr
        assert f"self-test: FAILED: This is not a folder, so nothing can be saved to {place}." in one.stderr
    # With nowhere to keep clips nothing is started in the first place.
    assert all(len(one.stderr.splitlines()) == 1 for one in done[2:])


async def test_it_makes_two_clips_by_itself_and_leaves_them(tmp_path: Path) -> None:
    with Sandbox(speed=SPEED) as sandbox:
        both = await asyncio.gather(
            self_test("--out", str(tmp_path / "practice")),
            self_test(
                *("--out", str(tmp_path / "service"), "--base-url", sandbox.base_url, "--speed", str(SPEED)),
                key=fresh_key(),
            ),
        )

    for done, out in zip(both, ("practice", "service"), strict=True):
        assert done.returncode == 0, done.stderr
        left = {path.name for path in (tmp_path / out).iterdir()}
        assert {"prompt.mp4", "picture.mp4", "prompt-playing.png", "picture-playing.png"} <= left
        assert "failed.png" not in left
        assert done.stdout.splitlines()[-1].endswith("all held")


async def test_it_fails_with_the_reason_where_clips_are_broken() -> None:
    black, truncated, short = await asyncio.gather(*map(faulty_self_test, ("black", "truncated", "short")))

    assert [done.returncode for done in (black, truncated, short)] == [1, 1, 1]
    assert "self-test: FAILED: the clip from the prompt is black" in black.stderr
    assert "self-test: FAILED: no clip from the prompt: " in truncated.stderr
    assert "self-test: FAILED: 5 s were asked for, the clip has 1 s" in short.stderr
