"""Every kind of input, from a file to a clip: through the whole program but its window, over real sockets."""

import base64
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.library.test_images import encoded, quarters
from tests.support.clips import make_clip
from tests.support.recording_proxy import RecordingProxy
from tests.support.recordings import make_video, make_wav
from tests.support.sandbox import Sandbox, fresh_key
from tests.support.windowless import Windowless, yes
from venice_studio.domain.choices import lines, seconds
from venice_studio.domain.inputs import Role
from venice_studio.domain.job import Job, Saved
from venice_studio.domain.problem import Kind, Problem, Trouble
from venice_studio.domain.quote import NoQuote, Quoted
from venice_studio.studio.receipt import receipt

REFERENCES = "seedance-2-0-reference-to-video"
ELEMENTS = "kling-o3-standard-reference-to-video"
EDIT = "wan-2-7-video-to-video"
UPSCALE = "topaz-video-upscale"
KEYFRAMES = "lucky-keyframes-to-video"


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """Practice in the live dialect, with a model for keyframes that nobody ever heard of."""
    with Sandbox("--dialect", "live", "--fault", "short") as plain:
        headers = {"Authorization": f"Bearer {fresh_key()}"}
        listing = httpx.get(f"{plain.base_url}/models?type=video", headers=headers).json()
    [entry] = [entry for entry in listing["data"] if entry["id"] == REFERENCES]
    lucky = {**entry, "id": KEYFRAMES, "model_spec": {**entry["model_spec"], "name": "Lucky Keyframes"}}
    listing["data"].append(lucky)
    file = tmp_path_factory.mktemp("listing") / "models.json"
    file.write_text(json.dumps(listing), "utf-8")
    with Sandbox("--dialect", "live", "--fault", "short", "--models", str(file)) as sandbox:
        yield sandbox


@asynccontextmanager
async def running(
    home: Path, sandbox: Sandbox, model: str | None = None, key: str = ""
) -> AsyncIterator[tuple[Windowless, RecordingProxy]]:
    async with RecordingProxy(sandbox.base_url) as proxy:
        program = Windowless(home, proxy.base_url, key or fresh_key())
        await program.begin(model)
        try:
            yield program, proxy
        finally:
            await program.end()


def png(folder: Path, name: str, width: int = 320, height: int = 180) -> str:
    (folder / name).write_bytes(encoded(quarters(width, height), "PNG"))
    return str(folder / name)


def keep_small(program: Windowless) -> None:
    """The shortest and smallest clip there is: what is looked at here are the inputs."""
    model = program.studio.composer.model
    assert model is not None
    shortest = min(model.durations, key=lambda name: seconds(name) or 0)
    smallest = min(model.resolutions, key=lambda name: lines(name) or 0, default=None)
    program.studio.composer.edit(duration=shortest, resolution=smallest)


async def pressed(program: Windowless, proxy: RecordingProxy, prompt: str = "A canal") -> tuple[Job, dict[str, Any]]:
    """Press once: the job, and the body that was sent."""
    keep_small(program)
    program.studio.composer.edit(prompt=prompt)
    quote = await program.priced()
    assert program.studio.composer.faults == ()
    [job] = await program.studio.press.generate(yes)
    assert job.quote == quote
    await program.until(lambda: bool(proxy.of("/video/queue")))
    [sent] = proxy.of("/video/queue")
    assert sent.status == 200
    return job, sent.body


async def made(program: Windowless, proxy: RecordingProxy, prompt: str = "A canal") -> tuple[Job, dict[str, Any]]:
    """The same, once its clip is here."""
    job, body = await pressed(program, proxy, prompt)
    return await program.rendered(job), body


def data_of(uri: str) -> bytes:
    return base64.b64decode(uri.partition(";base64,")[2], validate=True)


