"""The way of a clip to its folder: whole or not at all, and never over another file."""

import asyncio
import errno
import os
import threading
from pathlib import Path

import av
import pytest

from tests.library import examples
from tests.support.clips import make_clip
from tests.support.full_disk import files_limited_to
from venice_studio.domain.job import Begun, Clip
from venice_studio.domain.problem import Cost, Kind, Trouble
from venice_studio.library.clips import ClipFolder, ClipPart
from venice_studio.library.landing import land
from venice_studio.library.threads import Threads

NAME = "2026-11-22 Gondola drifts towards camera"


@pytest.fixture
def folder(tmp_path: Path, threads: Threads) -> ClipFolder:
    path = tmp_path / "clips"
    path.mkdir()
    return ClipFolder(path, thumbnails=tmp_path / "thumbnails", threads=threads)


@pytest.fixture(scope="module")
def clip_bytes(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return make_clip(tmp_path_factory.mktemp("made") / "clip.mp4", sound=True).read_bytes()


async def receive(part: ClipPart, data: bytes, announced: int | None, step: int = 10_000) -> None:
    await part.begin(announced, "video/mp4")
    for start in range(0, len(data), step):
        await part.write(data[start : start + step])


def names(folder: ClipFolder) -> list[str]:
    return sorted(entry.name for entry in folder.path.iterdir())


def content(path: str | Path) -> bytes:
    return Path(path).read_bytes()


async def test_a_clip_lands_byte_for_byte_with_its_facts_and_a_thumbnail(folder: ClipFolder, clip_bytes: bytes) -> None:
    part = folder.part(examples.job())
    await receive(part, clip_bytes, len(clip_bytes))

    clip = await part.finish()
    await part.known()

    assert names(folder) == [f"{NAME} 1.mp4"]
    assert content(clip.path) == clip_bytes
    assert content(clip.thumbnail).startswith(b"\xff\xd8")
    assert clip == Clip(
        path=str(folder.path / f"{NAME} 1.mp4"),
        size=len(clip_bytes),
        duration_ms=2000,
        width=320,
        height=180,
        fps=24.0,
        frames=48,
        sound=True,
        thumbnail=clip.thumbnail,
    )


async def test_a_transfer_that_starts_over_keeps_nothing_of_the_first(folder: ClipFolder, clip_bytes: bytes) -> None:
    part = folder.part(examples.job())
    await receive(part, b"\0" * 700_000, None)
    await receive(part, clip_bytes, len(clip_bytes))

    clip = await part.finish()
    await part.known()

    assert content(clip.path) == clip_bytes


async def test_clips_of_one_prompt_get_numbers(folder: ClipFolder, clip_bytes: bytes) -> None:
    (folder.path / f"{NAME} 1.mp4").write_bytes(b"somebody else's")
    parts = [folder.part(examples.job(number)) for number in (1, 2, 3)]
    for part in parts:
        await receive(part, clip_bytes, None)

    await asyncio.gather(*(part.finish() for part in parts))
    for part in parts:
        await part.known()

    assert names(folder) == [f"{NAME} {number}.mp4" for number in (1, 2, 3, 4)]
    assert content(folder.path / f"{NAME} 1.mp4") == b"somebody else's"


def test_many_at_once_never_share_a_name(tmp_path: Path) -> None:
    start = threading.Barrier(8)

    def move(worker: int) -> None:
        start.wait()
        for number in range(20):
            part = tmp_path / f"{worker}-{number}.part"
            part.write_text(part.name)
            land(part, tmp_path, lambda n: f"clip {n}.mp4")

    movers = [threading.Thread(target=move, args=(worker,)) for worker in range(8)]
    for mover in movers:
        mover.start()
    for mover in movers:
        mover.join()

    landed = sorted(tmp_path.iterdir())
    assert {path.name for path in landed} == {f"clip {n}.mp4" for n in range(1, 161)}
    assert len({path.read_text() for path in landed}) == 160


def test_a_disk_without_links_keeps_other_files_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(source: Path, place: Path) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    (tmp_path / "clip 1.mp4").write_text("somebody else's")
    (tmp_path / "new.part").write_text("ours")

    place = land(tmp_path / "new.part", tmp_path, lambda n: f"clip {n}.mp4")

    assert place == tmp_path / "clip 2.mp4"
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        "clip 1.mp4": "somebody else's",
        "clip 2.mp4": "ours",
    }


@pytest.mark.parametrize("kept", [0, 1, 7, 100, 0.5, -1])
@pytest.mark.parametrize("announced", [True, False])
async def test_a_cut_clip_is_never_kept(folder: ClipFolder, clip_bytes: bytes, kept: float, announced: bool) -> None:
    cut = clip_bytes[: int(len(clip_bytes) * kept) if kept == 0.5 else int(kept)]
    part = folder.part(examples.job())
    await receive(part, cut, len(clip_bytes) if announced else None)

    with pytest.raises(Trouble) as caught:
        await part.finish()
    await part.discard()

    assert caught.value.problem.kind is Kind.BROKEN_CLIP
    assert caught.value.problem.cost is Cost.CHARGED
    assert names(folder) == []


