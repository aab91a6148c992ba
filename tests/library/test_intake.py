"""What becomes of every kind of sound and video people drop."""

import asyncio
import hashlib
import io
import os
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from tests.library.test_images import encoded, quarters
from tests.support.clips import make_clip
from tests.support.recordings import make_sound, make_video, make_wav, size_of
from venice_studio.domain.inputs import Material
from venice_studio.domain.media import Medium
from venice_studio.domain.problem import Kind, Trouble
from venice_studio.library import arrival, recordings
from venice_studio.library.shelf import MediaShelf
from venice_studio.library.threads import Threads

Make = Callable[[Path], Path]


@pytest.fixture
def shelf(tmp_path: Path, threads: Threads) -> MediaShelf:
    return MediaShelf(tmp_path / "shelf", threads.media)


SOUNDS: dict[str, tuple[str, Make]] = {
    "tone.wav": ("audio/wav", make_wav),
    "tone.mp3": ("audio/mpeg", lambda path: make_sound(path, "libmp3lame")),
    "an mp3 by another name.wav": ("audio/mpeg", lambda path: make_sound(path, "libmp3lame", kind="mp3")),
}

VIDEOS: dict[str, tuple[str, Make]] = {
    "clip.mp4": ("video/mp4", lambda path: make_clip(path, sound=True)),
    "end first.mp4": ("video/mp4", lambda path: make_clip(path, faststart=False)),
    "apple.m4v": ("video/mp4", lambda path: make_video(path, kind="ipod")),
    "apple.mov": ("video/quicktime", make_video),
    "web.webm": ("video/webm", lambda path: make_video(path, "libvpx")),
    "a film by another name.mp4": ("video/quicktime", lambda path: make_video(path, kind="mov")),
}


async def refused(shelf: MediaShelf, source: Path | bytes, name: str, kind: str) -> str:
    take = shelf.take_sound if kind == "sound" else shelf.take_video
    with pytest.raises(Trouble) as caught:
        await take(source, name)
    assert caught.value.problem.kind is Kind.PICTURE
    assert name in caught.value.problem.message
    assert lying(shelf) == []
    return caught.value.problem.message


def lying(shelf: MediaShelf) -> list[str]:
    folder = shelf.file(_NONE).parent
    return sorted(file.name for file in folder.iterdir()) if folder.exists() else []


_NONE = Medium(sha256="0" * 64, mime="audio/wav", size=0, name="none")


@pytest.mark.parametrize("name", SOUNDS)
async def test_a_sound_is_taken_byte_for_byte_and_measured(shelf: MediaShelf, tmp_path: Path, name: str) -> None:
    mime, make = SOUNDS[name]
    data = make(tmp_path / name).read_bytes()

    sound = await shelf.take_sound(tmp_path / name, name)

    assert shelf.file(sound).read_bytes() == data
    assert (sound.sha256, sound.size) == (hashlib.sha256(data).hexdigest(), len(data))
    assert (sound.mime, sound.name) == (mime, name)
    assert sound.duration_ms == pytest.approx(4000, abs=60)
    assert lying(shelf) == [shelf.file(sound).name]


@pytest.mark.parametrize("name", VIDEOS)
async def test_a_video_is_taken_byte_for_byte_and_measured(shelf: MediaShelf, tmp_path: Path, name: str) -> None:
    mime, make = VIDEOS[name]
    data = make(tmp_path / name).read_bytes()

    video = await shelf.take_video(tmp_path / name, name)

    assert shelf.file(video).read_bytes() == data
    assert (video.sha256, video.size) == (hashlib.sha256(data).hexdigest(), len(data))
    assert (video.mime, video.name, video.width, video.height) == (mime, name, 320, 180)
    assert video.duration_ms == pytest.approx(2000, abs=60)


