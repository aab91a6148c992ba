"""The reference page's own programs, unchanged but for the base URL, as processes of their own."""

import subprocess
import sys
from pathlib import Path

from tests.sandbox.api import PICTURE, Api, picture
from tests.sandbox.probing import probe
from tests.support.patience import PATIENCE_S
from tests.support.sandbox import Sandbox

_PROGRAMS = Path(__file__).parent / "reference_page"
_PAGE_URL = "https://api.venice.ai/api/v1"


def _program(name: str, api: Api, folder: Path, *arguments: str) -> list[str]:
    text = (_PROGRAMS / f"{name}.py").read_text("utf-8")
    assert _PAGE_URL in text
    place = folder / f"{name}.py"
    place.write_text(text.replace(_PAGE_URL, api.base_url), "utf-8")
    return [sys.executable, "-u", str(place), api.key, *arguments]


def _run(name: str, api: Api, folder: Path, *arguments: str) -> str:
    command = _program(name, api, folder, *arguments)
    return subprocess.run(
        command, cwd=folder, check=True, capture_output=True, text=True, timeout=PATIENCE_S
    ).stdout.strip()


def test_text_to_video_is_queued_polled_saved_and_deleted(api: Api, tmp_path: Path) -> None:
    queue_id = _run("text_to_video", api, tmp_path)
    api.wait(queue_id)
    assert _run("polling", api, tmp_path, queue_id) == "Video saved!"
    clip = probe((tmp_path / "output.mp4").read_bytes())
    assert (clip.width, clip.height, clip.frames) == (1280, 720, 240)
    assert clip.sound_s is not None
    _run("complete", api, tmp_path, queue_id)
    assert api.retrieve(queue_id).status_code == 404


def test_image_to_video_makes_a_clip_of_the_pictures_shape(api: Api, tmp_path: Path) -> None:
    (tmp_path / "image.png").write_bytes(picture((90, 120)))
    queue_id = _run("image_to_video", api, tmp_path)
    clip = probe(api.wait(queue_id, PICTURE).content)
    assert (clip.width, clip.height, clip.frames, clip.sound_s) == (720, 960, 120, None)


def test_the_polling_loop_understands_that_a_clip_is_still_processing(tmp_path: Path) -> None:
    with Sandbox(speed=1) as slow:
        api = Api(slow.base_url)
        command = _program("polling", api, tmp_path, api.queued())
        with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as loop:
            assert loop.stdout is not None
            line = loop.stdout.readline()
            loop.kill()
        api.close()
    assert line.startswith("Status: processing, Elapsed: ")
    assert line.strip().endswith("ms")
