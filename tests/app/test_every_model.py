"""Every model of the listing in the real window: composed with all that it takes, priced, sent, and its clip saved."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import av
import pytest
from PIL import Image
from PySide6.QtWidgets import QWidget

from tests.app.sitting import PATIENCE_S, Sitting, sit
from tests.live.schema import QUEUE, QUOTE, against_the_schema
from tests.support.recording_proxy import RecordingProxy
from tests.support.recordings import make_video, make_wav
from tests.support.sandbox import Sandbox
from tests.ui.driving import until
from venice_studio.app import gestures
from venice_studio.domain.inputs import RULES, Material, Role
from venice_studio.domain.job import Doubtful, Failed, Refused, Saved
from venice_studio.domain.model import Dialect, VideoModel
from venice_studio.studio.composer import Composer
from venice_studio.venice.catalog import builtin

MODELS = builtin(Dialect.LIVE)
SHARES = 4
ENDS = (Saved, Failed, Refused, Doubtful)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[Material, Path]:
    folder = tmp_path_factory.mktemp("files")
    picture = folder / "boat.png"
    Image.new("RGB", (320, 180), "teal").save(picture)
    return {
        Material.PICTURE: picture,
        Material.SOUND: make_wav(folder / "tone.wav", seconds=4),
        Material.VIDEO: make_video(folder / "clip.mp4", frames=60, size=(160, 90)),
    }


def given(composer: Composer, role: Role) -> bool:
    return bool(composer.draft.value.given(role))


async def compose(sitting: Sitting, model: VideoModel, files: dict[Material, Path]) -> None:
    """Choose a model, and drop a file on each of its places."""
    composer = sitting.studio.composer
    for role in Role:
        composer.edit(**{role.value: None if RULES[role].single else ()})
    composer.choose_model(model.id)
    for role in (role for role in Role if model.takes(role)):
        first, *rest = role.value.split("_")
        slot = sitting.find(QWidget, f"{first}{''.join(map(str.capitalize, rest))}Slot")
        await until(slot.isVisible, PATIENCE_S)
        assert gestures.drop_file(slot, files[RULES[role].material])
        await until(partial(given, composer, role), PATIENCE_S)
    assert {fault.field for fault in composer.faults} <= {"prompt"}, composer.faults  # which is still to be written


@pytest.mark.parametrize("share", range(SHARES))
async def test_every_model_is_composed_priced_sent_and_rendered(
    tmp_path: Path, files: dict[Material, Path], share: int
) -> None:
    models = MODELS[share::SHARES]
    # A second of each clip is enough to see.
    with Sandbox("--dialect", "live", "--fault", "short", speed=1000) as sandbox:
        async with RecordingProxy(sandbox.base_url) as service, sit(tmp_path, service.base_url) as sitting:
            composer = sitting.studio.composer
            settings = sitting.studio.settings
            settings.set(replace(settings.value, anonymised_pictures_told=True))
            await until(lambda: len(composer.models.value) == len(MODELS), PATIENCE_S)
            for model in composer.models.value[share::SHARES]:
                await compose(sitting, model, files)
                await sitting.generate_clip(f"A quiet sea for {model.name}")
            await until(lambda: all(isinstance(job.state, ENDS) for job in sitting.jobs), PATIENCE_S)
            assert [job.request.model for job in sitting.jobs] == [model.id for model in models]
            for job in sitting.jobs:
                assert isinstance(job.state, Saved), job.state
                with av.open(job.state.clip.path, "r") as clip:
                    assert next(clip.decode(video=0)).width > 0
        queued = [exchange.body for exchange in service.of("/video/queue")]
        for body, model in zip(queued, models, strict=True):
            assert list(against_the_schema(body, QUEUE)) == []
            assert {RULES[role].wire for role in Role if model.takes(role)} <= body.keys()
        for quote in service.of("/video/quote"):
            assert list(against_the_schema(quote.body, QUOTE)) == []
