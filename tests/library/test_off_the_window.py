"""Nothing of the library touches a file, a database or a keyring in its caller's thread."""

import asyncio
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.library import examples
from tests.support.clips import make_clip
from tests.support.recordings import make_wav
from tests.support.secret_service import secret_service
from venice_studio.library.clips import ClipFolder
from venice_studio.library.keys import Kept, KeyChest
from venice_studio.library.settings import Settings, SettingsFile
from venice_studio.library.shelf import MediaShelf
from venice_studio.library.store import Store
from venice_studio.library.threads import Threads

SLOW = ("open", "os.", "shutil.", "tempfile.", "sqlite3.", "socket.", "import", "subprocess.")
HARMLESS = ("os.putenv", "os.unsetenv")


@contextmanager
def watched() -> Iterator[list[str]]:
    """Everything slow that this thread does meanwhile."""
    seen: list[str] = []
    watching = True
    here = threading.current_thread()

    def hook(event: str, args: tuple[object, ...]) -> None:
        if watching and threading.current_thread() is here and event.startswith(SLOW) and event not in HARMLESS:
            seen.append(f"{event} {args}")

    sys.addaudithook(hook)
    try:
        yield seen
    finally:
        watching = False


def test_the_watch_sees_what_it_is_for(tmp_path: Path) -> None:
    with watched() as seen:
        (tmp_path / "note").write_text("x")
    assert seen
    assert str(tmp_path / "note") in seen[0]


def test_every_call_leaves_the_callers_thread_alone(tmp_path: Path) -> None:
    threads = Threads()
    clip = make_clip(tmp_path / "made.mp4").read_bytes()
    make_wav(tmp_path / "tone.wav")
    with secret_service(tmp_path) as session, session.entered(), asyncio.Runner() as runner:
        runner.run(asyncio.sleep(0))
        with watched() as seen:
            kept = runner.run(everything(tmp_path, threads, clip))
    threads.close()

    assert kept == Kept()
    assert seen == []


async def everything(tmp_path: Path, threads: Threads, clip: bytes) -> object:
    store = await Store.open(tmp_path / "studio.sqlite", threads.database)
    job = examples.job()
    await store.add([job])
    await store.put(job.to(examples.RENDERING))
    await store.jobs()
    await store.comes_to(job.id, Path("/clips"))
    await store.history(job.id)

    folder = ClipFolder(tmp_path / "clips", thumbnails=tmp_path / "thumbnails", threads=threads)
    await folder.check_room()
    part = folder.part(job)
    await part.begin(len(clip), "video/mp4")
    await part.write(clip)
    saved = await part.finish({"title": "Gondola"})
    assert await part.whole()
    await part.known()
    await folder.part(examples.job(2)).discard()
    await folder.tidy([job.id])

    shelf = MediaShelf(tmp_path / "shelf", threads.media)
    still = await asyncio.to_thread(Path(saved.thumbnail).read_bytes)
    await shelf.preview(await shelf.take_bytes(still, "still.jpg"), 100)
    film = await shelf.take_video(clip, "film.mp4")
    tone = await shelf.take_sound(tmp_path / "tone.wav", "tone.wav")
    await shelf.still(film, 100)
    await shelf.still(tone, 100)
    await shelf.peaks(tone, 10)
    await shelf.missing([film, tone])
    await shelf.tidy([])

    await SettingsFile(tmp_path / "settings.json", threads.disk).save(Settings())
    await store.remove(job.id)
    await store.close()
    return await KeyChest().set("https://api.venice.ai/api/v1", "a key")
