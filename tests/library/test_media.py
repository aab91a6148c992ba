"""Facts and stills of real clips, whose frames say their own number."""

from contextlib import suppress
from pathlib import Path

import pytest
from av.video.reformatter import Colorspace
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QImage

from tests.support.clips import BRICK, make_clip, make_coloured, number_in
from venice_studio.domain.problem import Kind, Trouble
from venice_studio.library import decoding
from venice_studio.library.media import Media
from venice_studio.library.threads import Threads


@pytest.fixture
def media(threads: Threads) -> Media:
    return Media(threads.media)


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("made") / "clip.mp4", frames=60, fps=30)


async def test_facts_are_measured(media: Media, clip: Path) -> None:
    facts = await media.probe(clip)
    assert (facts.duration_ms, facts.width, facts.height, facts.fps, facts.frames, facts.sound) == (
        *(2000, 320, 180, 30.0, 60, False),
    )


async def test_a_clip_with_sound_and_its_index_at_the_end_is_read_too(media: Media, tmp_path: Path) -> None:
    made = make_clip(tmp_path / "portrait.mp4", frames=25, fps=25, size=(180, 320), sound=True, faststart=False)
    facts = await media.probe(made)
    assert (facts.duration_ms, facts.width, facts.height, facts.sound) == (1000, 180, 320, True)


async def test_names_inside_a_clip_that_are_no_unicode_do_no_harm(media: Media, clip: Path, tmp_path: Path) -> None:
    odd = spoilt(tmp_path / "odd.mp4", read(clip).replace(b"VideoHandler", b"Vid\xe9oHandler"))
    assert read(odd) != read(clip)
    assert (await media.probe(odd)).frames == 60


async def test_a_thumbnail_is_small_and_not_of_the_first_frame(media: Media, clip: Path, tmp_path: Path) -> None:
    out = tmp_path / "thumbnails" / "one.jpg"

    await media.thumbnail(clip, out, max_px=160)

    image = QImage(str(out))
    assert (image.width(), image.height()) == (160, 90)
    assert number_in(image) == 20


@pytest.mark.parametrize(("size", "tagged"), [((320, 180), False), ((1280, 720), False), ((320, 180), True)])
async def test_colours_of_a_still_are_those_of_the_clip(
    media: Media, tmp_path: Path, size: tuple[int, int], tagged: bool
) -> None:
    matrix = Colorspace.ITU709 if tagged or size[1] >= 720 else Colorspace.ITU601
    clip = make_coloured(tmp_path / "clip.mp4", layout="yuv420p", matrix=matrix, size=size, tagged=tagged, full=False)
    out = tmp_path / "one.jpg"

    await media.thumbnail(clip, out)

    seen = QImage(str(out)).pixelColor(80, 90)
    assert max(abs(seen.red() - BRICK[0]), abs(seen.green() - BRICK[1]), abs(seen.blue() - BRICK[2])) <= 6


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_damage_of_any_kind_is_trouble_at_most(clip: Path, tmp_path: Path, data: st.DataObject) -> None:
    whole = bytearray(read(clip))
    for _ in range(data.draw(st.integers(1, 12))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with suppress(Trouble):
        assert decoding.facts(spoilt(tmp_path / "spoilt.mp4", bytes(whole))).width > 0


def spoilt(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def read(path: Path) -> bytes:
    return path.read_bytes()


async def test_what_is_no_clip_cannot_be_played(media: Media, tmp_path: Path) -> None:
    text = spoilt(tmp_path / "text.mp4", b"no clip at all")
    for look in (media.probe(text), media.thumbnail(text, tmp_path / "text.jpg")):
        with pytest.raises(Trouble) as caught:
            await look
        assert caught.value.problem.kind is Kind.BROKEN_CLIP


async def test_a_clip_that_nothing_here_can_decode_is_said_to_be_so(media: Media, clip: Path, tmp_path: Path) -> None:
    head, _, rest = read(clip).partition(b"stsd")
    strange = spoilt(tmp_path / "strange.mp4", head + b"stsd" + rest.replace(b"avc1", b"zzzz", 1))
    with pytest.raises(Trouble, match="made in a way that cannot be played here") as caught:
        await media.probe(strange)
    assert caught.value.problem.kind is Kind.BROKEN_CLIP


async def test_a_vanished_clip_is_said_to_be_gone(media: Media, tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="not there any more") as caught:
        await media.probe(tmp_path / "gone.mp4")
    assert caught.value.problem.kind is Kind.DISK