async def test_what_comes_without_a_file_is_taken_too(shelf: MediaShelf, tmp_path: Path) -> None:
    data = make_wav(tmp_path / "tone.wav").read_bytes()
    sound = await shelf.take_sound(data, "pasted")
    assert shelf.file(sound).read_bytes() == data
    again = await shelf.take_sound(tmp_path / "tone.wav", "tone.wav")
    assert (again.sha256, again.name, len(lying(shelf))) == (sound.sha256, "tone.wav", 1)


async def test_a_video_filmed_upright_is_upright(shelf: MediaShelf, tmp_path: Path) -> None:
    video = await shelf.take_video(make_clip(tmp_path / "phone.mp4", rotation=90), "phone.mp4")
    assert (video.width, video.height) == (180, 320)
    assert size_of(await shelf.still(video, 100)) == (56, 100)


OTHERS: dict[str, tuple[str, Make]] = {
    "song.m4a": ("an M4A file", lambda path: make_sound(path, "aac", kind="ipod")),
    "song.flac": ("a FLAC file", lambda path: make_sound(path, "flac")),
    "song.aac": ("an AAC file", lambda path: make_sound(path, "aac", kind="adts")),
    "song.aiff": ("an AIFF file", lambda path: make_sound(path, "pcm_s16be")),
    "song.mp2": ("an MPEG sound file of an older kind", lambda path: make_sound(path, "mp2")),
    "song.ogg": ("an OGG file", lambda path: make_sound(path, "flac", kind="ogg")),
    "film.avi": ("an AVI file", lambda path: make_video(path, "mpeg4")),
    "film.mkv": ("an MKV file", make_video),
    "film.wmv": ("a Windows Media file", lambda path: make_video(path, "wmv2")),
    "film.flv": ("a Flash video", lambda path: make_video(path, "flv1")),
    "film.mpg": ("an MPEG video", lambda path: make_video(path, "mpeg2video")),
    "film.ts": ("an MPEG transport stream", make_video),
}


@pytest.mark.parametrize("name", OTHERS)
async def test_what_the_service_does_not_take_is_called_by_its_name(
    shelf: MediaShelf, tmp_path: Path, name: str
) -> None:
    what, make = OTHERS[name]
    # Whatever it is called: what it is counts.
    path = make(tmp_path / name).rename(tmp_path / "named.mp4")
    sound, video = [await refused(shelf, path, "named.mp4", kind) for kind in ("sound", "video")]
    assert sound == f"named.mp4 is {what}. WAV and MP3 are taken here."
    assert video == f"named.mp4 is {what}. MP4, MOV and WebM are taken here."


async def test_what_belongs_elsewhere_is_told_apart(shelf: MediaShelf, tmp_path: Path) -> None:
    film, tone = make_clip(tmp_path / "film.mp4"), make_wav(tmp_path / "tone.wav")
    photo = encoded(quarters(), "PNG")
    assert "is a video" in await refused(shelf, film, "film.mp4", "sound")
    assert "is a sound" in await refused(shelf, tone, "tone.wav", "video")
    assert "is a picture" in await refused(shelf, photo, "photo.mp4", "video")
    assert "is not a video that is known" in await refused(shelf, b"# Notes\n" * 50, "notes.mp4", "video")


