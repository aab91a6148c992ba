"""What comes out: real clips of the asked size, length and sound, that differ where they should."""

import io
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image

from tests.sandbox.api import EITHER, PICTURE, Api, data_uri
from tests.sandbox.probing import boxes, ffmpeg_says, frames, probe

_BT601 = 6


def test_a_clip_with_sound_is_what_was_asked_for(api: Api) -> None:
    data = api.clip(audio=True, aspect_ratio="9:16")
    clip = probe(data)
    assert (clip.codec, clip.pixels, clip.matrix) == ("h264", "yuv420p", _BT601)
    assert (clip.width, clip.height) == (720, 1280)
    assert clip.frames == 120
    assert clip.length_s == pytest.approx(5, abs=1 / 24)
    assert (clip.sound_codec, clip.sound_profile) == ("aac", "LC")
    assert clip.sound_s == pytest.approx(5, abs=1 / 24)
    # A seek never has to decode more than a dozen frames.
    assert max(np.diff(clip.key_frames)) <= 12
    assert boxes(data).index("moov") < boxes(data).index("mdat")
    assert ffmpeg_says(data) == ""


def test_a_clip_without_sound_has_no_track_for_it(api: Api) -> None:
    data = api.clip(aspect_ratio="1:1")
    clip = probe(data)
    assert (clip.width, clip.height, clip.sound_codec) == (720, 720, None)
    assert ffmpeg_says(data) == ""


def test_full_hd_is_full_hd(api: Api) -> None:
    data = api.clip(resolution="1080p", aspect_ratio="16:9")
    clip = probe(data)
    assert (clip.width, clip.height, clip.frames) == (1920, 1080, 120)
    assert ffmpeg_says(data) == ""


def test_a_clip_moves(api: Api) -> None:
    shown = frames(api.clip(), every=24)
    differences = [float(np.abs(a.astype(float) - b).mean()) for a, b in pairwise(shown)]
    assert min(differences) > 1.0
    assert float(shown[0].std()) > 10


def test_a_clip_can_be_deleted_with_its_first_retrieval(api: Api) -> None:
    job_id = api.queued()
    whole = api.wait(job_id)
    assert int(whole.headers["Content-Length"]) == len(whole.content)
    assert api.retrieve(job_id, delete_media_on_completion=True).status_code == 200
    assert api.retrieve(job_id).status_code == 404


def _photo(size: tuple[int, int], *, turned: int | None = None) -> bytes:
    """A colourful picture with a left half unlike its right half; `turned` is an EXIF orientation."""
    y, x = np.mgrid[0 : size[1], 0 : size[0]].astype(np.float32)
    red = np.where(x < size[0] / 2, 210, 60) + 20 * np.sin(y / 9)
    rgb = np.stack((red, 120 + 60 * y / size[1], 200 - 110 * x / size[0]), -1)
    out = io.BytesIO()
    exif = Image.Exif()
    if turned:
        exif[0x0112] = turned
    Image.fromarray(rgb.clip(0, 255).astype(np.uint8)).save(out, "JPEG", quality=95, exif=exif)
    return out.getvalue()


def test_a_picture_keeps_its_shape_and_colours_and_moves(api: Api) -> None:
    source = _photo((600, 400))
    uri = data_uri(source, "image/jpeg")
    data = api.clip(model=PICTURE, image_url=uri, aspect_ratio="9:16")
    clip = probe(data)
    assert (clip.width, clip.height) == (1080, 720)
    assert ffmpeg_says(data) == ""
    shown = frames(data, every=17)
    wanted = np.asarray(Image.open(io.BytesIO(source)), np.float32).mean((0, 1))
    over_all = np.mean([frame.mean((0, 1)) for frame in shown], 0)
    assert np.abs(over_all - wanted).max() < 6
    original = np.asarray(Image.open(io.BytesIO(source)).resize((1080, 720)), np.float32)
    assert np.abs(shown[0] - original).mean() < 6
    assert np.abs(shown[-1].astype(float) - shown[0]).mean() > 2


def test_a_picture_lying_on_its_side_is_set_upright(api: Api) -> None:
    data = api.clip(model=EITHER, image_url=data_uri(_photo((600, 400), turned=6), "image/jpeg"))
    clip = probe(data)
    assert (clip.width, clip.height) == (720, 1080)
    first = frames(data)[0].astype(float)
    # Turned by 90°, the red half lies on top.
    assert first[:360, :, 0].mean() > first[720:, :, 0].mean() + 80