async def test_references_of_all_three_kinds(tmp_path: Path, sandbox: Sandbox) -> None:
    pictures = [png(tmp_path, "maria.png"), png(tmp_path, "tall.png", 90, 160)]
    film = make_clip(tmp_path / "walk.mp4", frames=72, sound=True)
    tone = make_wav(tmp_path / "voice.wav")
    async with running(tmp_path / "home", sandbox, REFERENCES) as (program, proxy):
        held = program.studio.attachments
        await held.take_files(Role.REFERENCES, pictures)
        plain = await program.priced()
        await held.take_files(Role.REFERENCE_VIDEOS, [str(film)])
        await held.take_files(Role.REFERENCE_SOUNDS, [str(tone)])
        assert (await program.priced()).amount > plain.amount

        job, body = await made(program, proxy)

        assert [data_of(uri) for uri in body["reference_image_urls"]] == [Path(path).read_bytes() for path in pictures]
        assert body["reference_video_urls"][0].startswith("data:video/mp4;base64,")
        assert data_of(body["reference_video_urls"][0]) == film.read_bytes()
        assert body["reference_audio_urls"][0].startswith("data:audio/wav;base64,")
        assert data_of(body["reference_audio_urls"][0]) == tone.read_bytes()
        quoted = proxy.of("/video/quote")[-1]
        assert quoted.body["reference_video_total_duration"] == 3
        assert "reference_video_urls" not in quoted.body
        assert len(quoted.asked.body) < 500
        told = receipt(job, await program.studio.runner.ledger.history(job.id)).splitlines()
        assert "With      2 reference pictures: maria.png, tall.png" in told
        assert "          1 reference video: walk.mp4" in told


async def test_elements_and_scenes_that_the_prompt_speaks_of(tmp_path: Path, sandbox: Sandbox) -> None:
    async with running(tmp_path / "home", sandbox, ELEMENTS) as (program, proxy):
        held = program.studio.attachments
        await held.take_files(Role.ELEMENTS, [png(tmp_path, "maria.png"), png(tmp_path, "dog.png", 200)])
        await held.take_files(Role.ELEMENTS, [png(tmp_path, "maria from behind.png", 210)], element=0)
        await held.take_files(Role.SCENES, [png(tmp_path, "street.png", 220)])
        _, body = await made(program, proxy, "@Element1 walks @Element2 down @Image1")
        assert body["prompt"] == "@Element1 walks @Element2 down @Image1"
        first, second = body["elements"]
        assert data_of(first["frontal_image_url"]) == (tmp_path / "maria.png").read_bytes()
        assert [data_of(uri) for uri in first["reference_image_urls"]] == [
            (tmp_path / "maria from behind.png").read_bytes()
        ]
        assert data_of(second["frontal_image_url"]) == (tmp_path / "dog.png").read_bytes()
        assert "reference_image_urls" not in second
        assert [data_of(uri) for uri in body["scene_image_urls"]] == [(tmp_path / "street.png").read_bytes()]


async def test_keyframes_of_a_model_nobody_ever_heard_of(tmp_path: Path, sandbox: Sandbox) -> None:
    async with running(tmp_path / "home", sandbox, KEYFRAMES) as (program, proxy):
        held = program.studio.attachments
        keep_small(program)
        await held.take_files(Role.KEYFRAMES, [png(tmp_path, f"{width}.png", width) for width in (300, 301, 302)])
        held.place_keyframe(2, 12)
        _, body = await made(program, proxy)
        last = 24 * int(body["duration"].removesuffix("s"))
        assert [frame["frame_index"] for frame in body["keyframes"]] == [0, last, 12]
        assert data_of(body["keyframes"][2]["image_url"]) == (tmp_path / "302.png").read_bytes()


async def test_a_video_made_into_another_with_music_to_it(tmp_path: Path, sandbox: Sandbox) -> None:
    film, tone = make_video(tmp_path / "walk.webm", "libvpx", frames=72), make_wav(tmp_path / "song.wav")
    async with running(tmp_path / "home", sandbox, EDIT) as (program, proxy):
        await program.studio.attachments.take_files(Role.SOURCE_VIDEO, [str(film)])
        await program.studio.attachments.take_files(Role.SOUNDTRACK, [str(tone)])
        job, body = await made(program, proxy, "Make it snow")
        assert body["video_url"].startswith("data:video/webm;base64,")
        assert data_of(body["video_url"]) == film.read_bytes()
        assert data_of(body["audio_url"]) == tone.read_bytes()
        assert isinstance(job.state, Saved)
        assert "video_url" not in proxy.of("/video/quote")[-1].body


