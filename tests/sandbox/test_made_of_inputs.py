"""What comes along with a prompt is in the clip: videos, keyframes, references, music."""

import io
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import pytest
from av.video.stream import VideoStream
from PIL import Image

from tests.sandbox.probing import ffmpeg_says, frames, probe
from tests.support.recordings import make_sound, make_video, make_wav
from venice_studio.sandbox import shape
from venice_studio.sandbox.render import clip
from venice_studio.sandbox.render.plan import Plan

PLAN = Plan(width=320, height=180, seconds=1, sound=False, prompt="boat on the sea", seed=7)
RED, GREEN, BLUE = (200, 30, 30), (30, 160, 30), (30, 30, 200)


def drawn(plan: Plan, folder: Path) -> bytes:
    target = folder / "clip.mp4"
    clip.draw(plan, target)
    data = target.read_bytes()
    assert ffmpeg_says(data) == ""
    return data


def picture(folder: Path, colour: tuple[int, int, int]) -> str:
    path = folder / f"{'-'.join(map(str, colour))}.png"
    Image.new("RGB", (160, 90), colour).save(path)
    return str(path)


def bright_video(path: Path, size: tuple[int, int], count: int) -> Path:
    """A bar that moves over a bright ground which changes from side to side."""
    width, height = size
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=24)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for number in range(count):
            pixels = np.full((height, width, 3), 90, np.uint8)
            pixels[..., 0] = np.linspace(80, 230, width, dtype=np.uint8)
            pixels[:, number * width // count :][:, : width // 6] = (60, 220, 120)
            out.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        out.mux(stream.encode(None))
    return path


def middle(frame: npt.NDArray[np.uint8]) -> npt.NDArray[np.float64]:
    return np.asarray(frame[60:120, 100:220].mean((0, 1)))


def grey(frame: npt.NDArray[np.uint8]) -> npt.NDArray[np.float64]:
    return np.asarray(frame[:140] @ (0.299, 0.587, 0.114))  # without the corner of the mark


def test_an_enlarged_video_is_the_video_itself_only_larger(tmp_path: Path) -> None:
    source = make_video(tmp_path / "source.mp4", frames=30, size=(160, 90))
    plan = replace(PLAN, seconds=1.25, film=str(source), enlarges=True)
    data = drawn(plan, tmp_path)
    assert (probe(data).width, probe(data).height, probe(data).frames) == (320, 180, 30)
    assert probe(data).length_s == pytest.approx(1.25, abs=0.05)
    for before, after in zip(frames(source.read_bytes()), frames(data), strict=True):
        larger = np.asarray(Image.fromarray(before).resize((320, 180), Image.Resampling.BICUBIC))
        assert np.abs(grey(larger) - grey(after)).mean() < 6


def test_an_enlarged_video_keeps_its_pace(tmp_path: Path) -> None:
    source = make_video(tmp_path / "source.webm", "libvpx", frames=24, size=(64, 48))
    data = drawn(replace(PLAN, width=128, height=96, film=str(source), enlarges=True, rate="30000/1001"), tmp_path)
    assert probe(data).frames == 30
    with av.open(str(tmp_path / "clip.mp4")) as opened:
        assert opened.streams.video[0].average_rate == Fraction(30000, 1001)


def test_a_video_made_from_a_video_has_its_frames_in_other_colours(tmp_path: Path) -> None:
    source = bright_video(tmp_path / "source.mp4", (320, 180), 12)
    made = frames(drawn(replace(PLAN, film=str(source)), tmp_path))
    before = frames(source.read_bytes())
    assert len(made) == 24
    for number, frame in enumerate(made):  # half as long as the clip: it runs twice
        same = grey(before[number % 12])
        assert np.corrcoef(same.ravel(), grey(frame).ravel())[0, 1] > 0.8
        assert np.abs(before[number % 12].astype(int) - frame)[:140].mean() > 10


@pytest.mark.parametrize("size", [(90, 160), (64, 64), (500, 100)])
def test_a_video_of_another_shape_fills_the_frame(tmp_path: Path, size: tuple[int, int]) -> None:
    source = bright_video(tmp_path / "source.mp4", size, 4)
    for frame in frames(drawn(replace(PLAN, film=str(source)), tmp_path), every=6):
        edges = (frame[:, :2], frame[:, -2:], frame[:2], frame[-2:, :200])
        assert min(int(edge.mean()) for edge in edges) > 50


def test_a_clip_passes_through_its_keyframes(tmp_path: Path) -> None:
    stations = tuple((frame, picture(tmp_path, colour)) for frame, colour in ((0, RED), (12, GREEN), (23, BLUE)))
    made = frames(drawn(replace(PLAN, stations=stations), tmp_path))
    for frame, colour in ((0, RED), (12, GREEN), (23, BLUE)):
        assert np.abs(middle(made[frame]) - colour).max() < 12
    between = middle(made[6])
    assert 50 < between[0] < 180
    assert 50 < between[1] < 140


def test_references_are_shown_as_cards(tmp_path: Path) -> None:
    cards = tuple(picture(tmp_path, colour) for colour in (RED, GREEN, BLUE))
    bare, made = (frames(drawn(replace(PLAN, cards=shown), tmp_path))[-1].astype(int) for shown in ((), cards))
    for colour in (RED, GREEN, BLUE):
        here, there = (int((np.abs(frame - colour).max(2) < 25).sum()) for frame in (made, bare))
        assert here > there + 400
    assert np.abs(bare[:90] - made[:90]).mean() < 3


def test_every_one_of_thirty_references_is_there(tmp_path: Path) -> None:
    colours = [(8 * number, 255 - 8 * number, 128) for number in range(30)]
    plan = replace(PLAN, width=1280, height=720, seconds=4, cards=tuple(picture(tmp_path, one) for one in colours))
    (last,) = list(clip.frames(replace(plan, fault=None)))[-1:]
    rows = last.luma[720 - 58 - 34 : 720 - 58]
    assert (np.abs(rows.astype(int) - 235).min(0) < 3).sum() > 60  # two white edges each


@pytest.mark.parametrize("kind", ["wav", "mp3"])
def test_music_is_heard_where_it_is(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"music.{kind}"
    if kind == "wav":
        make_wav(path, seconds=1.5, rate=44100, loud_from_s=0.5)
    else:
        make_sound(path, "libmp3lame", seconds=1.5)
    heard = sound_of(drawn(replace(PLAN, seconds=2, sound=True, music=str(path)), tmp_path))
    assert len(heard) == pytest.approx(96_000, abs=2100)
    loud = [float(np.abs(heard[int(at * 48_000) : int((at + 0.3) * 48_000)]).mean()) for at in (0.1, 0.8, 1.65)]
    assert loud[1] > 0.1
    assert loud[2] < 0.01
    assert (loud[0] < 0.01) == (kind == "wav")
    # 440 Hz, as it was played in.
    tone = heard[int(0.8 * 48_000) : int(1.3 * 48_000)]
    strongest = np.abs(np.fft.rfft(tone)).argmax() / (len(tone) / 48_000)
    assert strongest == pytest.approx(440, abs=3)


def test_voices_are_heard_in_what_is_made_up(tmp_path: Path) -> None:
    voice = make_wav(tmp_path / "voice.wav", seconds=2, rate=8000)
    loud = replace(PLAN, seconds=2, sound=True)
    bare, spoken = (sound_of(drawn(replace(loud, voices=voices), tmp_path)) for voices in ((), (str(voice),)))

    def at_440(samples: npt.NDArray[np.floating]) -> float:
        return float(np.abs(np.fft.rfft(samples[:48_000]))[440])

    assert at_440(spoken) > 10 * at_440(bare)


def sound_of(data: bytes) -> npt.NDArray[np.floating]:
    """One channel, 48 kHz."""
    with av.open(io.BytesIO(data), "r") as opened:
        pieces = [np.asarray(frame.to_ndarray()[0], np.float32) for frame in opened.decode(audio=0)]
    return np.concatenate(pieces)


def test_an_enlarged_video_is_bounded_so_that_practice_stays_quick() -> None:
    assert shape.enlarged(640, 360, 2, 120) == (1280, 720)
    assert shape.enlarged(640, 360, 4, 120) == (2560, 1440)
    assert shape.enlarged(640, 360, 1, 120) == (640, 360)
    assert shape.enlarged(1920, 1080, 4, 48) == (3840, 2160)
    assert shape.enlarged(1080, 1920, 4, 48) == (2160, 3840)
    # Five minutes of Full HD: as large as it is.
    assert shape.enlarged(1920, 1080, 4, 9000) == (1920, 1080)


def test_plans_of_earlier_versions_are_still_drawn(tmp_path: Path) -> None:
    raw = {"width": 320, "height": 180, "seconds": 1, "sound": False, "prompt": "a", "seed": 1, "fault": None}
    start = picture(tmp_path, RED)
    plan = Plan.read({**raw, "picture": start}).placed(tmp_path / "elsewhere")
    assert plan.stations == ((0, start),)
    assert np.abs(middle(frames(drawn(plan, tmp_path))[0]) - RED).max() < 12
    assert Plan.read({**raw, "picture": None}).stations == ()