@pytest.mark.parametrize("difference", [-1, 1])
async def test_another_length_than_announced_is_never_kept(
    folder: ClipFolder, clip_bytes: bytes, difference: int
) -> None:
    part = folder.part(examples.job())
    await receive(part, clip_bytes, len(clip_bytes) + difference)

    with pytest.raises(Trouble, match="incomplete"):
        await part.finish()


async def test_an_error_page_is_no_clip(folder: ClipFolder) -> None:
    page = b"<html><body>Bad gateway</body></html>"
    part = folder.part(examples.job())
    await receive(part, page, len(page))

    with pytest.raises(Trouble, match="not a clip"):
        await part.finish()


async def test_boxes_without_pictures_are_no_clip(folder: ClipFolder) -> None:
    empty = b"".join((8).to_bytes(4, "big") + kind for kind in (b"ftyp", b"moov", b"mdat"))
    part = folder.part(examples.job())
    await receive(part, empty, len(empty))

    with pytest.raises(Trouble) as caught:
        await part.finish()

    assert caught.value.problem.kind is Kind.BROKEN_CLIP


async def test_tags_are_kept_in_the_clip_and_its_frames_are_untouched(folder: ClipFolder, clip_bytes: bytes) -> None:
    part = folder.part(examples.job())
    await receive(part, clip_bytes, len(clip_bytes))

    clip = await part.finish({"title": "Gondola", "venice_studio_request": '{"seed": 7}'})
    await part.known()

    assert names(folder) == [f"{NAME} 1.mp4"]
    assert clip.size == os.stat(clip.path).st_size  # noqa: PTH116 - Path.stat is not for coroutines
    with av.open(clip.path) as container:
        assert container.metadata["title"] == "Gondola"
        assert container.metadata["venice_studio_request"] == '{"seed": 7}'
        assert sum(1 for _ in container.decode(video=0)) == 48


async def test_a_clip_that_cannot_be_tagged_is_kept_without_tags(folder: ClipFolder, clip_bytes: bytes) -> None:
    part = folder.part(examples.job())
    await receive(part, clip_bytes, len(clip_bytes))
    in_the_way = part.path.with_suffix(".tagged.part")
    in_the_way.mkdir()

    clip = await part.finish({"title": "Gondola"})

    with open(clip.path, "rb") as file:  # noqa: PTH123, ASYNC230 - a small file of this test
        assert file.read() == clip_bytes
    in_the_way.rmdir()


async def test_what_a_killed_run_left_is_removed_and_nothing_else(folder: ClipFolder, clip_bytes: bytes) -> None:
    left = folder.part(examples.job(1))
    await receive(left, clip_bytes, None)
    await left.complete()
    left.path.with_suffix(".tagged.part").write_bytes(b"half a copy")
    (folder.path / ".another-program.part").write_bytes(b"not ours")

    await folder.tidy([examples.job(1).id, examples.job(2).id])

    assert names(folder) == [".another-program.part"]


@pytest.mark.parametrize("stopped", ["before it has a place", "with a place on its name", "linked", "moved"])
async def test_a_whole_clip_is_never_thrown_away_and_goes_on_into_its_place(
    folder: ClipFolder, clip_bytes: bytes, stopped: str
) -> None:
    before = folder.part(examples.job())
    await receive(before, clip_bytes, len(clip_bytes))
    clip = await before.finish()
    place, half = Path(clip.path), before.path
    if stopped == "linked":
        half.hardlink_to(place)
    elif stopped != "moved":
        place.rename(half)
    if stopped == "with a place on its name":
        place.touch()
    elif stopped == "before it has a place":
        place.write_bytes(b"somebody else's")

    part = folder.part(examples.job())
    await folder.tidy([examples.job().id])
    assert await part.whole()
    after = await part.finish()
    await part.known()

    assert content(after.path) == clip_bytes
    taken = [f"{NAME} 2.mp4"] if stopped == "before it has a place" else []
    assert names(folder) == [f"{NAME} 1.mp4", *taken]
    assert (after.path == clip.path) is not bool(taken)


async def test_half_a_clip_is_not_taken_for_the_whole_one_before_it(folder: ClipFolder, clip_bytes: bytes) -> None:
    before = folder.part(examples.job())
    await receive(before, clip_bytes, len(clip_bytes))
    Path((await before.finish()).path).unlink()
    await receive(before, clip_bytes[:50_000], len(clip_bytes))

    assert not await folder.part(examples.job()).whole()
    await before.discard()


async def test_what_can_be_gone_on_with_follows_to_another_folder(
    folder: ClipFolder, clip_bytes: bytes, tmp_path: Path
) -> None:
    before = folder.part(examples.job())
    await before.begin(len(clip_bytes), "video/mp4", version='"1"')
    await before.write(clip_bytes[:30_000])
    await before.leave()
    other = tmp_path / "elsewhere"
    other.mkdir()
    part = folder.part(examples.job(), other)
    assert await before.lies()
    assert await part.take_over(before)
    assert names(folder) == []

    assert await part.resume() == Begun(received=30_000, size=len(clip_bytes), version='"1"')
    await part.write(clip_bytes[30_000:])
    assert content((await part.finish()).path) == clip_bytes
    assert not await before.lies()


