"""The main job on real parts: the real window, the real service in a process of its own, sockets between them."""

import random
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin
from PySide6.QtWidgets import QListView, QWidget

from tests.app.sitting import sit
from tests.support.recording_proxy import Exchange, RecordingProxy, picture_in
from tests.support.sandbox import Sandbox
from tests.ui.driving import click, until
from venice_studio.app import gestures
from venice_studio.domain.job import Saved
from venice_studio.domain.quote import money

PRICING = ("model", "duration", "resolution", "aspect_ratio", "audio")


def small_picture(kind: str) -> bytes:
    """A picture that no encoder would write twice: it carries a random remark."""
    picture = Image.radial_gradient("L").convert("RGB").resize((320, 240))
    remark = random.Random().randbytes(12).hex()
    out = BytesIO()
    if kind == "png":
        info = PngImagePlugin.PngInfo()
        info.add_text("Comment", remark)
        picture.save(out, "PNG", pnginfo=info)
    else:
        picture.save(out, "JPEG", comment=remark.encode())
    return out.getvalue()


def quoted_for(service: RecordingProxy, queued: Exchange) -> Decimal:
    """The price that was told for exactly what was sent; told twice: when it was shown, and at the press."""

    def pricing(exchange: Exchange) -> dict[str, object]:
        return {name: exchange.body.get(name) for name in PRICING}

    same = [quoted for quoted in service.of("/video/quote") if pricing(quoted) == pricing(queued)]
    assert len(same) == 2
    [price] = {Decimal(str(quoted.told["quote"])) for quoted in same}
    return price


async def test_from_a_typed_prompt_to_a_clip_that_plays(sandbox: Sandbox, tmp_path: Path) -> None:
    async with RecordingProxy(sandbox.base_url) as service, sit(tmp_path, service.base_url) as sitting:
        await sitting.write("Waves break on black rocks")
        shown = sitting.text("quotePrice")
        for _ in range(12):
            sitting.press_keys()
        await until(lambda: len(sitting.jobs) == 1 and not sitting.studio.press.under_way.value)
        rows = sitting.find(QListView, "jobList").model()
        await until(lambda: rows.rowCount() == 1)
        saved = await sitting.until_state(Saved)
        watch = await sitting.watch_playing(saved)

        [queued] = service.of("/video/queue")
        assert queued.body["prompt"] == "Waves break on black rocks"
        assert service.asked("/video/queue") == 1
        price = quoted_for(service, queued)
        assert price > 0
        assert shown == money(price) == money(sitting.jobs[0].quote.amount)
        assert (watch.size.width(), watch.size.height()) == (saved.clip.width, saved.clip.height) == (1280, 720)
        assert not watch.black
        assert Path(saved.clip.path).read_bytes() == service.of("/video/retrieve")[-1].answer
        await until(lambda: sitting.text("balanceLabel") == f"Balance {money(100 - price)}")


@pytest.mark.parametrize("kind", ["png", "jpeg"])
async def test_from_a_dropped_picture_to_a_clip_that_plays(sandbox: Sandbox, tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"A cat & co.{kind}"
    file.write_bytes(small_picture(kind))
    async with RecordingProxy(sandbox.base_url) as service, sit(tmp_path, service.base_url) as sitting:
        assert gestures.drop_file(sitting.find(QWidget, "startFrameSlot"), file)
        await until(lambda: sitting.studio.composer.draft.value.start_frame is not None)
        await sitting.write("It blinks slowly")
        click(sitting.generate)
        await sitting.answer("Pass this picture on?", "ahead")
        saved = await sitting.until_state(Saved)
        await sitting.watch_playing(saved)

        [queued] = service.of("/video/queue")
        assert picture_in(queued.body) == (f"image/{kind}", file.read_bytes())
        assert saved.clip.width * 3 == saved.clip.height * 4
        assert quoted_for(service, queued) == sitting.jobs[0].quote.amount
        assert queued.body["model"].endswith("image-to-video")