async def test_damaged_and_empty_files_are_refused(shelf: MediaShelf, tmp_path: Path) -> None:
    mp4 = make_clip(tmp_path / "film.mp4").read_bytes()
    webm = make_video(tmp_path / "film.webm", "libvpx").read_bytes()
    wav = make_wav(tmp_path / "tone.wav").read_bytes()
    mp3 = make_sound(tmp_path / "tone.mp3", "libmp3lame").read_bytes()
    for data, name, kind in (
        (b"", "empty.mp4", "video"),
        (mp4[:-500], "cut.mp4", "video"),
        (mp4[:3000], "cut early.mp4", "video"),
        (webm[: len(webm) // 2], "cut.webm", "video"),
        (webm[:60] + os.urandom(4000), "noise.webm", "video"),
        (mp4[:40] + bytes(4000), "hollow.mp4", "video"),
        (wav[:20_000], "cut.wav", "sound"),
        (wav[:44], "silent.wav", "sound"),
        (mp3[:4] + os.urandom(200), "noise.mp3", "sound"),
    ):
        message = await refused(shelf, data, name, kind)
        assert "empty" in message or "damaged" in message or "cut off" in message or "holds no" in message, message


async def test_a_sound_dressed_as_a_video_holds_no_picture(shelf: MediaShelf, tmp_path: Path) -> None:
    path = make_sound(tmp_path / "talk.mp4", "aac")
    assert "holds no moving picture" in await refused(shelf, path, "talk.mp4", "video")


async def test_a_wav_whose_writer_did_not_know_its_length_is_taken(shelf: MediaShelf, tmp_path: Path) -> None:
    data = bytearray(make_wav(tmp_path / "tone.wav").read_bytes())
    data[4:8] = data[40:44] = b"\xff\xff\xff\xff"
    sound = await shelf.take_sound(bytes(data), "streamed.wav")
    assert sound.duration_ms == pytest.approx(4000, abs=10)


async def test_enormous_videos_are_refused_before_they_are_unpacked(shelf: MediaShelf, tmp_path: Path) -> None:
    wide = make_video(tmp_path / "wide.mov", "mjpeg", frames=1, size=(9000, 16), colours="yuvj420p")
    message = await refused(shelf, wide, "wide.mov", "video")
    assert message == "wide.mov is enormous: 9,000 × 16 pixels. Make it smaller first."


async def test_absurd_lengths_and_sounds_are_refused(shelf: MediaShelf, tmp_path: Path) -> None:
    slow = bytearray(make_wav(tmp_path / "tone.wav").read_bytes())
    slow[24:28] = struct.pack("<I", 1)  # one sample a second: nine hours
    assert "longer than an hour" in await refused(shelf, bytes(slow), "slow.wav", "sound")
    many = bytearray(make_wav(tmp_path / "tone.wav").read_bytes())
    many[22:24] = struct.pack("<H", 1000)
    message = await refused(shelf, bytes(many), "many.wav", "sound")
    assert "nothing can play" in message or "damaged" in message
    film = bytearray(make_clip(tmp_path / "film.mp4").read_bytes())
    at = film.index(b"stts") + 16
    film[at : at + 4] = struct.pack(">I", 2**30)
    message = await refused(shelf, bytes(film), "aeon.mp4", "video")
    assert "longer than an hour" in message or "damaged" in message


async def test_too_large_a_file_is_refused_before_it_is_copied(shelf: MediaShelf, tmp_path: Path) -> None:
    path = make_clip(tmp_path / "film.mp4")
    with path.open("r+b") as file:
        file.truncate(arrival.MOST[Material.VIDEO] + 1)  # a hole: takes no room
    message = await refused(shelf, path, "film.mp4", "video")
    assert message.startswith("film.mp4 has 500 MB. 500 MB are taken at most.")


async def test_a_large_video_is_copied_in_pieces_between_which_others_get_their_turn(
    shelf: MediaShelf, tmp_path: Path, threads: Threads
) -> None:
    pieces = 10
    path = make_clip(tmp_path / "large.mp4")
    with path.open("r+b") as file:
        file.seek(0, os.SEEK_END)
        file.write(struct.pack(">I4s", pieces * arrival.PIECE, b"free"))
        file.truncate(file.tell() - 8 + pieces * arrival.PIECE)  # a hole: takes no room
    taking = asyncio.create_task(shelf.take_video(path, "large.mp4"))
    turns = 0
    while not taking.done():
        await threads.media.run(int)
        turns += 1
    assert (await taking).size > pieces * arrival.PIECE
    assert turns > pieces


async def test_files_that_cannot_be_read_are_told_of(shelf: MediaShelf, tmp_path: Path) -> None:
    assert "is not there any more" in await refused(shelf, tmp_path / "gone.wav", "gone.wav", "sound")
    assert "is a folder" in await refused(shelf, tmp_path, "folder", "video")


async def test_one_who_goes_away_leaves_nothing_behind(shelf: MediaShelf, tmp_path: Path) -> None:
    path = make_wav(tmp_path / "tone.wav")
    task = asyncio.create_task(shelf.take_sound(path, "tone.wav"))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert lying(shelf) == []


async def test_tidying_keeps_what_is_used_and_sweeps_up_what_was_cut_short(tmp_path: Path, threads: Threads) -> None:
    before = MediaShelf(tmp_path / "shelf", threads.media)
    tone = await before.take_sound(make_wav(tmp_path / "tone.wav"), "tone.wav")
    film = await before.take_video(make_clip(tmp_path / "film.mp4"), "film.mp4")
    gone = await before.take_sound(make_wav(tmp_path / "other.wav", seconds=2), "other.wav")
    (tmp_path / "shelf" / ".abc.part").write_bytes(b"half a film")
    (tmp_path / "shelf" / "my notes.txt").write_text("mine")

    shelf = MediaShelf(tmp_path / "shelf", threads.media)
    new = await shelf.take_video(make_video(tmp_path / "new.webm", "libvpx"), "new.webm")
    await shelf.tidy({tone.sha256, film.sha256})

    kept = sorted([*(shelf.file(medium).name for medium in (tone, film, new)), "my notes.txt"])
    assert lying(shelf) == kept
    assert await shelf.missing([tone, gone, film]) == (gone,)


async def test_a_sound_is_drawn_as_loud_as_it_is(shelf: MediaShelf, tmp_path: Path) -> None:
    sound = await shelf.take_sound(make_wav(tmp_path / "tone.wav", seconds=4, loud_from_s=2), "tone.wav")
    quiet, loud = (await shelf.peaks(sound, 8))[:4], (await shelf.peaks(sound, 8))[4:]
    assert quiet == (0.0,) * 4
    assert loud == pytest.approx((0.5,) * 4, abs=0.01)
    assert len(await shelf.peaks(sound, 50_000)) == 50_000
    with Image.open(io.BytesIO(await shelf.still(sound, 90))) as wave:
        assert wave.size == (90, 30)
        high = [wave.getpixel((x, 10)) for x in (3, 87)]
    assert high[0] == (0, 0, 0, 0)
    assert high[1] == (128, 128, 128, 255)


async def test_stills_of_what_is_gone_say_so(shelf: MediaShelf, tmp_path: Path) -> None:
    video = await shelf.take_video(make_clip(tmp_path / "film.mp4"), "film.mp4")
    sound = await shelf.take_sound(make_wav(tmp_path / "tone.wav"), "tone.wav")
    for medium in (video, sound):
        shelf.file(medium).unlink()
        with pytest.raises(Trouble, match="is not there any more"):
            await shelf.still(medium, 100)


def test_lengths_are_measured_and_not_believed(tmp_path: Path) -> None:
    film = bytearray(make_clip(tmp_path / "film.mp4").read_bytes())
    for box in (b"mvhd", b"mdhd"):
        at = film.index(box) + 4 + 16
        film[at : at + 4] = struct.pack(">I", 1)
    at = film.index(b"tkhd") + 4 + 20
    film[at : at + 4] = struct.pack(">I", 1)
    (tmp_path / "film.mp4").write_bytes(film)
    assert recordings.footage(tmp_path / "film.mp4", "film.mp4").duration_ms == 2000


async def test_a_video_that_nothing_here_can_decode_is_refused(shelf: MediaShelf, tmp_path: Path) -> None:
    data = make_clip(tmp_path / "film.mp4").read_bytes()
    head, _, rest = data.partition(b"stsd")
    strange = head + b"stsd" + rest.replace(b"avc1", b"zzzz", 1)
    assert "cannot be read here" in await refused(shelf, strange, "new.mp4", "video")