async def test_what_comes_again_from_its_beginning_takes_the_place_of_what_came(
    folder: ClipFolder, clip_bytes: bytes
) -> None:
    part = folder.part(examples.job())
    await part.begin(len(clip_bytes), "video/mp4", version="")
    await part.write(clip_bytes[:30_000])
    await part.leave()
    part = folder.part(examples.job())
    assert await part.resume() == Begun(received=30_000, size=len(clip_bytes), version="")
    await receive(part, clip_bytes, len(clip_bytes))
    clip = await part.finish()
    assert any(name.endswith(".broken.mp4") for name in names(folder)), "it stays until the list knows the newer one"
    await part.known()
    assert names(folder) == [Path(clip.path).name]
    assert content(clip.path) == clip_bytes


async def test_nothing_is_left_beside_a_clip_that_the_list_knows(folder: ClipFolder, clip_bytes: bytes) -> None:
    part = folder.part(examples.job())
    await receive(part, clip_bytes, len(clip_bytes))
    await part.finish()
    await folder.tidy([], [examples.job().id])
    assert names(folder) == [f"{NAME} 1.mp4"]


async def test_discarding_what_never_began_is_fine(folder: ClipFolder) -> None:
    await folder.part(examples.job()).discard()
    assert names(folder) == []


async def test_our_own_folder_is_made(tmp_path: Path, threads: Threads) -> None:
    folder = ClipFolder(tmp_path / "Videos" / "Venice Studio", thumbnails=tmp_path, threads=threads)
    await folder.check_room()
    assert names(folder) == []


async def test_a_chosen_folder_that_is_gone_is_not_made_again(tmp_path: Path, threads: Threads) -> None:
    chosen = tmp_path / "stick" / "clips"
    folder = ClipFolder(chosen / "Practice", thumbnails=tmp_path, threads=threads, within=chosen)

    with pytest.raises(Trouble, match=r"not there any more. .*choose another folder") as caught:
        await folder.check_room()
    with pytest.raises(Trouble, match="not there any more"):
        await folder.look_for_room()

    assert caught.value.problem.kind is Kind.DISK
    assert caught.value.problem.cost is Cost.NOT_CHARGED
    assert not chosen.parent.exists()


async def test_below_a_chosen_folder_our_own_is_made(tmp_path: Path, threads: Threads) -> None:
    folder = ClipFolder(tmp_path / "Practice", thumbnails=tmp_path, threads=threads, within=tmp_path)
    await folder.check_room()
    assert names(folder) == []


async def test_looking_for_room_makes_nothing(tmp_path: Path, threads: Threads) -> None:
    folder = ClipFolder(tmp_path / "Videos" / "Venice Studio", thumbnails=tmp_path, threads=threads)
    assert await folder.look_for_room() > 0
    assert not list(tmp_path.iterdir())
    with pytest.raises(Trouble, match=r"Only \d+ MB are free"):
        await folder.look_for_room(10**18)


async def test_below_a_file_there_is_no_room(tmp_path: Path, threads: Threads) -> None:
    below_a_file = tmp_path / "file"
    below_a_file.touch()
    folder = ClipFolder(below_a_file / "clips", thumbnails=tmp_path, threads=threads)
    with pytest.raises(Trouble, match="not a folder"):
        await folder.look_for_room()


async def test_a_file_is_no_folder(tmp_path: Path, threads: Threads) -> None:
    place = tmp_path / "clips"
    place.write_text("a file")
    folder = ClipFolder(place, thumbnails=tmp_path, threads=threads)

    with pytest.raises(Trouble, match="not a folder"):
        await folder.check_room()


async def test_too_little_room_is_said_before_anything_is_paid(folder: ClipFolder) -> None:
    with pytest.raises(Trouble, match=r"Only \d+ MB are free"):
        await folder.check_room(10**18)


async def test_a_disk_that_takes_no_more_is_trouble_and_leaves_nothing(folder: ClipFolder) -> None:
    part = folder.part(examples.job())

    async def receive_all() -> None:
        await receive(part, b"\0" * 2_000_000, None)
        await part.complete()

    with files_limited_to(500_000), pytest.raises(Trouble) as caught:
        await receive_all()
    await part.discard()

    assert caught.value.problem.kind is Kind.DISK
    assert names(folder) == []


async def test_save_as_replaces_the_chosen_file_and_keeps_the_clip(folder: ClipFolder, tmp_path: Path) -> None:
    clip = folder.path / "clip.mp4"
    clip.write_bytes(b"clip")
    target = tmp_path / "elsewhere.mp4"
    target.write_bytes(b"old")

    await folder.save_copy(clip, target)
    await folder.save_copy(clip, clip)

    assert (content(target), content(clip)) == (b"clip", b"clip")


async def test_save_as_of_a_vanished_clip_is_explained(folder: ClipFolder, tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="not there any more"):
        await folder.save_copy(folder.path / "gone.mp4", tmp_path / "new.mp4")
