"""Every input, from a drop on its place in the window to what the service receives, in the live dialect."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.app.sitting import PATIENCE_S, Sitting, sit
from tests.studio.test_inputs_sent import EDIT, ELEMENTS, KEYFRAMES, REFERENCES, UPSCALE, data_of
from tests.support.recording_proxy import RecordingProxy
from tests.support.sandbox import Sandbox, fresh_key
from tests.ui.compose.conftest import drop, files
from tests.ui.compose.material import file
from tests.ui.driving import click, until
from venice_studio.app import gestures
from venice_studio.domain.inputs import RULES, Role
from venice_studio.domain.job import Rendering
from venice_studio.domain.request import GenerationRequest
from venice_studio.ui.compose.inputs.cards_slot import CardsSlot
from venice_studio.ui.compose.inputs.elements_slot import ElementsSlot
from venice_studio.ui.compose.inputs.keyframes_slot import KeyframesSlot
from venice_studio.ui.compose.inputs.words import object_name
from venice_studio.ui.widgets import Segments

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """The live dialect, with a model for keyframes beside those that are listed."""
    with Sandbox("--dialect", "live", "--fault", "short") as plain:
        headers = {"Authorization": f"Bearer {fresh_key()}"}
        listing = httpx.get(f"{plain.base_url}/models?type=video", headers=headers).json()
    [entry] = [entry for entry in listing["data"] if entry["id"] == REFERENCES]
    listing["data"].append({**entry, "id": KEYFRAMES, "model_spec": {**entry["model_spec"], "name": "Keyframes"}})
    listed = tmp_path_factory.mktemp("listing") / "models.json"
    listed.write_text(json.dumps(listing), "utf-8")
    with Sandbox("--dialect", "live", "--fault", "short", "--models", str(listed)) as sandbox:
        yield sandbox


def draft(sitting: Sitting) -> GenerationRequest:
    return sitting.studio.composer.draft.value


async def choose(sitting: Sitting, model: str) -> None:
    composer, settings = sitting.studio.composer, sitting.studio.settings
    settings.set(replace(settings.value, anonymised_pictures_told=True))
    await until(lambda: any(listed.id == model for listed in composer.models.value), PATIENCE_S)
    composer.choose_model(model)


async def put(sitting: Sitting, role: Role, *paths: Path, into: QWidget | None = None) -> None:
    """Drop files on the place of a role, or on a part of it, and wait until they are there."""
    count = len(draft(sitting).media_of(role))
    assert drop(into or sitting.find(QWidget, object_name(role)), files(*paths))
    await until(lambda: len(draft(sitting).media_of(role)) == count + len(paths), PATIENCE_S)


async def send(sitting: Sitting, service: RecordingProxy, prompt: str = "A canal") -> dict[str, Any]:
    """Press Generate: what the service received."""
    if prompt:
        await sitting.write(prompt)
    await until(sitting.generate.isEnabled, PATIENCE_S)
    click(sitting.generate)
    await sitting.until_state(Rendering)
    await until(lambda: bool(service.of("/video/queue")), PATIENCE_S)
    [queued] = service.of("/video/queue")
    assert queued.status == 200
    return queued.body


@pytest.mark.parametrize(
    ("role", "beside"),
    [(Role.REFERENCES, None), (Role.REFERENCE_VIDEOS, None), (Role.REFERENCE_SOUNDS, Role.REFERENCES)],
)
async def test_several_are_sent_in_the_order_of_their_cards(
    live: Sandbox, tmp_path: Path, role: Role, beside: Role | None
) -> None:
    async with RecordingProxy(live.base_url) as service, sit(tmp_path, service.base_url) as sitting:
        await choose(sitting, REFERENCES)
        first, second, third = (file(tmp_path, RULES[role].material, number) for number in range(3))
        if beside is not None:
            await put(sitting, beside, file(tmp_path, RULES[beside].material, 5))
        await put(sitting, role, first, second, third)
        place = sitting.find(CardsSlot, object_name(role))
        QTest.keyClick(place.grid.cards[2], Qt.Key.Key_Left, ALT)
        QTest.keyClick(place.grid.cards[0], Qt.Key.Key_Delete)
        body = await send(sitting, service)
        assert [data_of(uri) for uri in body[RULES[role].wire]] == [third.read_bytes(), second.read_bytes()]


async def test_elements_and_scenes_are_sent_as_they_stand(live: Sandbox, tmp_path: Path) -> None:
    async with RecordingProxy(live.base_url) as service, sit(tmp_path, service.base_url) as sitting:
        await choose(sitting, ELEMENTS)
        maria, dog, behind, street = (file(tmp_path, RULES[Role.ELEMENTS].material, number) for number in range(4))
        await put(sitting, Role.ELEMENTS, dog, maria)
        await put(sitting, Role.SCENES, street)
        place = sitting.find(ElementsSlot, "elementsSlot")
        QTest.keyClick(place.cards[1].handle, Qt.Key.Key_Up, ALT)
        attachments = sitting.studio.attachments
        await attachments.take_files(Role.ELEMENTS, [str(behind)], element=0)
        body = await send(sitting, service, "@Element1 walks @Element2 down @Image1")
        first, second = body["elements"]
        assert data_of(first["frontal_image_url"]) == maria.read_bytes()
        assert [data_of(uri) for uri in first["reference_image_urls"]] == [behind.read_bytes()]
        assert data_of(second["frontal_image_url"]) == dog.read_bytes()
        assert [data_of(uri) for uri in body["scene_image_urls"]] == [street.read_bytes()]


async def test_keyframes_are_sent_with_the_numbers_beside_them(live: Sandbox, tmp_path: Path) -> None:
    async with RecordingProxy(live.base_url) as service, sit(tmp_path, service.base_url) as sitting:
        await choose(sitting, KEYFRAMES)
        first, second = (file(tmp_path, RULES[Role.KEYFRAMES].material, number) for number in range(2))
        await put(sitting, Role.KEYFRAMES, first, second)
        place = sitting.find(KeyframesSlot, "keyframesSlot")
        spin = next(row.spin for row in place.rows if row.card.medium and row.card.medium.name == first.name)
        gestures.write(spin, "7")
        QTest.keyClick(spin, Qt.Key.Key_Return)
        body = await send(sitting, service)
        sent = {frame["frame_index"]: data_of(frame["image_url"]) for frame in body["keyframes"]}
        assert sent[7] == first.read_bytes()
        assert second.read_bytes() in sent.values()


async def test_a_video_and_the_music_to_it_are_sent(live: Sandbox, tmp_path: Path) -> None:
    async with RecordingProxy(live.base_url) as service, sit(tmp_path, service.base_url) as sitting:
        await choose(sitting, EDIT)
        film, tone = (file(tmp_path, RULES[role].material) for role in (Role.SOURCE_VIDEO, Role.SOUNDTRACK))
        for path, role in ((film, Role.SOURCE_VIDEO), (tone, Role.SOUNDTRACK)):
            await put(sitting, role, path, into=sitting.find(QWidget, "composePane"))
        body = await send(sitting, service, "Make it snow")
        assert data_of(body["video_url"]) == film.read_bytes()
        assert data_of(body["audio_url"]) == tone.read_bytes()


async def test_a_video_is_made_larger_without_a_word(live: Sandbox, tmp_path: Path) -> None:
    async with RecordingProxy(live.base_url) as service, sit(tmp_path, service.base_url) as sitting:
        await choose(sitting, UPSCALE)
        film, other = (file(tmp_path, RULES[Role.SOURCE_VIDEO].material, number) for number in range(2))
        await put(sitting, Role.SOURCE_VIDEO, film)
        assert drop(sitting.find(QWidget, "sourceVideoSlot"), files(other))
        await until(lambda: [m.name for m in draft(sitting).media_of(Role.SOURCE_VIDEO)] == [other.name], PATIENCE_S)
        click(sitting.find(Segments, "upscaleField").button("4"))
        body = await send(sitting, service, "")
        assert (data_of(body["video_url"]), body["upscale_factor"]) == (other.read_bytes(), 4)