async def test_a_video_made_larger_is_priced_by_itself_and_sent_for_no_keystroke(
    tmp_path: Path, sandbox: Sandbox
) -> None:
    film = make_clip(tmp_path / "small.mp4", frames=48)
    async with running(tmp_path / "home", sandbox, UPSCALE) as (program, proxy):
        composer = program.studio.composer
        state = program.studio.quoter.state
        assert state.value == NoQuote(reason="Put the video in to see the price.")
        before = proxy.asked("/video/quote")
        await program.studio.attachments.take_files(Role.SOURCE_VIDEO, [str(film)])
        await program.priced()
        composer.edit(upscale_factor=4)
        await program.priced()
        for typed in ("S", "Sh", "Sha", "Shar", "Sharp", ""):
            composer.edit(prompt=typed)
            assert isinstance(state.value, Quoted)
        program.studio.quoter.keep_fresh()
        assert proxy.asked("/video/quote") == before + 2
        await program.until(lambda: len(proxy.of("/video/quote")) == before + 2)
        [*_, asked] = proxy.of("/video/quote")
        assert data_of(asked.body["video_url"]) == film.read_bytes()
        assert asked.body["upscale_factor"] == 4
        job, body = await made(program, proxy, "")
        assert data_of(body["video_url"]) == film.read_bytes()
        assert body["upscale_factor"] == 4
        assert isinstance(job.state, Saved)
        assert (job.state.clip.width, job.state.clip.height) == (1280, 720)


async def test_everything_is_there_again_after_a_restart(tmp_path: Path, sandbox: Sandbox) -> None:
    home, key = tmp_path / "home", fresh_key()
    async with running(home, sandbox, ELEMENTS, key) as (program, proxy):
        held = program.studio.attachments
        await held.take_files(Role.ELEMENTS, [png(tmp_path, "maria.png"), png(tmp_path, "dog.png", 200)])
        await held.take_files(Role.SCENES, [png(tmp_path, f"{n}.png", 220 + n) for n in range(3)])
        job, _ = await pressed(program, proxy, "@Element1 from @Image1 to @Image3")
        request = job.request

    async with running(home, sandbox, None, key) as (program, proxy):
        studio = program.studio
        await program.until(lambda: any(model.id == ELEMENTS for model in studio.composer.models.value))
        await program.until(lambda: "tidy pictures" not in program.tasks.names)
        studio.reuse(job.id)
        assert program.draft == request
        await program.until(lambda: "look for files" not in program.tasks.names)
        [again] = await studio.press.send_again(job.id, yes)
        assert again.request == request
        await program.until(lambda: bool(proxy.of("/video/queue")))
        [sent] = proxy.of("/video/queue")
        assert data_of(sent.body["elements"][1]["frontal_image_url"]) == (tmp_path / "dog.png").read_bytes()

        told: list[Problem] = []
        studio.notice.connect(told.append)
        program.shelf.file(request.scenes[0]).unlink()
        with pytest.raises(Trouble) as caught:
            await studio.press.send_again(job.id, yes)
        assert caught.value.problem.message == "0.png is not there any more. Put it in again."
        assert caught.value.problem.kind is Kind.PICTURE
        assert proxy.asked("/video/queue") == 1
        studio.reuse(job.id)
        await program.until(lambda: bool(told))
        assert told[0].message == "0.png is not there any more. Everything else is in the form."
        assert program.draft.scenes == request.scenes[1:]
        assert program.draft.elements == request.elements
        assert program.draft.prompt == "@Element1 from @Image3 to @Image2"


async def test_the_shelf_keeps_whatever_any_job_refers_to(tmp_path: Path, sandbox: Sandbox) -> None:
    home, key = tmp_path / "home", fresh_key()
    async with running(home, sandbox, REFERENCES, key) as (program, proxy):
        held = program.studio.attachments
        await held.take_files(Role.REFERENCES, [png(tmp_path, "maria.png")])
        await held.take_files(Role.REFERENCE_VIDEOS, [str(make_clip(tmp_path / "walk.mp4", frames=72))])
        await held.take_files(Role.REFERENCE_SOUNDS, [str(make_wav(tmp_path / "voice.wav"))])
        job, _ = await pressed(program, proxy)
        await held.take_files(Role.REFERENCE_SOUNDS, [str(make_wav(tmp_path / "other.wav", seconds=3))])
        dropped = program.draft.reference_sounds[1]
        assert len(job.request.media) == 3
    async with running(home, sandbox, None, key) as (program, _):
        await program.until(lambda: "tidy pictures" not in program.tasks.names)
        assert [program.shelf.file(medium).exists() for medium in (*job.request.media, dropped)] == [True] * 3 + [False]
