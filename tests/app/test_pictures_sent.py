"""What is seen on the card is what the service receives: cropped, padded, or as an address."""

import json
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QLabel, QWidget

from tests.app.sitting import Sitting, sit
from tests.support.faulty_server import FaultyServer, always, http
from tests.support.recording_proxy import RecordingProxy, picture_in
from tests.support.sandbox import Sandbox
from tests.ui.compose.conftest import drop
from tests.ui.driving import click, until
from venice_studio.app import gestures
from venice_studio.domain.job import Job, Rendering
from venice_studio.domain.media import Fit, Picture
from venice_studio.ui.compose.picture_slot import PictureSlot


def slot(sitting: Sitting) -> PictureSlot:
    return sitting.find(PictureSlot, "startFrameSlot")


def held(sitting: Sitting) -> Picture | None:
    return sitting.studio.composer.draft.value.start_frame


async def press(sitting: Sitting) -> Job:
    """Press Generate and let the first picture be passed on."""
    await sitting.write("A gondola drifts by")
    click(sitting.generate)
    await sitting.answer("Pass this picture on?", "ahead")
    await sitting.until_state(Rendering)
    return sitting.jobs[-1]


async def test_a_fitted_picture_is_sent_as_it_is_seen(sandbox: Sandbox, tmp_path: Path) -> None:
    photo = tmp_path / "portrait.jpg"
    Image.effect_noise((450, 800), 60).convert("RGB").save(photo, quality=80)
    async with RecordingProxy(sandbox.base_url) as service, sit(tmp_path, service.base_url) as sitting:
        assert gestures.drop_file(sitting.find(QWidget, "startFrameSlot"), photo)
        await until(lambda: held(sitting) is not None)
        sitting.studio.composer.edit(aspect_ratio="16:9")
        await until(lambda: getattr(held(sitting), "fit", None) is Fit.CROP)
        click(slot(sitting).fit.ways.button(Fit.PAD))
        await until(lambda: slot(sitting).card.pixels.text() == "1422 × 800")
        shown = held(sitting)
        assert shown is not None
        job = await press(sitting)
        await until(lambda: bool(service.of("/video/queue")))
        [queued] = service.of("/video/queue")
        assert picture_in(queued.body) == (shown.mime, sitting.studio.pictures.file(shown).read_bytes())
        assert json.loads(job.payload)["image_url"]["sha256"] == shown.sha256
        assert shown.original is not None
        assert sitting.studio.pictures.file(shown.original).read_bytes() == photo.read_bytes()


async def test_a_link_is_sent_as_the_address_and_the_key_stays_here(sandbox: Sandbox, tmp_path: Path) -> None:
    photo = tmp_path / "wide.png"
    Image.radial_gradient("L").convert("RGB").resize((640, 360)).save(photo)
    async with (
        FaultyServer(always(http(200, photo.read_bytes(), mime="image/png"))) as web,
        RecordingProxy(sandbox.base_url) as service,
        sit(tmp_path, service.base_url) as sitting,
    ):
        address = f"{web.origin}/pictures/wide.png"
        data = QMimeData()
        data.setUrls([QUrl(address)])
        assert drop(slot(sitting), data)
        await until(lambda: held(sitting) is not None)
        slot(sitting).menu.link.trigger()
        job = await press(sitting)
        await until(lambda: bool(service.of("/video/queue")))
        [queued] = service.of("/video/queue")
        assert queued.body["image_url"] == address
        assert json.loads(job.payload)["image_url"] == address
        labels = [label.text() for label in slot(sitting).findChildren(QLabel) if label.isVisible()]
        assert "Sent as a link: 127.0.0.1/… Venice fetches it itself." in labels
        assert len(web.received) >= 2  # by us for the card, by the service for the clip
        assert all("authorization" not in asked.headers for asked in web.received)
