"""The places of inputs: empty, full, in trouble, while something is dragged over them."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from tests.app.sitting import PATIENCE_S
from tests.screenshots.desk import Desk
from tests.support.recordings import make_video, make_wav
from tests.ui.driving import part, until
from venice_studio import assets
from venice_studio.domain.inputs import Role
from venice_studio.domain.request import GenerationRequest
from venice_studio.ui.compose.inputs.cards_slot import CardsSlot

REFERENCES, ELEMENTS = "seedance-2-0-reference-to-video", "kling-o3-standard-reference-to-video"
SINGING, UPSCALE = "wan-2-7-image-to-video", "topaz-video-upscale"
SHAPES = ((640, 360), (360, 640), (500, 500))
LONG = "a rather long file name of a cat that sits on the roof in the evening (final version 12).jpg"


async def _begin(desk: Desk, model: str, prompt: str = "") -> None:
    composer = desk.studio.composer
    await until(lambda: any(listed.id == model for listed in composer.models.value), PATIENCE_S)
    composer.replace(GenerationRequest(model=model, prompt=prompt))
    composer.choose_model(model)
    composer.switched.set(None)


def _pictures(desk: Desk, count: int) -> list[str]:
    """Pictures of several shapes, cut out of one that is worth looking at."""
    folder = desk.film.clips / "Pictures"
    folder.mkdir(exist_ok=True)
    made: list[str] = []
    with Image.open(assets.path("starters", "gondola.jpg")) as photo:
        for number in range(count):
            width, height = SHAPES[number % len(SHAPES)]
            left = number * 67 % max(1, photo.width - width)
            path = folder / (LONG if number == 2 else f"gondola {number}.jpg")
            photo.crop((left, number * 13, left + width, number * 13 + height)).save(path, quality=90)
            made.append(str(path))
    return made


async def _settled(desk: Desk) -> None:
    """Until the price is there, and the stills."""
    await asyncio.sleep(0.6)
    if not desk.studio.composer.faults:
        await desk.priced()


async def empty(desk: Desk) -> None:
    await _begin(desk, ELEMENTS)
    await _settled(desk)


async def references(desk: Desk) -> None:
    await _begin(desk, REFERENCES, "The gondolier sings while the city wakes up")
    held = desk.studio.attachments
    await held.take_files(Role.REFERENCES, _pictures(desk, 7))
    await held.take_files(Role.REFERENCE_VIDEOS, [str(make_video(desk.film.clips / "walk along the canal.mp4"))])
    await held.take_files(Role.REFERENCE_SOUNDS, [str(make_wav(desk.film.clips / "bells of San Marco.wav"))])
    await _settled(desk)


async def elements(desk: Desk) -> None:
    await _begin(desk, ELEMENTS, "@Element1 meets @Element2 and @Element5")
    held, pictures = desk.studio.attachments, _pictures(desk, 6)
    await held.take_files(Role.ELEMENTS, pictures[:4])
    await held.take_files(Role.ELEMENTS, pictures[4:], element=0)
    await _settled(desk)


async def faults(desk: Desk) -> None:
    await elements(desk)
    held, pictures = desk.studio.attachments, _pictures(desk, 6)
    await held.take_files(Role.SCENES, pictures[:2])
    await held.take_files(Role.START_FRAME, pictures[:1])
    desk.studio.composer.choose_model(ELEMENTS)
    await _settled(desk)


async def sound(desk: Desk) -> None:
    await _begin(desk, SINGING, "She sings to the sea")
    held = desk.studio.attachments
    await held.take_files(Role.START_FRAME, _pictures(desk, 1))
    await held.take_files(Role.SOUNDTRACK, [str(make_wav(desk.film.clips / "humming.wav", seconds=2))])
    await _settled(desk)


async def video(desk: Desk) -> None:
    await _begin(desk, UPSCALE)
    film = make_video(desk.film.clips / "holiday at the lagoon.mp4", size=(640, 360))
    await desk.studio.attachments.take_files(Role.SOURCE_VIDEO, [str(film)])
    await _settled(desk)


async def mention(desk: Desk) -> None:
    await elements(desk)
    prompt = part(desk.window, QWidget, "promptEdit")
    prompt.setFocus()
    desk.studio.composer.edit(prompt="")
    part(desk.window, QWidget, "composePane").findChildren(QScrollArea)[0].ensureWidgetVisible(prompt, 0, 200)
    await asyncio.sleep(0.1)
    QTest.keyClicks(prompt, "A walk with @")
    await _settled(desk)


async def dragging(desk: Desk) -> None:
    await references(desk)
    place = part(desk.window, CardsSlot, "referencesSlot")
    data = place.grid.cards[0].data()
    assert data is not None
    at = place.grid.cards[4].mapTo(place, QPoint(4, 20))
    how = (Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(place, QDragEnterEvent(at, *how))
    QApplication.sendEvent(place, QDragMoveEvent(at, *how))


SCENES: Sequence[tuple[str, Callable[[Desk], Awaitable[None]]]] = (
    ("inputs empty", empty),
    ("inputs references", references),
    ("inputs elements", elements),
    ("inputs faults", faults),
    ("inputs sound", sound),
    ("inputs video", video),
    ("inputs mention", mention),
    ("inputs dragging", dragging),
)
